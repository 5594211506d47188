#include <catch2/catch.hpp>

#include "reports/compose_plan.h"
#include "tests/reports/compose_support.h"

using namespace yekun;
using namespace yekun::compose_test;

namespace {

ReportSpec report_with(std::vector<Section> sections) {
  ReportSpec report;
  report.id = "quarterly";
  report.title = {{"en", "Summary, {period}"}, {"ru", "Сводка, {period}"}};
  report.sections = std::move(sections);
  return report;
}

Section section(decltype(Section::content) content, std::string const& heading = "") {
  Section made;
  if (!heading.empty()) made.heading = {{"en", heading}};
  made.content = std::move(content);
  return made;
}

/// The lines of the document after its three head lines.
std::string body(Document const& document) {
  std::string const text = to_text(document);
  std::size_t at = 0;
  for (int i = 0; i < 3; ++i) at = text.find('\n', at) + 1;
  return text.substr(at);
}

Answer headline(std::vector<Figure> figures) {
  Answer made;
  made.periods = {quarter()};
  for (auto const& one : figures) made.indicators.push_back(one.indicator);
  made.rows = {{quarter(), false, {}, std::move(figures)}};
  return made;
}

}  // namespace

TEST_CASE("a document says what it is about, for which period and as of when", "[reports]") {
  Document const document = composed(programme(), report_with({}), {});
  CHECK(to_text(document) ==
        "document quarterly-2025-Q3-en (en)\n"
        "title: Summary, 3rd quarter of 2025\n"
        "of: Homes · 3rd quarter of 2025 · as of 5 October 2025\n");
}

TEST_CASE("a card shows value, unit, change and target with its status", "[reports]") {
  Figure residents = figure("residents", whole(1131), {}, IndicatorKind::stock);
  residents.previous = whole(1115);
  residents.change = Value::of(16.0 / 1115);
  residents.target = whole(1150);
  residents.achievement = Value::of(1131.0 / 1150);
  AnswerSet answers;
  answers.answers = {headline({residents})};
  KpiSection kpis{{"residents"}, false};
  CHECK(body(composed(programme(), report_with({section(kpis)}), answers)) ==
        "kpi: Residents | 1,131 | people | +1.4% against Q2 2025 | target 1,150 on track\n");
}

TEST_CASE("one person is a person and no data is no number", "[reports]") {
  AnswerSet answers;
  answers.answers = {headline({figure("residents", whole(1)), figure("people", Value::missing())})};
  KpiSection kpis{{"residents", "people"}, false};
  CHECK(body(composed(programme(), report_with({section(kpis)}), answers)) ==
        "kpi: Residents | 1 | person\n"
        "kpi: People served | … ^missing | \n");
}

TEST_CASE("a table of a dimension is sorted by label and its total is looked up", "[reports]") {
  AnswerSet answers;
  answers.answers = {
      answer_of("people", {"region"},
                {{{"quba"}, whole(40)}, {{"(unknown)"}, whole(3)}, {{"baki"}, whole(70)}, {{""}, whole(100)}},
                IndicatorKind::people)};
  TableSection table{{"people"}, {"region"}};
  table.totals = true;
  CHECK(body(composed(programme(), report_with({section(table, "By region")}), answers)) ==
        "heading 1 #section-1: By region\n"
        "table 1 #table-1: People served (3rd quarter of 2025)\n"
        "  Region | People served\n"
        "  Baku | 70\n"
        "  Guba | 40\n"
        "  Unknown | 3\n"
        "= Total | 100\n"
        "  note: The total is not the sum of its parts: a person may be counted in several rows, and once in the "
        "total\n");
}

TEST_CASE("a table without a row says that there is nothing to show", "[reports]") {
  AnswerSet answers;
  answers.answers = {answer_of("people", {"region"}, {}, IndicatorKind::people)};
  TableSection table{{"people"}, {"region"}};
  table.totals = true;
  CHECK(body(composed(programme(), report_with({section(table, "By region")}), answers)) ==
        "heading 1 #section-1: By region\n"
        "table 1 #table-1: People served (3rd quarter of 2025)\n"
        "  Region | People served\n"
        "  note: There is no data to show for this period\n");
}

