#include "indicators/resolve.h"

#include <catch2/catch.hpp>

#include "indicators/kinds.h"
#include "tests/indicators/formula_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

SmallProgramme residential() {
  SmallProgramme p;
  p.measure("residents", "occupancy", "sum(residents)", "people").over_time = OverTime::last;
  p.measure("resident_days", "occupancy", "sum(residents)", "days").over_time = OverTime::sum;
  p.measure("place_days", "occupancy", "sum(capacity)", "days").over_time = OverTime::sum;
  p.measure("people_served", "services", "count(distinct person_id)", "people");
  p.measure("first_timers", "services", "new_people(person_id)", "people");
  p.measure("cost", "services", "sum(cost)", "AZN");
  p.measure("present", "services", "share(status = 'present')", "percent");
  p.measure("score", "services", "average(score)", "score");
  p.measure("wait", "services", "median(score)", "days");
  return p;
}

}  // namespace

TEST_CASE("the kind of an indicator follows from its measure or formula", "[indicators]") {
  SmallProgramme p = residential();
  p.formula("rate", "resident_days / place_days", "percent");
  p.formula("unit_cost", "cost / people_served", "AZN");
  p.formula("free", "place_days - resident_days", "days");
  p.formula("half", "resident_days / 2", "days");
  p.formula("gain", "score - previous(score)", "score");
  p.formula("cost_so_far", "cumulative(cost)", "AZN");
  p.formula("people_so_far", "cumulative(people_served)", "people");
  p.formula("growth", "change(people_served)", "percent");
  CHECK(p.kind("residents") == IndicatorKind::stock);
  CHECK(p.kind("resident_days") == IndicatorKind::flow);
  CHECK(p.kind("people_served") == IndicatorKind::people);
  CHECK(p.kind("first_timers") == IndicatorKind::new_people);
  CHECK(p.kind("present") == IndicatorKind::ratio);
  CHECK(p.kind("score") == IndicatorKind::average);
  CHECK(p.kind("wait") == IndicatorKind::quantile);
  CHECK(p.kind("rate") == IndicatorKind::ratio);
  CHECK(p.kind("unit_cost") == IndicatorKind::ratio);
  CHECK(p.kind("free") == IndicatorKind::flow);
  CHECK(p.kind("half") == IndicatorKind::flow);
  CHECK(p.kind("gain") == IndicatorKind::average);
  CHECK(p.kind("cost_so_far") == IndicatorKind::stock);
  CHECK(p.kind("people_so_far") == IndicatorKind::people);
  CHECK(p.kind("growth") == IndicatorKind::ratio);
}

TEST_CASE("a sum over a reported dataset must say what happens over time", "[indicators]") {
  SmallProgramme p;
  p.measure("residents", "occupancy", "sum(residents)");
  CHECK(p.mistakes() ==
        "p.json:101:20: error[over-time]: indicator 'residents' does not say what happens over time: 'occupancy' is "
        "reported by enterprise on each date\n"
        "  hint: \"over_time\": \"last\" gives the level at the period's end, \"sum\" adds up the days "
        "(resident-days)\n");
  p.programme.datasets[0].reported_by = std::vector<std::string>{};
  CHECK(p.mistakes().find("'occupancy' is reported as a snapshot on each date") != std::string::npos);
  p.programme.datasets[0].reported_by.reset();
  p.programme.datasets[0].key.clear();
  CHECK(p.kind("residents") == IndicatorKind::flow);
}

TEST_CASE("a measure whose value is a date is refused with days as the alternative", "[indicators]") {
  SmallProgramme p;
  p.measure("latest", "services", "max(date)");
  CHECK(
      p.mistakes() ==
      "p.json:101:20: error[date-measure]: 'max(date)' is a date, and indicator 'latest' must be a number: dates "
      "cannot be added, compared in percent or drawn\n"
      "  hint: count days instead: max(days_between(date(2020, 1, 1), date)); for a date in a table use its column as "
      "a dimension\n");
  p.programme.indicators.back().measure = "first(date)";
  CHECK(p.mistakes().find("'first(date)' is a date") != std::string::npos);
  p.programme.indicators.back().measure = "max(days_between(date(2020, 1, 1), date))";
  CHECK(p.kind("latest") == IndicatorKind::other);
}

