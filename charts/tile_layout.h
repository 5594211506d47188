// Regions as equal tiles, for maps without boundaries: read from templates/tiles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun::charts {

struct Tile {
  int row = 0;
  int column = 0;
  std::vector<std::string> names{};  // the country's own first, then how else the region is written
};

struct TileLayout {
  std::string id{};
  std::vector<Tile> tiles{};

  /// The tile that bears one of these names (letters' case aside); nullptr if none does.
  Tile const* find(std::string_view name) const;
};

/// A layout's file: {"tiles": [{"row": 0, "column": 1, "names": ["Balkan"]}]}. Errors (Fault::spec, placed in `file`):
/// no JSON, no tile, a tile without row, column (0 to 99) and names, two tiles in one place.
Result<TileLayout> parse_tiles(std::string_view text, std::string const& file);
/// The carried layout with this name; no tiles if there is none.
TileLayout load_tiles(std::string_view id);
/// The carried layout that knows most of the names; no tiles if none knows any.
TileLayout find_tiles(std::vector<std::string> const& names);

}  // namespace yekun::charts
