#include "reports/report_parser.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string problems_of(Diagnostics const& problems) {
  std::string out;
  for (auto const& one : problems) out += to_text(one, false);
  return out;
}

ParsedReport with_section(std::string const& section) {
  return parse_report(R"~({"programme": "p.json", "title": "T",
 "sections": [)~" + section +
                          "]}",
                      "quarterly.json");
}

}  // namespace

TEST_CASE("the sketch of a report parses into its sections", "[reports]") {
  auto const parsed = parse_report(R"~({
  "programme": "../programme.json", "template": "ministry-quarterly", "period": "quarter",
  "title": {"en": "Quarterly summary, {period}"}, "for_each": "region", "paper": "Letter", "status": "final",
  "sections": [
    {"kpis": ["residents", "occupancy_rate"]},
    {"heading": "Words", "level": 2, "text": {"en": "**{residents, number}** people"}},
    {"table": {"indicators": ["residents"], "rows": "enterprise", "columns": ["month"], "totals": true, "sort": "residents:desc"}},
    {"chart": {"type": "bar", "x": "month", "y": "occupancy_rate", "target": 1.0, "periods": 15}, "title": "Rate"},
    {"logframe": ["people_served"]}, {"data_quality": true}, {"definitions": true}, {"provenance": true},
    {"page_break": "landscape"} ],
  "outputs": ["xlsx", "pdf", "png", "html"], "deliver": {"email": {"to": ["a@example.org"], "subject": "S"}} })~",
                                   "reports/quarterly.json");
  CHECK(problems_of(parsed.notes.problems).empty());
  auto const& report = parsed.report;
  CHECK(report.id == "quarterly");
  CHECK(report.period_kind == "quarter");
  CHECK(report.status.empty());
  CHECK(report.paper == "Letter");
  CHECK(report.outputs ==
        std::vector<OutputKind>{OutputKind::xlsx, OutputKind::pdf, OutputKind::png, OutputKind::html});
  REQUIRE(report.deliver.email);
  REQUIRE(report.deliver.email->to.size() == 1);
  CHECK(report.deliver.email->to[0].address.address == "a@example.org");
  REQUIRE(report.sections.size() == 9);
  CHECK(std::get<KpiSection>(report.sections[0].content).indicators.size() == 2);
  CHECK(report.sections[1].level == 2);
  CHECK(std::get<TextSection>(report.sections[1].content).places.at("en").column == 53);
  auto const& table = std::get<TableSection>(report.sections[2].content);
  CHECK(table.rows == std::vector<std::string>{"enterprise"});
  CHECK(table.sort == "residents");
  CHECK(table.descending);
  auto const& chart = std::get<ChartSection>(report.sections[3].content);
  CHECK(chart.chart.x == "period");
  CHECK(chart.chart.per == PeriodKind::month);
  CHECK(chart.periods == 15);
  CHECK(std::get<Decimal>(chart.chart.target) == Decimal{1'000'000});
  CHECK(std::get<BreakSection>(report.sections[8].content).landscape);
}

TEST_CASE("a section shows exactly one thing", "[reports]") {
  CHECK(
      problems_of(with_section(R"~({"title": "x"})~").notes.problems) ==
      R"~(quarterly.json:2:15: error[missing-key]: a section needs one of 'kpis', 'text', 'table', 'chart', 'logframe', 'data_quality', 'definitions', 'provenance', 'explore', 'page_break', or a 'heading'
   "sections": [{"title": "x"}]}
                ^
)~");
  CHECK(problems_of(with_section(R"~({"kpis": ["a"], "text": "b"})~").notes.problems) ==
        R"~(quarterly.json:2:15: error[two-ways]: a section shows one thing, found 'kpis' and 'text'
   "sections": [{"kpis": ["a"], "text": "b"}]}
                ^
  hint: make two sections of it
)~");
}

TEST_CASE("a report names a programme that is there", "[reports]") {
  auto const parsed = read_report(std::string(YEKUN_SOURCE_DIR) + "/tests/reports/no-such-report.json");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().at(0).code == "unreadable-spec");
}

TEST_CASE("the example programme and its report have no structural mistake", "[reports]") {
  auto const parsed =
      read_report(std::string(YEKUN_SOURCE_DIR) + "/examples/az-social-services/reports/quarterly.json");
  REQUIRE(parsed);
  CHECK(problems_of(parsed->notes.problems).empty());
  REQUIRE(parsed->programme);
  CHECK(problems_of(parsed->programme->notes.problems).empty());
}
