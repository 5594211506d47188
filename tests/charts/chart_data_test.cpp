#include "charts/chart_data.h"

#include <catch2/catch.hpp>

#include "charts/alt_text.h"
#include "charts/palette.h"
#include "tests/charts/chart_samples.h"

using namespace yekun;

namespace {

Catalogue english() {
  auto catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  return std::move(*catalogue);
}

std::vector<Period> quarter() { return samples::periods(PeriodKind::quarter, "2025-07-01", 1); }

std::vector<std::string> ids(ChartData const& data) {
  std::vector<std::string> all;
  for (auto const& category : data.categories) all.push_back(category.id);
  return all;
}

}  // namespace

TEST_CASE("nominal bars are sorted by value, missing last; ages keep their order with unknown last", "[charts]") {
  auto const catalogue = english();
  ChartSpec spec;
  spec.type = ChartType::bar;
  spec.y = {"people_served"};
  spec.x = "region";
  auto const regions = samples::answer(
      {"region"}, {"people_served"}, quarter(),
      {{0, {"A"}, {samples::whole(5)}}, {0, {"B"}, {Value::missing()}}, {0, {"C"}, {samples::whole(9)}}});
  CHECK(ids(chart_data(spec, regions, samples::programme(), catalogue)) == std::vector<std::string>{"C", "A", "B"});
  spec.order = ChartOrder::ascending;
  CHECK(ids(chart_data(spec, regions, samples::programme(), catalogue)) == std::vector<std::string>{"A", "C", "B"});
  spec.x = "age_group";
  spec.order = ChartOrder::automatic;
  auto const ages = samples::answer({"age_group"}, {"people_served"}, quarter(),
                                    {{0, {"?"}, {samples::whole(1)}},
                                     {0, {"0-4"}, {samples::whole(5)}},
                                     {0, {"12-17"}, {samples::whole(50)}},
                                     {0, {"5-11"}, {samples::whole(9)}},
                                     {0, {"75+"}, {samples::whole(2)}}});
  CHECK(ids(chart_data(spec, ages, samples::programme(), catalogue)) ==
        std::vector<std::string>{"0-4", "5-11", "12-17", "75+", "(unknown)"});
}

TEST_CASE("absent rows are missing points, never zero", "[charts]") {
  auto const catalogue = english();
  ChartSpec spec;
  spec.type = ChartType::bar;
  spec.x = "region";
  spec.y = {"people_served"};
  spec.color = "sex";
  auto const answer =
      samples::answer({"region", "sex"}, {"people_served"}, quarter(),
                      {{0, {"A", "female"}, {samples::whole(5)}}, {0, {"B", "male"}, {samples::whole(7)}}});
  auto const data = chart_data(spec, answer, samples::programme(), catalogue);
  REQUIRE(data.panels.size() == 1);
  REQUIRE(data.panels[0].series.size() == 2);
  CHECK(data.panels[0].series[0].label == "Women");
  for (auto const& series : data.panels[0].series)
    for (std::size_t i = 0; i < 2; ++i) {
      bool const there = (series.id == "female") == (data.categories[i].id == "A");
      CHECK(series.points[i].value.state == (there ? State::value : State::missing));
    }
}

TEST_CASE("a chart asks for its dimensions, its step in time and its targets", "[charts]") {
  ChartSpec spec;
  spec.type = ChartType::combo;
  spec.x = "period";
  spec.y = {"people_served"};
  spec.target = std::string("plan");
  spec.color = "sex";
  auto const question =
      chart_question(spec, samples::programme(), period_at(PeriodKind::year, *parse_iso_date("2025-03-01"), {}));
  REQUIRE(question.has_value());
  CHECK(question->indicators == std::vector<std::string>{"people_served", "plan"});
  CHECK(question->by == std::vector<std::string>{"sex"});
  CHECK(question->per == PeriodKind::quarter);
  CHECK_FALSE(question->comparisons);
  spec.y.clear();
  auto const refused = chart_question(spec, samples::programme(), {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().front().message == "a chart needs an indicator in 'y'");
}

TEST_CASE("the alternative text names type, subject, extremes and the latest value against its target", "[charts]") {
  auto const catalogue = english();
  ChartSpec spec;
  spec.type = ChartType::line;
  spec.x = "period";
  spec.y = {"people_served"};
  spec.target = true;
  std::vector<samples::Row> rows{{0, {}, {samples::whole(120)}, samples::whole(100)},
                                 {1, {}, {Value::missing()}, samples::whole(100)},
                                 {2, {}, {samples::whole(90)}, samples::whole(110)}};
  auto const data = chart_data(
      spec, samples::answer({}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 3), rows),
      samples::programme(), catalogue);
  CHECK(charts::alt_text(spec, data, catalogue) ==
        "Line chart: People served, January – March 2025. Highest: January 2025 (120 people); lowest: March 2025 (90 "
        "people). "
        "Latest (March 2025): 90 people against a target of 110 people. 1 value is missing.");
  for (auto const& point : data.panels[0].series[0].points) {
    REQUIRE(point.target_lineage);
    CHECK(point.target_lineage->kind == Lineage::Kind::target);
    CHECK(to_double(point.target_lineage->value.number) == to_double(point.target->number));
  }
  auto const table = charts::table_twin(data, catalogue);
  CHECK(table.header == std::vector<std::string>{"Period", "People served", "Target"});
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[1] == std::vector<std::string>{"February 2025", "…", "100"});
}

