#include "charts/bars.h"

#include <algorithm>
#include <cmath>

#include "charts/labels.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

double number_of(ChartPoint const& point) { return point.value.is_value() ? to_double(point.value.number) : 0; }

double positive_sum(ChartPanel const& panel, std::size_t category, std::size_t series_count) {
  double sum = 0;
  for (std::size_t s = 0; s < series_count; ++s) sum += std::max(0.0, number_of(panel.series[s].points[category]));
  return sum;
}

constexpr double kStateHatchPt = 9;  // length of the hatched stub of a suppressed bar
constexpr double kThickestPt = 64;   // of a bar: a thicker one is a slab
constexpr double kThickestGroupPt = 112;

}  // namespace

std::vector<BarSlot> bar_slots(ChartData const& data, ChartPanel const& panel, BandScale const& band, BarStack stack,
                               std::size_t series_count) {
  std::vector<BarSlot> slots;
  double const across = stack == BarStack::grouped ? static_cast<double>(std::max<std::size_t>(1, series_count)) : 1;
  double const whole_pt = std::min(band.band(), across > 1 ? kThickestGroupPt : kThickestPt);
  double const margin_pt = (band.band() - whole_pt) / 2;
  double const part = whole_pt / across;
  double const gap = across > 1 ? std::min(1.5, part * 0.1) : 0;
  for (std::size_t i = 0; i < data.categories.size(); ++i) {
    double up = 0;
    double down = 0;
    double const whole = stack == BarStack::percent ? positive_sum(panel, i, series_count) : 1;
    for (std::size_t s = 0; s < series_count; ++s) {
      ChartPoint const& point = panel.series[s].points[i];
      double number = whole > 0 ? number_of(point) / whole : 0;
      if (stack == BarStack::percent) number = std::max(0.0, number);  // a share below zero has no meaning
      BarSlot slot{i, s, band.start(i) + margin_pt, part - gap, 0, number, panel.series.size() > 1, &point};
      if (stack == BarStack::grouped) {
        slot.start_pt += part * static_cast<double>(s) + gap / 2;
      } else {
        double& base = number < 0 ? down : up;
        slot.from = base;
        slot.to = base += number;
      }
      slots.push_back(slot);
    }
  }
  return slots;
}

Box BarPlane::box(BarSlot const& slot) const {
  double const a = scale(slot.from);
  double const b = scale(slot.to);
  double const low = std::min(a, b);
  double const length = std::abs(b - a);
  return upright ? Box{slot.start_pt, low, slot.thickness_pt, length}
                 : Box{low, slot.start_pt, length, slot.thickness_pt};
}

std::pair<Point, Point> BarPlane::across(double start_pt, double thickness_pt, double value) const {
  double const at = scale(value);
  if (upright) return {{start_pt, at}, {start_pt + thickness_pt, at}};
  return {{at, start_pt}, {at, start_pt + thickness_pt}};
}

namespace {

/// A stub at the base for a value that is there but withheld.
scene::Hatch suppressed_stub(BarSlot const& slot, BarPlane const& plane, Colour colour) {
  double const base = plane.scale(slot.from);
  if (plane.upright) return {{slot.start_pt, base - kStateHatchPt, slot.thickness_pt, kStateHatchPt}, colour};
  return {{base, slot.start_pt, kStateHatchPt, slot.thickness_pt}, colour};
}

scene::Rect bar_rect(Drawing const& drawing, BarSlot const& slot, Box box) {
  Look const look = look_of(drawing, slot.series, slot.category);
  scene::Rect rect{box, look.fill, look.outline_pt, look.outline};
  if (slot.point->value.partial || drawing.data.categories[slot.category].partial) {
    rect.colour = mix(look.fill, drawing.theme.background, 0.6);
    rect.outline = darkened(look.fill, 3);
    rect.outline_pt = 0.8;
  }
  return rect;
}

}  // namespace

void draw_bar_marks(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane) {
  std::vector<Group> stubs;  // over the bars: a withheld part of a stack stands where the next part begins
  for (auto const& slot : slots) {
    ChartSeries const& series = drawing.data.panels.front().series[slot.series];
    Group group{"bar series-" + std::to_string(slot.series + 1),
                tooltip_of(drawing, drawing.data.categories[slot.category], series, *slot.point, slot.several),
                slot.point->figure};
    bool const stub = slot.point->value.state == State::suppressed;
    scene::Hatch const hatch = suppressed_stub(slot, plane, drawing.theme.neutral);
    if (stub && drawing.spec.stack != BarStack::grouped)
      group.marks.emplace_back(scene::Rect{hatch.box, drawing.theme.background});
    if (stub)
      group.marks.emplace_back(hatch);
    else if (slot.point->value.is_value() && slot.from != slot.to)
      group.marks.emplace_back(bar_rect(drawing, slot, plane.box(slot)));
    if (stub)
      stubs.push_back(std::move(group));
    else
      drawing.add(std::move(group));
  }
  for (auto& group : stubs) drawing.add(std::move(group));
}

