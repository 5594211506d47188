#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "output/pdf.h"
#include "tests/output/sample_document.h"

using namespace yekun;
using namespace yekun::output_test;

namespace {

/// A file of its own that goes when the test does.
class TemporaryFile {
 public:
  TemporaryFile(std::string const& name, std::string const& bytes)
      : path_(std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + "-" + name)) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct Ran {
  int code = 0;
  std::string out;
};

Ran run(std::string const& command) {
  Ran ran;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.out.append(buffer, n);
  ran.code = ::pclose(pipe);
  return ran;
}

std::string words_of(std::string const& text) {
  std::string flat;
  for (char const c : text) flat += c == '\n' || c == '\r' || c == '\f' ? ' ' : c;
  return flat;
}

}  // namespace

TEST_CASE("the same document gives the same PDF, byte for byte", "[output][pdf]") {
  auto const first = render_pdf(sample_document("az"));
  auto const second = render_pdf(sample_document("az"));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->bytes == second->bytes);
}

TEST_CASE("text of every language is found again in the PDF, which an independent checker accepts", "[output][pdf]") {
  for (auto const* language : {"az", "ka", "tk", "ru", "en"}) {
    INFO(language);
    auto const pdf = render_pdf(sample_document(language));
    REQUIRE(pdf);
    TemporaryFile const file(std::string(language) + ".pdf", pdf->bytes);
    Ran const checked = run("qpdf --check " + file.path());
    INFO(checked.out);
    CHECK(checked.code == 0);
    std::string const text = words_of(run("pdftotext -layout " + file.path() + " -").out);
    SampleWords const words = words_in(language);
    for (auto const& wanted : {words.programme, words.heading, words.group, words.name + " 7"}) {
      INFO(wanted);
      CHECK(text.find(wanted) != std::string::npos);
    }
    auto const catalogue = Catalogue::load(language);
    CHECK(text.find(catalogue->text("label.page", {{"page", std::int64_t{1}}, {"pages", std::int64_t{pdf->pages}}})) !=
          std::string::npos);
  }
}

TEST_CASE("the PDF names its language, title, date and fonts", "[output][pdf]") {
  auto const pdf = render_pdf(sample_document("ka"));
  REQUIRE(pdf);
  TemporaryFile const file("facts.pdf", pdf->bytes);
  std::string const info = run("TZ=UTC pdfinfo " + file.path()).out;
  CHECK(info.find("სოციალური მუშაობა: კვარტალური ანგარიში") != std::string::npos);
  CHECK(info.find("Tagged:          yes") != std::string::npos);
  CHECK(info.find("Sun Oct  5 00:00:00 2025") != std::string::npos);
  std::string const meta = run("pdfinfo -meta " + file.path()).out;
  CHECK(meta.find("<rdf:li>ka</rdf:li>") != std::string::npos);
  std::string const fonts = run("pdffonts " + file.path()).out;
  CHECK(fonts.find("NotoSansGeorgian") != std::string::npos);
  CHECK(fonts.find("DejaVu") == std::string::npos);
  std::string const tags = run("pdfinfo -struct " + file.path()).out;
  for (auto const* tag : {"H1", "H2", "Table", "TR", "Figure", "Caption", "Note", "LI"}) {
    INFO(tag);
    CHECK(tags.find(tag) != std::string::npos);
  }
}

TEST_CASE("figures carry their alternative texts in order", "[output][pdf]") {
  auto const pdf = render_pdf(sample_document("en"));
  REQUIRE(pdf);
  TemporaryFile const file("alt.pdf", pdf->bytes);
  std::string const json = run("qpdf --json=2 " + file.path()).out;
  for (auto const* alt : {"\"/Alt\": \"u:Results by indicator 1\"", "\"/Alt\": \"u:Results by indicator 2\"",
                          "\"/Alt\": \"u:Results by indicator 3\"", "\"/Lang\": \"u:en\""}) {
    INFO(alt);
    CHECK(json.find(alt) != std::string::npos);
  }
}

TEST_CASE("a PDF of two languages has both versions, each with its page numbers, titles as bookmarks",
          "[output][pdf]") {
  Document const documents[] = {sample_document("az"), sample_document("en")};
  auto const one = render_pdf(documents[0]);
  auto const both = render_pdf(std::span<Document const>(documents));
  REQUIRE(one);
  REQUIRE(both);
  CHECK(both->pages == 2 * one->pages);
  TemporaryFile const file("both.pdf", both->bytes);
  std::string const text = run("pdftotext -layout " + file.path() + " -").out;
  CHECK(text.find(documents[0].title) < text.find(documents[1].title));
  CHECK(text.find("Page 1 of " + std::to_string(one->pages)) != std::string::npos);
  std::string const json = run("qpdf --json=2 --json-key=outlines " + file.path()).out;
  CHECK(json.find("\"title\": \"" + documents[1].title + "\"") != std::string::npos);
  CHECK(json.find("\"destpageposfrom1\": " + std::to_string(one->pages + 1)) != std::string::npos);
}

TEST_CASE("a character that no font has fails the PDF and names page and text", "[output][pdf]") {
  Document document = sample_document("en");
  document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"written in 漢字"}}}}});
  auto const pdf = render_pdf(document);
  REQUIRE_FALSE(pdf);
  CHECK(pdf.error().front().fault == Fault::render);
  CHECK(pdf.error().front().message == "page 3: no font has a glyph for '漢字' in 'written in 漢字'");
  auto const lenient = render_pdf(document, {.lenient = true});
  REQUIRE(lenient);
  CHECK(lenient->warnings.front().severity == Severity::warning);
}
