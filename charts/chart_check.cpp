#include <fmt/format.h>

#include "charts/chart_data.h"
#include "charts/chart_words.h"
#include "charts/tile_layout.h"
#include "indicators/kinds.h"

namespace yekun {

namespace {

Diagnostic mistake(ChartSpec const& spec, std::string code, std::string message, std::string hint) {
  return {Severity::error, Fault::spec, std::move(code), spec.place, std::move(message), std::move(hint)};
}

/// The kind as declared or as the measure has it; nullopt where only resolve can tell (formulas that are no
/// percentages).
std::optional<IndicatorKind> kind_of(Indicator const& indicator) {
  if (indicator.kind) return indicator.kind;
  if (!indicator.union_of.empty()) return IndicatorKind::people;
  if (indicator.measure.empty()) {
    if (indicator.unit.id == "percent") return IndicatorKind::ratio;
    return std::nullopt;
  }
  auto const measure = parse_measure(indicator.measure);
  if (!measure) return std::nullopt;
  return kind_of(measure->kind, indicator.over_time);
}

/// What the parts of the picture are added along; nullopt if nothing is added.
std::optional<Along> added_along(ChartSpec const& spec, std::string& dimension) {
  bool const steps = spec.type == ChartType::donut || spec.type == ChartType::waterfall;
  bool const stacks =
      (spec.type == ChartType::bar || spec.type == ChartType::automatic) && spec.stack != BarStack::grouped;
  if (!steps && !stacks && spec.type != ChartType::area) return std::nullopt;
  dimension = steps ? spec.x : spec.color;
  if (dimension == "period") return Along::time;
  if (!dimension.empty()) return Along::place;
  if (spec.y.size() > 1) return Along::indicators;
  return std::nullopt;
}

void check_addition(ChartSpec const& spec, Programme const& programme, Diagnostics& found) {
  std::string dimension;
  auto const along = added_along(spec, dimension);
  if (!along) return;
  auto const* known = programme.dimension(dimension);
  for (auto const& y : spec.y) {
    auto const* indicator = programme.indicator(y);
    auto const kind = indicator != nullptr ? kind_of(*indicator) : std::nullopt;
    if (!kind) continue;
    auto const refusal = refuse_addition(y, *kind, *along, known != nullptr && known->exclusive);
    if (refusal) found.push_back(mistake(spec, "cannot-add", refusal->message, refusal->hint));
  }
}

void check_shape(ChartSpec const& spec, Diagnostics& found) {
  std::string const type(to_text(spec.type));
  if (spec.type == ChartType::sparkline)
    found.push_back(
        mistake(spec, "chart-type", "a sparkline chart cannot be drawn in a report", "sparklines stand in 'kpis'"));
  if (spec.y.empty())
    found.push_back(mistake(spec, "chart-without-indicator", "a chart needs an indicator in 'y'",
                            "write \"y\": \"people_served\""));
  if (!spec.color.empty() && spec.y.size() > 1)
    found.push_back(mistake(spec, "color-and-indicators",
                            fmt::format("'color' cannot be combined with {} indicators in 'y'", spec.y.size()),
                            "keep one indicator, or leave 'color' out: each indicator is a series then"));
  bool const needs_color = spec.type == ChartType::pyramid || spec.type == ChartType::slope ||
                           spec.type == ChartType::heat || spec.type == ChartType::gantt;
  if (needs_color && spec.color.empty() &&
      (spec.y.size() < 2 || spec.type == ChartType::heat || spec.type == ChartType::gantt))
    found.push_back(
        mistake(spec, "chart-without-color", fmt::format("a {} chart needs 'color': its groups", type),
                spec.type == ChartType::pyramid ? "write \"color\": \"sex\"" : "write \"color\": \"region\""));
  bool const needs_x = spec.type == ChartType::line || spec.type == ChartType::area ||
                       spec.type == ChartType::pyramid || spec.type == ChartType::heat ||
                       spec.type == ChartType::slope || spec.type == ChartType::tile_map ||
                       spec.type == ChartType::choropleth || spec.type == ChartType::combo ||
                       spec.type == ChartType::gantt || spec.type == ChartType::upset;
  if (needs_x && spec.x.empty())
    found.push_back(
        mistake(spec, "chart-without-x", fmt::format("a {} chart needs 'x': a dimension or \"period\"", type), ""));
  bool const bars = spec.type == ChartType::bar || spec.type == ChartType::combo || spec.type == ChartType::area;
  if (spec.log && bars)
    found.push_back(mistake(spec, "log-bars",
                            fmt::format("a {} chart cannot have a logarithmic scale: it starts at zero", type),
                            "use \"type\": \"line\" or \"dot-range\""));
  if (!spec.layout.empty() && !spec.layout.ends_with(".json") && charts::load_tiles(spec.layout).tiles.empty())
    found.push_back(mistake(spec, "unknown-layout", fmt::format("unknown tile layout '{}'", spec.layout),
                            suggestion(spec.layout, {"azerbaijan", "georgia", "turkmenistan"})));
}

/// A scatter chart: two indicators and the dimension whose members are its points.
void check_scatter(ChartSpec const& spec, Programme const& programme, Diagnostics& found) {
  if (spec.type != ChartType::scatter) return;
  if (programme.indicator(spec.x) == nullptr)
    found.push_back(mistake(spec, "scatter-without-indicator",
                            fmt::format("a scatter chart needs an indicator in 'x', found '{}'", spec.x),
                            "write \"x\": \"people_served\" and the members in 'color'"));
  else if (!spec.y.empty() && spec.y.front() == spec.x)
    found.push_back(
        mistake(spec, "scatter-of-one-indicator",
                fmt::format("a scatter chart compares two indicators, found '{}' in both 'x' and 'y'", spec.x),
                "name another indicator in 'y'"));
  if (spec.color.empty())
    found.push_back(mistake(spec, "chart-without-color",
                            "a scatter chart needs 'color': a point for each of its values",
                            "write \"color\": \"region\""));
  if (!std::holds_alternative<std::monostate>(spec.target) || spec.baseline)
    found.push_back(mistake(spec, "scatter-with-target", "a scatter chart has no line for a target or a baseline",
                            "leave 'target' and 'baseline' out, or use \"type\": \"bullet\""));
}

/// What one type alone needs.
void check_type(ChartSpec const& spec, Programme const& programme, Diagnostics& found) {
  std::string const type(to_text(spec.type));
  if (spec.type == ChartType::gantt && !spec.x.empty() && spec.x != "period")
    found.push_back(mistake(spec, "gantt-without-periods",
                            fmt::format("a gantt chart needs periods in 'x', found '{}'", spec.x),
                            "write \"x\": \"month\" and the activities in 'color'"));
  auto const* x = programme.dimension(spec.x);
  if (spec.type == ChartType::upset && x != nullptr && x->combined_by.empty() && !x->split.empty())
    found.push_back(mistake(spec, "upset-of-parts",
                            fmt::format("dimension '{}' splits its values, so their combinations are lost", spec.x),
                            "use a dimension without 'split'; the chart's own 'split' says what separates the values"));
  if (spec.type == ChartType::upset && x != nullptr && x->overlaps > 0)
    found.push_back(
        mistake(spec, "upset-of-overlaps",
                fmt::format("the groups of dimension '{}' overlap, and an upset chart shows each person once", spec.x),
                "use a dimension with 'combined_by' and without 'overlaps'"));
  if (spec.type != ChartType::choropleth) return;
  if (spec.geojson.empty())
    found.push_back(mistake(spec, "chart-without-map", "a choropleth chart needs 'geojson': a file with boundaries",
                            "write \"geojson\": \"maps/regions.geojson\", or use \"type\": \"tile-map\""));
  for (auto const& y : spec.y) {
    auto const* indicator = programme.indicator(y);
    auto const kind = indicator != nullptr ? kind_of(*indicator) : std::nullopt;
    bool const rate = !kind || *kind == IndicatorKind::ratio || *kind == IndicatorKind::average ||
                      *kind == IndicatorKind::quantile || *kind == IndicatorKind::other;
    if (!rate)
      found.push_back(mistake(spec, "choropleth-of-counts",
                              fmt::format("a choropleth chart shades rates, and '{}' is a count: large regions would "
                                          "look important because they are large",
                                          y),
                              "use a rate, or \"type\": \"tile-map\""));
  }
}

}  // namespace

Diagnostics check_chart(ChartSpec const& spec, Programme const& programme) {
  Diagnostics found;
  check_shape(spec, found);
  check_type(spec, programme, found);
  check_scatter(spec, programme, found);
  check_addition(spec, programme, found);
  return found;
}

}  // namespace yekun
