// Bar charts: upright for periods and few short names, lying for the rest.
#include <algorithm>
#include <cmath>

#include "charts/annotations.h"
#include "charts/bars.h"
#include "charts/labels.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kMostUpright = 7;  // nominal categories; more are read more easily in rows
constexpr double kLeastRowPt = 11;  // a row of lying bars that still takes a label
constexpr double kValueGapPt = 8;   // between a bar's end and the edge beyond its label

std::size_t series_count(Panel const& panel) { return panel.data.series.size(); }

bool should_lie(Drawing const& drawing, Panel const& panel) {
  if (drawing.spec.horizontal) return *drawing.spec.horizontal;
  if (drawing.data.time) return false;
  auto const count = static_cast<double>(drawing.data.categories.size());
  if (count > kMostUpright && !drawing.data.ordinal) return true;
  return plan_category_labels(drawing, (panel.area.width - 30) / std::max(1.0, count)).shortened;
}

double widest_label(Drawing const& drawing, Panel const& panel) {
  double widest = 0;
  for (auto const& series : panel.data.series)
    for (auto const& point : series.points)
      widest = std::max(widest, drawing.width(label_text(point.value, panel.range.numbers, drawing.catalogue), kLabel));
  return widest;
}

/// Values of the bars themselves: the scale where every bar is labelled and no axis is drawn.
LinearScale bare_scale(Drawing const& drawing, Panel const& panel, double from_pt, double to_pt) {
  Extent extent = extent_of(drawing, drawing.data.panels, BarStack::grouped);
  if (drawing.spec.free_scales) extent = extent_of(drawing, std::span(&panel.data, 1), BarStack::grouped);
  extent.hold(0);
  if (extent.low == extent.high) extent.high = 1;
  return {extent.low, extent.high, from_pt, to_pt, false};
}

void draw_common_target(Drawing& drawing, Box plot, LinearScale const& scale, Value const& target) {
  double const y = scale(to_double(target.number));
  Group group{"target", target_text(drawing, target)};
  add_dashes(group, drawing, {plot.x, y}, {plot.right(), y}, {0, 0, 0}, target_dash());
  double const room = drawing.scene.width_pt - kPadding - plot.right() - 4;
  auto const lines = drawing.wrapped(target_text(drawing, target), kLabel, room, 2);
  double const height = static_cast<double>(lines.lines.size()) * line_pt(kLabel);
  double const top = std::clamp(y - height / 2, plot.y - line_pt(kLabel) / 2, std::max(plot.y, plot.bottom() - height));
  drawing.add_lines(group, lines.lines, {plot.right() + 4, top}, kLabel, drawing.theme.text);
  drawing.add(std::move(group));
}

/// Room at the right for the words of a target that all bars share.
double target_room(Drawing const& drawing, Panel const& panel) {
  Value const* target = drawing.data.target_label.empty() ? nullptr : common_target(panel.data);
  if (target == nullptr || panel.small) return 0;
  return wrap(drawing.measurer, target_text(drawing, *target), kLabel, drawing.scene.width_pt * 0.2, 2).width_pt + 5;
}

bool has_negative(Panel const& panel) {
  for (auto const& series : panel.data.series)
    for (auto const& point : series.points)
      if (point.value.is_value() && to_double(point.value.number) < 0) return true;
  return false;
}

struct UprightPlan {
  Box area{};  // without category labels and target room
  CategoryLabels names{};
  bool bare = false;   // every bar labelled, no axis
  bool named = false;  // parts are named at the right
  Annotations annotations{};
  Box whole{};  // with the annotations' room
};

UprightPlan plan_upright(Drawing const& drawing, Panel const& panel) {
  UprightPlan plan;
  plan.area = panel.area;
  plan.named = stack_named_at_right(drawing, panel.area.height);
  plan.area.width -= plan.named ? stack_name_room(drawing, panel.data) : target_room(drawing, panel);
  plan.annotations = plan_annotations(drawing, plan.area, panel.small);
  plan.whole = plan.area;
  plan.area = below(plan.annotations, plan.area);
  auto const count = static_cast<double>(std::max<std::size_t>(1, drawing.data.categories.size()));
  bool const grouped = drawing.spec.stack == BarStack::grouped;
  double const step = plan.area.width / count;
  double const slot = step * (series_count(panel) > 1 ? 0.78 / static_cast<double>(series_count(panel)) : 1);
  plan.bare = drawing.spec.values && grouped && widest_label(drawing, panel) + 3 <= slot && !has_negative(panel);
  double const gutter = plan.bare ? 0 : upright_gutter(drawing, panel.range, plan.area.width);
  plan.names = plan_category_labels(drawing, (plan.area.width - gutter) / count);
  plan.area = above(plan.names, plan.area);
  return plan;
}

