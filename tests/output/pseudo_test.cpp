// The example in a language that does not exist: every text of the catalogue and of the specs is bracketed, accented
// and a third longer. What stands outside of brackets was written into the program; what does not fit would not fit in
// a wordy language either.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>

#include "core/texts.h"
#include "core/utf8.h"
#include "indicators/rule_run.h"
#include "output/html.h"
#include "output/layout.h"
#include "output/scene_type.h"
#include "output/typeface.h"
#include "output/workbook.h"
#include "reports/chart_periods.h"
#include "reports/compose.h"
#include "reports/programme_parser.h"
#include "reports/report_parser.h"
#include "reports/spec_file.h"
#include "tests/output/zip_member.h"

using namespace yekun;
using yekun::test::zip_member;

namespace {

std::string const kExample = std::string(YEKUN_SOURCE_DIR) + "/examples/az-social-services";

/// The spec with its English texts made pseudo.
std::string pseudo_spec(std::string const& path) {
  static std::regex const kEnglish(R"re("en":\s*"((?:[^"\\]|\\.)*)")re");
  std::string const text = *read_spec_file(path);
  std::string out;
  auto at = text.cbegin();
  for (std::sregex_iterator i(text.begin(), text.end(), kEnglish), end; i != end; ++i) {
    out.append(at, text.cbegin() + i->position());
    // Escapes of JSON stay what they are.
    std::string const english = std::regex_replace((*i)[1].str(), std::regex(R"(\\n)"), "\x01");
    out += "\"en\": \"" + std::regex_replace(pseudo(english), std::regex("\x01"), R"(\n)") + "\"";
    at = text.cbegin() + i->position() + i->length();
  }
  return out.append(at, text.cend());
}

struct Built {
  Document document{};
  std::unique_ptr<Typeface> type{};
  std::unique_ptr<SceneType> measurer{};
};

Built build() {
  Built out;
  auto programme = parse_programme(pseudo_spec(kExample + "/programme.json"), kExample + "/programme.json");
  std::string text = pseudo_spec(kExample + "/reports/quarterly.json");
  std::string const explore =
      R"("sections": [{"id": "closer", "heading": "[Çłöšé~]", "explore": {"indicators": ["residents"], "by": "region"}},
         {"text": "[{ref:closer}~]"},)";
  text = std::regex_replace(text, std::regex(R"("sections":\s*\[)"), explore, std::regex_constants::format_first_only);
  text = std::regex_replace(text, std::regex("\"period\": \"quarter\","), R"("period": "quarter", "contents": true,)");
  text = std::regex_replace(text, std::regex("\"template\": \"[a-z-]+\","), "");
  auto parsed = parse_report(text, kExample + "/reports/quarterly.json");
  REQUIRE_FALSE(has_errors(programme.notes.problems));
  for (auto const& problem : parsed.notes.problems) UNSCOPED_INFO(to_text(problem, false));
  REQUIRE_FALSE(has_errors(parsed.notes.problems));
  Period const period = period_at(PeriodKind::quarter, date_of(2025, 7, 1), {});
  Date const as_of = date_of(2025, 10, 5);
  auto const report = resolve_chart_periods(parsed.report, period, {}, as_of);
  REQUIRE(report);
  auto const asked = questions(programme.programme, *report, period);
  REQUIRE(asked);
  Environment environment;
  environment.sources.folder = kExample;
  environment.as_of = as_of;
  environment.quality = true;
  environment.hash_files = true;
  auto answers = answer(programme.programme, *asked, environment);
  REQUIRE(answers);
  REQUIRE(add_rule_findings(programme.programme, environment.sources, answers->datasets));
  auto const catalogue = Catalogue::load("qps");
  out.type = std::move(*Typeface::load());
  out.measurer = std::make_unique<SceneType>(*out.type);
  ComposeContext context{.catalogue = *catalogue, .period = period, .as_of = as_of, .measurer = *out.measurer};
  context.version = "0";
  context.command = "-";
  auto document = compose(programme.programme, *report, *answers, context);
  if (!document)
    for (auto const& problem : document.error()) UNSCOPED_INFO(to_text(problem, false));
  REQUIRE(document);
  out.document = std::move(*document);
  return out;
}

Built const& built() {
  static Built const once = build();
  return once;
}

/// Names of the data: files, datasets, columns, rules, units of money, checksums.
bool is_name_of_data(std::string const& word) {
  static std::regex const kNames(
      "data/.*|[a-z0-9.-]+\\.csv|[0-9a-f]{16,}|AZN|SHA-256|[a-z]+(_[a-z]+)+|[a-z]+(-[a-z]+)+|"
      "occupancy|admissions|discharges|stays|rehabilitation|assessments|residents|capacity|enterprises|people|projects|"
      "targets|sayılmayıb|kB|MB");
  return std::regex_match(word, kNames);
}

/// The words of two letters and more outside of brackets. Brackets may span many texts.
std::set<std::string> hard_coded(std::string const& text) {
  std::set<std::string> found;
  int depth = 0;
  std::string word;
  std::size_t letters = 0;
  auto const end_word = [&] {
    if (letters >= 2 && !is_name_of_data(word)) found.insert(word);
    word.clear();
    letters = 0;
  };
  for (char32_t const c : to_code_points(text + " ")) {
    if (c == U'[') ++depth;
    bool const letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x2000);
    bool const inside = letter || (c >= U'0' && c <= U'9') || c == U'_' || c == U'-' || c == U'/' || c == U'.';
    if (depth == 0 && inside) {
      word += to_utf8(c);
      letters += letter ? 1 : 0;
    } else {
      end_word();
    }
    if (c == U']') --depth;
  }
  return found;
}

std::string joined(std::set<std::string> const& words) {
  std::string out;
  for (auto const& word : words) out += word + " ";
  return out;
}

}  // namespace

TEST_CASE("in the pseudo-language no page shows a word that a translator could not reach", "[output][pseudo]") {
  auto const catalogue = Catalogue::load("qps");
  std::string all;
  auto const laid = lay_out_pages(built().document, *built().type, *catalogue, [&](page::Page&& one) {
    for (auto const& item : one.items) {
      auto const* text = std::get_if<page::Text>(&item);
      // The running header and footer repeat what stands elsewhere, shortened where it is long.
      bool const body = text != nullptr && text->y > 48 && text->y < one.geometry.height - 33;
      if (body) all += text->text + " ";
    }
  });
  CHECK(joined(hard_coded(all)) == "");
}

TEST_CASE("in the pseudo-language, a third longer than English, every text fits", "[output][pseudo]") {
  auto const catalogue = Catalogue::load("qps");
  auto const laid = lay_out_pages(built().document, *built().type, *catalogue, [](page::Page&&) {});
  std::string problems;
  for (auto const& problem : laid.problems) problems += problem.message + "\n";
  CHECK(problems.empty());
  CHECK(built().measurer->texts_with_missing_glyphs().empty());
}

TEST_CASE("in the pseudo-language the dashboard shows no word that a translator could not reach", "[output][pseudo]") {
  auto const catalogue = Catalogue::load("qps");
  auto html = render_html(built().document, *catalogue);
  REQUIRE(html);
  std::string text = html->substr(html->find("<body"));
  text = text.substr(0, text.find("<script>"));
  text = std::regex_replace(text, std::regex("<[^>]*>"), " ");
  text = std::regex_replace(text, std::regex("&[a-z#0-9]+;"), " ");
  CHECK(joined(hard_coded(text)) == "");
}

TEST_CASE("in the pseudo-language the workbook shows no word that a translator could not reach", "[output][pseudo]") {
  auto const catalogue = Catalogue::load("qps");
  auto const path = (std::filesystem::temp_directory_path() / "yekun-pseudo.xlsx").string();
  REQUIRE(write_workbook(built().document, *catalogue, path));
  std::string const strings = zip_member(path, "xl/sharedStrings.xml");
  std::string const book = zip_member(path, "xl/workbook.xml");
  std::filesystem::remove(path);
  std::set<std::string> found;
  static std::regex const kText("<t[^>]*>([^<]*)</t>");
  for (std::sregex_iterator i(strings.begin(), strings.end(), kText), end; i != end; ++i)
    found.merge(hard_coded(std::regex_replace((*i)[1].str(), std::regex("&[a-z#0-9]+;"), " ")));
  static std::regex const kSheet("<sheet name=\"([^\"]*)\"");
  for (std::sregex_iterator i(book.begin(), book.end(), kSheet), end; i != end; ++i)
    found.merge(hard_coded((*i)[1].str()));
  // Names of sheets have no brackets, which Excel forbids: their accents show where they come from. The data sheet's
  // columns are called as the spec calls the dimensions.
  std::erase_if(found, [](std::string const& word) {
    static std::set<std::string> const kDimensions{"region", "sex", "category"};
    bool const accented = std::any_of(word.begin(), word.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    return accented || kDimensions.count(word) > 0;
  });
  CHECK(joined(found) == "");
}
