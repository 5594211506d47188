#include "delivery/mail.h"

#include <fmt/format.h>

#include "core/date.h"
#include "delivery/mail_text.h"
#include "output/digest.h"

namespace yekun {
namespace {

/// A boundary that no encoded body can hold: bodies are quoted-printable, where "=_" cannot stand, or base64.
std::string boundary(std::string const& id, std::string_view part) {
  return fmt::format("=_{}_{}", part, id.substr(0, 24));
}

std::string multipart(std::string_view kind, std::string const& mark, std::string_view more = {}) {
  return fmt::format("Content-Type: multipart/{};\r\n boundary=\"{}\"{}\r\n\r\n", kind, mark, more);
}

std::string text_part(std::string_view type, std::string_view text, std::string_view language) {
  return fmt::format(
             "Content-Type: text/{}; charset=UTF-8\r\nContent-Language: {}\r\n"
             "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
             type, language) +
         quoted_printable(text);
}

std::string file_part(std::string const& type, std::string const& name, std::string_view disposition,
                      std::string const& id, std::string_view bytes) {
  std::string out = "Content-Type: " + type + parameter("name", name) + "\r\n";
  if (!id.empty()) out += "Content-ID: <" + id + ">\r\n";
  out += fmt::format("Content-Disposition: {}", disposition) + parameter("filename", name) + "\r\n";
  return out + "Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(bytes);
}

std::string domain_of(std::string const& address) { return address.substr(address.rfind('@') + 1); }

std::string ascii_name(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "reports" : out;
}

std::string headers(Mail const& mail, std::string const& id) {
  std::string out = structured_header_line("Date", mail_date(mail.date));
  if (!mail.from.address.empty()) out += structured_header_line("From", to_header(mail.from));
  if (mail.is_draft)
    return out + header_line("Subject", mail.subject) + "X-Unsent: 1\r\n" +
           structured_header_line("Content-Language", mail.language) + "MIME-Version: 1.0\r\n";
  out += structured_header_line("To", to_header(mail.to));
  out += header_line("Subject", mail.subject);
  out += structured_header_line("Message-ID", "<" + id + ">");
  out += structured_header_line(
      "List-Id", fmt::format("{} <{}.{}>", phrase(mail.list), ascii_name(mail.list), domain_of(mail.from.address)));
  out += "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\nX-Auto-Response-Suppress: All\r\n";
  out += structured_header_line("Content-Language", mail.language);
  return out + "MIME-Version: 1.0\r\n";
}

std::string body_of_words(Mail const& mail, std::string const& id) {
  auto const either = boundary(id, "either");
  auto const shown = boundary(id, "shown");
  std::string out = multipart("alternative", either);
  out += "--" + either + "\r\n" + text_part("plain", mail.plain, mail.language);
  out += "--" + either + "\r\n" + multipart("related", shown, ";\r\n type=\"text/html\"");
  out += "--" + shown + "\r\n" + text_part("html", mail.page, mail.language);
  for (auto const& picture : mail.pictures)
    out += "--" + shown + "\r\n" + file_part("image/png", picture.name, "inline", picture.id, picture.png);
  return out + "--" + shown + "--\r\n--" + either + "--\r\n";
}

}  // namespace

std::string message_id(MailAddress const& from, MailAddress const& to, std::string_view identity) {
  return sha256_hex(fmt::format("{}\n{}", identity, to.address)).substr(0, 40) + '@' + domain_of(from.address);
}

std::string to_message(Mail const& mail) {
  auto const id = message_id(mail.from, mail.to, mail.identity);
  auto const whole = boundary(id, "whole");
  std::string out = headers(mail, id) + multipart("mixed", whole);
  out += "--" + whole + "\r\n" + body_of_words(mail, id);
  for (auto const& attachment : mail.attachments)
    out += "--" + whole + "\r\n" + file_part(attachment.type, attachment.name, "attachment", {}, attachment.bytes);
  return out + "--" + whole + "--\r\n";
}

std::string mail_date(std::int64_t seconds) {
  static constexpr char const* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr char const* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::int64_t const day = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
  std::int64_t const rest = seconds - day * 86400;
  Date const date{static_cast<std::int32_t>(day)};
  Civil const civil = to_civil(date);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[weekday(date) - 1], civil.day,
                     kMonths[civil.month - 1], civil.year, rest / 3600, rest / 60 % 60, rest % 60);
}

std::string type_of_file(std::string_view name) {
  if (name.ends_with(".pdf")) return "application/pdf";
  if (name.ends_with(".xlsx")) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (name.ends_with(".html")) return "text/html";
  if (name.ends_with(".png")) return "image/png";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace yekun
