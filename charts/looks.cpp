#include <algorithm>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kReadable = 4.5;  // WCAG contrast of text
constexpr double kVisible = 3.0;   // of graphics

}  // namespace

Look look_of(Drawing const& drawing, std::size_t series) {
  auto const& all = drawing.data.panels.front().series;
  Look look;
  look.marker = static_cast<int>(series);
  if (series < all.size() && all[series].muted) {
    look.fill = look.line = muted_fill(drawing.theme);
    look.text = drawing.theme.muted;
    return look;
  }
  look.fill = fill_colours(drawing.theme, std::max(all.size(), series + 1))[series];
  look.line = darkened(line_colour(drawing.theme, series), kVisible);
  look.text = darkened(look.line, kReadable);
  if (contrast(look.fill, drawing.theme.background) < kVisible) {
    look.outline = darkened(look.fill, kVisible);
    look.outline_pt = 0.6;
  }
  return look;
}

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
  group.marks.emplace_back(straight(a, b, drawing.theme.background, 2.6));
  group.marks.emplace_back(straight(a, b, colour, 1.5, std::move(dash_pt)));
}

std::string target_text(Drawing const& drawing, Value const& target) {
  return drawing.data.target_label + " " + number_text(target, drawing.data.numbers, drawing.catalogue);
}

}  // namespace yekun::charts
