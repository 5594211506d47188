// Combined charts: bars of the first indicator, targets as dashes over them, further indicators as lines.
#include <algorithm>

#include "charts/annotations.h"
#include "charts/bars.h"
#include "charts/layouts.h"

namespace yekun::charts {

namespace {

/// One dashed stroke if all periods share the target, else a dash over each bar joined by none.
void draw_targets(Drawing& drawing, Panel const& panel, std::vector<BarSlot> const& slots, BarPlane const& plane,
                  Box plot) {
  if (drawing.data.target_label.empty()) return;
  ChartPanel first;
  first.series.push_back(panel.data.series.front());
  Value const* common = common_target(first);
  if (common == nullptr) {
    draw_bar_targets(drawing, slots, plane);
    return;
  }
  double const y = plane.scale(to_double(common->number));
  Group group{"target", target_text(drawing, *common)};
  add_dashes(group, drawing, {plot.x, y}, {plot.right(), y}, {0, 0, 0}, target_dash());
  drawing.add(std::move(group));
}

}  // namespace

void draw_combo(Drawing& drawing, Panel const& panel) {
  bool const lines = panel.data.series.size() > 1;
  if (!lines) {
    draw_bars(drawing, panel);
    return;
  }
  bool const at_ends = !panel.small;
  double const room =
      at_ends ? end_label_room(drawing, panel.data, 1, panel.range.numbers, true, panel.area.width * 0.25) : 0;
  Box area = panel.area;
  area.width -= room;
  auto const annotations = plan_annotations(drawing, area, panel.small);
  Box const whole = area;
  area = below(annotations, area);
  std::size_t const count = drawing.data.categories.size();
  double const plot_pt = area.width - upright_gutter(drawing, panel.range, area.width);
  auto names = plan_category_labels(drawing, plot_pt / static_cast<double>(std::max<std::size_t>(1, count)));
  area = above(names, area);
  UprightAxis const axis = draw_upright_axis(drawing, panel.range, area);
  BandScale const band{axis.plot.x, axis.plot.width, count, 0.35};
  auto const slots = bar_slots(drawing.data, panel.data, band, BarStack::grouped, 1);
  BarPlane const plane{true, axis.scale};
  std::vector<double> centres;
  for (std::size_t i = 0; i < count; ++i) centres.push_back(band.centre(i));
  draw_annotations(drawing, annotations, centres, whole, axis.plot.bottom());
  draw_bar_marks(drawing, slots, plane);
  draw_targets(drawing, panel, slots, plane, axis.plot);
  draw_line_marks(drawing, panel.data, 1, centres, axis.scale, axis.plot, at_ends ? axis.plot.right() : 0, true);
  draw_category_labels(drawing, names, centres, axis.plot.bottom(), panel.area);
}

}  // namespace yekun::charts
