// Heat table: a cell a number, shaded by it. Rows are the series, columns the categories.
#include <algorithm>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

struct Shades {
  double low = 0;
  double high = 0;
  bool two_signs = false;

  Colour of(double value) const {
    if (two_signs) {
      double const reach = std::max(-low, high);
      return diverging(0.5 + 0.5 * value / reach);
    }
    return sequential(high > low ? 0.05 + 0.9 * (value - low) / (high - low) : 0.4);
  }
};

Shades shades_of(Drawing const& drawing) {
  Shades shades{1e300, -1e300, false};
  for (auto const& panel : drawing.data.panels)
    for (auto const& series : panel.series)
      for (auto const& point : series.points) {
        if (!point.value.is_value()) continue;
        shades.low = std::min(shades.low, to_double(point.value.number));
        shades.high = std::max(shades.high, to_double(point.value.number));
      }
  shades.two_signs = shades.low < 0 && shades.high > 0;
  return shades;
}

void draw_cell(Drawing& drawing, Panel const& panel, std::size_t s, std::size_t i, Box box, Shades const& shades) {
  ChartSeries const& series = panel.data.series[s];
  ChartPoint const& point = series.points[i];
  Group group{"cell", tooltip_of(drawing, drawing.data.categories[i], series, point, panel.data.series.size() > 1),
              point.figure};
  Colour ink = drawing.theme.muted;
  if (point.value.is_value()) {
    Colour const fill = shades.of(to_double(point.value.number));
    group.marks.emplace_back(scene::Rect{box, fill});
    ink = text_on(fill, drawing.theme);
  } else if (point.value.state == State::suppressed) {
    group.marks.emplace_back(scene::Hatch{box, drawing.theme.neutral});
  } else {
    group.marks.emplace_back(scene::Rect{box, drawing.theme.background, 0.6, drawing.theme.faint});
  }
  auto text =
      drawing.text(label_text(point.value, panel.range.numbers, drawing.catalogue),
                   {box.x + box.width / 2, baseline_around(box.y + box.height / 2, kTick)}, kTick, ink, Anchor::middle);
  bool const fits = text.width_pt + 4 <= box.width && line_pt(kTick) <= box.height + 1;
  if (fits && point.value.state != State::suppressed) group.marks.emplace_back(std::move(text));
  drawing.add(std::move(group));
}

}  // namespace

void draw_heat(Drawing& drawing, Panel const& panel) {
  auto const& categories = drawing.data.categories;
  auto const& rows = panel.data.series;
  bool const one_row = rows.size() == 1 && rows.front().label.empty();
  std::vector<std::string> names;
  for (auto const& row : rows) names.push_back(one_row ? std::string{} : row.label);
  double const names_pt = row_label_width(drawing, names, kLabel, panel.area.width * 0.35, 2);
  double const left = panel.area.x + (names_pt > 0 ? names_pt + 8 : 0);
  double const cell_width = (panel.area.right() - left) / static_cast<double>(categories.size());
  CategoryLabels const heads = plan_category_labels(drawing, cell_width);
  double const top = panel.area.y + heads.height_pt + 2;
  double const cell_height =
      std::min(34.0, std::max(1.0, (panel.area.bottom() - top) / static_cast<double>(rows.size())));
  std::vector<double> centres;
  for (std::size_t i = 0; i < categories.size(); ++i)
    centres.push_back(left + cell_width * (static_cast<double>(i) + 0.5));
  draw_category_labels(drawing, heads, centres, panel.area.y - 4, panel.area);
  Shades const shades = shades_of(drawing);
  double const gap = std::min(1.5, std::min(cell_width, cell_height) * 0.1);
  std::size_t const lines = cell_height >= 2 * line_pt(kLabel) ? 2 : 1;
  Group labels{"axis rows"};
  for (std::size_t s = 0; s < rows.size(); ++s) {
    double const y = top + cell_height * static_cast<double>(s);
    for (std::size_t i = 0; i < categories.size(); ++i)
      draw_cell(drawing, panel, s, i,
                {left + cell_width * static_cast<double>(i), y, cell_width - gap, cell_height - gap}, shades);
    if (names[s].empty() || line_pt(kLabel) > cell_height + 1) continue;
    auto const words = drawing.wrapped(names[s], kLabel, names_pt, lines);
    double const height = static_cast<double>(words.lines.size()) * line_pt(kLabel);
    drawing.add_lines(labels, words.lines, {panel.area.x, y + (cell_height - gap - height) / 2}, kLabel,
                      drawing.theme.text);
  }
  drawing.add(std::move(labels));
}

}  // namespace yekun::charts
