#include "charts/axes.h"

#include <algorithm>
#include <cmath>

#include "charts/labels.h"

namespace yekun::charts {

void Extent::hold(double value) {
  low = empty ? value : std::min(low, value);
  high = empty ? value : std::max(high, value);
  empty = false;
}

namespace {

void hold(Extent& extent, Value const& value) {
  if (value.is_value()) extent.hold(to_double(value.number));
}

void hold_stacks(Extent& extent, ChartPanel const& panel, std::size_t categories) {
  for (std::size_t i = 0; i < categories; ++i) {
    double up = 0;
    double down = 0;
    bool any = false;
    for (auto const& series : panel.series) {
      Value const& value = series.points[i].value;
      if (!value.is_value()) continue;
      double const number = to_double(value.number);
      (number < 0 ? down : up) += number;
      any = true;
    }
    if (!any) continue;
    extent.hold(up);
    extent.hold(down);
  }
}

}  // namespace

Extent extent_of(Drawing const& drawing, std::span<ChartPanel const> panels, BarStack stack) {
  Extent extent;
  for (auto const& panel : panels) {
    if (stack == BarStack::stacked) hold_stacks(extent, panel, drawing.data.categories.size());
    for (auto const& series : panel.series) {
      for (auto const& point : series.points) {
        if (stack == BarStack::grouped) hold(extent, point.value);
        if (!drawing.data.target_label.empty() && point.target) hold(extent, *point.target);
        if (drawing.spec.baseline && point.baseline) hold(extent, *point.baseline);
      }
    }
  }
  if (stack == BarStack::percent) {
    extent.hold(0);
    extent.hold(1);
  }
  return extent;
}

AxisRange axis_range(Drawing const& drawing, Extent extent, bool zero, double length_pt) {
  return axis_range(drawing, extent, zero, length_pt, drawing.data.numbers);
}

AxisRange axis_range(Drawing const& drawing, Extent extent, bool zero, double length_pt, ChartNumbers const& numbers) {
  if (drawing.spec.log && !zero && !extent.empty && extent.low > 0)
    return {log_ticks(extent.low, extent.high), axis_numbers(numbers, 0, drawing.catalogue), true};
  bool const near_zero = extent.low >= 0 ? extent.low <= 0.5 * extent.high : extent.high <= 0.5 * std::abs(extent.low);
  if (zero || extent.empty || near_zero) extent.hold(0);
  int const wanted = std::clamp(static_cast<int>(length_pt / 40) + 1, 3, 6);
  AxisRange range;
  range.ticks = nice_ticks(extent.low, extent.high, wanted, numbers.counts);
  double const largest = std::max(std::abs(range.ticks.low), std::abs(range.ticks.high));
  range.numbers = axis_numbers(numbers, largest, drawing.catalogue);
  return range;
}

namespace {

std::vector<std::string> tick_texts(Drawing const& drawing, AxisRange const& range) {
  std::vector<std::string> texts;
  for (double const value : range.ticks.values)
    texts.push_back(tick_text(value, range.log ? value : range.ticks.step, range.numbers, drawing.catalogue));
  return texts;
}

double widest(Drawing const& drawing, std::vector<std::string> const& texts, TextStyle style) {
  double most = 0;
  for (auto const& text : texts) most = std::max(most, drawing.width(text, style));
  return most;
}

bool is_base(AxisRange const& range, double value) {
  return value == 0 || (range.ticks.low > 0 && value == range.ticks.low);
}

}  // namespace

double upright_gutter(Drawing const& drawing, AxisRange const& range, double width_pt) {
  double const gutter = widest(drawing, tick_texts(drawing, range), kTick) + 6;
  return gutter > 0.6 * width_pt ? 0 : gutter;
}

UprightAxis draw_upright_axis(Drawing& drawing, AxisRange const& range, Box area) {
  auto const texts = tick_texts(drawing, range);
  double const gutter = upright_gutter(drawing, range, area.width);
  double const headroom = line_pt(kTick) / 2;
  UprightAxis axis;
  axis.plot = {area.x + gutter, area.y + headroom, std::max(1.0, area.width - gutter),
               std::max(1.0, area.height - headroom)};
  axis.scale = {range.ticks.low, range.ticks.high, axis.plot.bottom(), axis.plot.y, range.log};
  Group grid{"grid"};
  Group labels{"axis"};
  TakenSpace taken;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    double const y = axis.scale(range.ticks.values[i]);
    bool const base = is_base(range, range.ticks.values[i]);
    grid.marks.emplace_back(straight({axis.plot.x, y}, {axis.plot.right(), y},
                                     base ? drawing.theme.neutral : drawing.theme.faint, base ? 0.8 : 0.6));
    auto text =
        drawing.text(texts[i], {axis.plot.x - 6, baseline_around(y, kTick)}, kTick, drawing.theme.muted, Anchor::end);
    if (gutter > 0 && taken.take(scene::box_of(text))) labels.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(grid));
  drawing.add(std::move(labels));
  return axis;
}

