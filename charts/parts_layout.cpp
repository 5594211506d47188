// Parts of a whole and steps towards one: donut, funnel, waterfall.
#include <algorithm>
#include <cmath>

#include "charts/annotations.h"
#include "charts/bars.h"
#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

using Verb = scene::Path::Verb;
constexpr double kPi = 3.14159265358979323846;

double number_of(ChartPoint const& point) { return point.value.is_value() ? to_double(point.value.number) : 0; }

Point around(Point centre, double radius, double angle) {
  return {centre.x + radius * std::sin(angle), centre.y - radius * std::cos(angle)};
}

/// Curves along a circle from one angle to another (clockwise from the top), at most a sixth of a turn each.
void add_arc(scene::Path& path, Point centre, double radius, double from, double to) {
  int const pieces = std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / (kPi / 3))));
  double const step = (to - from) / pieces;
  double const k = 4.0 / 3 * std::tan(step / 4) * radius;
  for (int i = 0; i < pieces; ++i) {
    double const a = from + i * step;
    double const b = a + step;
    Point const p = around(centre, radius, a);
    Point const q = around(centre, radius, b);
    path.verbs.push_back(Verb::curve);
    path.points.push_back({p.x + k * std::cos(a), p.y + k * std::sin(a)});
    path.points.push_back({q.x - k * std::cos(b), q.y - k * std::sin(b)});
    path.points.push_back(q);
  }
}

scene::Path ring_part(Point centre, double outer, double inner, double from, double to, Colour colour, Colour edge) {
  scene::Path path;
  path.verbs.push_back(Verb::move);
  path.points.push_back(around(centre, outer, from));
  add_arc(path, centre, outer, from, to);
  path.verbs.push_back(Verb::line);
  path.points.push_back(around(centre, inner, to));
  add_arc(path, centre, inner, to, from);
  path.verbs.push_back(Verb::close);
  path.colour = colour;
  path.outline = edge;
  path.outline_pt = 1.2;
  return path;
}

struct Slice {
  std::size_t category = 0;
  double from = 0;
  double to = 0;
  double share = 0;
};

std::vector<Slice> slices_of(ChartSeries const& series) {
  double sum = 0;
  for (auto const& point : series.points) sum += number_of(point);
  std::vector<Slice> slices;
  double angle = 0;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    double const part = sum > 0 ? number_of(series.points[i]) / sum : 0;
    slices.push_back({i, angle, angle + part * 2 * kPi, part});
    angle = slices.back().to;
  }
  return slices;
}

void draw_slices(Drawing& drawing, Panel const& panel, std::vector<Slice> const& slices, Point centre, double outer) {
  ChartSeries const& series = panel.data.series.front();
  auto const colours = fill_colours(drawing.theme, slices.size());
  for (auto const& slice : slices) {
    if (slice.share <= 0) continue;
    Group group{
        "slice",
        tooltip_of(drawing, drawing.data.categories[slice.category], series, series.points[slice.category], false),
        series.points[slice.category].figure};
    double const to = slice.share >= 1 ? slice.from + 2 * kPi - 1e-6 : slice.to;
    group.marks.emplace_back(
        ring_part(centre, outer, outer * 0.62, slice.from, to, colours[slice.category], drawing.theme.background));
    drawing.add(std::move(group));
  }
}

/// Names, values and shares at the right, in the order of the slices, with a swatch each.
void draw_slice_names(Drawing& drawing, Panel const& panel, std::vector<Slice> const& slices, Box box) {
  ChartSeries const& series = panel.data.series.front();
  auto const colours = fill_colours(drawing.theme, slices.size());
  double const step = std::min(2 * line_pt(kLabel) + 8, box.height / static_cast<double>(slices.size()));
  double const first = box.y + (box.height - step * static_cast<double>(slices.size())) / 2;
  Group group{"label"};
  for (std::size_t k = 0; k < slices.size(); ++k) {
    Slice const& slice = slices[k];
    double const top = first + step * static_cast<double>(k);
    group.marks.emplace_back(scene::Rect{{box.x, top + 2, 8, 8}, colours[slice.category], 0, {}, 1});
    std::string const value = label_text(series.points[slice.category].value, panel.range.numbers, drawing.catalogue);
    std::string const share = drawing.catalogue.locale().percent(slice.share, 0);
    std::string numbers = value;
    numbers += " · ";
    numbers += share;
    double const room = box.width - 14;
    if (step >= 2 * line_pt(kLabel)) {
      drawing.add_lines(group,
                        drawing.wrapped(drawing.data.categories[slice.category].label, kLabelBold, room, 1).lines,
                        {box.x + 14, top}, kLabelBold, drawing.theme.text);
      drawing.add_lines(group, drawing.wrapped(numbers, kLabel, room, 1).lines, {box.x + 14, top + line_pt(kLabel)},
                        kLabel, drawing.theme.muted);
    } else if (step >= line_pt(kLabel)) {
      drawing.add_lines(
          group, drawing.wrapped(drawing.data.categories[slice.category].label + " " + numbers, kLabel, room, 1).lines,
          {box.x + 14, top}, kLabel, drawing.theme.text);
    }
  }
  drawing.add(std::move(group));
}

}  // namespace