void draw_upright_bars(Drawing& drawing, Panel const& panel) {
  UprightPlan const plan = plan_upright(drawing, panel);
  BarStack const stack = drawing.spec.stack;
  UprightAxis axis;
  if (plan.bare) {
    double const headroom = line_pt(kLabel) + 3;
    axis.plot = {plan.area.x, plan.area.y + headroom, plan.area.width, plan.area.height - headroom};
    axis.scale = bare_scale(drawing, panel, axis.plot.bottom(), axis.plot.y);
  } else {
    axis = draw_upright_axis(drawing, panel.range, plan.area);
  }
  BandScale const band{axis.plot.x, axis.plot.width, drawing.data.categories.size(),
                       series_count(panel) > 1 && stack == BarStack::grouped ? 0.22 : 0.32};
  auto const slots = bar_slots(drawing.data, panel.data, band, stack, series_count(panel));
  BarPlane const plane{true, axis.scale};
  std::vector<double> centres;
  for (std::size_t i = 0; i < drawing.data.categories.size(); ++i) centres.push_back(band.centre(i));
  draw_annotations(drawing, plan.annotations, centres, plan.whole, axis.plot.bottom());
  draw_bar_marks(drawing, slots, plane);
  if (plan.bare) {
    draw_bar_labels(drawing, slots, plane, panel.range.numbers, {2, panel.area.y - 2, drawing.scene.width_pt - 4, 1e4});
    double const zero = axis.scale(0);
    drawing.add("axis", straight({axis.plot.x, zero}, {axis.plot.right(), zero}, drawing.theme.neutral, 0.8));
  } else if (stack != BarStack::grouped && drawing.spec.values) {
    draw_stack_labels(drawing, slots, plane, panel.range.numbers, stack);
  }
  if (plan.named) draw_stack_names(drawing, panel.data, axis.scale, axis.plot);
  Value const* common = drawing.data.target_label.empty() ? nullptr : common_target(panel.data);
  if (common != nullptr && !panel.small && stack == BarStack::grouped)
    draw_common_target(drawing, axis.plot, axis.scale, *common);
  else if (stack == BarStack::grouped)
    draw_bar_targets(drawing, slots, plane);
  draw_category_labels(drawing, plan.names, centres, axis.plot.bottom(), panel.area);
}

/// The names of rows, wrapped to at most two lines, each centred on its row; those that would touch are left out.
void draw_row_labels(Drawing& drawing, BandScale const& band, Box area, double width_pt) {
  std::size_t const lines = band.step() >= 2 * line_pt(kLabel) ? 2 : 1;
  Group group{"axis categories"};
  TakenSpace taken;
  for (std::size_t i = 0; i < drawing.data.categories.size(); ++i) {
    auto const wrapped = drawing.wrapped(drawing.data.categories[i].label, kLabel, width_pt, lines);
    double const height = static_cast<double>(wrapped.lines.size()) * line_pt(kLabel);
    Box const box{area.x, band.centre(i) - height / 2, width_pt, height * 0.9};
    if (box.y < band.from_pt - 3 || !taken.take(box)) continue;
    drawing.add_lines(group, wrapped.lines, {box.x, box.y}, kLabel, drawing.theme.text);
  }
  drawing.add(std::move(group));
}

double row_names_width(Drawing const& drawing, Panel const& panel, double step_pt) {
  std::vector<std::string> names;
  for (auto const& category : drawing.data.categories) names.push_back(category.label);
  return row_label_width(drawing, names, kLabel, panel.area.width * 0.4, step_pt >= 2 * line_pt(kLabel) ? 2 : 1);
}

