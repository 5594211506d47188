#include "charts/tile_layout.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

#include "core/assets.h"
#include "core/json_tree.h"
#include "core/utf8.h"

namespace yekun::charts {

namespace {

Diagnostic mistake(Place place, std::string message, std::string hint) {
  return {Severity::error, Fault::spec, "tile-layout", std::move(place), std::move(message), std::move(hint)};
}

std::optional<int> grid_line(JsonNode const* node) {
  bool const good = node != nullptr && node->kind == JsonKind::integer && node->integer >= 0 && node->integer <= 99;
  return good ? std::optional(static_cast<int>(node->integer)) : std::nullopt;
}

}  // namespace

Tile const* TileLayout::find(std::string_view name) const {
  std::string const wanted = lower(name);
  for (auto const& tile : tiles)
    for (auto const& known : tile.names)
      if (lower(known) == wanted) return &tile;
  return nullptr;
}

Result<TileLayout> parse_tiles(std::string_view text, std::string const& file) {
  auto const tree = parse_json(text, file);
  if (!tree) return failure(tree.error());
  JsonNode const* tiles = tree->find("tiles");
  if (tiles == nullptr || tiles->items.empty())
    return failure(mistake(tree->place, "a tile layout needs 'tiles'",
                           R"(write {"tiles": [{"row": 0, "column": 0, "names": ["Balkan"]}]})"));
  TileLayout layout{file, {}};
  std::set<std::pair<int, int>> taken;
  for (auto const& item : tiles->items) {
    auto const row = grid_line(item.find("row"));
    auto const column = grid_line(item.find("column"));
    JsonNode const* names = item.find("names");
    if (!row || !column || names == nullptr || names->items.empty())
      return failure(mistake(item.place, "a tile needs 'row' and 'column', whole numbers from 0 to 99, and 'names'",
                             R"(write {"row": 0, "column": 0, "names": ["Balkan"]})"));
    if (!taken.emplace(*row, *column).second)
      return failure(mistake(item.place, fmt::format("two tiles lie in row {}, column {}", *row, *column), ""));
    Tile tile{*row, *column, {}};
    for (auto const& name : names->items) tile.names.push_back(name.text);
    layout.tiles.push_back(std::move(tile));
  }
  return layout;
}

TileLayout load_tiles(std::string_view id) {
  std::string const path = "tiles/" + std::string(id) + ".json";
  auto const bytes = asset(path);
  auto layout = bytes ? parse_tiles(*bytes, path) : Result<TileLayout>(TileLayout{});
  if (!layout) return {std::string(id), {}};
  layout->id = std::string(id);
  return std::move(*layout);
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