TEST_CASE("a sum of people, ratios, averages or medians is refused with the right alternative", "[indicators]") {
  SmallProgramme p = residential();
  p.formula("both", "people_served + people_served");
  CHECK(
      p.mistakes() ==
      "p.json:101:20: error[not-additive]: 'people_served' (people) cannot be added to another indicator: a person who "
      "is in both would be counted twice\n"
      "  hint: count them together: one count(distinct id) whose where covers both, or \"people\" across datasets\n");
  p.programme.indicators.back().formula = "(present + previous(present)) / 2";
  CHECK(p.mistakes() ==
        "p.json:101:21: error[not-additive]: 'present' (ratio) cannot be added to another indicator: a sum or mean of "
        "ratios is not the ratio of the whole\n"
        "  hint: add numerators and denominators as indicators of their own, then divide\n");
  p.programme.indicators.back().formula = "cost + previous(cost)";
  CHECK(p.kind("both") == IndicatorKind::flow);
  p.programme.indicators.back().formula = "1 - present";
  CHECK(p.kind("both") == IndicatorKind::ratio);
}

TEST_CASE("units that do not fit are refused", "[indicators]") {
  SmallProgramme p = residential();
  p.formula("sum", "resident_days + cost");
  p.formula("wrong", "place_days - resident_days", "people");
  p.formula("times_100", "100 * resident_days / place_days", "percent");
  CHECK(p.mistakes() ==
        "p.json:101:20: error[unit]: units do not fit: 'resident_days' is in days, 'cost' in AZN\n"
        "  hint: only values of one unit can be added, subtracted or chosen from\n"
        "p.json:101:20: error[unit]: the formula of 'wrong' gives days, but its unit is declared as people\n"
        "  hint: correct \"unit\" or the formula\n"
        "p.json:101:20: error[percent]: the formula of 'times_100' multiplies by 100, but percent are shown from "
        "fractions\n"
        "  hint: leave the factor 100 out: 0.93 with the unit percent is shown as 93%\n");
}

TEST_CASE("a circle of formulas is refused and the loop named", "[indicators]") {
  SmallProgramme p;
  p.formula("a", "b + 1");
  p.formula("b", "previous(c)");
  p.formula("c", "a * 2");
  p.formula("alone", "alone");
  p.formula("user", "a / 2");
  std::string const text = p.mistakes();
  CHECK(text.find("formulas go round in a circle: a -> b -> c -> a\n") != std::string::npos);
  CHECK(text.find("formulas go round in a circle: alone -> alone\n") != std::string::npos);
  CHECK(text.find("user") == std::string::npos);
}

TEST_CASE("formulas that grow without end are refused", "[indicators]") {
  SmallProgramme p;
  p.measure("a0", "services", "count(*)");
  for (int i = 1; i <= 60; ++i) {
    std::string const before = "a" + std::to_string(i - 1);
    p.formula("x" + std::to_string(i), before + " * 2");
    p.formula("a" + std::to_string(i), before + " - x" + std::to_string(i));
  }
  CHECK(p.mistakes().find("more than 100 deep or have more than 10,000 parts") != std::string::npos);
}

TEST_CASE("mistakes in measures, conditions and formulas are all reported", "[indicators]") {
  SmallProgramme p;
  p.measure("one", "servces", "count(*)");
  p.measure("two", "services", "sum(costs)").where = "status = present";
  p.formula("three", "two / tow");
  p.formula("four", "sum(cost)");
  CHECK(p.mistakes() ==
        "p.json:100:5: error[unknown-dataset]: indicator 'one' names an unknown dataset 'servces'\n"
        "  hint: did you mean 'services'?\n"
        "p.json:101:24: error[unknown-column]: unknown column 'costs'\n"
        "  hint: did you mean 'cost'?\n"
        "p.json:102:29: error[unknown-column]: unknown column 'present'\n"
        "  hint: one of: date, person_id, status, cost, score; a text is written in single quotes: 'present'\n"
        "p.json:101:26: error[unknown-indicator]: unknown indicator 'tow'\n"
        "  hint: did you mean 'two'?\n"
        "p.json:101:20: error[unknown-function]: unknown function 'sum' in a formula\n"
        "  hint: give the aggregate an indicator of its own, with \"dataset\" and \"measure\"\n");
}