/// The words of a common target above its line, kept inside the area.
void draw_lying_target(Drawing& drawing, Box plot, LinearScale const& scale, Value const& target, Box area) {
  double const x = scale(to_double(target.number));
  Group group{"target", target_text(drawing, target)};
  add_dashes(group, drawing, {x, plot.y - 2}, {x, plot.bottom()}, {0, 0, 0}, target_dash());
  auto text = drawing.text(target_text(drawing, target), {x, baseline_below(area.y, kLabel)}, kLabel,
                           drawing.theme.text, Anchor::start);
  text.at.x = std::clamp(x - text.width_pt / 2, area.x, std::max(area.x, area.right() - text.width_pt));
  group.marks.emplace_back(std::move(text));
  drawing.add(std::move(group));
}

struct LyingPlan {
  Box area{};
  double names_pt = 0;
  double label_pt = 0;  // of the widest value
  bool bare = false;
  Value const* common = nullptr;
};

LyingPlan plan_lying(Drawing const& drawing, Panel const& panel) {
  LyingPlan plan;
  plan.area = panel.area;
  auto const count = static_cast<double>(std::max<std::size_t>(1, drawing.data.categories.size()));
  bool const grouped = drawing.spec.stack == BarStack::grouped;
  plan.names_pt = row_names_width(drawing, panel, plan.area.height / count);
  double const bars = grouped ? static_cast<double>(series_count(panel)) : 1;
  plan.bare = drawing.spec.values && grouped && plan.area.height / count * 0.9 / bars >= kLeastRowPt - 1;
  plan.label_pt = plan.bare ? widest_label(drawing, panel) + kValueGapPt : 0;
  plan.common = drawing.data.target_label.empty() || panel.small || !grouped ? nullptr : common_target(panel.data);
  if (plan.common != nullptr && plan.bare) {
    plan.area.y += line_pt(kLabel) + 2;
    plan.area.height -= line_pt(kLabel) + 2;
  }
  return plan;
}

void draw_lying_bars(Drawing& drawing, Panel const& panel) {
  LyingPlan const plan = plan_lying(drawing, panel);
  BarStack const stack = drawing.spec.stack;
  Box const right{plan.area.x + plan.names_pt + 8, plan.area.y, plan.area.width - plan.names_pt - 8, plan.area.height};
  LyingAxis axis;
  if (plan.bare) {
    double const left_room = has_negative(panel) ? plan.label_pt : 0;
    axis.plot = {right.x + left_room, right.y, right.width - plan.label_pt - left_room, right.height};
    axis.scale = bare_scale(drawing, panel, axis.plot.x, axis.plot.right());
  } else {
    axis = draw_lying_axis(drawing, panel.range, right);
  }
  BandScale const band{axis.plot.y, axis.plot.height, drawing.data.categories.size(),
                       series_count(panel) > 1 && stack == BarStack::grouped ? 0.2 : 0.3};
  auto const slots = bar_slots(drawing.data, panel.data, band, stack, series_count(panel));
  BarPlane const plane{false, axis.scale};
  draw_bar_marks(drawing, slots, plane);
  draw_row_labels(drawing, band, plan.area, plan.names_pt);
  if (plan.bare) {
    draw_bar_labels(drawing, slots, plane, panel.range.numbers, {right.x, 0, right.width + kPadding - 2, 1e4});
    double const zero = axis.scale(0);
    drawing.add("axis", straight({zero, axis.plot.y}, {zero, axis.plot.bottom()}, drawing.theme.neutral, 0.8));
  } else if (stack != BarStack::grouped && drawing.spec.values) {
    draw_stack_labels(drawing, slots, plane, panel.range.numbers, stack);
  }
  if (plan.common != nullptr && plan.bare)
    draw_lying_target(drawing, axis.plot, axis.scale, *plan.common, panel.area);
  else if (stack == BarStack::grouped)
    draw_bar_targets(drawing, slots, plane);
}

}  // namespace

void draw_bars(Drawing& drawing, Panel const& panel) {
  should_lie(drawing, panel) ? draw_lying_bars(drawing, panel) : draw_upright_bars(drawing, panel);
}

}  // namespace yekun::charts
