#include <algorithm>

#include "charts/lay_out.h"
#include "charts/palette.h"
#include "charts/scales.h"

namespace yekun {

namespace {

constexpr double kInsetPt = 3;

charts::LinearScale scale_of(std::vector<Value> const& values, ChartSize size) {
  double low = 1e300;
  double high = -1e300;
  for (auto const& value : values) {
    if (!value.is_value()) continue;
    low = std::min(low, to_double(value.number));
    high = std::max(high, to_double(value.number));
  }
  if (low >= high) return {low - 1, low + 1, size.height_pt - kInsetPt, kInsetPt};
  return {low, high, size.height_pt - kInsetPt, kInsetPt};
}

}  // namespace

Scene lay_out_sparkline(std::vector<Value> const& values, Theme const& theme, ChartSize size) {
  Scene scene;
  scene.width_pt = size.width_pt;
  scene.height_pt = size.height_pt;
  scene.font = theme.font;
  charts::PointScale const x{kInsetPt, size.width_pt - 2 * kInsetPt, values.size()};
  auto const y = scale_of(values, size);
  scene::Group group{"sparkline"};
  scene::Line run{{}, theme.neutral, 1.5, {}};
  scene::Point last{};
  bool any = false;
  auto const finish = [&] {
    if (run.points.size() > 1) group.marks.emplace_back(run);
    if (run.points.size() == 1) {  // alone between gaps: a short stroke
      auto const [px, py] = run.points.front();
      group.marks.emplace_back(scene::Line{{{px - 1, py}, {px + 1, py}}, theme.neutral, 1.5, {}});
    }
    run.points.clear();
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].is_value()) {
      finish();
      continue;
    }
    last = {x(i), y(to_double(values[i].number))};
    any = true;
    run.points.push_back(last);
  }
  finish();
  if (any) {
    Colour const colour = charts::line_colour(theme, 0);
    group.marks.emplace_back(scene::Rect{{last.x - 2, last.y - 2, 4, 4}, colour, 0, {}, 2});
  }
  if (!group.marks.empty()) scene.groups.push_back(std::move(group));
  return scene;
}

}  // namespace yekun
