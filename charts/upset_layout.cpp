// UpSet chart: how many for each combination, and below each column which of the sets it combines.
#include <algorithm>

#include "charts/bars.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kDotPt = 7;

bool holds(ChartCategory const& category, std::size_t set) {
  return std::find(category.members.begin(), category.members.end(), set) != category.members.end();
}

/// Rows of dots: dark where the combination holds the set, joined from the first to the last.
void draw_matrix(Drawing& drawing, Box area, double row_pt, std::vector<double> const& centres) {
  auto const& sets = drawing.data.sets;
  double const dot = std::min({kDotPt, row_pt * 0.6, centres.size() > 1 ? (centres[1] - centres[0]) * 0.6 : kDotPt});
  Group stripes{"grid"};
  for (std::size_t s = 0; s < sets.size(); s += 2)
    stripes.marks.emplace_back(
        scene::Rect{{area.x, area.y + row_pt * static_cast<double>(s), area.width, row_pt}, drawing.theme.panel});
  drawing.add(std::move(stripes));
  for (std::size_t i = 0; i < centres.size(); ++i) {
    auto const& category = drawing.data.categories[i];
    Group group{"combination", category.label};
    auto const y = [&](std::size_t s) { return area.y + row_pt * (static_cast<double>(s) + 0.5); };
    auto const put = [&](std::size_t s, double size_pt, Colour colour) {
      add_marker(group, 0, {centres[i], y(s)}, size_pt, colour, colour);
    };
    for (std::size_t s = 0; s < sets.size(); ++s)
      if (!holds(category, s)) put(s, dot * 0.7, drawing.theme.faint);
    if (category.members.size() > 1) {
      auto const [low, high] = std::minmax_element(category.members.begin(), category.members.end());
      group.marks.emplace_back(straight({centres[i], y(*low)}, {centres[i], y(*high)}, drawing.theme.text, 2));
    }
    for (std::size_t const s : category.members) put(s, dot, drawing.theme.text);
    drawing.add(std::move(group));
  }
}

}  // namespace

void draw_upset(Drawing& drawing, Panel const& panel) {
  auto const& sets = drawing.data.sets;
  std::size_t const count = drawing.data.categories.size();
  double const rows = static_cast<double>(std::max<std::size_t>(1, sets.size()));
  double const row_pt = std::min(17.0, panel.area.height * 0.55 / rows);
  double const names_pt = row_label_width(drawing, sets, kLabel, panel.area.width * 0.36, 1);
  double const left = panel.area.x + names_pt + 10;
  Box const matrix{left, panel.area.bottom() - row_pt * rows, std::max(1.0, panel.area.right() - left), row_pt * rows};
  double const headroom = line_pt(kLabel) + 3;
  Box const plot{left, panel.area.y + headroom, matrix.width, std::max(4.0, matrix.y - panel.area.y - headroom - 8)};
  bool const alike = panel.small && !drawing.spec.free_scales;  // small charts share a scale
  Extent extent = extent_of(
      drawing, alike ? std::span<ChartPanel const>(drawing.data.panels) : std::span(&panel.data, 1), BarStack::grouped);
  extent.hold(0);
  if (extent.low == extent.high) extent.high = 1;
  BandScale const band{plot.x, std::min(plot.width, 46 * static_cast<double>(count)), count, 0.35};
  auto const slots = bar_slots(drawing.data, panel.data, band, BarStack::grouped, 1);
  BarPlane const plane{true, {extent.low, extent.high, plot.bottom(), plot.y, false}};
  draw_bar_marks(drawing, slots, plane);
  if (drawing.spec.values)
    draw_bar_labels(drawing, slots, plane, panel.range.numbers,
                    {2, panel.area.y - 2, drawing.scene.width_pt - 4, matrix.y - panel.area.y + 2});
  double const zero = plane.scale(0);
  drawing.add("axis", straight({plot.x, zero}, {plot.x + band.length_pt, zero}, drawing.theme.neutral, 0.8));
  std::vector<double> centres;
  for (std::size_t i = 0; i < count; ++i) centres.push_back(band.centre(i));
  draw_matrix(drawing, {left, matrix.y, band.length_pt, matrix.height}, row_pt, centres);
  if (row_pt < line_pt(kLabel) - 1) return;
  Group names{"axis rows"};
  for (std::size_t s = 0; s < sets.size(); ++s)
    drawing.add_lines(names, drawing.wrapped(sets[s], kLabel, names_pt, 1).lines,
                      {panel.area.x, matrix.y + row_pt * (static_cast<double>(s) + 0.5) - line_pt(kLabel) / 2}, kLabel,
                      drawing.theme.text);
  drawing.add(std::move(names));
}

}  // namespace yekun::charts
