#include "charts/map_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/json_tree.h"
#include "core/utf8.h"

namespace yekun {

namespace {

constexpr JsonLimits kLimits{64U << 20U, 4'000'000, 20};

Diagnostic mistake(Place place, std::string message, std::string hint) {
  return {Severity::error, Fault::spec, "geojson", std::move(place), std::move(message), std::move(hint)};
}

bool is_number(JsonNode const& node) { return node.kind == JsonKind::integer || node.kind == JsonKind::number; }

class Reader {
 public:
  explicit Reader(std::string const& key) : key_(key) {}

  void read(JsonNode const& feature) {
    MapRegion region;
    if (auto const* properties = feature.find("properties")) names_of(*properties, region);
    auto const* geometry = feature.find("geometry");
    auto const* type = geometry != nullptr ? geometry->find("type") : nullptr;
    auto const* coordinates = geometry != nullptr ? geometry->find("coordinates") : nullptr;
    if (type == nullptr || coordinates == nullptr) return;
    if (type->text == "Polygon") polygon(*coordinates, region);
    if (type->text == "MultiPolygon")
      for (auto const& one : coordinates->items) polygon(one, region);
    if (!region.rings.empty() && !region.names.empty()) shapes.add(std::move(region));
  }

  MapShapes shapes{};
  Diagnostics problems{};

 private:
  void names_of(JsonNode const& properties, MapRegion& region) const {
    for (auto const& member : properties.members) {
      bool const named = key_.empty() ? member.value.kind == JsonKind::string : member.key == key_;
      if (named && !member.value.text.empty()) region.names.push_back(member.value.text);
    }
  }

  void polygon(JsonNode const& rings, MapRegion& region) {
    for (auto const& ring : rings.items) {
      std::vector<scene::Point> points;
      points.reserve(ring.items.size());
      for (auto const& pair : ring.items) {
        bool const good = pair.items.size() >= 2 && is_number(pair.items[0]) && is_number(pair.items[1]) &&
                          std::isfinite(pair.items[0].number) && std::isfinite(pair.items[1].number);
        if (good) {
          points.push_back({pair.items[0].number, pair.items[1].number});
        } else if (problems.empty()) {
          problems.push_back(mistake(pair.place, "a coordinate must be two numbers", "write [longitude, latitude]"));
        }
      }
      if (points.size() >= 3) region.rings.push_back(std::move(points));
    }
  }

  std::string const& key_;
};

}  // namespace

void MapShapes::add(MapRegion region) {
  for (auto const& name : region.names) by_name.emplace(lower(name), regions.size());
  regions.push_back(std::move(region));
}

MapRegion const* MapShapes::find(std::string_view name) const {
  auto const found = by_name.find(lower(name));
  return found == by_name.end() ? nullptr : &regions[found->second];
}

Result<MapShapes> parse_geojson(std::string_view text, std::string const& file, std::string const& key) {
  auto const tree = parse_json(text, file, kLimits);
  if (!tree) return failure(tree.error());
  auto const* features = tree->find("features");
  if (features == nullptr || features->kind != JsonKind::array)
    return failure({mistake(tree->place, "the map is no GeoJSON FeatureCollection: it has no 'features'",
                            "export the boundaries as GeoJSON, in longitude and latitude")});
  Reader reader(key);
  for (auto const& feature : features->items) reader.read(feature);
  if (!reader.problems.empty()) return failure(std::move(reader.problems));
  if (reader.shapes.regions.empty())
    return failure({mistake(features->place,
                            key.empty() ? "the map has no polygon with a name"
                                        : fmt::format("the map has no polygon with a property '{}'", key),
                            "name the property that holds the region's name: \"geo_key\": \"NAME\"")});
  return std::move(reader.shapes);
}

}  // namespace yekun