TEST_CASE("cumulative of a stock and an average of distinct counts over time are refused", "[indicators]") {
  SmallProgramme p = residential();
  p.formula("so_far", "cumulative(residents)");
  p.programme.indicators[3].over_time = OverTime::average;
  CHECK(
      p.mistakes() ==
      "p.json:100:5: error[over-time]: indicator 'people_served' takes no \"over_time\": count(distinct person_id) is "
      "worked out again for each period\n"
      "  hint: \"over_time\" goes with sum and count; \"last\" and \"first\" also with people, averages, medians and "
      "shares\n"
      "p.json:101:20: error[not-additive]: cumulative() of 'residents' (stock) means nothing: the same units are there "
      "in every period\n"
      "  hint: use the indicator itself: its value is the level at the period's end\n");
}

TEST_CASE("people across datasets are counted from each, with its own condition", "[indicators]") {
  SmallProgramme p;
  p.schemas["occupancy"].columns.push_back({"resident id", Type::text});
  Indicator& all = p.add("all_people", "people");
  all.union_of = {"services.person_id", "occupancy.resident id"};
  all.where = "date >= '2025-01-01'";
  IndicatorGraph const graph = p.graph();
  REQUIRE(graph.indicators[0].sources.size() == 2);
  CHECK(graph.indicators[0].kind == IndicatorKind::people);
  CHECK(to_text(graph.indicators[0].sources[1].measure) == "count(distinct \"resident id\")");
}

TEST_CASE("the windows behind a formula are listed once each", "[indicators]") {
  SmallProgramme p = residential();
  p.formula(
      "f",
      "cost - previous(cost) + same_period_last_year(cost) + cumulative(cost) + previous(cumulative(cost)) + cost");
  p.formula("fiscal", "cumulative(cost, 'fiscal-year')");
  p.formula("paired", "resident_days / place_days", "percent").pairs = true;
  IndicatorGraph const graph = p.graph();
  auto const windows = [&](std::string_view id) {
    std::vector<std::string> out;
    for (Need const& need : needs_of(graph, p.programme, graph.find(id).value(), period("2025-Q3")))
      out.push_back(graph.indicators[need.indicator].id + "@" + need.window.label +
                    (need.pair == need.indicator ? "" : " with " + graph.indicators[need.pair].id));
    return out;
  };
  CHECK(windows("f") == std::vector<std::string>{"cost@2025-Q3", "cost@2025-Q2", "cost@2024-Q3",
                                                 "cost@2024-04-01..2025-09-30", "cost@2024-04-01..2025-06-30"});
  CHECK(windows("fiscal") == std::vector<std::string>{"cost@2025-01-01..2025-09-30"});
  CHECK(windows("paired") ==
        std::vector<std::string>{"resident_days@2025-Q3 with place_days", "place_days@2025-Q3 with resident_days"});
}

TEST_CASE("what may be added follows the table of kinds", "[indicators]") {
  CHECK_FALSE(refuse_addition("x", IndicatorKind::flow, Along::time));
  CHECK_FALSE(refuse_addition("x", IndicatorKind::stock, Along::place));
  CHECK(refuse_addition("x", IndicatorKind::stock, Along::time));
  CHECK_FALSE(refuse_addition("x", IndicatorKind::new_people, Along::time));
  CHECK(refuse_addition("x", IndicatorKind::new_people, Along::place));
  CHECK(refuse_addition("x", IndicatorKind::people, Along::place));
  CHECK_FALSE(refuse_addition("x", IndicatorKind::people, Along::place, true));
  CHECK(refuse_addition("x", IndicatorKind::people, Along::time, true));
  CHECK(refuse_addition("x", IndicatorKind::ratio, Along::place, true));
  CHECK(refuse_addition("x", IndicatorKind::reported_people, Along::time));
  CHECK_FALSE(refuse_addition("x", IndicatorKind::reported_people, Along::indicators));
}
