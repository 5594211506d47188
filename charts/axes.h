// Value axes with their grid, and the labels of categories.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "charts/drawing.h"
#include "charts/numbers.h"
#include "charts/scales.h"
#include "charts/ticks.h"

namespace yekun::charts {

/// What a value axis spans and how its numbers are written.
struct AxisRange {
  Ticks ticks{};
  AxisNumbers numbers{};
  bool log = false;
};

/// Least and greatest value to show; `empty` if there is none.
struct Extent {
  double low = 0;
  double high = 0;
  bool empty = true;
  void hold(double value);
};

/// Of all values, and of targets and baselines where the spec shows them. Stacked series count by their sums.
Extent extent_of(Drawing const& drawing, std::span<ChartPanel const> panels, BarStack stack);

/// `zero`: the axis must hold 0; else it does where the values reach down far enough. `length_pt` decides on the number
/// of ticks.
AxisRange axis_range(Drawing const& drawing, Extent extent, bool zero, double length_pt);
/// Of an axis whose numbers are not the chart's.
AxisRange axis_range(Drawing const& drawing, Extent extent, bool zero, double length_pt, ChartNumbers const& numbers);

struct UprightAxis {
  Box plot{};
  LinearScale scale{};
};

/// The width of that gutter, to plan what stands below the plot; 0 where numbers would take most of `width_pt`.
double upright_gutter(Drawing const& drawing, AxisRange const& range, double width_pt);
/// Numbers in a gutter at the left, light lines across `area` (whose bottom is the axis's low end).
UprightAxis draw_upright_axis(Drawing& drawing, AxisRange const& range, Box area);
/// Numbers above, light lines down `area`; the plot keeps the area's width.
struct LyingAxis {
  Box plot{};
  LinearScale scale{};
};
LyingAxis draw_lying_axis(Drawing& drawing, AxisRange const& range, Box area);

/// Labels under upright bars or points.
struct CategoryLabels {
  std::vector<std::vector<std::string>> lines{};  // one entry a category; empty: not labelled
  double height_pt = 0;
  bool shortened = false;
};

/// `step_pt`: room of one category. Periods drop every other label until they fit and say the year only where it
/// changes; other labels wrap to two lines and are then shortened.
CategoryLabels plan_category_labels(Drawing const& drawing, double step_pt);
/// What is left of `area` above the labels; a plot that would become too low keeps its room and loses the labels.
Box above(CategoryLabels& labels, Box area);
/// `centres`: x of each category; `top`: below the axis. Labels are kept within the
/// width of `within` and a little beyond, and the scene.
void draw_category_labels(Drawing& drawing, CategoryLabels const& labels, std::span<double const> centres, double top,
                          Box within);

/// Room at the left for names of rows: at most `most_pt`, as the widest needs when wrapped to `lines`.
double row_label_width(Drawing const& drawing, std::span<std::string const> names, TextStyle style, double most_pt,
                       std::size_t lines);

}  // namespace yekun::charts
