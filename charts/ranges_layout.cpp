// Change and distance: slope charts, dot ranges, areas.
#include <algorithm>
#include <cmath>

#include "charts/annotations.h"
#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

using Verb = scene::Path::Verb;

struct SlopeEnd {
  std::size_t series = 0;
  double y = 0;
  std::string words{};
};

/// Labels of one side of a slope chart, spread and in the colours of their lines.
void draw_slope_side(Drawing& drawing, std::vector<SlopeEnd> const& ends, double x, double room, Anchor anchor,
                     Box plot) {
  std::vector<double> wanted;
  std::vector<double> const heights(ends.size(), line_pt(kLabel));
  wanted.reserve(ends.size());
  for (auto const& end : ends) wanted.push_back(end.y);
  double const low = plot.y - line_pt(kLabel) / 2;
  double const high = plot.bottom() + line_pt(kLabel) / 2;
  if (!fits(heights, low, high)) return;
  auto const placed = spread(wanted, heights, low, high);
  Group group{"label"};
  for (std::size_t i = 0; i < ends.size(); ++i)
    drawing.add_lines(group, drawing.wrapped(ends[i].words, kLabel, room, 1).lines,
                      {x, placed[i] - line_pt(kLabel) / 2}, kLabel, look_of(drawing, ends[i].series).text, anchor);
  drawing.add(std::move(group));
}

/// Lines that start at one point share its number.
void add_left(std::vector<SlopeEnd>& lefts, SlopeEnd end) {
  bool const known = std::any_of(lefts.begin(), lefts.end(), [&](SlopeEnd const& one) {
    return one.words == end.words && std::abs(one.y - end.y) < 0.5;
  });
  if (!known) lefts.push_back(std::move(end));
}

double widest_words(Drawing const& drawing, std::vector<SlopeEnd> const& ends) {
  double widest = 0;
  for (auto const& end : ends) widest = std::max(widest, drawing.width(end.words, kLabel));
  return widest;
}

}  // namespace

void draw_slope(Drawing& drawing, Panel const& panel) {
  std::size_t const last = drawing.data.categories.size() - 1;
  Box plot{panel.area.x, panel.area.y + line_pt(kLabelBold) + 10, panel.area.width,
           panel.area.height - line_pt(kLabelBold) - 18};
  LinearScale const scale{panel.range.ticks.low, panel.range.ticks.high, plot.bottom(), plot.y, panel.range.log};
  std::vector<SlopeEnd> lefts;
  std::vector<SlopeEnd> rights;
  for (std::size_t s = 0; s < panel.data.series.size(); ++s) {
    ChartSeries const& series = panel.data.series[s];
    Value const& a = series.points.front().value;
    Value const& b = series.points[last].value;
    if (a.is_value())
      add_left(lefts, {s, scale(to_double(a.number)), label_text(a, panel.range.numbers, drawing.catalogue)});
    if (b.is_value())
      rights.push_back(
          {s, scale(to_double(b.number)),
           label_text(b, panel.range.numbers, drawing.catalogue) + (series.label.empty() ? "" : "  " + series.label)});
  }
  double const left_room = std::min(panel.area.width * 0.2, widest_words(drawing, lefts) + 2);
  double const right_room = std::min(panel.area.width * 0.45, widest_words(drawing, rights) + 2);
  double const x0 = panel.area.x + left_room + 8;
  double const x1 = panel.area.right() - right_room - 8;
  Group grid{"grid"};
  Group heads{"axis categories"};
  for (double const x : {x0, x1})
    grid.marks.emplace_back(straight({x, plot.y - 4}, {x, plot.bottom() + 4}, drawing.theme.faint, 0.8));
  double const head_room = (x1 - x0) / 2 - 4;
  if (head_room > 12)
    drawing.add_lines(heads,
                      drawing.wrapped(drawing.data.categories.front().short_label, kLabelBold, head_room, 1).lines,
                      {x0, panel.area.y}, kLabelBold, drawing.theme.text, Anchor::start);
  if (head_room > 12)
    drawing.add_lines(heads, drawing.wrapped(drawing.data.categories[last].short_label, kLabelBold, head_room, 1).lines,
                      {x1, panel.area.y}, kLabelBold, drawing.theme.text, Anchor::end);
  drawing.add(std::move(grid));
  for (std::size_t s = 0; s < panel.data.series.size(); ++s) {
    ChartSeries const& series = panel.data.series[s];
    Look const look = look_of(drawing, s);
    Group group{"line series-" + std::to_string(s + 1), series.label};
    auto const& a = series.points.front();
    auto const& b = series.points[last];
    if (a.value.is_value() && b.value.is_value())
      group.marks.emplace_back(straight({x0, scale(to_double(a.value.number))}, {x1, scale(to_double(b.value.number))},
                                        look.line, series.muted ? 1.5 : 2, look.dash_pt));
    if (a.value.is_value())
      add_marker(group, look.marker % 4, {x0, scale(to_double(a.value.number))}, 5, look.line,
                 drawing.theme.background);
    if (b.value.is_value())
      add_marker(group, look.marker % 4, {x1, scale(to_double(b.value.number))}, 5, look.line,
                 drawing.theme.background);
    drawing.add(std::move(group));
  }
  drawing.add(std::move(heads));
  draw_slope_side(drawing, lefts, x0 - 8, left_room, Anchor::end, plot);
  draw_slope_side(drawing, rights, x1 + 8, right_room, Anchor::start, plot);
}

