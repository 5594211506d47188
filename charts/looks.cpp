#include <algorithm>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kReadable = 4.5;  // WCAG contrast of text
constexpr double kVisible = 3.0;   // of graphics

/// Long strokes, so that they are taken neither for targets (short) nor for partial data (dotted). The first is solid.
std::vector<double> dashes_of(std::size_t series) {
  switch (series % 4) {
    case 1:
      return {10, 2.5};
    case 2:
      return {8, 2, 2, 2};
    case 3:
      return {5, 1.5};
    default:
      return {};
  }
}

}  // namespace

std::vector<Look> looks_of(ChartData const& data, Theme const& theme) {
  std::vector<Look> looks;
  if (data.panels.empty()) return looks;
  auto const& all = data.panels.front().series;
  auto const fills = fill_colours(theme, all.size());
  for (std::size_t s = 0; s < all.size(); ++s) {
    Look look;
    look.marker = static_cast<int>(s);
    if (all[s].muted) {
      look.fill = look.line = muted_fill(theme);
      look.text = theme.muted;
    } else {
      look.fill = fills[s];
      look.line = darkened(line_colour(theme, s), kVisible);
      look.dash_pt = dashes_of(s);
      look.text = darkened(look.line, kReadable);
      if (contrast(look.fill, theme.background) < kVisible) {
        look.outline = darkened(look.fill, kVisible);
        look.outline_pt = 0.6;
      }
    }
    looks.push_back(look);
  }
  return looks;
}

Look look_of(Drawing const& drawing, std::size_t series) { return drawing.looks.at(series); }

Look look_of(Drawing const& drawing, std::size_t series, std::size_t category) {
  Look look = look_of(drawing, series);
  if (drawing.data.categories[category].muted) {
    look.fill = muted_fill(drawing.theme);
    look.outline_pt = 0;
  }
  return look;
}

std::string tooltip_of(Drawing const& drawing, ChartCategory const& category, ChartSeries const& series,
                       ChartPoint const& point, bool several) {
  if (!drawing.tooltips) return {};
  std::string const place = several ? category.label + ", " + series.label : category.label;
  auto const& numbers = category.numbers ? *category.numbers : series.numbers;
  return place + ": " + worded(point.value, numbers, drawing.catalogue);
}

bool has_targets(ChartPanel const& panel) {
  for (auto const& series : panel.series)
    for (auto const& point : series.points)
      if (point.target && point.target->is_value()) return true;
  return false;
}

Value const* common_target(ChartPanel const& panel) {
  Value const* common = nullptr;
  for (auto const& series : panel.series) {
    for (auto const& point : series.points) {
      if (!point.target || !point.target->is_value()) return nullptr;
      if (common != nullptr && to_double(common->number) != to_double(point.target->number)) return nullptr;
      common = &*point.target;
    }
  }
  return common;
}

void add_dashes(Group& group, Drawing const& drawing, Point a, Point b, Colour colour, std::vector<double> dash_pt) {
  auto const& looks = drawing.looks;
  if (std::any_of(looks.begin(), looks.end(), [&](Look const& look) { return contrast(look.fill, colour) < 2; }))
    group.marks.emplace_back(straight(a, b, drawing.theme.background, 2.6));
  group.marks.emplace_back(straight(a, b, colour, 1.5, std::move(dash_pt)));
}

std::string target_text(Drawing const& drawing, Value const& target) {
  return drawing.data.target_label + " " + number_text(target, drawing.data.numbers, drawing.catalogue);
}

}  // namespace yekun::charts
