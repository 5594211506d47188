// A small programme for tests of formulas, without data: cells come from a table.
#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <utility>

#include "indicators/formula_value.h"
#include "indicators/resolve.h"
#include "indicators/targets.h"
#include "tests/indicators/expression_support.h"

namespace yekun::test {

struct SmallProgramme {
  Programme programme{};
  Schemas schemas{};

  SmallProgramme() {
    Dataset occupancy;
    occupancy.id = "occupancy";
    occupancy.date = {"date"};
    occupancy.key = {"date", "enterprise"};
    Dataset services;
    services.id = "services";
    services.date = {"date"};
    programme.datasets = {occupancy, services};
    schemas["occupancy"] = {
        {{"date", Type::date}, {"enterprise", Type::text}, {"residents", Type::integer}, {"capacity", Type::integer}}};
    schemas["services"] = {{{"date", Type::date},
                            {"person_id", Type::text, true},
                            {"status", Type::text},
                            {"cost", Type::decimal},
                            {"score", Type::integer}}};
    programme.start = date_of(2024, 4, 1);
  }

  Indicator& add(std::string id, std::string unit = "number") {
    Indicator indicator;
    indicator.id = std::move(id);
    indicator.unit.id = std::move(unit);
    indicator.place = spec_place("p.json", 100, 5);
    indicator.measure_place = spec_place("p.json", 101, 20);
    indicator.where_place = spec_place("p.json", 102, 20);
    return programme.indicators.emplace_back(std::move(indicator));
  }
  Indicator& measure(std::string id, std::string dataset, std::string text, std::string unit = "number") {
    Indicator& indicator = add(std::move(id), std::move(unit));
    indicator.dataset = std::move(dataset);
    indicator.measure = std::move(text);
    return indicator;
  }
  Indicator& formula(std::string id, std::string text, std::string unit = "number") {
    Indicator& indicator = add(std::move(id), std::move(unit));
    indicator.formula = std::move(text);
    return indicator;
  }

  IndicatorGraph graph() const {
    auto graph = resolve_indicators(programme, schemas);
    if (!graph) FAIL(messages(graph.error()));
    return std::move(*graph);
  }
  std::string mistakes() const {
    auto const graph = resolve_indicators(programme, schemas);
    REQUIRE_FALSE(graph);
    return messages(graph.error());
  }
  IndicatorKind kind(std::string_view id) const {
    IndicatorGraph const g = graph();
    return g.indicators[g.find(id).value()].kind;
  }
};

inline Period period(std::string_view text) { return parse_period(text, {}).value(); }

/// Cells by (indicator, label of the window).
using Cells = std::map<std::pair<std::string, std::string>, Value>;

inline Evaluated evaluated(SmallProgramme const& p, std::string_view id, std::string_view when, Cells const& cells,
                           std::vector<PlacePart> place = {}) {
  IndicatorGraph const graph = p.graph();
  FormulaInputs inputs;
  inputs.place = place;
  inputs.cell = [&](Need const& need) {
    CubeCell cell;
    auto const found = cells.find({graph.indicators[need.indicator].id, need.window.label});
    if (found != cells.end()) cell.value = found->second;
    cell.rows_used = cell.value.is_value() ? 1 : 0;
    Lineage lineage;
    lineage.kind = Lineage::Kind::cell;
    lineage.indicator = graph.indicators[need.indicator].id;
    lineage.period = need.window;
    lineage.value = cell.value;
    cell.lineage = std::make_shared<Lineage const>(lineage);
    return cell;
  };
  inputs.target = [&](std::size_t i, Period const& at) { return find_target(p.programme.indicators[i], at, place); };
  return evaluate_indicator(graph, p.programme, graph.find(id).value(), period(when), inputs);
}

inline Value whole(std::int64_t n) { return Value::of(n); }
inline Value money(std::string_view text) { return Value::of(parse_decimal(text).value); }
inline Value suppressed() {
  Value v;
  v.state = State::suppressed;
  return v;
}

/// "0.75", "missing", "not applicable", "suppressed"; "~" in front if partial, "low.." if there is an interval.
inline std::string text_of(Value const& v) {
  std::string out = v.partial ? "~" : "";
  switch (v.state) {
    case State::missing:
      return out + "missing";
    case State::not_applicable:
      return out + "not applicable";
    case State::suppressed:
      return out + "suppressed";
    case State::value:
      break;
  }
  if (v.low) out += to_text(*v.low) + "..";
  return out + to_text(v.number);
}

}  // namespace yekun::test
