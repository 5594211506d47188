#include "indicators/formula_value.h"

#include <catch2/catch.hpp>

#include "tests/indicators/formula_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

SmallProgramme two_measures(std::string formula) {
  SmallProgramme p;
  p.measure("a", "services", "sum(cost)");
  p.measure("b", "services", "count(*)");
  p.formula("f", std::move(formula));
  return p;
}

std::string result(std::string formula, Cells const& cells, std::string_view when = "2025-Q3") {
  return text_of(evaluated(two_measures(std::move(formula)), "f", when, cells).value);
}

Cells at_q3(Value a, Value b) { return {{{"a", "2025-Q3"}, a}, {{"b", "2025-Q3"}, b}}; }

}  // namespace

TEST_CASE("formulas are exact until they divide", "[indicators]") {
  CHECK(result("a + b", at_q3(money("0.1"), whole(2))) == "2.1");
  CHECK(result("a * b - 0.3", at_q3(money("0.1"), whole(3))) == "0");
  CHECK(result("a / b", at_q3(money("0.3"), whole(3))) == "0.1");
  CHECK(result("-a", at_q3(money("0.3"), whole(3))) == "-0.3");
  CHECK(result("round(a / b, 2)", at_q3(whole(2), whole(3))) == "0.67");
  CHECK(result("least(a, b) + greatest(a, b) + abs(0 - b)", at_q3(whole(2), whole(3))) == "8");
}

TEST_CASE("suppressed beats missing beats not applicable", "[indicators]") {
  Value const none = Value::missing();
  Value const na = Value::not_applicable();
  CHECK(result("a - b", at_q3(suppressed(), none)) == "suppressed");
  CHECK(result("a - b", at_q3(none, na)) == "missing");
  CHECK(result("a - b", at_q3(na, whole(1))) == "not applicable");
  CHECK(result("a / b", at_q3(whole(1), whole(0))) == "not applicable");
  CHECK(result("a / b", at_q3(none, whole(0))) == "missing");
  CHECK(result("coalesce(a, b)", at_q3(none, whole(4))) == "4");
  CHECK(result("coalesce(a, b, 0)", at_q3(none, na)) == "0");
  CHECK(result("coalesce(a, 0)", at_q3(suppressed(), none)) == "suppressed");
  CHECK(result("coalesce(a, b)", at_q3(none, na)) == "missing");
}

TEST_CASE("partial parts make a partial result", "[indicators]") {
  Value half = whole(4);
  half.partial = true;
  CHECK(result("a / b", at_q3(half, whole(8))) == "~0.5");
}

TEST_CASE("previous, last year and cumulative take their own windows", "[indicators]") {
  Cells const cells{{{"a", "2025-Q3"}, whole(10)},
                    {{"a", "2025-Q2"}, whole(7)},
                    {{"a", "2024-Q3"}, whole(4)},
                    {{"a", "2024-04-01..2025-09-30"}, whole(30)},
                    {{"a", "2024-04-01..2025-06-30"}, whole(20)}};
  CHECK(result("a - previous(a)", cells) == "3");
  CHECK(result("a - same_period_last_year(a)", cells) == "6");
  CHECK(result("cumulative(a)", cells) == "30");
  CHECK(result("previous(cumulative(a))", cells) == "20");
  CHECK(result("a / cumulative(a)", cells) == "0.3333333333333333");
  CHECK(result("change(a)", cells) == "0.42857142857142855");
  CHECK(result("previous(b)", cells) == "missing");
}

TEST_CASE("the interval of people reported without ids goes from the largest part to the sum", "[indicators]") {
  SmallProgramme p;
  p.measure("a", "services", "sum(score)").kind = IndicatorKind::reported_people;
  p.measure("b", "services", "sum(score)").kind = IndicatorKind::reported_people;
  p.formula("all", "a + b");
  Value a = whole(100);
  a.low = Number{std::int64_t{60}};
  Cells const cells{{{"a", "2025-Q3"}, a}, {{"b", "2025-Q3"}, whole(80)}};
  CHECK(p.kind("all") == IndicatorKind::reported_people);
  CHECK(text_of(evaluated(p, "all", "2025-Q3", {{{"a", "2025-Q3"}, a}, {{"b", "2025-Q3"}, a}}).value) == "60..200");
  CHECK(text_of(evaluated(p, "all", "2025-Q3", cells).value) == "80..180");
}

