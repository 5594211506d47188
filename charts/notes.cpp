#include "charts/notes.h"

#include <algorithm>
#include <cmath>

#include "charts/annotations.h"
#include "charts/layouts.h"

namespace yekun::charts {

bool has_state(ChartData const& data, State state) {
  for (auto const& panel : data.panels)
    for (auto const& series : panel.series)
      for (auto const& point : series.points)
        if (point.value.state == state) return true;
  return false;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string all;
  for (auto const& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += " · ";
    all += part;
  }
  return all;
}

namespace {

bool has_partial(ChartData const& data) {
  if (std::any_of(data.categories.begin(), data.categories.end(), [](auto const& one) { return one.partial; }))
    return true;
  for (auto const& panel : data.panels)
    for (auto const& series : panel.series)
      for (auto const& point : series.points)
        if (point.value.is_value() && point.value.partial) return true;
  return false;
}

bool has_baseline(ChartData const& data) {
  auto const& points = data.panels.front().series.front().points;
  return std::any_of(points.begin(), points.end(),
                     [](ChartPoint const& point) { return point.baseline && point.baseline->is_value(); });
}

/// Whether the map shows regions that the data do not know.
bool has_empty_tile(Drawing const& drawing) {
  if (drawing.data.type != ChartType::tile_map) return false;
  auto const layout = tiles_for(drawing.spec, drawing.data);
  return layout.tiles.size() > drawing.data.categories.size();
}

/// Labels of categories with a value that the map does not show.
std::vector<std::string> not_on_map(Drawing const& drawing) {
  auto const& data = drawing.data;
  bool const tiles = data.type == ChartType::tile_map;
  if (!tiles && data.type != ChartType::choropleth) return {};
  auto const layout = tiles ? tiles_for(drawing.spec, data) : TileLayout{};
  std::vector<std::string> names;
  for (auto const& category : data.categories) {
    bool const known = tiles ? layout.find(category.id) != nullptr || layout.find(category.label) != nullptr
                             : map_region(drawing.spec, category) != nullptr;
    if (!known) names.push_back(category.label);
  }
  return names;
}

/// Types on whose axis readers measure lengths or heights.
bool draws_scale(ChartType type) {
  return type == ChartType::line || type == ChartType::dot_range || type == ChartType::slope ||
         type == ChartType::area || type == ChartType::scatter;
}

/// The scales that readers measure on: one, two of a scatter chart, or none.
std::vector<AxisRange> ranges_of(Drawing const& drawing, AxisRange const* range) {
  if (range != nullptr) return {*range};
  if (drawing.data.type != ChartType::scatter || drawing.data.panels.empty()) return {};
  auto ranges = scatter_ranges(drawing, drawing.data.panels);
  return {std::move(ranges.across), std::move(ranges.up)};
}

bool leaves_zero_out(AxisRange const& range) { return !range.log && (range.ticks.low > 0 || range.ticks.high < 0); }

double size_of(ChartPoint const& point) {
  return point.value.is_value() ? std::max(0.0, to_double(point.value.number)) : 0;
}

/// Whether these shares of their sum, printed as whole percent, make another number than 100.
bool misses_100(std::vector<double> const& sizes) {
  double whole = 0;
  for (double const size : sizes) whole += size;
  double printed = 0;
  for (double const size : sizes) printed += whole > 0 ? std::round(100 * size / whole) : 0;
  return whole > 0 && printed != 100;
}

/// Shares that readers may add up: all of a donut, each bar of a chart of percent.
bool has_shares_that_miss_100(Drawing const& drawing) {
  ChartData const& data = drawing.data;
  bool const bars = data.type == ChartType::bar && drawing.spec.stack == BarStack::percent;
  if (data.type != ChartType::donut && !bars) return false;
  for (auto const& panel : data.panels) {
    for (std::size_t i = 0; i < (bars ? data.categories.size() : 1); ++i) {
      std::vector<double> sizes;
      if (bars)
        for (auto const& series : panel.series) sizes.push_back(size_of(series.points[i]));
      else
        for (auto const& point : panel.series.front().points) sizes.push_back(size_of(point));
      if (misses_100(sizes)) return true;
    }
  }
  return false;
}

/// Members of a scatter chart that lack one value or both.
std::int64_t without_place(ChartData const& data) {
  std::int64_t count = 0;
  for (auto const& panel : data.panels)
    for (std::size_t i = 0; i < data.categories.size(); ++i)
      if (!has_place(panel, i)) ++count;
  return count;
}

}  // namespace

std::vector<std::string> notes_of(Drawing const& drawing, AxisRange const* range, std::size_t hidden) {
  ChartData const& data = drawing.data;
  std::vector<std::string> marks;
  bool const lines = data.type == ChartType::line || data.type == ChartType::area;
  if (has_state(data, State::missing) && lines) marks.push_back(drawing.say("chart.note.gap"));
  bool const dots = data.type == ChartType::scatter;
  bool const says = data.type == ChartType::gantt || data.type == ChartType::choropleth || dots;
  if (!lines && !says && (has_state(data, State::missing) || has_empty_tile(drawing)))
    marks.push_back(drawing.say("note.missing", {{"mark", drawing.say("mark.missing")}}));
  if (std::int64_t const count = dots ? without_place(data) : 0; count > 0)
    marks.push_back(drawing.say("chart.note.without_place", {{"count", count}}));
  if (!dots && has_state(data, State::not_applicable))
    marks.push_back(drawing.say("note.not_applicable", {{"mark", drawing.say("mark.not_applicable")}}));
  if (!dots && has_state(data, State::suppressed)) marks.push_back(drawing.say("chart.note.suppressed"));
  if (has_partial(data))
    marks.push_back(drawing.say(data.type == ChartType::line ? "chart.note.partial_line" : "chart.note.partial"));
  if (data.type == ChartType::bullet && has_baseline(data)) marks.push_back(drawing.say("chart.note.baseline"));
  bool const targets = std::any_of(data.panels.begin(), data.panels.end(), has_targets);
  if (!data.target_label.empty() && !targets) marks.push_back(drawing.say("chart.note.no_target"));
  auto const ranges = ranges_of(drawing, range);
  bool const log = std::any_of(ranges.begin(), ranges.end(), [](AxisRange const& one) { return one.log; });
  if (draws_scale(data.type) && std::any_of(ranges.begin(), ranges.end(), leaves_zero_out))
    marks.push_back(drawing.say("chart.note.not_from_zero"));
  if (data.type == ChartType::tile_map) marks.push_back(drawing.say("chart.note.schematic"));
  if (auto const names = not_on_map(drawing); !names.empty())
    marks.push_back(drawing.say("chart.note.not_on_map", {{"names", drawing.catalogue.locale().list(names)}}));
  if (log) marks.push_back(drawing.say("chart.note.log"));
  if (data.panels.size() > 1 && drawing.spec.free_scales) marks.push_back(drawing.say("chart.note.scales_differ"));
  if (has_shares_that_miss_100(drawing)) marks.push_back(drawing.say("note.rounded_shares"));
  auto const shown = static_cast<std::int64_t>(data.categories.size());
  if (hidden > 0)
    marks.push_back(
        drawing.say("chart.note.shown", {{"shown", shown}, {"all", shown + static_cast<std::int64_t>(hidden)}}));
  std::vector<std::string> notes;
  if (!marks.empty()) notes.push_back(joined(marks));
  for (auto& note : annotation_notes(drawing)) notes.push_back(std::move(note));
  if (!data.source.empty()) notes.push_back(drawing.say("label.source") + ": " + data.source);
  return notes;
}

}  // namespace yekun::charts
