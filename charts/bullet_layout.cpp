// Bullet chart: each row a value against its target, on a scale of its own where the units differ.
#include <algorithm>
#include <span>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

std::optional<double> number_of(std::optional<Value> const& value) {
  if (!value || !value->is_value()) return std::nullopt;
  return to_double(value->number);
}

double greatest_of(ChartPoint const& point) {
  double greatest = 0;
  for (auto const& number : {number_of(point.value), number_of(point.target), number_of(point.baseline)})
    if (number) greatest = std::max(greatest, *number);
  return greatest;
}

/// "2,310 · Target 2,600".
std::string row_words(Drawing const& drawing, ChartPoint const& point, ChartNumbers const& numbers) {
  std::string const value = number_text(point.value, numbers, drawing.catalogue);
  if (!number_of(point.target)) return value + " · " + drawing.say("verdict.no_target");
  return value + " · " + drawing.data.target_label + " " + number_text(*point.target, numbers, drawing.catalogue);
}

void draw_row(Drawing& drawing, Panel const& panel, std::size_t i, Box track, double greatest) {
  ChartSeries const& series = panel.data.series.front();
  ChartPoint const& point = series.points[i];
  LinearScale const scale{0, greatest > 0 ? greatest * 1.08 : 1, track.x, track.right()};
  Look const look = look_of(drawing, 0, i);
  Group group{"bar series-1", tooltip_of(drawing, drawing.data.categories[i], series, point, false), point.figure};
  group.marks.emplace_back(scene::Rect{track, mix(drawing.theme.faint, drawing.theme.background, 0.4)});
  double const thickness = track.height * 0.5;
  double const y = track.y + (track.height - thickness) / 2;
  if (auto const number = number_of(point.value); number && *number > 0)
    group.marks.emplace_back(scene::Rect{{track.x, y, scale(*number) - track.x, thickness}, look.fill});
  else if (point.value.state == State::suppressed)
    group.marks.emplace_back(scene::Hatch{{track.x, y, 12, thickness}, drawing.theme.neutral});
  if (auto const base = number_of(point.baseline); base && *base >= 0)
    group.marks.emplace_back(
        straight({scale(*base), track.y}, {scale(*base), track.bottom()}, drawing.theme.muted, 1.5, {1.5, 2}));
  if (auto const target = number_of(point.target); target && *target >= 0)
    group.marks.emplace_back(scene::Rect{{scale(*target) - 1.25, track.y - 1, 2.5, track.height + 2}, {0, 0, 0}});
  drawing.add(std::move(group));
}

}  // namespace

void draw_bullets(Drawing& drawing, Panel const& panel) {
  auto const& categories = drawing.data.categories;
  auto const& series = panel.data.series.front();
  bool const own_scales =
      std::any_of(categories.begin(), categories.end(), [](auto const& one) { return one.numbers.has_value(); });
  double shared = 0;
  bool const alike = panel.small && !drawing.spec.free_scales;  // small charts share a scale
  for (auto const& one : alike ? std::span<ChartPanel const>(drawing.data.panels) : std::span(&panel.data, 1))
    for (auto const& point : one.series.front().points) shared = std::max(shared, greatest_of(point));
  double const row_pt = std::min(44.0, panel.area.height / static_cast<double>(categories.size()));
  double const words_pt = line_pt(kLabel);
  bool const two_lines = row_pt >= words_pt + 16;
  Group names{"axis categories"};
  Group values{"value"};
  double const left_pt = two_lines ? 0 : panel.area.width * 0.36;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    double const top = panel.area.y + row_pt * static_cast<double>(i);
    ChartNumbers const& numbers = numbers_at(drawing.data, series, i);
    std::string const words = row_words(drawing, series.points[i], numbers);
    double const words_width = std::min(drawing.width(words, kLabel), panel.area.width * 0.45);
    double const text_top = two_lines ? top : top + (row_pt - words_pt) / 2;
    double const name_room = two_lines ? panel.area.width - words_width - 10 : left_pt - 8;
    bool const readable = row_pt >= words_pt - 1;
    if (readable)
      drawing.add_lines(names, drawing.wrapped(categories[i].label, kLabelBold, name_room, 1).lines,
                        {panel.area.x, text_top}, kLabelBold, drawing.theme.text);
    if (readable && two_lines)
      drawing.add_lines(values, drawing.wrapped(words, kLabel, words_width, 1).lines, {panel.area.right(), text_top},
                        kLabel, drawing.theme.muted, Anchor::end);
    double const thick = two_lines ? std::min(16.0, row_pt - words_pt - 8) : row_pt * 0.6;
    Box const track{panel.area.x + left_pt, two_lines ? top + words_pt + 3 : top + (row_pt - thick) / 2,
                    panel.area.width - left_pt, thick};
    draw_row(drawing, panel, i, track, own_scales ? greatest_of(series.points[i]) : shared);
  }
  drawing.add(std::move(names));
  drawing.add(std::move(values));
}

}  // namespace yekun::charts