void draw_donut(Drawing& drawing, Panel const& panel) {
  double const outer = std::min(panel.area.height, panel.area.width * 0.46) / 2;
  Point const centre{panel.area.x + outer + (panel.area.width * 0.46 - 2 * outer) / 2,
                     panel.area.y + panel.area.height / 2};
  auto const slices = slices_of(panel.data.series.front());
  draw_slices(drawing, panel, slices, centre, outer);
  if (drawing.data.total && drawing.data.total->is_value() && outer > 40) {
    TextStyle const big{14, true};
    std::string const total = label_text(*drawing.data.total, panel.range.numbers, drawing.catalogue);
    Group group{"total"};
    if (drawing.width(total, big) < outer * 1.1)
      group.marks.emplace_back(drawing.text(total, {centre.x, centre.y + 3}, big, drawing.theme.text, Anchor::middle));
    auto const words = drawing.wrapped(drawing.say("label.total"), kTick, outer, 1);
    drawing.add_lines(group, words.lines, {centre.x, centre.y + 6}, kTick, drawing.theme.muted, Anchor::middle);
    drawing.add(std::move(group));
  }
  double const left = panel.area.x + panel.area.width * 0.52;
  draw_slice_names(drawing, panel, slices, {left, panel.area.y, panel.area.right() - left, panel.area.height});
}

void draw_funnel(Drawing& drawing, Panel const& panel) {
  ChartSeries const& series = panel.data.series.front();
  auto const& categories = drawing.data.categories;
  std::vector<std::string> names;
  std::vector<std::string> values;
  double greatest = 0;
  double widest = 0;
  double const first = number_of(series.points.front());
  for (std::size_t i = 0; i < categories.size(); ++i) {
    names.push_back(categories[i].label);
    std::string value = label_text(series.points[i].value, panel.range.numbers, drawing.catalogue);
    double const share = first > 0 ? number_of(series.points[i]) / first : -1;
    if (i > 0 && share >= 0 && share < 10 && series.points[i].value.is_value())
      value += " · " + drawing.catalogue.locale().percent(share, 0);
    widest = std::max(widest, drawing.width(value, kLabel));
    values.push_back(std::move(value));
    greatest = std::max(greatest, number_of(series.points[i]));
  }
  double const step = std::min(48.0, panel.area.height / static_cast<double>(categories.size()));
  double const names_pt =
      row_label_width(drawing, names, kLabel, panel.area.width * 0.34, step >= 2 * line_pt(kLabel) ? 2 : 1);
  double const left = panel.area.x + names_pt + 8;
  double const length = std::max(1.0, panel.area.right() - left - widest - 8);
  BandScale const band{panel.area.y, step * static_cast<double>(categories.size()), categories.size(), 0.3};
  Group labels{"axis categories"};
  Group numbers{"value"};
  Box before{};
  for (std::size_t i = 0; i < categories.size(); ++i) {
    double const part = greatest > 0 ? std::max(0.0, number_of(series.points[i])) / greatest * length : 0;
    Box const box{left, band.start(i), part, band.band()};
    Group group{"bar series-1", tooltip_of(drawing, categories[i], series, series.points[i], false),
                series.points[i].figure};
    Look const look = look_of(drawing, 0, i);
    if (i > 0 && before.width > 0 && box.width > 0)
      group.marks.emplace_back(
          scene::Path{{Verb::move, Verb::line, Verb::line, Verb::line, Verb::close},
                      {{left, before.bottom()}, {before.right(), before.bottom()}, {box.right(), box.y}, {left, box.y}},
                      mix(look.fill, drawing.theme.background, 0.8)});
    if (series.points[i].value.state == State::suppressed)
      group.marks.emplace_back(scene::Hatch{{left, box.y, 9, box.height}, drawing.theme.neutral});
    else if (part > 0)
      group.marks.emplace_back(scene::Rect{box, look.fill, look.outline_pt, look.outline});
    drawing.add(std::move(group));
    before = box;
    if (line_pt(kLabel) > step + 1) continue;
    auto const words = drawing.wrapped(names[i], kLabel, names_pt, step >= 2 * line_pt(kLabel) ? 2 : 1);
    double const height = static_cast<double>(words.lines.size()) * line_pt(kLabel);
    drawing.add_lines(labels, words.lines, {panel.area.x, band.centre(i) - height / 2}, kLabel, drawing.theme.text);
    if (box.right() + 15 + drawing.width(values[i], kLabel) > panel.area.right() + 2) continue;
    numbers.marks.emplace_back(
        drawing.text(values[i], {box.right() + 5 + (part > 0 ? 0 : 10), baseline_around(band.centre(i), kLabel)},
                     kLabel, drawing.theme.text));
  }
  drawing.add(std::move(labels));
  drawing.add(std::move(numbers));
}

