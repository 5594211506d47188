#include "reports/chart_periods.h"

#include <catch2/catch.hpp>

#include "core/period.h"

using namespace yekun;

namespace {

ReportSpec with_chart(ChartSection section) {
  ReportSpec out;
  out.sections.push_back(Section{});
  out.sections.front().content = std::move(section);
  return out;
}

Period const kQuarter = *parse_period("2025-Q3", {});

}  // namespace

TEST_CASE("a chart's last months end with the report's last month and cross the year", "[reports]") {
  ChartSection section;
  section.chart.per = PeriodKind::month;
  section.periods = 15;
  auto const report = resolve_chart_periods(with_chart(section), kQuarter, {}, date_of(2025, 10, 1));
  REQUIRE(report);
  auto const& period = std::get<ChartSection>(report->sections[0].content).own_period;
  REQUIRE(period);
  CHECK(period->label == "2024-07..2025-09");
  CHECK(period->first == date_of(2024, 7, 1));
  CHECK(period->end == date_of(2025, 10, 1));
}

TEST_CASE("a chart without periods of its own keeps the report's", "[reports]") {
  auto const report = resolve_chart_periods(with_chart({}), kQuarter, {}, date_of(2025, 10, 1));
  REQUIRE(report);
  CHECK_FALSE(std::get<ChartSection>(report->sections[0].content).own_period);
}

TEST_CASE("a chart's relative period refers to the as-of day; a misspelt one is refused", "[reports]") {
  ChartSection section;
  section.period = "last-year";
  auto const report = resolve_chart_periods(with_chart(section), kQuarter, {}, date_of(2025, 10, 1));
  REQUIRE(report);
  CHECK(std::get<ChartSection>(report->sections[0].content).own_period->label == "2024");
  section.period = "lst-year";
  CHECK_FALSE(resolve_chart_periods(with_chart(section), kQuarter, {}, date_of(2025, 10, 1)));
}
