// Layouts of tile maps that users write.
#include "charts/tile_layout.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace yekun;
using charts::parse_tiles;

namespace {

std::string problem(std::string_view text) {
  auto const layout = parse_tiles(text, "maps/etraps.json");
  REQUIRE_FALSE(layout);
  auto const& first = layout.error().front();
  return fmt::format("{}:{}:{}: {}", first.place.file, first.place.line, first.place.column, first.message);
}

}  // namespace

TEST_CASE("a tile layout is found by any of its names, whatever their case", "[charts]") {
  auto const layout = parse_tiles(R"({"tiles": [
    {"row": 0, "column": 0, "names": ["Etrek", "Этрек"]},
    {"row": 2, "column": 1, "names": ["Köneürgenç"]}]})",
                                  "maps/etraps.json");
  REQUIRE(layout);
  REQUIRE(layout->tiles.size() == 2);
  CHECK(layout->find("ЭТРЕК") == layout->tiles.data());
  CHECK(layout->find("köneürgenç")->row == 2);
  CHECK(layout->find("Tejen") == nullptr);
}

TEST_CASE("a tile layout with a fault is refused at its place", "[charts]") {
  CHECK(problem(R"({"rows": []})") == "maps/etraps.json:1:1: a tile layout needs 'tiles'");
  CHECK(problem(R"({"tiles": [{"row": 0, "names": ["Etrek"]}]})") ==
        "maps/etraps.json:1:12: a tile needs 'row' and 'column', whole numbers from 0 to 99, and 'names'");
  CHECK(problem(R"({"tiles": [{"row": 0, "column": -1, "names": ["Etrek"]}]})") ==
        "maps/etraps.json:1:12: a tile needs 'row' and 'column', whole numbers from 0 to 99, and 'names'");
  CHECK(
      problem(
          R"({"tiles": [{"row": 3, "column": 1, "names": ["Etrek"]}, {"row": 3, "column": 1, "names": ["Tejen"]}]})") ==
      "maps/etraps.json:1:57: two tiles lie in row 3, column 1");
}
