// Layouts of tile maps that users write.
#include "charts/tile_layout.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "charts/lay_out.h"
#include "tests/charts/fake_measurer.h"

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

TEST_CASE("a region without data bears its name in the script of the reader", "[charts]") {
  auto const shown = [](std::string const& language) {
    ChartSpec spec;
    spec.type = ChartType::tile_map;
    spec.layout = "georgia";
    ChartData data;
    data.type = ChartType::tile_map;
    data.categories = {{.id = "Imereti", .label = "I", .short_label = "I"}};
    data.panels.resize(1);
    data.panels[0].series.resize(1);
    data.panels[0].series[0].points.resize(1);
    data.panels[0].series[0].points[0].value = Value::of(std::int64_t{3});
    auto const catalogue = Catalogue::load(language);
    return to_text(lay_out(spec, data, Theme{}, *catalogue, samples::FakeMeasurer{}, {900, 600}));
  };
  CHECK_THAT(shown("en"), Catch::Contains("Guria") && !Catch::Contains("გურია"));
  CHECK_THAT(shown("ka"), Catch::Contains("გურია") && !Catch::Contains("Guria"));
  CHECK_THAT(shown("ru"), Catch::Contains("Гурия") && !Catch::Contains("გურია"));
}
