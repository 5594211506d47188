// Boundaries of regions from a user's GeoJSON, for choropleths.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "charts/scene.h"
#include "core/diagnostic.h"

namespace yekun {

/// One feature: a region with its outer and inner rings, in the file's coordinates (longitude and latitude, y up).
struct MapRegion {
  std::vector<std::string> names{};                // by which data may call it
  std::vector<std::vector<scene::Point>> rings{};  // at least three points each; filled by the even-odd rule
};

struct MapShapes {
  std::vector<MapRegion> regions{};
  std::unordered_map<std::string, std::size_t> by_name{};  // names in small letters; the first region that bears one

  void add(MapRegion region);
  /// The region that bears this name (letters' case aside); nullptr if none does.
  MapRegion const* find(std::string_view name) const;
};

/// Polygons and MultiPolygons of a FeatureCollection; other geometries are passed over. `key`: the property that names
/// a region; empty: every property that is a text. Errors (Fault::spec, placed in `file`): no JSON, no
/// FeatureCollection, no polygon with a name, a coordinate that is no number.
Result<MapShapes> parse_geojson(std::string_view text, std::string const& file, std::string const& key);

}  // namespace yekun
