// Scatter: a point for each member of a dimension, one indicator across and another up.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/notes.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kDotPt = 7;
constexpr double kApartPt = 2;           // between a dot and its name
constexpr std::size_t kMostNamed = 40;   // beyond that only the outermost and the highlighted are named
constexpr double kLeastTitledPt = 70;    // lower plots go without axis titles
constexpr double kLeastNumberedPt = 34;  // and still lower ones without numbers below

struct Dot {
  std::size_t category = 0;
  Point at{};
  double away = 0;  // from the middle of the plot, 1 at its edges: the outermost are named first
};

ChartSeries const& across_of(ChartPanel const& panel) { return panel.series.front(); }
ChartSeries const& up_of(ChartPanel const& panel) { return panel.series.back(); }

/// "Cost, thousand AZN"; percent signs stand at the ticks.
std::string axis_title(Drawing const& drawing, ChartSeries const& series, AxisNumbers const& numbers) {
  Locale const& locale = drawing.catalogue.locale();
  if (numbers.numbers.percent || numbers.title.empty() || locale.lower(series.label) == locale.lower(numbers.title))
    return series.label;
  return drawing.say("report.with_unit", {{"label", series.label}, {"unit", numbers.title}});
}

/// The numbers below the plot with light lines up through it.
void draw_across(Drawing& drawing, AxisRange const& range, LinearScale const& scale, Box plot, bool numbered) {
  Group grid{"grid"};
  Group labels{"axis"};
  TakenSpace taken;
  for (double const value : range.ticks.values) {
    double const x = scale(value);
    bool const base = value == 0 || (range.ticks.low > 0 && value == range.ticks.low);
    grid.marks.emplace_back(straight({x, plot.y}, {x, plot.bottom()},
                                     base ? drawing.theme.neutral : drawing.theme.faint, base ? 0.8 : 0.6));
    auto text = drawing.text(tick_text(value, range.log ? value : range.ticks.step, range.numbers, drawing.catalogue),
                             {x, baseline_below(plot.bottom() + 5, kTick)}, kTick, drawing.theme.muted, Anchor::middle);
    Box box = scene::box_of(text);
    if (box.right() > drawing.scene.width_pt || box.x < 0) continue;
    box.width += 4;
    if (numbered && taken.take(box)) labels.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(grid));
  drawing.add(std::move(labels));
}

void draw_dot(Drawing& drawing, Panel const& panel, Dot const& dot) {
  ChartCategory const& category = drawing.data.categories[dot.category];
  ChartPoint const& x = across_of(panel.data).points[dot.category];
  ChartPoint const& y = up_of(panel.data).points[dot.category];
  Look const look = look_of(drawing, 0, dot.category);
  Group group{"point series-1"};
  group.figure = y.figure;
  if (drawing.tooltips)
    group.tooltip = category.label + ": " +
                    joined({worded(x.value, across_of(panel.data).numbers, drawing.catalogue),
                            worded(y.value, up_of(panel.data).numbers, drawing.catalogue)});
  bool const partial = category.partial || x.value.partial || y.value.partial;
  if (partial)
    add_marker(group, 0, dot.at, kDotPt, mix(look.fill, drawing.theme.background, 0.6), look.fill);
  else
    add_marker(group, 0, dot.at, kDotPt, look.fill, drawing.theme.background);
  drawing.add(std::move(group));
}

/// Where the name of a dot may stand, best first: right, left, above, below, then the corners.
std::array<scene::Text, 8> places_of(Drawing const& drawing, std::string const& words, Point at, TextStyle style,
                                     Colour colour) {
  double const out = kDotPt / 2 + kApartPt;
  double const middle = baseline_around(at.y, style);
  double const above = at.y - out - style.size_pt * 0.2;
  double const below = baseline_below(at.y + kDotPt / 2, style);
  auto const text = [&](double x, double y, Anchor anchor) {
    return drawing.text(words, {x, y}, style, colour, anchor);
  };
  return {text(at.x + out, middle, Anchor::start),    text(at.x - out, middle, Anchor::end),
          text(at.x, above, Anchor::middle),          text(at.x, below, Anchor::middle),
          text(at.x + out / 2, above, Anchor::start), text(at.x - out / 2, above, Anchor::end),
          text(at.x + out / 2, below, Anchor::start), text(at.x - out / 2, below, Anchor::end)};
}

