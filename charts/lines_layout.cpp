// Line charts: names at the ends, gaps where periods are missing, a sign for each series as well as a colour.
#include <algorithm>
#include <cmath>

#include "charts/annotations.h"
#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kMarkerPt = 5;
constexpr double kRoomyStepPt = 14;  // between points: enough to mark each of them
constexpr double kMarkEveryPt = 60;  // else one here and there, so that lines are told apart without colour
constexpr std::size_t kMostNamedLines = 7;

bool is_partial(Drawing const& drawing, ChartSeries const& series, std::size_t i) {
  return series.points[i].value.partial || drawing.data.categories[i].partial;
}

std::optional<std::size_t> last_value(ChartSeries const& series) {
  for (std::size_t i = series.points.size(); i-- > 0;)
    if (series.points[i].value.is_value()) return i;
  return std::nullopt;
}

Point at(ChartSeries const& series, std::size_t i, std::vector<double> const& centres, LinearScale const& scale) {
  return {centres[i], scale(to_double(series.points[i].value.number))};
}

/// Runs of present values become lines; the way into a partial period is dashed.
void add_strokes(Drawing const& drawing, Group& group, ChartSeries const& series, Look const& look,
                 std::vector<double> const& centres, LinearScale const& scale) {
  double const width = series.muted ? 1.5 : 2;
  std::vector<Point> run;
  auto const finish = [&] {
    if (run.size() > 1) group.marks.emplace_back(scene::Line{run, look.line, width, look.dash_pt});
    run.clear();
  };
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    if (!series.points[i].value.is_value()) {
      finish();
      continue;
    }
    Point const here = at(series, i, centres, scale);
    if (is_partial(drawing, series, i)) {
      Point const before = run.empty() ? here : run.back();
      finish();
      if (before.x != here.x) group.marks.emplace_back(straight(before, here, look.line, width, {2, 2}));
      continue;
    }
    if (run.empty() && i > 0 && series.points[i - 1].value.is_value())
      group.marks.emplace_back(straight(at(series, i - 1, centres, scale), here, look.line, width, {2, 2}));
    run.push_back(here);
  }
  finish();
}

void add_markers(Drawing& drawing, ChartSeries const& series, std::size_t index, Look const& look,
                 std::vector<double> const& centres, LinearScale const& scale) {
  double const step = centres.size() < 2 ? kMarkEveryPt : centres[1] - centres[0];
  bool const one_line = drawing.data.panels.front().series.size() == 1;
  std::size_t const every = step >= kRoomyStepPt ? 1
                            : one_line           ? centres.size()
                                                 : static_cast<std::size_t>(std::ceil(kMarkEveryPt / step));
  auto const last = last_value(series);
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    ChartPoint const& point = series.points[i];
    if (!point.value.is_value()) continue;
    bool const alone = (i == 0 || !series.points[i - 1].value.is_value()) &&
                       (i + 1 == series.points.size() || !series.points[i + 1].value.is_value());
    Group group{
        "point series-" + std::to_string(index + 1),
        tooltip_of(drawing, drawing.data.categories[i], series, point, drawing.data.panels.front().series.size() > 1),
        point.figure};
    bool const shown = (!series.muted && i % every == every / 2) || alone || last == i;
    if (!shown) continue;
    bool const hollow = is_partial(drawing, series, i);
    add_marker(group, look.marker % 4 + (hollow ? 4 : 0), at(series, i, centres, scale), kMarkerPt, look.line,
               drawing.theme.background);
    drawing.add(std::move(group));
  }
}

/// Suppressed points leave a hatched foot on the axis; the line breaks there.
void add_withheld(Drawing& drawing, ChartSeries const& series, std::vector<double> const& centres, Box plot) {
  Group group{"suppressed"};
  for (std::size_t i = 0; i < series.points.size(); ++i)
    if (series.points[i].value.state == State::suppressed)
      group.marks.emplace_back(scene::Hatch{{centres[i] - 4, plot.bottom() - 9, 8, 9}, drawing.theme.neutral});
  drawing.add(std::move(group));
}

std::string end_text(Drawing const& drawing, ChartSeries const& series, AxisNumbers const& numbers, bool names) {
  auto const last = last_value(series);
  std::string value =
      last && drawing.spec.values ? label_text(series.points[*last].value, numbers, drawing.catalogue) : std::string{};
  if (!names) return value;
  return value.empty() ? series.label : series.label + " " + value;
}

