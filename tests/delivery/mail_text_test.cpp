#include "delivery/mail_text.h"

#include <catch2/catch.hpp>

#include "core/mail_address.h"

namespace yekun {
namespace {

TEST_CASE("A short ASCII header stays as it is") {
  CHECK(header_line("Subject", "Quarterly summary") == "Subject: Quarterly summary\r\n");
  CHECK(header_line("Subject", "") == "Subject:\r\n");
}

TEST_CASE("A line break in a value cannot start another header") {
  CHECK(header_line("Subject", "Report\r\nBcc: thief@example.org") == "Subject: Report Bcc: thief@example.org\r\n");
  CHECK(structured_header_line("To", "a@example.org\nBcc: b@example.org") ==
        "To: a@example.org Bcc: b@example.org\r\n");
  CHECK(parameter("filename", "a\r\nX: y.pdf") == ";\r\n filename=\"a  X: y.pdf\"");
}

TEST_CASE("Letters beyond ASCII become encoded words that never cut a letter") {
  CHECK(header_line("Subject", "Rüblük") == "Subject: =?UTF-8?B?UsO8YmzDvGs=?=\r\n");
}

TEST_CASE("A long Georgian subject is folded at 76 characters and each piece decodes alone") {
  std::string const line = header_line("Subject", "კვარტალური ანგარიში საქართველოს სოციალურ მუშაკთა ასოციაციისთვის");
  std::size_t begin = 0;
  int words = 0;
  while (begin < line.size()) {
    auto const end = line.find("\r\n", begin);
    CHECK(end - begin <= 76);
    begin = end + 2;
    ++words;
  }
  CHECK(words == 6);
  CHECK(line.find("\r\n =?UTF-8?B?") != std::string::npos);
}

TEST_CASE("A text that looks encoded is encoded, so that it reads as it was written") {
  CHECK(header_line("Subject", "=?UTF-8?B?WA==?=") == "Subject: =?UTF-8?B?PT9VVEYtOD9CP1dBPT0/PQ==?=\r\n");
}

TEST_CASE("Words of one long line are folded between words") {
  std::string const value(70, 'x');
  CHECK(header_line("Subject", value + " y") == "Subject: " + value + "\r\n y\r\n");
}

TEST_CASE("No line is longer than 998 characters, however long a name is") {
  MailAddress const long_name{std::string(3000, 'x'), "a@example.org"};
  std::string const line = structured_header_line("To", to_header(long_name));
  for (std::size_t begin = 0; begin < line.size(); begin = line.find("\r\n", begin) + 2)
    CHECK(line.find("\r\n", begin) - begin <= 76);
  CHECK(line.find("=?UTF-8?B?eHh4") != std::string::npos);
  CHECK(to_header({"Office of the North", "a@example.org"}) == "Office of the North <a@example.org>");
}

TEST_CASE("A file name beyond ASCII is a parameter of RFC 2231, in pieces where it is long") {
  CHECK(parameter("filename", "hesabat.pdf") == ";\r\n filename=\"hesabat.pdf\"");
  CHECK(parameter("filename", "ə.pdf") == ";\r\n filename*=UTF-8''%C9%99.pdf");
  CHECK(parameter("filename", "ანგარიში.pdf") ==
        ";\r\n filename*0*=UTF-8''%E1%83%90%E1%83%9C%E1%83%92%E1%83%90%E1%83%A0%E1%83%98"
        ";\r\n filename*1*=%E1%83%A8%E1%83%98.pdf");
  CHECK(parameter("filename", "a\"b\\c") == ";\r\n filename=\"a\\\"b\\\\c\"");
}

TEST_CASE("Quoted-printable keeps lines short, ends lines with CR LF and guards dots and trailing spaces") {
  CHECK(quoted_printable("a = b\n.c \nə") == "a =3D b\r\n=2Ec=20\r\n=C9=99\r\n");
  CHECK(quoted_printable("") == "");
  CHECK(quoted_printable("a\r\nb\rc") == "a\r\nb\r\nc\r\n");
  std::string const coded = quoted_printable(std::string(200, 'x'));
  CHECK(coded == std::string(75, 'x') + "=\r\n" + std::string(75, 'x') + "=\r\n" + std::string(50, 'x') + "\r\n");
}

TEST_CASE("Base64 is in lines of 76") {
  CHECK(base64_lines("abc") == "YWJj\r\n");
  CHECK(base64_lines("") == "");
  CHECK(base64_lines(std::string(58, 'a')).find("\r\n") == 76);
}

TEST_CASE("Addresses are read with and without a name, and a domain in any script") {
  auto const plain = parse_address(" office@Example.ORG ");
  REQUIRE(plain);
  CHECK(*plain == MailAddress{"", "office@example.org"});
  auto const named = parse_address("Quba şöbəsi <quba@example.org>");
  REQUIRE(named);
  CHECK(*named == MailAddress{"Quba şöbəsi", "quba@example.org"});
  CHECK(to_header(*named) == "=?UTF-8?B?UXViYSDFn8O2YsmZc2k=?= <quba@example.org>");
  auto const quoted = parse_address("\"Office, regional\" <a.b+c@example.org>");
  REQUIRE(quoted);
  CHECK(to_header(*quoted) == "\"Office, regional\" <a.b+c@example.org>");
  auto const idn = parse_address("info@საქართველო.გე");
  REQUIRE(idn);
  CHECK(idn->address == "info@xn--lodamdjuvtg5b.xn--node");
}

}  // namespace
}  // namespace yekun