TEST_CASE("targets and baselines enter formulas, for exactly the period and group", "[indicators]") {
  SmallProgramme p = two_measures("a - target(a)");
  p.formula("done", "achievement(a)", "percent");
  p.formula("base", "a - baseline(a)");
  Indicator& a = p.programme.indicators[0];
  a.baseline = parse_decimal("2").value;
  a.targets.push_back({"2025-Q3", {}, parse_decimal("12").value, std::nullopt, {}});
  a.targets.push_back({"2025-Q3", {{"sex", "f"}}, parse_decimal("5").value, std::nullopt, {}});
  Cells const cells = at_q3(whole(10), whole(1));
  std::vector<PlacePart> const women{{"sex", "f"}};
  CHECK(text_of(evaluated(p, "f", "2025-Q3", cells).value) == "-2");
  CHECK(text_of(evaluated(p, "done", "2025-Q3", cells).value) == "0.8");
  CHECK(text_of(evaluated(p, "base", "2025-Q3", cells).value) == "8");
  CHECK(text_of(evaluated(p, "done", "2025-Q3", cells, women).value) == "2");
  CHECK(text_of(evaluated(p, "base", "2025-Q3", cells, women).value) == "missing");
  CHECK(text_of(evaluated(p, "f", "2025-Q3", cells, {{"sex", "m"}}).value) == "missing");
}

TEST_CASE("a cumulative target is compared with the cumulative value", "[indicators]") {
  SmallProgramme p = two_measures("achievement(a)");
  Indicator& a = p.programme.indicators[0];
  a.target_is = TargetIs::to_date;
  a.targets.push_back({"2025-Q3", {}, parse_decimal("40").value, std::nullopt, {}});
  CHECK(text_of(evaluated(p, "f", "2025-Q3", {{{"a", "2024-04-01..2025-09-30"}, whole(30)}}).value) == "0.75");
}

TEST_CASE("the lineage leads from the formula to its cells", "[indicators]") {
  Evaluated const e =
      evaluated(two_measures("a / (b - previous(b))"), "f", "2025-Q3",
                {{{"a", "2025-Q3"}, whole(6)}, {{"b", "2025-Q3"}, whole(5)}, {{"b", "2025-Q2"}, whole(2)}});
  REQUIRE(e.lineage);
  CHECK(e.lineage->kind == Lineage::Kind::divide);
  CHECK(text_of(e.lineage->value) == "2");
  REQUIRE(e.lineage->parts.size() == 2);
  Lineage const& below = *e.lineage->parts[1];
  CHECK(below.kind == Lineage::Kind::subtract);
  CHECK(text_of(below.value) == "3");
  CHECK(below.parts[1]->name == "previous");
  CHECK(below.parts[1]->parts[0]->kind == Lineage::Kind::cell);
  CHECK(below.parts[1]->parts[0]->period.label == "2025-Q2");
}

TEST_CASE("a ratio whose parts stand in different rows is partial", "[indicators]") {
  SmallProgramme p;
  p.measure("days", "services", "sum(score)");
  p.measure("places", "services", "sum(cost)");
  p.formula("rate", "days / places", "percent");
  IndicatorGraph const graph = p.graph();
  FormulaInputs inputs;
  inputs.cell = [](Need const& need) {
    CubeCell cell;
    cell.value = whole(10);
    cell.rows_used = need.indicator == 0 ? 5 : 4;
    return cell;
  };
  CHECK(text_of(evaluate_indicator(graph, p.programme, 2, period("2025-Q3"), inputs).value) == "~1");
}
