#include "indicators/sql_layers.h"

#include <algorithm>
#include <numeric>

#include "indicators/counted_ids.h"

namespace yekun {

std::vector<SqlLayer> sql_layers(std::vector<Period> const& windows) {
  std::vector<SqlLayer> layers;
  std::vector<std::size_t> order;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    Period const& window = windows[w];
    if (window.label == CountedIds::kEverything)
      layers.push_back({{}, {w}});
    else if (window.first < kFirstDate || window.end > kLastDate || window.end <= window.first)
      return {};
    else
      order.push_back(w);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(windows[a].first, windows[a].end) < std::pair(windows[b].first, windows[b].end);
  });
  std::size_t const dated = layers.size();
  for (std::size_t const w : order) {
    std::int32_t const first = windows[w].first.days;
    auto const free = std::find_if(layers.begin() + static_cast<std::ptrdiff_t>(dated), layers.end(),
                                   [&](SqlLayer const& layer) { return layer.days.back() <= first; });
    if (free == layers.end()) {
      layers.push_back({{first, windows[w].end.days}, {w}});
      continue;
    }
    SqlLayer& layer = *free;
    if (layer.days.back() < first) {
      layer.windows.emplace_back();  // days between two windows
      layer.days.push_back(first);
    }
    layer.windows.emplace_back(w);
    layer.days.push_back(windows[w].end.days);
  }
  return layers;
}

}  // namespace yekun