TEST_CASE("too many lines: the greatest keep their colour, the others turn grey", "[charts]") {
  auto const catalogue = english();
  ChartSpec spec;
  spec.type = ChartType::line;
  spec.x = "period";
  spec.y = {"people_served"};
  spec.color = "region";
  std::vector<samples::Row> rows;
  for (std::size_t r = 0; r < 9; ++r)
    rows.push_back(
        {0, {std::string(1, static_cast<char>('A' + r))}, {samples::whole(static_cast<std::int64_t>(10 * r))}});
  auto const data = chart_data(spec, samples::answer({"region"}, {"people_served"}, quarter(), rows),
                               samples::programme(), catalogue);
  for (std::size_t r = 0; r < 9; ++r) CHECK(data.panels[0].series[r].muted == (r < 5));
}

TEST_CASE("a palette with colours that look alike is warned about by name", "[charts]") {
  Theme theme;
  CHECK(charts::check_palette(theme).empty());
  theme.series = {{0x00, 0x72, 0xB2}, {0x02, 0x74, 0xB4}, {0xFF, 0xFF, 0x99}};
  auto const warnings = charts::check_palette(theme);
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].message ==
        "series colours '#0072B2' and '#0274B4' of theme 'yekun' look alike to some readers (distance 1, expected at "
        "least 10)");
  CHECK(warnings[1].message ==
        "series colour '#FFFF99' of theme 'yekun' has a contrast of 1.0 on the background, expected at least 1.6");
}

TEST_CASE("a pair that only colour-blind readers confuse is named, and a faint colour with its contrast", "[charts]") {
  Theme theme;
  theme.name = "ministry";
  theme.series = {{0xD0, 0x20, 0x00}, {0x00, 0x90, 0x00}};  // 121 apart in full colour, 7 with deuteranopia
  auto const alike = charts::check_palette(theme);
  REQUIRE(alike.size() == 1);
  CHECK(alike[0].code == "similar-colours");
  CHECK(alike[0].severity == Severity::warning);
  CHECK(
      alike[0].message ==
      "series colours '#D02000' and '#009000' of theme 'ministry' look alike to some readers (distance 7, expected at "
      "least 10)");
  theme.series = {{0xD0, 0x20, 0x00}, {0xE8, 0xE8, 0xA0}};
  auto const faint = charts::check_palette(theme);
  REQUIRE(faint.size() == 1);
  CHECK(faint[0].code == "faint-colour");
  CHECK(faint[0].message ==
        "series colour '#E8E8A0' of theme 'ministry' has a contrast of 1.3 on the background, expected at least 1.6");
  CHECK(faint[0].hint == "choose a darker colour");
}

TEST_CASE("a chart that would add what may not be added is refused with the alternative", "[charts]") {
  auto programme = samples::programme();
  programme.indicators.front().measure = "count(distinct person_id)";
  ChartSpec spec;
  spec.type = ChartType::bar;
  spec.x = "region";
  spec.y = {"people_served"};
  spec.color = "service";
  spec.stack = BarStack::stacked;
  auto const refused = check_chart(spec, programme);
  REQUIRE(refused.size() == 1);
  CHECK(refused.front().message.starts_with("'people_served' (people) cannot be added over groups"));
  CHECK(refused.front().hint.starts_with("use grouped bars"));
  spec.stack = BarStack::grouped;
  CHECK(check_chart(spec, programme).empty());
  spec.stack = BarStack::percent;
  for (auto& dimension : programme.dimensions) dimension.exclusive = dimension.id == "service";
  CHECK(check_chart(spec, programme).empty());
}

TEST_CASE("all mistakes of a chart are told at once", "[charts]") {
  ChartSpec spec;
  spec.type = ChartType::pyramid;
  spec.y = {"people_served"};
  spec.layout = "gorgia";
  auto const found = check_chart(spec, samples::programme());
  REQUIRE(found.size() == 3);
  CHECK(found[0].message == "a pyramid chart needs 'color': its groups");
  CHECK(found[1].message == "a pyramid chart needs 'x': a dimension or \"period\"");
  CHECK(found[2].message == "unknown tile layout 'gorgia'");
  CHECK(found[2].hint == "did you mean 'georgia'?");
}