struct EndLabel {
  std::size_t series = 0;
  Point end{};
  WrappedText text{};
};

}  // namespace

bool labels_at_ends(Drawing const& drawing, double height_pt) {
  auto const& series = drawing.data.panels.front().series;
  if (drawing.data.panels.size() > 1) return false;
  auto const named = static_cast<std::size_t>(
      std::count_if(series.begin(), series.end(), [](ChartSeries const& one) { return !one.muted; }));
  return named <= kMostNamedLines && static_cast<double>(named) * 2 * 1.15 * line_pt(kLabel) <= height_pt;
}

double end_label_room(Drawing const& drawing, ChartPanel const& panel, std::size_t first, AxisNumbers const& numbers,
                      bool names, double most_pt) {
  double room = 0;
  for (std::size_t s = first; s < panel.series.size(); ++s) {
    if (panel.series[s].muted || !last_value(panel.series[s])) continue;
    room = std::max(
        room,
        wrap(drawing.measurer, end_text(drawing, panel.series[s], numbers, names), kLabelBold, most_pt, 2).width_pt);
  }
  return room == 0 ? 0 : room + 8;
}

namespace {

void add_end_labels(Drawing& drawing, ChartPanel const& panel, std::size_t first, std::vector<double> const& centres,
                    LinearScale const& scale, Box plot, double labels_x, bool names, AxisNumbers const& numbers) {
  if (centres.size() == 1) labels_x = std::min(labels_x, centres.front() + 8);  // no line to its end
  std::vector<EndLabel> labels;
  std::vector<double> wanted;
  std::vector<double> heights;
  double const room = drawing.scene.width_pt - kPadding - labels_x;
  for (std::size_t s = first; s < panel.series.size(); ++s) {
    auto const last = last_value(panel.series[s]);
    if (panel.series[s].muted || !last) continue;
    EndLabel label{s, at(panel.series[s], *last, centres, scale), {}};
    label.text = drawing.wrapped(end_text(drawing, panel.series[s], numbers, names), kLabelBold, room, 2);
    if (label.text.lines.front().empty()) continue;
    wanted.push_back(label.end.y);
    heights.push_back(static_cast<double>(label.text.lines.size()) * line_pt(kLabelBold) * 1.08);
    labels.push_back(std::move(label));
  }
  double const low = plot.y - line_pt(kLabel);
  if (!fits(heights, low, plot.bottom())) return;
  auto const placed = spread(wanted, heights, low, plot.bottom());
  Group group{"label"};
  Group leaders{"leader"};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Look const look = look_of(drawing, labels[i].series);
    double const height = static_cast<double>(labels[i].text.lines.size()) * line_pt(kLabelBold);
    drawing.add_lines(group, labels[i].text.lines, {labels_x + 2, placed[i] - height / 2}, kLabelBold, look.text);
    bool const far = std::abs(placed[i] - wanted[i]) > line_pt(kLabel) || labels_x - labels[i].end.x > 14;
    if (far)
      leaders.marks.emplace_back(
          straight({labels[i].end.x + 4, labels[i].end.y}, {labels_x, placed[i]}, look.line, 0.6));
  }
  drawing.add(std::move(leaders));
  drawing.add(std::move(group));
}

/// Greyed lines first, so that those that matter lie over them.
std::vector<std::size_t> painting_order(ChartPanel const& panel, std::size_t first) {
  std::vector<std::size_t> order;
  for (bool const muted : {true, false})
    for (std::size_t s = first; s < panel.series.size(); ++s)
      if (panel.series[s].muted == muted) order.push_back(s);
  return order;
}

