// Names of stacked parts beside the last column, in the order in which they lie there: no legend to look up.
#include <algorithm>
#include <cmath>

#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr std::size_t kMostNames = 7;
constexpr double kMostShare = 0.24;  // of the picture's width

double number_of(ChartPoint const& point) { return point.value.is_value() ? to_double(point.value.number) : 0; }

/// The last category with a value; 0 if there is none.
std::size_t last_column(ChartPanel const& panel) {
  for (std::size_t i = panel.series.front().points.size(); i-- > 0;)
    for (auto const& series : panel.series)
      if (series.points[i].value.is_value()) return i;
  return 0;
}

/// The middle of each part of a column, on the value axis.
std::vector<double> part_middles(ChartPanel const& panel, std::size_t category, bool percent) {
  double whole = 0;
  for (auto const& series : panel.series) whole += std::max(0.0, number_of(series.points[category]));
  double up = 0;
  double down = 0;
  std::vector<double> middles;
  for (auto const& series : panel.series) {
    double number = number_of(series.points[category]);
    if (percent) number = whole > 0 ? std::max(0.0, number) / whole : 0;
    double& base = number < 0 ? down : up;
    middles.push_back(base + number / 2);
    base += number;
  }
  return middles;
}

}  // namespace

bool stack_named_at_right(Drawing const& drawing, double height_pt) {
  auto const& data = drawing.data;
  bool const stacked =
      data.type == ChartType::area || (data.type == ChartType::bar && drawing.spec.stack != BarStack::grouped &&
                                       data.time && !drawing.spec.horizontal.value_or(false));
  if (!stacked || data.panels.size() != 1) return false;
  auto const& series = data.panels.front().series;
  bool const all = std::none_of(series.begin(), series.end(), [](auto const& one) { return one.muted; });
  if (!all || series.size() < 2 || series.size() > kMostNames) return false;
  return static_cast<double>(series.size()) * 2 * 1.15 * line_pt(kLabelBold) <= height_pt - 60;
}

double stack_name_room(Drawing const& drawing, ChartPanel const& panel) {
  double const most = drawing.scene.width_pt * kMostShare;
  double room = 0;
  for (auto const& series : panel.series)
    room = std::max(room, wrap(drawing.measurer, series.label, kLabelBold, most, 2).width_pt);
  return room + 10;
}

void draw_stack_names(Drawing& drawing, ChartPanel const& panel, LinearScale const& scale, Box plot) {
  bool const percent = drawing.spec.stack == BarStack::percent;
  auto const middles = part_middles(panel, last_column(panel), percent);
  double const left = plot.right() + 8;
  double const room = drawing.scene.width_pt - kPadding - left + 1;
  std::vector<double> wanted;
  std::vector<double> heights;
  std::vector<WrappedText> words;
  for (std::size_t s = 0; s < panel.series.size(); ++s) {
    words.push_back(drawing.wrapped(panel.series[s].label, kLabelBold, room, 2));
    wanted.push_back(scale(middles[s]));
    heights.push_back(static_cast<double>(words.back().lines.size()) * line_pt(kLabelBold) * 1.08);
  }
  double const low = plot.y - line_pt(kLabelBold);
  if (!fits(heights, low, plot.bottom())) return;
  auto const placed = spread(wanted, heights, low, plot.bottom());
  Group group{"label"};
  Group leaders{"leader"};
  for (std::size_t s = 0; s < words.size(); ++s) {
    Look const look = look_of(drawing, s);
    Colour const ink = darkened(look.fill, 4.5);
    double const height = static_cast<double>(words[s].lines.size()) * line_pt(kLabelBold);
    drawing.add_lines(group, words[s].lines, {left, placed[s] - height / 2}, kLabelBold, ink);
    if (std::abs(placed[s] - wanted[s]) > line_pt(kLabelBold) / 2)
      leaders.marks.emplace_back(straight({plot.right(), wanted[s]}, {left - 1, placed[s]}, ink, 0.8));
  }
  drawing.add(std::move(leaders));
  drawing.add(std::move(group));
}

}  // namespace yekun::charts
