#include "charts/classes.h"

#include <algorithm>

#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr std::size_t kClasses = 5;

}  // namespace

std::size_t Classes::of(double value) const {
  std::size_t index = 0;
  while (index + 1 < limits.size() && value >= to_double(limits[index + 1].first.number)) ++index;
  return index;
}

Colour Classes::colour(std::size_t index) const {
  return sequential_class(limits.size() < 2 ? 2 : index * (kClasses - 1) / (limits.size() - 1));
}

Classes classes_of(Drawing const& drawing) {
  std::vector<Value> values;
  for (auto const& panel : drawing.data.panels)
    for (auto const& point : panel.series.front().points)
      if (point.value.is_value()) values.push_back(point.value);
  std::stable_sort(values.begin(), values.end(),
                   [](Value const& a, Value const& b) { return to_double(a.number) < to_double(b.number); });
  Classes classes;
  std::size_t const count = std::min(kClasses, values.size());
  for (std::size_t c = 0; c < count; ++c) {
    Value const& first = values[c * values.size() / count];
    Value const& last = values[(c + 1) * values.size() / count - 1];
    bool const same =
        !classes.limits.empty() && to_double(classes.limits.back().second.number) >= to_double(first.number);
    if (same)
      classes.limits.back().second = last;
    else
      classes.limits.emplace_back(first, last);
  }
  return classes;
}

double draw_classes(Drawing& drawing, Panel const& panel, Classes const& classes, std::vector<LegendEntry> more) {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < classes.limits.size(); ++i) {
    std::string const from = label_text(classes.limits[i].first, panel.range.numbers, drawing.catalogue);
    std::string const to = label_text(classes.limits[i].second, panel.range.numbers, drawing.catalogue);
    std::string words = from;
    if (from != to) words.append("–").append(to);
    entries.push_back({std::move(words), classes.colour(i), Swatch::fill});
  }
  for (auto& entry : more) entries.push_back(std::move(entry));
  return draw_legend(drawing, entries, panel.area.x, panel.area.y, panel.area.width,
                     panel.area.y + 0.4 * panel.area.height);
}

}  // namespace yekun::charts