/// A target line: one stroke if it is the same everywhere, steps under each period otherwise.
void draw_target_line(Drawing& drawing, ChartPanel const& panel, std::vector<double> const& centres,
                      LinearScale const& scale, Box plot) {
  if (drawing.data.target_label.empty() || panel.series.empty()) return;
  Group group{"target"};
  if (Value const* common = common_target(panel)) {
    double const y = scale(to_double(common->number));
    add_dashes(group, drawing, {plot.x, y}, {plot.right(), y}, {0, 0, 0}, target_dash());
    auto words = drawing.text(target_text(drawing, *common), {plot.x + 3, y - 3.5}, kLabel, drawing.theme.text);
    if (scene::box_of(words).y < plot.y - 4) words.at.y = y + kLabel.size_pt + 2;
    group.tooltip = words.text;
    if (words.width_pt <= plot.width) group.marks.emplace_back(std::move(words));
    drawing.add(std::move(group));
    return;
  }
  double const half = centres.size() > 1 ? (centres[1] - centres[0]) * 0.4 : plot.width * 0.2;
  for (auto const& series : panel.series)
    for (std::size_t i = 0; i < series.points.size(); ++i)
      if (auto const& target = series.points[i].target; target && target->is_value()) {
        double const y = scale(to_double(target->number));
        group.marks.emplace_back(straight({std::max(plot.x, centres[i] - half), y},
                                          {std::min(plot.right(), centres[i] + half), y}, {0, 0, 0}, 1.5,
                                          target_dash()));
      }
  drawing.add(std::move(group));
}

void draw_baseline_steps(Drawing& drawing, ChartPanel const& panel, std::vector<double> const& centres,
                         LinearScale const& scale) {
  if (!drawing.spec.baseline) return;
  Group group{"baseline"};
  for (auto const& series : panel.series) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < series.points.size(); ++i)
      if (auto const& base = series.points[i].baseline; base && base->is_value())
        points.push_back({centres[i], scale(to_double(base->number))});
    if (points.size() > 1) group.marks.emplace_back(scene::Line{points, drawing.theme.muted, 1.5, {1.5, 2}});
  }
  drawing.add(std::move(group));
}

}  // namespace

void draw_line_marks(Drawing& drawing, ChartPanel const& panel, std::size_t first, std::vector<double> const& centres,
                     LinearScale const& scale, Box plot, double labels_x, bool names) {
  for (std::size_t const s : painting_order(panel, first)) {
    ChartSeries const& series = panel.series[s];
    Look const look = look_of(drawing, s);
    Group group{"line series-" + std::to_string(s + 1), series.label};
    add_strokes(drawing, group, series, look, centres, scale);
    drawing.add(std::move(group));
    add_markers(drawing, series, s, look, centres, scale);
    add_withheld(drawing, series, centres, plot);
  }
  if (labels_x > 0) {
    auto const numbers = axis_numbers(
        drawing.data.numbers, scale.log ? 0 : std::max(std::abs(scale.low), std::abs(scale.high)), drawing.catalogue);
    add_end_labels(drawing, panel, first, centres, scale, plot, labels_x, names, numbers);
  }
}

void draw_lines(Drawing& drawing, Panel const& panel) {
  bool const at_ends = !panel.small && labels_at_ends(drawing, panel.area.height);
  bool const names = panel.data.series.size() > 1;
  double const room =
      at_ends ? end_label_room(drawing, panel.data, 0, panel.range.numbers, names, panel.area.width * 0.28) : 0;
  Box area = panel.area;
  area.width -= std::max(room, 6.0);
  std::size_t const count = drawing.data.categories.size();
  double const plot_pt = area.width - upright_gutter(drawing, panel.range, area.width);
  double const inset = std::min(8.0, plot_pt * 0.05);
  auto const annotations = plan_annotations(drawing, area, panel.small);
  Box const whole = area;
  area = below(annotations, area);
  auto names_below =
      plan_category_labels(drawing, PointScale{0, plot_pt - 2 * inset, std::max<std::size_t>(1, count)}.step());
  area = above(names_below, area);
  UprightAxis const axis = draw_upright_axis(drawing, panel.range, area);
  PointScale const points{axis.plot.x + inset, axis.plot.width - 2 * inset, count};
  std::vector<double> centres;
  for (std::size_t i = 0; i < count; ++i) centres.push_back(points(i));
  draw_annotations(drawing, annotations, centres, whole, axis.plot.bottom());
  draw_baseline_steps(drawing, panel.data, centres, axis.scale);
  draw_target_line(drawing, panel.data, centres, axis.scale, axis.plot);
  draw_line_marks(drawing, panel.data, 0, centres, axis.scale, axis.plot, at_ends ? axis.plot.right() : 0, names);
  draw_category_labels(drawing, names_below, centres, axis.plot.bottom(), panel.area);
}

}  // namespace yekun::charts