/// Names beside their dots; none touches a dot or another name, and one without a free place is left out.
void draw_names(Drawing& drawing, std::vector<Dot> const& dots, Box within) {
  TakenSpace names;
  std::vector<Box> marks;
  for (auto const& dot : dots) marks.push_back({dot.at.x - kDotPt / 2, dot.at.y - kDotPt / 2, kDotPt, kDotPt});
  auto const touches = [](Box const& a, Box const& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
  };
  bool const chosen = std::any_of(drawing.data.categories.begin(), drawing.data.categories.end(),
                                  [](auto const& category) { return category.muted; });
  Group group{"label"};
  std::size_t named = 0;
  for (std::size_t i = 0; i < dots.size() && named < kMostNamed; ++i) {
    ChartCategory const& category = drawing.data.categories[dots[i].category];
    TextStyle const style = chosen && !category.muted ? kLabelBold : kLabel;
    auto const words = wrap(drawing.measurer, category.label, style, within.width * 0.4, 1);
    Colour const colour = category.muted ? drawing.theme.muted : drawing.theme.text;
    for (auto& text : places_of(drawing, words.lines.front(), dots[i].at, style, colour)) {
      Box const box = scene::box_of(text);
      bool const inside =
          box.x >= within.x && box.right() <= within.right() && box.y >= within.y && box.bottom() <= within.bottom();
      bool const free = std::none_of(marks.begin(), marks.end(), [&](Box const& mark) { return touches(mark, box); });
      if (!inside || !free || !names.take(box)) continue;
      group.marks.emplace_back(std::move(text));
      ++named;
      if (words.shortened) drawing.scene.shortened.push_back(category.label);
      break;
    }
  }
  drawing.add(std::move(group));
}

/// The dots, those to be named first at the front: highlighted, then from the edges inwards.
std::vector<Dot> dots_of(Drawing const& drawing, ChartPanel const& panel, LinearScale const& x, LinearScale const& y,
                         Box plot) {
  std::vector<Dot> dots;
  for (std::size_t i = 0; i < drawing.data.categories.size(); ++i) {
    if (!has_place(panel, i)) continue;
    Point const at{x(to_double(across_of(panel).points[i].value.number)),
                   y(to_double(up_of(panel).points[i].value.number))};
    double const away = std::max(std::abs(at.x - (plot.x + plot.width / 2)) / plot.width,
                                 std::abs(at.y - (plot.y + plot.height / 2)) / plot.height);
    dots.push_back({i, at, away});
  }
  std::stable_sort(dots.begin(), dots.end(), [&](Dot const& a, Dot const& b) {
    bool const a_muted = drawing.data.categories[a.category].muted;
    bool const b_muted = drawing.data.categories[b.category].muted;
    return a_muted != b_muted ? b_muted : a.away > b.away;
  });
  return dots;
}

}  // namespace

bool has_place(ChartPanel const& panel, std::size_t category) {
  return across_of(panel).points[category].value.is_value() && up_of(panel).points[category].value.is_value();
}

ScatterRanges scatter_ranges(Drawing const& drawing, std::span<ChartPanel const> panels) {
  Extent across;
  Extent up;
  for (auto const& panel : panels) {
    for (std::size_t i = 0; i < drawing.data.categories.size(); ++i) {
      if (!has_place(panel, i)) continue;
      across.hold(to_double(across_of(panel).points[i].value.number));
      up.hold(to_double(up_of(panel).points[i].value.number));
    }
  }
  bool const small = drawing.data.panels.size() > 1;
  auto const& first = panels.front();
  return {axis_range(drawing, across, false, small ? 80 : drawing.scene.width_pt * 0.5, across_of(first).numbers),
          axis_range(drawing, up, false, small ? 80 : drawing.scene.height_pt * 0.6, up_of(first).numbers)};
}

void draw_scatter(Drawing& drawing, Panel const& panel) {
  bool const own = panel.small && drawing.spec.free_scales;
  auto const ranges = scatter_ranges(drawing, own ? std::span(&panel.data, 1) : std::span(drawing.data.panels));
  bool const titled = panel.area.height >= kLeastTitledPt;
  bool const numbered = panel.area.height >= kLeastNumberedPt;
  double const title_pt = titled ? line_pt(kTick) : 0;
  double const below_pt = numbered ? 5 + line_pt(kTick) + title_pt : 0;
  Group titles{"axis title"};
  if (titled)
    drawing.add_lines(
        titles,
        drawing.wrapped(axis_title(drawing, up_of(panel.data), ranges.up.numbers), kTick, panel.area.width, 1).lines,
        {panel.area.x, panel.area.y}, kTick, drawing.theme.text);
  Box area{panel.area.x, panel.area.y + title_pt + (titled ? 3 : 0), panel.area.width - 8, 0};
  area.height = std::max(1.0, panel.area.bottom() - below_pt - area.y);
  UprightAxis const axis = draw_upright_axis(drawing, ranges.up, area);
  Box const plot = axis.plot;
  LinearScale const across{ranges.across.ticks.low, ranges.across.ticks.high, plot.x, plot.right(), ranges.across.log};
  draw_across(drawing, ranges.across, across, plot, numbered);
  if (titled)
    drawing.add_lines(
        titles,
        drawing.wrapped(axis_title(drawing, across_of(panel.data), ranges.across.numbers), kTick, plot.width, 1).lines,
        {plot.right(), plot.bottom() + 5 + line_pt(kTick)}, kTick, drawing.theme.text, Anchor::end);
  drawing.add(std::move(titles));
  auto const dots = dots_of(drawing, panel.data, across, axis.scale, plot);
  for (std::size_t i = dots.size(); i-- > 0;) draw_dot(drawing, panel, dots[i]);
  draw_names(drawing, dots, {plot.x + 2, plot.y - 2, panel.area.right() - plot.x, plot.height});
}

}  // namespace yekun::charts
