// One drawing function a chart type; lay_out.cpp calls them with a panel each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "charts/axes.h"
#include "charts/drawing.h"
#include "charts/frame.h"
#include "charts/map_shapes.h"
#include "charts/tile_layout.h"

namespace yekun::charts {

/// A chart, or one of the small charts of a facet.
struct Panel {
  ChartPanel const& data;
  Box area{};
  AxisRange range{};
  bool small = false;  // of a facet: the legend stands above all of them
};

/// How a series is painted; worked out once a chart.
std::vector<Look> looks_of(ChartData const& data, Theme const& theme);
Look look_of(Drawing const& drawing, std::size_t series);
/// The fill of one category's bar where there is one series: muted categories turn grey.
Look look_of(Drawing const& drawing, std::size_t series, std::size_t category);

/// "Quba, women: 1,204 people"; empty where the scene wants none.
std::string tooltip_of(Drawing const& drawing, ChartCategory const& category, ChartSeries const& series,
                       ChartPoint const& point, bool several);

/// The target or baseline that all points share, or null if they differ or there is none.
Value const* common_target(ChartPanel const& panel);
bool has_targets(ChartPanel const& panel);
/// A dashed line for targets and the like, on a pale edge where it would not show on the darkest bars.
void add_dashes(Group& group, Drawing const& drawing, Point a, Point b, Colour colour, std::vector<double> dash_pt);
/// "Target 95%".
std::string target_text(Drawing const& drawing, Value const& target);

/// The tile layout that the spec names, or that knows most of the categories; no tiles if none does.
TileLayout tiles_for(ChartSpec const& spec, ChartData const& data);

void draw_bars(Drawing& drawing, Panel const& panel);
void draw_lines(Drawing& drawing, Panel const& panel);
void draw_combo(Drawing& drawing, Panel const& panel);
void draw_pyramid(Drawing& drawing, Panel const& panel);
void draw_bullets(Drawing& drawing, Panel const& panel);
void draw_heat(Drawing& drawing, Panel const& panel);
void draw_tile_map(Drawing& drawing, Panel const& panel);
void draw_choropleth(Drawing& drawing, Panel const& panel);
/// The region of the map that bears a category's value or label; null if none does.
MapRegion const* map_region(ChartSpec const& spec, ChartCategory const& category);
/// Of regions without a value to shade by: darker where it is withheld.
Colour hatch_colour(Drawing const& drawing, State state);
void draw_gantt(Drawing& drawing, Panel const& panel);
/// What lies behind the periods an activity was planned for.
Colour plan_fill(Theme const& theme);
void draw_upset(Drawing& drawing, Panel const& panel);
void draw_area(Drawing& drawing, Panel const& panel);
void draw_donut(Drawing& drawing, Panel const& panel);
void draw_slope(Drawing& drawing, Panel const& panel);
/// The id of the column that closes a waterfall.
inline constexpr char const* kClosingTotal = "(total)";
void draw_waterfall(Drawing& drawing, Panel const& panel);
void draw_dot_range(Drawing& drawing, Panel const& panel);
void draw_funnel(Drawing& drawing, Panel const& panel);

/// The axes of a scatter chart, over all of `panels` (at least one): of the first series across, of the last up.
struct ScatterRanges {
  AxisRange across{};
  AxisRange up{};
};
ScatterRanges scatter_ranges(Drawing const& drawing, std::span<ChartPanel const> panels);
/// Whether a member of a scatter chart has both values.
bool has_place(ChartPanel const& panel, std::size_t category);
void draw_scatter(Drawing& drawing, Panel const& panel);

/// Whether the names of lines can stand at their ends in a plot of this height.
bool labels_at_ends(Drawing const& drawing, double height_pt);

/// Whether the parts of stacked columns and areas are named at the right of a picture of this height.
bool stack_named_at_right(Drawing const& drawing, double height_pt);
double stack_name_room(Drawing const& drawing, ChartPanel const& panel);
/// Beside the plot, at the height of each part of the last column that has values.
void draw_stack_names(Drawing& drawing, ChartPanel const& panel, LinearScale const& scale, Box plot);

/// Lines of `first` and further series over known centres; used by lines and combo. `labels_x`: where end labels start;
/// `names`: whether they name the series.
void draw_line_marks(Drawing& drawing, ChartPanel const& panel, std::size_t first, std::vector<double> const& centres,
                     LinearScale const& scale, Box plot, double labels_x, bool names);
/// Room that end labels need at the right.
double end_label_room(Drawing const& drawing, ChartPanel const& panel, std::size_t first, AxisNumbers const& numbers,
                      bool names, double most_pt);

}  // namespace yekun::charts