LyingAxis draw_lying_axis(Drawing& drawing, AxisRange const& range, Box area) {
  auto const texts = tick_texts(drawing, range);
  double const headroom = line_pt(kTick) + 3;
  double const overhang = drawing.width(texts.back(), kTick) / 2;
  LyingAxis axis;
  axis.plot = {area.x, area.y + headroom, std::max(1.0, area.width - overhang), std::max(1.0, area.height - headroom)};
  axis.scale = {range.ticks.low, range.ticks.high, axis.plot.x, axis.plot.right(), range.log};
  Group grid{"grid"};
  Group labels{"axis"};
  TakenSpace taken;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    double const x = axis.scale(range.ticks.values[i]);
    bool const base = is_base(range, range.ticks.values[i]);
    grid.marks.emplace_back(straight({x, axis.plot.y}, {x, axis.plot.bottom()},
                                     base ? drawing.theme.neutral : drawing.theme.faint, base ? 0.8 : 0.6));
    auto text = drawing.text(texts[i], {x, baseline_below(area.y, kTick)}, kTick, drawing.theme.muted, Anchor::middle);
    Box box = scene::box_of(text);
    box.width += 4;
    if (taken.take(box)) labels.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(grid));
  drawing.add(std::move(labels));
  return axis;
}

namespace {

/// "Jul 2025" -> {"Jul", "2025"}; {"2025"} where there is nothing but the year, {label} where there is none.
std::vector<std::string> split_year(std::string const& label, Period const& period) {
  std::string const year = to_iso(period.first).substr(0, 4);
  auto const at = label.find(year);
  if (at == std::string::npos || period.kind == PeriodKind::year || period.kind == PeriodKind::fiscal_year ||
      period.kind == PeriodKind::range)
    return {label};
  std::string rest = label.substr(0, at) + label.substr(at + year.size());
  auto const keeps = [](char c) { return c != ' ' && c != ',' && c != '.' && c != '-'; };
  while (!rest.empty() && !keeps(rest.front())) rest.erase(0, 1);
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == ',' || rest.back() == '-')) rest.pop_back();
  if (rest.empty()) return {label};
  return {rest, year};
}

/// The least regular step that is not below `least`: quarters of a year, years, tens of years; 1 for other kinds.
std::size_t regular_stride(PeriodKind kind, std::size_t least) {
  constexpr std::size_t months[] = {1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600};
  constexpr std::size_t quarters[] = {1, 2, 4, 8, 20, 40, 80, 200};
  constexpr std::size_t halves[] = {1, 2, 4, 10, 20, 40, 100};
  constexpr std::size_t others[] = {1, 2, 5, 10, 20, 50, 100, 200, 500};
  auto const pick = [least](std::span<std::size_t const> all) {
    auto const found = std::find_if(all.begin(), all.end(), [least](std::size_t one) { return one >= least; });
    return found == all.end() ? least : *found;
  };
  if (kind == PeriodKind::month) return pick(months);
  if (kind == PeriodKind::quarter) return pick(quarters);
  if (kind == PeriodKind::half) return pick(halves);
  return kind == PeriodKind::year || kind == PeriodKind::fiscal_year ? pick(others) : least;
}

/// Whether labels so far apart have no two in one calendar year.
bool next_year_at(std::vector<ChartCategory> const& categories, std::size_t stride) {
  if (stride >= categories.size() || !categories[stride].period) return false;
  return categories[stride].period->first - categories.front().period->first >= 365;
}

/// Labels a year or more apart stand at the first period of a calendar year, if there is one near the start.
std::size_t first_labelled(std::vector<ChartCategory> const& categories, std::size_t stride) {
  for (std::size_t i = 0; i < std::min(stride, categories.size()); ++i) {
    auto const& period = categories[i].period;
    if (period && to_iso(period->first).substr(5) == "01-01") return i;
  }
  return 0;
}