TEST_CASE("a table turns one dimension into columns, bands in their own order", "[reports]") {
  AnswerSet answers;
  answers.answers = {answer_of("people", {"region", "age"},
                               {{{"baki", "18+"}, whole(50)},
                                {{"baki", "5-17"}, whole(20)},
                                {{"quba", "0-4"}, whole(9)},
                                {{"quba", "18+"}, whole(31)},
                                {{"baki", ""}, whole(70)},
                                {{"quba", ""}, whole(40)},
                                {{"", "0-4"}, whole(9)},
                                {{"", "5-17"}, whole(20)},
                                {{"", "18+"}, whole(81)},
                                {{"", ""}, whole(110)}})};
  TableSection table{{"people"}, {"region"}, {"age"}};
  table.totals = true;
  CHECK(body(composed(programme(), report_with({section(table)}), answers)) ==
        "table 1 #table-1: People served (3rd quarter of 2025)\n"
        "  Region | 0-4 | 5-17 | 18+ | Total\n"
        "  Baku | … ^missing | 20 | 50 | 70\n"
        "  Guba | 9 | … ^missing | 31 | 40\n"
        "= Total | 9 | 20 | 81 | 110\n");
}

TEST_CASE("an outer dimension becomes group rows that carry their subtotals", "[reports]") {
  AnswerSet answers;
  answers.answers = {answer_of("people", {"region", "age"},
                               {{{"baki", "0-4"}, whole(5)},
                                {{"baki", "18+"}, whole(6)},
                                {{"baki", ""}, whole(11)},
                                {{"quba", "18+"}, whole(7)},
                                {{"quba", ""}, whole(7)},
                                {{"", ""}, whole(18)}})};
  TableSection table{{"people"}, {"region", "age"}};
  table.totals = true;
  CHECK(body(composed(programme(), report_with({section(table)}), answers)) ==
        "table 1 #table-1: People served (3rd quarter of 2025)\n"
        "  Region / Age | People served\n"
        "+ Baku | 11\n"
        "    0-4 | 5\n"
        "    18+ | 6\n"
        "+ Guba | 7\n"
        "    18+ | 7\n"
        "= Total | 18\n");
}

TEST_CASE("sorting and top keep the largest rows and say how many there are", "[reports]") {
  AnswerSet answers;
  answers.answers = {answer_of("people", {"region"}, {{{"a"}, whole(1)}, {{"b"}, whole(9)}, {{"c"}, whole(5)}})};
  TableSection table{{"people"}, {"region"}};
  table.sort = "people";
  table.descending = true;
  table.top = 2;
  CHECK(body(composed(programme(), report_with({section(table)}), answers)) ==
        "table 1 #table-1: People served (3rd quarter of 2025)\n"
        "  Region | People served\n"
        "  b | 9\n"
        "  c | 5\n"
        "  note: 2 rows shown of 3; the total covers all of them\n");
}

TEST_CASE("comparisons without any target leave the target's columns out", "[reports]") {
  Figure rate = figure("occupancy_rate", Value::of(0.924), {}, IndicatorKind::ratio);
  rate.previous = Value::of(0.931);
  rate.change = Value::of(-0.007);
  AnswerSet answers;
  answers.answers = {headline({rate})};
  TableSection table{{"occupancy_rate"}};
  table.comparisons = true;
  CHECK(body(composed(programme(), report_with({section(table)}), answers)) ==
        "table 1 #table-1: Indicators (3rd quarter of 2025)\n"
        "  Indicator | Unit | Value | Previous period | Change\n"
        "  Occupancy rate | % | 92.4% | 93.1% | −0.7 pp\n");
}

TEST_CASE("the framework groups indicators by level, with target, achievement and source", "[reports]") {
  Figure people = figure("people", whole(80), {}, IndicatorKind::people);
  people.baseline = whole(60);
  people.target = whole(100);
  people.achievement = Value::of(0.5);
  AnswerSet answers;
  answers.answers = {headline({people})};
  CHECK(body(composed(programme(), report_with({section(LogframeSection{})}), answers)) ==
        "table 1 #table-1: Logical framework (3rd quarter of 2025)\n"
        "  Indicator | Baseline | Target | Actual | Achievement | Status | Source of verification\n"
        "+ Outcome: All are housed |  |  |  |  |  | \n"
        "    People served | 60 | 100 | 80 | 50% | behind <behind> | Register\n");
}