void draw_bar_targets(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane) {
  Group targets{"target"};
  Group baselines{"baseline"};
  for (auto const& slot : slots) {
    auto const& point = *slot.point;
    auto const dashes = [&](Group& group, Value const& value, Colour colour, std::vector<double> dash_pt) {
      auto const [a, b] = plane.across(slot.start_pt - 2, slot.thickness_pt + 4, to_double(value.number));
      add_dashes(group, drawing, a, b, colour, std::move(dash_pt));
    };
    if (!drawing.data.target_label.empty() && point.target && point.target->is_value())
      dashes(targets, *point.target, {0, 0, 0}, target_dash());
    if (drawing.spec.baseline && point.baseline && point.baseline->is_value())
      dashes(baselines, *point.baseline, drawing.theme.muted, {1.5, 2});
  }
  drawing.add(std::move(baselines));
  drawing.add(std::move(targets));
}

namespace {

/// The label of a slot at the end of its bar.
scene::Text end_label(Drawing const& drawing, BarSlot const& slot, BarPlane const& plane, AxisNumbers const& numbers) {
  Value const& value = slot.point->value;
  Box const box = plane.box(slot);
  bool const down = value.is_value() && slot.to < slot.from;
  double const stub = value.state == State::suppressed ? kStateHatchPt : 0;
  Colour const colour = value.is_value() ? drawing.theme.text : drawing.theme.muted;
  std::string text = label_text(value, numbers, drawing.catalogue);
  if (plane.upright) {
    double const middle = box.x + box.width / 2;
    double const y = down ? baseline_below(box.bottom() + 1, kLabel) : box.y - stub - 3;
    return drawing.text(std::move(text), {middle, y}, kLabel, colour, Anchor::middle);
  }
  double const y = baseline_around(box.y + box.height / 2, kLabel);
  if (down) return drawing.text(std::move(text), {box.x - 4, y}, kLabel, colour, Anchor::end);
  return drawing.text(std::move(text), {box.right() + stub + 4, y}, kLabel, colour);
}

/// Whether the target of a slot crosses a label; the label then goes inside the bar.
bool crossed_by_target(Drawing const& drawing, BarSlot const& slot, BarPlane const& plane, Box const& label) {
  auto const& target = slot.point->target;
  if (drawing.data.target_label.empty() || !target || !target->is_value()) return false;
  double const at = plane.scale(to_double(target->number));
  return plane.upright ? at > label.y - 1.5 && at < label.bottom() + 1.5 : at > label.x - 3 && at < label.right() + 3;
}

/// The label moved to just inside the bar's end, or left where it is if the bar is too short for it.
scene::Text moved_inside(Drawing const& drawing, BarSlot const& slot, BarPlane const& plane, scene::Text text) {
  Box const box = plane.box(slot);
  double const room = plane.upright ? box.height - line_pt(kLabel) : box.width - text.width_pt - 8;
  if (room < 2 || (plane.upright && text.width_pt > box.width)) return text;
  bool const down = slot.to < slot.from;
  bool const pale = slot.point->value.partial || drawing.data.categories[slot.category].partial;
  text.colour = pale ? drawing.theme.text : text_on(look_of(drawing, slot.series, slot.category).fill, drawing.theme);
  if (plane.upright) {
    text.at.y = down ? box.bottom() - 4 : baseline_below(box.y + 2, kLabel);
  } else {
    text.anchor = down ? Anchor::start : Anchor::end;
    text.at.x = down ? box.x + 4 : box.right() - 4;
  }
  return text;
}

/// The label moved beyond a target that would still cross it: a bar too short for it ends just below its target.
scene::Text moved_past_target(Drawing const& drawing, BarSlot const& slot, BarPlane const& plane, scene::Text text) {
  if (!crossed_by_target(drawing, slot, plane, scene::box_of(text))) return text;
  double const at = plane.scale(to_double(slot.point->target->number));
  if (plane.upright)
    text.at.y = slot.to < slot.from ? baseline_below(at + 2, kLabel) : at - 4;
  else
    text.at.x = text.anchor == Anchor::end ? at - 5 : at + 5;
  return text;
}

/// The label moved to the foot of an upright bar; left where it is if the bar is too short for it.
scene::Text moved_to_foot(Drawing const& drawing, BarSlot const& slot, BarPlane const& plane, scene::Text text) {
  if (slot.to < slot.from) return text;
  scene::Text const inside = moved_inside(drawing, slot, plane, text);
  if (inside.at.y == text.at.y) return text;
  text = inside;
  text.at.y = plane.box(slot).bottom() - 5;
  return text;
}

/// Where a target crosses one label and all fit at the feet of their bars, all stand there: one row, nothing crossed.
bool stand_at_feet(Drawing const& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane,
                   AxisNumbers const& numbers) {
  if (!plane.upright) return false;
  bool any = false;
  for (auto const& slot : slots) {
    if (!slot.point->value.is_value()) continue;
    auto const text = end_label(drawing, slot, plane, numbers);
    auto const foot = moved_to_foot(drawing, slot, plane, text);
    if (foot.at.y == text.at.y || crossed_by_target(drawing, slot, plane, scene::box_of(foot))) return false;
    any = any || crossed_by_target(drawing, slot, plane, scene::box_of(text));
  }
  return any;
}

/// First, last, least, greatest and highlighted come first, then the rest in order.
std::vector<std::size_t> by_importance(Drawing const& drawing, std::vector<BarSlot> const& slots) {
  std::vector<std::size_t> order;
  auto const add = [&](std::size_t i) {
    if (std::find(order.begin(), order.end(), i) == order.end()) order.push_back(i);
  };
  if (slots.empty()) return order;
  bool const highlighting = !drawing.spec.highlight.empty();
  for (std::size_t i = 0; highlighting && i < slots.size(); ++i)
    if (!drawing.data.categories[slots[i].category].muted && !drawing.data.panels.front().series[slots[i].series].muted)
      add(i);
  add(0);
  add(slots.size() - 1);
  auto const less = [](BarSlot const& a, BarSlot const& b) { return a.to < b.to; };
  add(static_cast<std::size_t>(std::max_element(slots.begin(), slots.end(), less) - slots.begin()));
  add(static_cast<std::size_t>(std::min_element(slots.begin(), slots.end(), less) - slots.begin()));
  std::vector<bool> known(slots.size(), false);
  for (std::size_t const i : order) known[i] = true;
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (!known[i]) order.push_back(i);
  return order;
}

bool inside(Box const& box, Box const& within) {
  return box.x >= within.x - 0.01 && box.right() <= within.right() + 0.01 && box.y >= within.y - 0.01 &&
         box.bottom() <= within.bottom() + 0.01;
}

}  // namespace

