#include "charts/tile_layout.h"

#include "core/assets.h"
#include "core/json_tree.h"
#include "core/utf8.h"

namespace yekun::charts {

Tile const* TileLayout::find(std::string_view name) const {
  std::string const wanted = lower(name);
  for (auto const& tile : tiles)
    for (auto const& known : tile.names)
      if (lower(known) == wanted) return &tile;
  return nullptr;
}

TileLayout load_tiles(std::string_view id) {
  TileLayout layout{std::string(id), {}};
  std::string const path = "tiles/" + layout.id + ".json";
  auto const bytes = asset(path);
  auto const tree = bytes ? parse_json(*bytes, path) : Result<JsonNode>(JsonNode{});
  JsonNode const* tiles = tree ? tree->find("tiles") : nullptr;
  if (tiles == nullptr) return layout;
  for (auto const& item : tiles->items) {
    JsonNode const* row = item.find("row");
    JsonNode const* column = item.find("column");
    JsonNode const* names = item.find("names");
    if (row == nullptr || column == nullptr || names == nullptr) continue;
    Tile tile{static_cast<int>(row->integer), static_cast<int>(column->integer), {}};
    for (auto const& name : names->items) tile.names.push_back(name.text);
    layout.tiles.push_back(std::move(tile));
  }
  return layout;
}

TileLayout find_tiles(std::vector<std::string> const& names) {
  TileLayout best;
  std::size_t most = 0;
  for (auto const& path : assets_in("tiles/")) {
    std::string id = path.substr(6);
    if (!id.ends_with(".json")) continue;
    id.resize(id.size() - 5);
    TileLayout layout = load_tiles(id);
    std::size_t known = 0;
    for (auto const& name : names)
      if (layout.find(name) != nullptr) ++known;
    if (known <= most) continue;
    most = known;
    best = std::move(layout);
  }
  return best;
}

}  // namespace yekun::charts
