// Population pyramid: two groups back to back, one symmetric scale, ages from the youngest at the bottom.
#include <algorithm>

#include "charts/bars.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

struct Sides {
  double left_pt = 0;  // where the bars of the left group begin (their right end)
  double right_pt = 0;
  double length_pt = 0;  // of the longest bar
};

void draw_side(Drawing& drawing, Panel const& panel, std::size_t s, Sides const& sides, BandScale const& band,
               double greatest) {
  ChartSeries const& series = panel.data.series[s];
  bool const left = s == 0;
  Look const look = look_of(drawing, s);
  Group values{"value"};
  std::size_t const count = drawing.data.categories.size();
  for (std::size_t i = 0; i < count; ++i) {
    ChartPoint const& point = series.points[i];
    std::size_t const row = count - 1 - i;  // the first age stands lowest
    double const number = point.value.is_value() ? std::max(0.0, to_double(point.value.number)) : 0;
    bool const withheld = point.value.state == State::suppressed;
    double const length = withheld ? 9 : greatest > 0 ? number / greatest * sides.length_pt : 0;
    Box const box{left ? sides.left_pt - length : sides.right_pt, band.start(row), length, band.band()};
    Group group{"bar series-" + std::to_string(s + 1),
                tooltip_of(drawing, drawing.data.categories[i], series, point, true), point.figure};
    if (withheld)
      group.marks.emplace_back(scene::Hatch{box, drawing.theme.neutral, left});
    else if (length > 0 && (point.value.partial || drawing.data.categories[i].partial))
      group.marks.emplace_back(
          scene::Rect{box, mix(look.fill, drawing.theme.background, 0.6), 0.8, darkened(look.fill, 3)});
    else if (length > 0)
      group.marks.emplace_back(scene::Rect{box, look.fill, look.outline_pt, look.outline});
    drawing.add(std::move(group));
    if (!drawing.spec.values || line_pt(kTick) > band.step() + 1) continue;
    auto text = drawing.text(label_text(point.value, panel.range.numbers, drawing.catalogue),
                             {left ? box.x - 4 : box.right() + 4, baseline_around(box.y + box.height / 2, kTick)},
                             kTick, point.value.is_value() ? drawing.theme.text : drawing.theme.muted,
                             left ? Anchor::end : Anchor::start);
    Box const taken = scene::box_of(text);
    if (taken.x >= panel.area.x - 2 && taken.right() <= panel.area.right() + 2)
      values.marks.emplace_back(std::move(text));
  }
  drawing.add(std::move(values));
}

double widest_value(Drawing const& drawing, Panel const& panel) {
  double widest = 0;
  for (std::size_t s = 0; s < 2; ++s)
    for (auto const& point : panel.data.series[s].points)
      widest = std::max(widest, drawing.width(label_text(point.value, panel.range.numbers, drawing.catalogue), kTick));
  return widest;
}

}  // namespace

void draw_pyramid(Drawing& drawing, Panel const& panel) {
  auto const& categories = drawing.data.categories;
  std::vector<std::string> names;
  for (auto const& category : categories) names.push_back(category.label);
  double const middle_pt = row_label_width(drawing, names, kLabel, panel.area.width * 0.3, 1) + 14;
  double const top = panel.area.y + line_pt(kLabelBold) + 4;
  BandScale const band{top, panel.area.bottom() - top, categories.size(), 0.18};
  double const centre = panel.area.x + panel.area.width / 2;
  Sides sides{centre - middle_pt / 2, centre + middle_pt / 2, 0};
  sides.length_pt = std::max(1.0, (panel.area.width - middle_pt) / 2 - widest_value(drawing, panel) - 6);

  double greatest = 0;
  for (std::size_t s = 0; s < 2; ++s)
    for (auto const& point : panel.data.series[s].points)
      if (point.value.is_value()) greatest = std::max(greatest, to_double(point.value.number));
  Group heads{"label"};
  double const room = (panel.area.width - middle_pt) / 2;
  for (std::size_t s = 0; s < 2; ++s) {
    auto const words = drawing.wrapped(panel.data.series[s].label, kLabelBold, room, 1);
    Colour const colour = darkened(look_of(drawing, s).fill, 4.5);
    drawing.add_lines(heads, words.lines, {s == 0 ? sides.left_pt : sides.right_pt, panel.area.y}, kLabelBold, colour,
                      s == 0 ? Anchor::end : Anchor::start);
    draw_side(drawing, panel, s, sides, band, greatest);
  }
  drawing.add(std::move(heads));
  Group ages{"axis categories"};
  if (line_pt(kLabel) <= band.step() + 1)
    for (std::size_t i = 0; i < categories.size(); ++i)
      drawing.add_lines(ages, drawing.wrapped(names[i], kLabel, middle_pt - 10, 1).lines,
                        {centre, band.centre(categories.size() - 1 - i) - line_pt(kLabel) / 2}, kLabel,
                        drawing.theme.text, Anchor::middle);
  drawing.add(std::move(ages));
}

}  // namespace yekun::charts
