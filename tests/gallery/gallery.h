// The charts of docs/charts.md: one picture and spec for each type.
#pragma once

#include <string>
#include <vector>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "charts/map_shapes.h"

namespace yekun::gallery {

struct Entry {
  std::string name;  // of the picture's file
  std::string language;
  std::string spec_text;  // as a user writes it; parsed by the product's own parser
  Answer answer{};
};

std::vector<Entry> entries();

/// A made-up country of eight regions, as its GeoJSON would be read.
MapShapes sample_map();

}  // namespace yekun::gallery