void draw_dot_range(Drawing& drawing, Panel const& panel) {
  auto const& categories = drawing.data.categories;
  std::vector<std::string> names;
  names.reserve(categories.size());
  for (auto const& category : categories) names.push_back(category.label);
  double const step = panel.area.height / static_cast<double>(categories.size());
  std::size_t const lines = step >= 2 * line_pt(kLabel) ? 2 : 1;
  double const names_pt = row_label_width(drawing, names, kLabel, panel.area.width * 0.38, lines);
  Box const right{panel.area.x + names_pt + 14, panel.area.y, panel.area.width - names_pt - 14, panel.area.height};
  LyingAxis const axis = draw_lying_axis(drawing, panel.range, right);
  BandScale const band{axis.plot.y, axis.plot.height, categories.size(), 0.3};
  Group labels{"axis categories"};
  for (std::size_t i = 0; i < categories.size(); ++i) {
    double const y = band.centre(i);
    Extent extent;
    for (auto const& series : panel.data.series)
      if (series.points[i].value.is_value()) extent.hold(to_double(series.points[i].value.number));
    if (!extent.empty && extent.high > extent.low)
      drawing.add("range", straight({axis.scale(extent.low), y}, {axis.scale(extent.high), y},
                                    mix(drawing.theme.neutral, drawing.theme.background, 0.5), 2.5));
    for (std::size_t s = 0; s < panel.data.series.size(); ++s) {
      ChartPoint const& point = panel.data.series[s].points[i];
      if (!point.value.is_value()) continue;
      Group group{"point series-" + std::to_string(s + 1),
                  tooltip_of(drawing, categories[i], panel.data.series[s], point, panel.data.series.size() > 1),
                  point.figure};
      Look const look = look_of(drawing, s, i);
      add_marker(group, look.marker % 4, {axis.scale(to_double(point.value.number)), y},
                 std::min(8.0, band.step() * 0.7), look.line, drawing.theme.background);
      drawing.add(std::move(group));
    }
    if (line_pt(kLabel) > band.step() + 1) continue;
    auto const words = drawing.wrapped(names[i], kLabel, names_pt, line_pt(kLabel) * 2 <= band.step() ? lines : 1);
    double const height = static_cast<double>(words.lines.size()) * line_pt(kLabel);
    drawing.add_lines(labels, words.lines, {panel.area.x, y - height / 2}, kLabel, drawing.theme.text);
  }
  drawing.add(std::move(labels));
}

namespace {

/// One band of an area chart between two edges; runs end where a value is missing.
void add_bands(Group& group, std::vector<std::optional<double>> const& low,
               std::vector<std::optional<double>> const& high, std::vector<double> const& x, LinearScale const& scale,
               Colour colour, double opacity, Colour edge) {
  std::size_t i = 0;
  while (i < x.size()) {
    if (!high[i]) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < x.size() && high[end]) ++end;
    scene::Path path;
    scene::Line top{{}, edge, 1.5, {}};
    for (std::size_t k = i; k < end; ++k) {
      path.verbs.push_back(k == i ? Verb::move : Verb::line);
      path.points.push_back({x[k], scale(*high[k])});
      top.points.push_back(path.points.back());
    }
    for (std::size_t k = end; k-- > i;) {
      path.verbs.push_back(Verb::line);
      path.points.push_back({x[k], scale(low[k].value_or(0))});
    }
    path.verbs.push_back(Verb::close);
    path.colour = colour;
    path.opacity = opacity;
    if (end - i == 1) top.points = {{x[i], scale(low[i].value_or(0))}, {x[i], scale(*high[i])}};
    group.marks.emplace_back(std::move(path));
    group.marks.emplace_back(std::move(top));
    i = end;
  }
}

}  // namespace

/// Areas are stacked: a period in which any part is missing breaks all of them.
void draw_area(Drawing& drawing, Panel const& panel) {
  std::size_t const count = drawing.data.categories.size();
  Box area = panel.area;
  bool const named = stack_named_at_right(drawing, panel.area.height);
  area.width -= named ? stack_name_room(drawing, panel.data) : 8;
  auto const annotations = plan_annotations(drawing, area, panel.small);
  Box const whole = area;
  area = below(annotations, area);
  double const plot_pt = area.width - upright_gutter(drawing, panel.range, area.width);
  auto names = plan_category_labels(drawing, PointScale{0, plot_pt, count}.step());
  area = above(names, area);
  UprightAxis const axis = draw_upright_axis(drawing, panel.range, area);
  PointScale const points{axis.plot.x, axis.plot.width, count};
  std::vector<double> centres;
  std::vector<double> wholes(count, 1);
  for (std::size_t i = 0; i < count; ++i) {
    centres.push_back(points(i));
    if (drawing.spec.stack != BarStack::percent) continue;
    wholes[i] = 0;
    for (auto const& series : panel.data.series)
      if (series.points[i].value.is_value()) wholes[i] += std::max(0.0, to_double(series.points[i].value.number));
  }
  draw_annotations(drawing, annotations, centres, whole, axis.plot.bottom());
  std::vector<std::optional<double>> low(count, 0.0);
  for (std::size_t s = 0; s < panel.data.series.size(); ++s) {
    ChartSeries const& series = panel.data.series[s];
    std::vector<std::optional<double>> high(count);
    for (std::size_t i = 0; i < count; ++i)
      if (low[i] && series.points[i].value.is_value() && wholes[i] > 0)
        high[i] = *low[i] + to_double(series.points[i].value.number) / wholes[i];
    Look const look = look_of(drawing, s);
    Group group{"area series-" + std::to_string(s + 1), series.label};
    bool const single = panel.data.series.size() == 1;
    add_bands(group, low, high, centres, axis.scale, look.fill, single ? 0.25 : 0.85, darkened(look.fill, 3));
    drawing.add(std::move(group));
    low = high;
  }
  if (named) draw_stack_names(drawing, panel.data, axis.scale, axis.plot);
  draw_category_labels(drawing, names, centres, axis.plot.bottom(), panel.area);
}

}  // namespace yekun::charts