TEST_CASE("definitions say in words how each shown indicator is computed", "[reports]") {
  AnswerSet answers;
  answers.answers = {
      headline({figure("people", whole(1)), figure("residents", whole(2)), figure("occupancy_rate", whole(1))})};
  KpiSection kpis{{"people", "residents", "occupancy_rate"}, false};
  std::string const text =
      body(composed(programme(), report_with({section(kpis), section(DefinitionsSection{})}), answers));
  CHECK(text.substr(text.find("table 1")) ==
        "table 1 #table-1: Definitions ()\n"
        "  Indicator | How it is computed | Unit | Good change\n"
        "  People served | Number of different “person_id” in “services”, each counted once, only where status = "
        "'delivered' | people | higher is better\n"
        "  Residents | Sum of “residents” in “occupancy”; the last value of the period | people | higher is better\n"
        "  Occupancy rate | “Residents” ÷ places | % | \n");
}

TEST_CASE("a formula's indicators stand in the quotation marks of the language", "[reports]") {
  AnswerSet answers;
  answers.answers = {headline({figure("occupancy_rate", whole(1))})};
  auto const report = report_with({section(KpiSection{{"occupancy_rate"}, false}), section(DefinitionsSection{})});
  for (auto const& [language, words] : std::map<std::string, std::string>{
           {"en", "“Residents” ÷ places"}, {"ru", "«Жители» ÷ places"}, {"ka", "„Residents“ ÷ places"}})
    CHECK(to_text(composed(programme(), report, answers, language)).find("| " + words + " |") != std::string::npos);
}

TEST_CASE("data quality counts what was found and names examples", "[reports]") {
  DatasetFacts facts;
  facts.dataset = "services";
  facts.summary.rows = 1200;
  facts.summary.files = {{"services.csv", 10, 1200, 2, "ab"}};
  facts.rows_undated = 4;
  facts.unmatched_lookups = 7;
  facts.summary.findings.add(
      {"services", "services.csv", 12, "date", "rejected-cell", Severity::error, "2025-13-01", ""});
  AnswerSet answers;
  answers.datasets = {facts};
  CHECK(body(composed(programme(), report_with({section(DataQualitySection{})}), answers)) ==
        "table 1 #table-1: Data that was read ()\n"
        "  Dataset | Files | Rows | Skipped rows | Rows without a date | Keys not found | Findings\n"
        "  services | 1 | 1,200 | 2 | 4 | 7 | 1\n"
        "  note: Rows without a date belong to no period; keys that were not found give an empty lookup, and the row "
        "still "
        "counts.\n"
        "table 2 #table-2: What was found in the data ()\n"
        "  Dataset | Finding | Column | Severity | Count | Examples\n"
        "  services | cell that could not be read | date | error | 1 | services.csv, row 12: 2025-13-01\n");
}

TEST_CASE("a member of for_each sees its own rows and the overview the rolled-up ones", "[reports]") {
  ReportSpec report = report_with({section(KpiSection{{"people"}, false})});
  report.for_each = "region";
  auto const asked = questions(programme(), report, quarter());
  REQUIRE(asked);
  REQUIRE(asked->size() == 1);
  CHECK(asked->front().by == std::vector<std::string>{"region"});
  CHECK(asked->front().totals);
  AnswerSet answers;
  answers.answers = {
      answer_of("people", {"region"}, {{{"baki"}, whole(70)}, {{"quba"}, whole(40)}, {{""}, whole(100)}})};
  CHECK(body(composed(programme(), report, answers, "en", "quba")) == "kpi: People served | 40 | people\n");
  CHECK(body(composed(programme(), report, answers)) == "kpi: People served | 100 | people\n");
  auto const catalogue = Catalogue::load("en");
  CHECK(members(programme(), report, answers, catalogue->locale()) == std::vector<std::string>{"baki", "quba"});
  CHECK(composed(programme(), report, answers, "en", "quba").stem == "quarterly-2025-Q3-quba-en");
}

TEST_CASE("every language writes the same document in its own words", "[reports]") {
  AnswerSet answers;
  answers.answers = {headline({figure("occupancy_rate", Value::of(0.9245), {}, IndicatorKind::ratio)})};
  Document const document =
      composed(programme(), report_with({section(KpiSection{{"occupancy_rate"}, false})}), answers, "ru");
  CHECK(document.title == "Сводка, III квартал 2025 г.");
  CHECK(body(document) == "kpi: Заполненность | 92,5\u00A0% | \n");
}

TEST_CASE("a text with an unknown name is an error of the spec", "[reports]") {
  TextSection text{{{"en", "There were {residnts, number} people."}}, {{"en", {"report.json", 7, 9}}}};
  auto const asked = questions(programme(), report_with({section(text)}), quarter());
  REQUIRE_FALSE(asked);
  CHECK(asked.error().front().message == "unknown name 'residnts' in the text");
  CHECK(asked.error().front().place.line == 7);
}