CategoryLabels plan_periods(Drawing const& drawing, double step_pt) {
  auto const& categories = drawing.data.categories;
  std::vector<std::vector<std::string>> parts;
  double most = 0;
  for (auto const& category : categories) {
    parts.push_back(category.period ? split_year(category.short_label, *category.period)
                                    : std::vector<std::string>{category.short_label});
    for (auto const& part : parts.back()) most = std::max(most, drawing.width(part, kTick));
  }
  auto const least = static_cast<std::size_t>(std::max(1.0, std::ceil((most + 5) / step_pt)));
  bool const known = !categories.empty() && categories.front().period;
  std::size_t const stride = known ? regular_stride(categories.front().period->kind, least) : least;
  bool const yearly = known && stride > 1 && next_year_at(categories, stride);
  CategoryLabels labels;
  labels.lines.resize(categories.size());
  std::string year;
  for (std::size_t i = yearly ? first_labelled(categories, stride) : 0; i < categories.size(); i += stride) {
    auto& lines = labels.lines[i];
    lines = parts[i];
    if (lines.size() == 2 && lines[1] == year) lines.pop_back();
    if (lines.size() == 2) year = lines[1];
    labels.height_pt = std::max(labels.height_pt, static_cast<double>(lines.size()) * line_pt(kTick));
  }
  labels.height_pt += 5;
  return labels;
}

}  // namespace

CategoryLabels plan_category_labels(Drawing const& drawing, double step_pt) {
  if (drawing.data.time) return plan_periods(drawing, step_pt);
  CategoryLabels labels;
  for (auto const& category : drawing.data.categories) {
    auto wrapped = wrap(drawing.measurer, category.label, kLabel, step_pt - 5, 2);
    labels.shortened = labels.shortened || wrapped.shortened;
    labels.height_pt = std::max(labels.height_pt, static_cast<double>(wrapped.lines.size()) * line_pt(kLabel));
    labels.lines.push_back(std::move(wrapped.lines));
  }
  bool const unreadable = std::any_of(labels.lines.begin(), labels.lines.end(),
                                      [](auto const& lines) { return !lines.empty() && lines.front() == "…"; });
  if (unreadable) return {std::vector<std::vector<std::string>>(labels.lines.size()), 5, true};
  labels.height_pt += 5;
  return labels;
}

Box above(CategoryLabels& labels, Box area) {
  constexpr double kLeastPlotPt = 18;
  if (area.height - labels.height_pt < kLeastPlotPt)
    labels = {std::vector<std::vector<std::string>>(labels.lines.size()), 0};
  area.height -= labels.height_pt;
  return area;
}

void draw_category_labels(Drawing& drawing, CategoryLabels const& labels, std::span<double const> centres, double top,
                          Box within) {
  constexpr double kOverhangPt = 7;
  TextStyle const style = drawing.data.time ? kTick : kLabel;
  Group group{"axis categories"};
  TakenSpace taken;
  for (std::size_t i = 0; i < labels.lines.size(); ++i) {
    Group one;
    Box const box =
        drawing.add_lines(one, labels.lines[i], {centres[i], top + 4}, style, drawing.theme.text, Anchor::middle);
    double const least = std::max(2.0, within.x - kOverhangPt);
    double const most = std::min(drawing.scene.width_pt - 2, within.right() + kOverhangPt) - box.width;
    double const left = std::clamp(box.x, least, std::max(least, most));
    if (labels.lines[i].empty() || !taken.take({left, box.y, box.width, box.height})) continue;
    for (auto& mark : one.marks) {
      std::get<scene::Text>(mark).at.x += left - box.x;
      group.marks.push_back(std::move(mark));
    }
    if (drawing.data.time) continue;
    std::string joined;
    for (auto const& line : labels.lines[i]) joined += line;
    if (joined.ends_with("…") && !drawing.data.categories[i].label.ends_with("…"))
      drawing.scene.shortened.push_back(drawing.data.categories[i].label);
  }
  drawing.add(std::move(group));
}

double row_label_width(Drawing const& drawing, std::span<std::string const> names, TextStyle style, double most_pt,
                       std::size_t lines) {
  double widest_pt = 0;
  for (auto const& name : names)
    widest_pt = std::max(widest_pt, wrap(drawing.measurer, name, style, most_pt, lines).width_pt);
  return std::min(widest_pt, most_pt);
}

}  // namespace yekun::charts
