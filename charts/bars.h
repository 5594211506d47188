// Bars without direction: where each begins and ends in values, and how it is painted in either direction.
#pragma once

#include <utility>
#include <vector>

#include "charts/layouts.h"

namespace yekun::charts {

/// One bar, or one part of a stacked bar.
struct BarSlot {
  std::size_t category = 0;
  std::size_t series = 0;
  double start_pt = 0;  // along the categories
  double thickness_pt = 0;
  double from = 0;  // values; equal for points without a value
  double to = 0;
  bool several = false;  // the series needs naming
  ChartPoint const* point = nullptr;
};

/// All bars of a panel, category by category. Parts of stacked bars go on from each other, negative ones downwards;
/// `percent` scales the positive parts of a category to 1. `series_count`: only the first so many series. Where there
/// are few categories, bars stop growing with their bands and stand in the middle.
std::vector<BarSlot> bar_slots(ChartData const& data, ChartPanel const& panel, BandScale const& band, BarStack stack,
                               std::size_t series_count);

/// Places bars on the page: upright or lying.
struct BarPlane {
  bool upright = true;
  LinearScale scale{};
  Box box(BarSlot const& slot) const;
  /// The ends of a line across a thickness at a value.
  std::pair<Point, Point> across(double start_pt, double thickness_pt, double value) const;
};

/// Bars with their states: hatched where suppressed, pale with an outline where partial, a mark where there is no
/// value.
void draw_bar_marks(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane);
/// Short dashes over each bar that has a target (where they differ), and thin ones for baselines if the spec asks.
void draw_bar_targets(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane);

/// Values beside the bars' ends; a label that would touch another, or leave `within`, is left out unless it is the
/// first, last, least, greatest or highlighted one and there is room for it.
void draw_bar_labels(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane,
                     AxisNumbers const& numbers, Box within);
/// Values inside parts of stacked bars, where text and contrast fit.
void draw_stack_labels(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane,
                       AxisNumbers const& numbers, BarStack stack);

}  // namespace yekun::charts
