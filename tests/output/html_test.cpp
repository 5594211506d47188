#include <openssl/evp.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "core/assets.h"
#include "output/font_subset.h"
#include "output/html.h"
#include "output/markup.h"
#include "tests/charts/fake_measurer.h"
#include "tests/output/sample_document.h"

using namespace yekun;
using namespace yekun::output_test;

namespace {

std::string page_of(Document const& document) {
  auto const catalogue = Catalogue::load(document.language);
  REQUIRE(catalogue);
  auto const page = render_html(document, *catalogue);
  REQUIRE(page);
  return *page;
}

std::string between(std::string const& text, std::string const& from, std::string const& to) {
  auto const first = text.find(from);
  if (first == std::string::npos) return {};
  auto const start = first + from.size();
  return text.substr(start, text.find(to, start) - start);
}

std::string sha256_base64(std::string const& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  return to_base64({reinterpret_cast<char const*>(digest), size});
}

std::size_t count_of(std::string const& text, std::string const& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

}  // namespace

TEST_CASE("base64 pads as RFC 4648 shows", "[output][html]") {
  CHECK(to_base64("").empty());
  CHECK(to_base64("f") == "Zg==");
  CHECK(to_base64("fo") == "Zm8=");
  CHECK(to_base64("foo") == "Zm9v");
  CHECK(to_base64("foobar") == "Zm9vYmFy");
  CHECK(to_base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("markup leaves no character of data that could open a tag or an attribute", "[output][html]") {
  CHECK(escape_markup("<b title=\"x\">'&'</b>\x01\t") == "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;\t");
}

TEST_CASE("a dashboard escapes whatever the data say", "[output][html]") {
  Document document = sample_document("en", 3);
  std::string const evil = "<script>alert(1)</script>\"'&";
  document.title = evil;
  document.programme = evil;
  document.blocks.emplace_back(Heading{1, evil, "evil"});
  TableBlock table;
  table.id = "evil";
  table.title = evil;
  table.columns = {{evil, evil, ColumnRole::label, {}, "k"}};
  table.rows = {{RowKind::data, 0, {words(evil)}}};
  table.notes = {evil};
  document.blocks.emplace_back(table);
  std::string const page = page_of(document);
  CHECK(page.find("alert(1)</script>") == std::string::npos);
  CHECK(count_of(page, "<script>") == 1);
  CHECK(count_of(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;") >= 6);
}

TEST_CASE("a dashboard's policy allows its own style and script and nothing else", "[output][html]") {
  std::string const page = page_of(sample_document("ka"));
  std::string const policy = between(page, "Content-Security-Policy\" content=\"", "\"");
  CHECK(policy == "default-src 'none'; style-src 'sha256-" + sha256_base64(between(page, "<style>", "</style>")) +
                      "'; script-src 'sha256-" + sha256_base64(between(page, "<script>", "</script>")) +
                      "'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'");
  CHECK(page.find(" style=") == std::string::npos);
  CHECK(page.find("onclick") == std::string::npos);
  CHECK(page.find("url(http") == std::string::npos);
  CHECK(count_of(page, "src=\"http") == 0);
}

TEST_CASE("a dashboard holds every heading, row and figure of the document, in its language", "[output][html]") {
  for (auto const* language : {"az", "ka", "tk", "ru", "en"}) {
    INFO(language);
    std::string const page = page_of(sample_document(language, 20));
    SampleWords const words = words_in(language);
    CHECK(page.find(std::string("<html lang=\"") + language + "\">") != std::string::npos);
    CHECK(count_of(page, "<h1>") == 1);
    for (int row = 0; row < 20; ++row)
      CHECK(page.find(">" + words.name + " " + std::to_string(row) + "</th>") != std::string::npos);
    CHECK(page.find("<tr class=\"total\">") != std::string::npos);
    CHECK(page.size() < 1'000'000);
  }
}

TEST_CASE("numbers keep their full value for sorting and partial ones their raised mark", "[output][html]") {
  auto const catalogue = Catalogue::load("en");
  Document document = sample_document("en", 0);
  TableBlock table;
  table.id = "t";
  table.columns = {{"Place", "", ColumnRole::label, {}, "region"}, {"Rate", "", ColumnRole::number, {}, "rate"}};
  Cell partial = value_cell(Value::of(0.12345), {.percent = true, .places = 1}, *catalogue);
  partial.marks = {"partial"};
  table.rows = {{RowKind::data, 0, {words("Quba"), partial}},
                {RowKind::data, 0, {words("Xızı"), value_cell(Value::missing(), {}, *catalogue)}}};
  document.marks = {{"partial", "*", "partial data", true}, {"missing", "…", "no data", false}};
  document.blocks = {table};
  std::string const page = page_of(document);
  CHECK(page.find("data-value=\"0.12345\">12.3%<sup title=\"partial data\">*</sup></td>") != std::string::npos);
  CHECK(page.find("data-dimension=\"region\" data-member=\"Quba\"") != std::string::npos);
  CHECK(page.find("<td class=\"number\"><abbr title=\"no data\">…</abbr></td>") != std::string::npos);
  CHECK(page.find("<li><b>*</b> partial data</li>") != std::string::npos);
}

TEST_CASE("a chart over the whole width is drawn once more for telephones, a map and a small chart are not",
          "[output][html]") {
  samples::FakeMeasurer const measurer;
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue);
  auto const divisions = [&](ChartType type, double share) {
    Document document;
    document.language = "en";
    ChartBlock block;
    block.id = "chart-1";
    block.share = share;
    block.data.type = type;
    block.data.categories = {{.label = "Quba"}, {.label = "Tovuz"}};
    block.data.panels = {
        {.series = {{.label = "Visits",
                     .points = {{.value = Value::of(std::int64_t{3})}, {.value = Value::of(std::int64_t{4})}}}}}};
    document.blocks.emplace_back(block);
    auto const page = render_html(document, *catalogue, &measurer);
    REQUIRE(page);
    return page->find("<div class=\"narrow\">") != std::string::npos;
  };
  CHECK(divisions(ChartType::bar, 1.0));
  CHECK_FALSE(divisions(ChartType::bar, 0.5));
  CHECK_FALSE(divisions(ChartType::tile_map, 1.0));
}

TEST_CASE("a figure to explore bears its target and what became of it", "[output][html]") {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue);
  Document document;
  document.language = "en";
  TableBlock table;
  table.id = "visits";
  table.columns = {{.heading = "Place", .role = ColumnRole::label}, {.heading = "Q3"}};
  Cell cell;
  cell.text = "3";
  cell.value = Value::of(std::int64_t{3});
  cell.target = "2";
  cell.status = Status::met;
  table.rows = {{.cells = {Cell{.text = "Quba"}, cell}}};
  document.blocks.emplace_back(ExploreBlock{.id = "closer", .tables = {table}});
  auto const page = render_html(document, *catalogue);
  REQUIRE(page);
  CHECK_THAT(*page, Catch::Contains("data-target=\"Target 2\" data-status=\"met\" data-verdict=\"met\">3</td>"));
}

TEST_CASE("the same document gives the same dashboard", "[output][html]") {
  CHECK(page_of(sample_document("az")) == page_of(sample_document("az")));
}

TEST_CASE("a font is cut to the letters asked for and stays a font", "[output][html]") {
  auto const whole = asset("fonts/NotoSansGeorgian-Regular.ttf");
  REQUIRE(whole);
  auto const some = subset_font(*whole, letters_of("ქუთაისი"));
  REQUIRE(some);
  CHECK(some->size() > 500);
  CHECK(some->size() * 4 < whole->size());
  CHECK(some->substr(0, 4) == std::string("\0\1\0\0", 4));
  auto const none = subset_font(*whole, letters_of("Ω"));
  REQUIRE(none);
  CHECK(none->empty());
  auto const broken = subset_font("not a font", letters_of("a"));
  REQUIRE_FALSE(broken);
  CHECK(broken.error().front().code == "font");
}
