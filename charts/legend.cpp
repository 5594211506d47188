#include "charts/legend.h"

#include <algorithm>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

double last_number(ChartSeries const& series) {
  for (std::size_t i = series.points.size(); i-- > 0;)
    if (series.points[i].value.is_value()) return to_double(series.points[i].value.number);
  return -1e300;
}

/// Lines that cannot be named at their ends, in the order in which the reader meets them there.
std::vector<LegendEntry> line_entries(Drawing const& drawing, std::size_t first) {
  auto const& series = drawing.data.panels.front().series;
  std::vector<std::size_t> order;
  for (std::size_t s = first; s < series.size(); ++s)
    if (!series[s].muted) order.push_back(s);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return last_number(series[a]) > last_number(series[b]); });
  std::vector<LegendEntry> entries;
  entries.reserve(order.size());
  for (std::size_t const s : order)
    entries.push_back({series[s].label, look_of(drawing, s).line, Swatch::line, look_of(drawing, s).marker % 4,
                       look_of(drawing, s).dash_pt});
  return entries;
}

std::vector<LegendEntry> fill_entries(Drawing const& drawing, std::size_t count) {
  std::vector<LegendEntry> entries;
  auto const& series = drawing.data.panels.front().series;
  for (std::size_t s = 0; s < std::min(count, series.size()); ++s)
    if (!series[s].muted) entries.push_back({series[s].label, look_of(drawing, s).fill, Swatch::fill});
  return entries;
}

/// Types that name their series inside the picture.
bool names_itself(ChartType type) {
  return type == ChartType::pyramid || type == ChartType::heat || type == ChartType::slope ||
         type == ChartType::donut || type == ChartType::funnel || type == ChartType::tile_map ||
         type == ChartType::bullet || type == ChartType::gantt || type == ChartType::upset ||
         type == ChartType::choropleth || type == ChartType::scatter;
}

}  // namespace

std::vector<LegendEntry> legend_of(Drawing const& drawing, double height_pt) {
  ChartData const& data = drawing.data;
  auto const& series = data.panels.front().series;
  bool const facets = data.panels.size() > 1;
  std::vector<LegendEntry> entries;
  auto const muted =
      static_cast<std::int64_t>(std::count_if(series.begin(), series.end(), [](auto const& one) { return one.muted; }));
  if (data.type == ChartType::line) {
    if (series.size() > 1 && !labels_at_ends(drawing, height_pt)) entries = line_entries(drawing, 0);
  } else if (data.type == ChartType::combo && series.size() > 1) {
    entries = fill_entries(drawing, 1);
    if (facets)
      for (auto& entry : line_entries(drawing, 1)) entries.push_back(std::move(entry));
  } else if (data.type == ChartType::dot_range && series.size() > 1) {
    for (std::size_t s = 0; s < series.size(); ++s)
      if (!series[s].muted)
        entries.push_back(
            {series[s].label, look_of(drawing, s).line, Swatch::line, look_of(drawing, s).marker % 4, {}});
  } else if (series.size() > 1 && !names_itself(data.type) && !stack_named_at_right(drawing, height_pt)) {
    entries = fill_entries(drawing, series.size());
  }
  if (data.type == ChartType::gantt && std::any_of(data.panels.begin(), data.panels.end(), has_targets))
    return {{drawing.say("label.actual"), drawing.theme.series.front(), Swatch::fill},
            {data.target_label, plan_fill(drawing.theme), Swatch::fill}};
  if (muted > 0 && !names_itself(data.type))
    entries.push_back({drawing.say("chart.others", {{"count", muted}}), muted_fill(drawing.theme),
                       data.type == ChartType::line ? Swatch::line : Swatch::fill});
  bool const shows_targets = data.type == ChartType::line || data.type == ChartType::combo ||
                             (data.type == ChartType::bar && drawing.spec.stack == BarStack::grouped);
  bool const own_words =
      !facets && common_target(data.panels.front()) != nullptr && !(data.type == ChartType::combo && series.size() > 1);
  if (!data.target_label.empty() && shows_targets && !own_words &&
      std::any_of(data.panels.begin(), data.panels.end(), has_targets))
    entries.push_back({data.target_label, {0, 0, 0}, Swatch::dashes});
  if (drawing.spec.baseline && shows_targets)
    entries.push_back({drawing.say("label.baseline"), drawing.theme.muted, Swatch::dashes});
  return entries;
}

}  // namespace yekun::charts