void draw_bar_labels(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane,
                     AxisNumbers const& numbers, Box within) {
  Group group{"value"};
  TakenSpace taken;
  bool const at_feet = stand_at_feet(drawing, slots, plane, numbers);
  for (std::size_t const i : by_importance(drawing, slots)) {
    auto text = end_label(drawing, slots[i], plane, numbers);
    if (at_feet && slots[i].point->value.is_value())
      text = moved_to_foot(drawing, slots[i], plane, std::move(text));
    else if (crossed_by_target(drawing, slots[i], plane, scene::box_of(text)))
      text = moved_past_target(drawing, slots[i], plane, moved_inside(drawing, slots[i], plane, std::move(text)));
    Box box = scene::box_of(text);
    if (!inside(box, within)) continue;
    box.width += 3;
    if (taken.take(box)) group.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(group));
}

void draw_stack_labels(Drawing& drawing, std::vector<BarSlot> const& slots, BarPlane const& plane,
                       AxisNumbers const& numbers, BarStack stack) {
  Group group{"value"};
  ChartNumbers share{true, false, 0};
  for (auto const& slot : slots) {
    Value const& value = slot.point->value;
    if (!value.is_value() || slot.from == slot.to) continue;
    Box const box = plane.box(slot);
    std::string text = stack == BarStack::percent
                           ? number_text(Value::of(std::abs(slot.to - slot.from)), share, drawing.catalogue)
                           : label_text(value, numbers, drawing.catalogue);
    if (drawing.width(text, kTick) + 6 > box.width || line_pt(kTick) + 2 > box.height) continue;
    bool const partial = value.partial || drawing.data.categories[slot.category].partial;
    Colour const fill = look_of(drawing, slot.series, slot.category).fill;
    Colour const colour = partial ? drawing.theme.text : text_on(fill, drawing.theme);
    if (!partial && contrast(colour, fill) < 3) continue;
    group.marks.emplace_back(drawing.text(std::move(text),
                                          {box.x + box.width / 2, baseline_around(box.y + box.height / 2, kTick)},
                                          kTick, colour, Anchor::middle));
  }
  drawing.add(std::move(group));
}

}  // namespace yekun::charts