namespace {

/// The running sum before and after each step.
struct Steps {
  std::vector<std::pair<double, double>> spans{};
  Extent extent{};
};

Steps steps_of(ChartSeries const& series, bool closes) {
  Steps steps;
  steps.extent.hold(0);
  double sum = 0;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    bool const closing = closes && i + 1 == series.points.size();
    double const before = closing ? 0 : sum;
    sum = before + number_of(series.points[i]);
    steps.spans.emplace_back(before, sum);
    steps.extent.hold(sum);
  }
  return steps;
}

}  // namespace

void draw_waterfall(Drawing& drawing, Panel const& panel) {
  ChartSeries const& series = panel.data.series.front();
  Steps const steps = steps_of(series, drawing.data.categories.back().id == kClosingTotal);
  auto const annotations = plan_annotations(drawing, panel.area, panel.small);
  Box area = below(annotations, panel.area);
  area.y += line_pt(kTick) / 2;  // for the value over the highest bar
  area.height -= line_pt(kTick) / 2;
  AxisRange const range = axis_range(drawing, steps.extent, true, area.height - 30);
  std::size_t const count = drawing.data.categories.size();
  double const plot_pt = area.width - upright_gutter(drawing, range, area.width);
  auto names = plan_category_labels(drawing, plot_pt / static_cast<double>(count));
  area = above(names, area);
  UprightAxis const axis = draw_upright_axis(drawing, range, area);
  BandScale const band{axis.plot.x, axis.plot.width, count, 0.35};
  Group links{"link"};
  Group values{"value"};
  TakenSpace taken;
  std::vector<double> centres;
  for (std::size_t i = 0; i < count; ++i) centres.push_back(band.centre(i));
  draw_annotations(drawing, annotations, centres, panel.area, axis.plot.bottom());
  for (std::size_t i = 0; i < count; ++i) {
    auto const [from, to] = steps.spans[i];
    double const top = std::min(axis.scale(from), axis.scale(to));
    Box const box{band.start(i), top, band.band(), std::abs(axis.scale(to) - axis.scale(from))};
    Group group{"bar series-1", tooltip_of(drawing, drawing.data.categories[i], series, series.points[i], false),
                series.points[i].figure};
    bool const known = series.points[i].value.is_value();
    bool const rises = to >= from;
    bool const level = i == 0 || drawing.data.categories[i].id == kClosingTotal;
    if (known && box.height > 0)
      group.marks.emplace_back(scene::Rect{box, level   ? drawing.theme.neutral
                                                : rises ? drawing.theme.good
                                                        : drawing.theme.bad});
    if (series.points[i].value.state == State::suppressed)
      group.marks.emplace_back(scene::Hatch{{box.x, axis.scale(from) - 9, box.width, 9}, drawing.theme.neutral});
    drawing.add(std::move(group));
    if (i + 1 < count)
      links.marks.emplace_back(straight({band.start(i), axis.scale(to)},
                                        {band.start(i + 1) + band.band(), axis.scale(to)}, drawing.theme.neutral, 0.6));
    std::string words = label_text(series.points[i].value, range.numbers, drawing.catalogue);
    if (known && !level && to > from) words.insert(0, "+");
    auto text = drawing.text(std::move(words), {centres[i], box.y - 3}, kTick, drawing.theme.text, Anchor::middle);
    if (drawing.spec.values && text.width_pt <= band.step() && taken.take(scene::box_of(text)))
      values.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(links));
  drawing.add(std::move(values));
  draw_category_labels(drawing, names, centres, axis.plot.bottom(), panel.area);
}

}  // namespace yekun::charts
