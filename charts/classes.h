// Maps shade regions in five classes; tile maps and choropleths share them.
#pragma once

#include <utility>
#include <vector>

#include "charts/layouts.h"

namespace yekun::charts {

/// Up to five classes of about equally many regions; each is named by the least and greatest value in it.
struct Classes {
  std::vector<std::pair<Value, Value>> limits{};

  std::size_t of(double value) const;
  Colour colour(std::size_t index) const;
};

/// Of the first series of all panels.
Classes classes_of(Drawing const& drawing);
/// Swatches with each class's limits, then `more`; the y below them.
double draw_classes(Drawing& drawing, Panel const& panel, Classes const& classes, std::vector<LegendEntry> more);

}  // namespace yekun::charts
