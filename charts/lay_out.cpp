#include "charts/lay_out.h"

#include <algorithm>
#include <cmath>

#include "charts/alt_text.h"
#include "charts/layouts.h"
#include "charts/legend.h"
#include "charts/map_shapes.h"
#include "charts/notes.h"
#include "charts/palette.h"

namespace yekun {

namespace charts {

namespace {

/// How a type uses the space: what lay_out must prepare for it.
struct TypeRules {
  void (*draw)(Drawing&, Panel const&);
  bool has_axis = false;  // a value axis, so panels share a range
  bool zero = false;      // the axis must hold zero
  bool stacks = false;    // obeys spec.stack
};

TypeRules rules_of(ChartType type) {
  switch (type) {
    case ChartType::line:
      return {draw_lines, true, false, false};
    case ChartType::combo:
      return {draw_combo, true, true, false};
    case ChartType::area:
      return {draw_area, true, true, true};
    case ChartType::pyramid:
      return {draw_pyramid, true, true, false};
    case ChartType::bullet:
      return {draw_bullets, false, true, false};
    case ChartType::heat:
      return {draw_heat, true, false, false};
    case ChartType::gantt:
      return {draw_gantt, false, false, false};
    case ChartType::upset:
      return {draw_upset, true, true, false};
    case ChartType::choropleth:
      return {draw_choropleth, true, false, false};
    case ChartType::tile_map:
      return {draw_tile_map, true, false, false};
    case ChartType::donut:
      return {draw_donut, true, true, false};
    case ChartType::slope:
      return {draw_slope, true, false, false};
    case ChartType::waterfall:
      return {draw_waterfall, true, true, false};
    case ChartType::dot_range:
      return {draw_dot_range, true, false, false};
    case ChartType::scatter:
      return {draw_scatter, false, false, false};
    case ChartType::funnel:
      return {draw_funnel, true, true, false};
    default:
      return {draw_bars, true, true, true};
  }
}

std::string subtitle_of(Drawing const& drawing, AxisRange const& range) {
  std::string const& unit = range.numbers.title;
  bool const shown = !drawing.data.numbers.percent && !unit.empty();
  if (!drawing.data.subtitle.empty())
    return range.numbers.divisor > 1 ? joined({drawing.data.subtitle, unit}) : drawing.data.subtitle;
  return joined({drawing.data.period_text, shown ? unit : std::string{}});
}

void draw_nothing(Drawing& drawing, Box area) {
  Group group{"empty"};
  auto const lines = drawing.wrapped(drawing.say("chart.no_data"), kSubtitle, area.width, 3);
  double const height = static_cast<double>(lines.lines.size()) * line_pt(kSubtitle);
  drawing.add_lines(group, lines.lines, {area.x + area.width / 2, area.y + std::max(0.0, area.height - height) / 2},
                    kSubtitle, drawing.theme.muted, Anchor::middle);
  drawing.add(std::move(group));
}

BarStack stack_of(Drawing const& drawing, TypeRules const& rules) {
  if (drawing.data.type == ChartType::area && drawing.spec.stack == BarStack::grouped) return BarStack::stacked;
  return rules.stacks ? drawing.spec.stack : BarStack::grouped;
}

AxisRange range_for(Drawing const& drawing, TypeRules const& rules, std::span<ChartPanel const> panels,
                    double height_pt) {
  if (!rules.has_axis) return {};
  AxisRange range = axis_range(drawing, extent_of(drawing, panels, stack_of(drawing, rules)), rules.zero, height_pt);
  if (stack_of(drawing, rules) == BarStack::percent) {
    range.ticks = nice_ticks(0, 1, 5, false);
    range.numbers = {ChartNumbers{true, false, 0}, 1, {}};
  }
  return range;
}

/// Small charts in a grid, as near to 4:3 as the area allows, each under its name.
void draw_facets(Drawing& drawing, TypeRules const& rules, Box area) {
  auto const& panels = drawing.data.panels;
  std::size_t columns = 1;
  double best = 1e9;
  for (std::size_t n = 1; n <= std::min<std::size_t>(panels.size(), 6); ++n) {
    std::size_t const deep = (panels.size() + n - 1) / n;
    auto const rows = static_cast<double>(deep);
    double const shape = (area.width / static_cast<double>(n)) / (area.height / rows);
    double const off =
        std::abs(std::log(shape / 1.45)) + (static_cast<double>(n) * rows - static_cast<double>(panels.size())) * 0.05;
    if (off < best) {
      best = off;
      columns = n;
    }
  }
  std::size_t const rows = (panels.size() + columns - 1) / columns;
  double const gap = 16;
  double const width = (area.width - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  double const height = (area.height - 10 * static_cast<double>(rows - 1)) / static_cast<double>(rows);
  AxisRange const shared = range_for(drawing, rules, panels, height - 40);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    std::size_t const row = i / columns;
    Box box{area.x + static_cast<double>(i % columns) * (width + gap),
            area.y + static_cast<double>(row) * (height + 10), width, height};
    Group name{"facet"};
    auto const words = drawing.wrapped(panels[i].label, kLabelBold, width, 1);
    drawing.add_lines(name, words.lines, {box.x, box.y}, kLabelBold, drawing.theme.text);
    drawing.add(std::move(name));
    box.y += line_pt(kLabelBold) + 2;
    box.height -= line_pt(kLabelBold) + 2;
    AxisRange const range =
        drawing.spec.free_scales ? range_for(drawing, rules, std::span(&panels[i], 1), height - 40) : shared;
    rules.draw(drawing, {panels[i], box, range, true});
  }
}

constexpr std::size_t kMostSlices = 5;

bool can_be_donut(ChartData const& data) {
  if (data.panels.front().series.size() != 1 || data.categories.size() > kMostSlices || data.numbers.percent)
    return false;
  for (auto const& panel : data.panels)
    for (auto const& point : panel.series.front().points)
      if (!point.value.is_value() || to_double(point.value.number) < 0) return false;
  return true;
}

/// The type that these data can be drawn as: bars where the type asked for cannot show them.
ChartType drawable_type(ChartSpec const& spec, ChartData const& data) {
  if (data.panels.empty() || data.panels.front().series.empty()) return data.type;
  std::size_t const categories = data.categories.size();
  bool fits = true;
  if (data.type == ChartType::pyramid) fits = data.panels.front().series.size() == 2;
  if (data.type == ChartType::scatter) fits = data.panels.front().series.size() == 2;
  if (data.type == ChartType::slope) fits = categories >= 2;
  if (data.type == ChartType::donut) fits = can_be_donut(data);
  if (data.type == ChartType::waterfall) fits = data.time || categories <= 12;
  if (data.type == ChartType::tile_map) fits = !tiles_for(spec, data).tiles.empty();
  if (data.type == ChartType::choropleth) fits = spec.map != nullptr && !spec.map->regions.empty();
  if (data.type == ChartType::gantt) fits = data.time;
  if (data.type == ChartType::upset) fits = !data.sets.empty();
  return fits ? data.type : ChartType::bar;
}

/// How many rows of names (or columns of combinations) fit; 0: the type has none.
std::size_t row_capacity(ChartSpec const& spec, ChartType type, ChartData const& data, ChartSize size) {
  if (type == ChartType::upset) return static_cast<std::size_t>(std::max(3.0, size.width_pt * 0.58 / 15));
  double const height_pt = size.height_pt;
  bool const bars = type == ChartType::bar && !data.time && spec.horizontal.value_or(true);
  bool const rows = bars || type == ChartType::dot_range || type == ChartType::bullet || type == ChartType::funnel;
  if (!rows) return 0;
  double const bands = data.panels.size() > 1 ? std::ceil(static_cast<double>(data.panels.size()) / 3) : 1;
  double const room = (height_pt - 95) / bands - (bands > 1 ? 30 : 0);
  return static_cast<std::size_t>(std::max(3.0, room / line_pt(kLabel)));
}

/// The first rows only, in the order shown.
ChartData first_rows(ChartData data, std::size_t count) {
  data.categories.resize(count);
  for (auto& panel : data.panels)
    for (auto& series : panel.series) series.points.resize(count);
  return data;
}

/// Steps that come to the total again are closed by a column of it.
bool has_closing_total(ChartType type, ChartData const& data) {
  if (type != ChartType::waterfall || !data.total || !data.total->is_value() || data.panels.size() != 1) return false;
  double sum = 0;
  for (auto const& point : data.panels.front().series.front().points) {
    if (!point.value.is_value()) return false;
    sum += to_double(point.value.number);
  }
  double const total = to_double(data.total->number);
  return std::abs(sum - total) <= 1e-6 * std::max(1.0, std::abs(total));
}

void add_closing_total(ChartData& data, Catalogue const& catalogue) {
  std::string const label = catalogue.text("label.total");
  data.categories.push_back({kClosingTotal, label, label, {}, false, false, {}});
  ChartPoint point;
  point.value = *data.total;
  for (auto& series : data.panels.front().series) series.points.push_back(point);
}

void draw_all(Drawing& drawing, std::size_t hidden) {
  TypeRules const rules = rules_of(drawing.data.type);
  bool const empty = is_empty(drawing.data);
  AxisRange const range =
      empty ? AxisRange{} : range_for(drawing, rules, drawing.data.panels, drawing.scene.height_pt * 0.6);
  double top = draw_header(drawing, subtitle_of(drawing, range));
  double const bottom = draw_footer(drawing, notes_of(drawing, rules.has_axis ? &range : nullptr, hidden));
  double const width = drawing.scene.width_pt - 2 * kPadding;
  if (empty) return draw_nothing(drawing, {kPadding, top, width, bottom - top});
  top = draw_legend(drawing, legend_of(drawing, bottom - top), kPadding, top, width, top + 0.45 * (bottom - top));
  Box const area{kPadding, top, width, std::max(20.0, bottom - top)};
  if (drawing.data.panels.size() > 1) return draw_facets(drawing, rules, area);
  rules.draw(drawing, {drawing.data.panels.front(), area, range, false});
}

}  // namespace
}  // namespace charts

bool is_empty(ChartData const& data) {
  using namespace charts;
  if (data.type == ChartType::scatter) {
    for (auto const& panel : data.panels)
      for (std::size_t i = 0; i < data.categories.size(); ++i)
        if (has_place(panel, i)) return false;
    return true;
  }
  if (data.type == ChartType::gantt && !data.panels.empty() && has_targets(data.panels.front())) return false;
  return data.panels.empty() || data.categories.empty() || data.panels.front().series.empty() ||
         (!has_state(data, State::value) && !has_state(data, State::suppressed));
}

ChartSize chart_size(ChartSpec const& spec, ChartData const& data, double width_pt) {
  constexpr double kUsual = 280.0 / 480;  // height by width
  constexpr double kMost = 640;           // a page without its margins
  constexpr double kEmpty = 130;          // title and the sentence that there is nothing to show
  if (spec.height_pt > 0) return {width_pt, spec.height_pt};
  if (is_empty(data)) return {width_pt, kEmpty};
  double height = std::clamp(width_pt * kUsual, 190.0, 320.0);
  auto const rows = static_cast<double>(data.categories.size());
  bool const in_rows = !data.time && (data.type == ChartType::bar || data.type == ChartType::dot_range ||
                                      data.type == ChartType::pyramid);
  if (in_rows && !data.panels.empty()) {
    bool const grouped = spec.stack == BarStack::grouped;
    double const bars = grouped ? static_cast<double>(data.panels.front().series.size()) : 1;
    if (rows > 7) height = std::max(height, 80 + rows * std::max(19.0, 13 * bars + 5));
  }
  double const series = data.panels.empty() ? 0 : static_cast<double>(data.panels.front().series.size());
  if (data.type == ChartType::gantt) height = std::max(150.0, 95 + series * 21);
  if (data.type == ChartType::heat && data.panels.size() == 1)  // as high as its rows; they are at most 34 points
    height = std::clamp(height, std::max(130.0, 92 + series * 18), std::max(130.0, 92 + series * 34));
  if (data.type == ChartType::upset) height += 14 * static_cast<double>(data.sets.size());
  if (data.type == ChartType::choropleth) height = width_pt * 0.68;
  if (data.type == ChartType::bullet || data.type == ChartType::funnel) height = 66 + rows * 44;
  if (data.panels.size() > 1)
    height = std::max(height, 70 + 110 * std::ceil(static_cast<double>(data.panels.size()) / 3));
  return {width_pt, std::min(height, kMost)};
}

Scene lay_out(ChartSpec const& spec, ChartData const& data, Theme const& theme, Catalogue const& catalogue,
              TextMeasurer const& measurer, ChartSize size, Tooltips tooltips) {
  ChartType const type = charts::drawable_type(spec, data);
  std::size_t const most = charts::row_capacity(spec, type, data, size);
  std::size_t const hidden = most > 0 && data.categories.size() > most ? data.categories.size() - most : 0;
  bool const closes = charts::has_closing_total(type, data);
  bool const as_given = hidden == 0 && type == data.type && !closes;
  ChartData changed = as_given ? ChartData{} : charts::first_rows(data, data.categories.size() - hidden);
  if (!as_given) changed.type = type;
  if (closes) charts::add_closing_total(changed, catalogue);
  ChartData const& shown = as_given ? data : changed;
  charts::Drawing drawing{spec, shown, theme, catalogue, measurer, {}, true, charts::looks_of(shown, theme)};
  drawing.tooltips = tooltips == Tooltips::written;
  drawing.scene.width_pt = size.width_pt;
  drawing.scene.height_pt = size.height_pt;
  drawing.scene.font = theme.font;
  drawing.scene.language = catalogue.locale().language();
  drawing.scene.title = data.title;
  charts::draw_all(drawing, hidden);
  drawing.scene.alt_text = charts::alt_text(spec, data, catalogue);
  drawing.scene.table = charts::table_twin(data, catalogue);
  return std::move(drawing.scene);
}

}  // namespace yekun
