// Gantt charts, combinations, choropleths, annotations: what each asks for and what it draws.
#include <catch2/catch.hpp>

#include "charts/lay_out.h"
#include "charts/map_shapes.h"
#include "charts/palette.h"
#include "tests/charts/chart_samples.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;

namespace {

ChartSpec spec_of(ChartType type, std::string x, std::string y, std::string color = {}) {
  ChartSpec spec;
  spec.type = type;
  spec.x = std::move(x);
  spec.y = {std::move(y)};
  spec.color = std::move(color);
  return spec;
}

struct Drawn {
  ChartData data{};
  Scene scene{};
};

Drawn draw(ChartSpec const& spec, Answer const& answer, ChartSize size = {480, 280}) {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  Drawn drawn{chart_data(spec, answer, samples::programme(), *catalogue), {}};
  drawn.scene = lay_out(spec, drawn.data, Theme{}, *catalogue, samples::FakeMeasurer{}, size);
  return drawn;
}

std::vector<scene::Group const*> groups(Scene const& scene, std::string const& role) {
  std::vector<scene::Group const*> found;
  for (auto const& group : scene.groups)
    if (group.role == role) found.push_back(&group);
  return found;
}

/// All words of a role, a line each.
std::string words(Scene const& scene, std::string const& role) {
  std::string all;
  for (auto const* group : groups(scene, role))
    for (auto const& mark : group->marks)
      if (auto const* text = std::get_if<scene::Text>(&mark)) all += text->text + "\n";
  return all;
}

constexpr char const* kTwoSquares = R"({"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"NAME": "Quba", "code": 7},
  "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}},
 {"type": "Feature", "properties": {"NAME": "Bakı"},
  "geometry": {"type": "MultiPolygon", "coordinates": [[[[2, 0], [3, 0], [3, 1]]], [[[4, 0], [5, 0], [5, 1]]]]}},
 {"type": "Feature", "properties": {"NAME": "a road"},
  "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}]})";

}  // namespace

TEST_CASE("a gantt row is one bar over periods in a row, on the periods it was planned for", "[charts]") {
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < 6; ++i) {
    bool const works = i != 0 && i != 3;
    rows.push_back({i, {"home care"}, {samples::whole(works ? 4 : 0)}, samples::whole(i < 2 ? 1 : 0)});
  }
  auto spec = spec_of(ChartType::gantt, "period", "sessions", "service");
  spec.target = true;
  auto const drawn = draw(
      spec, samples::answer({"service"}, {"sessions"}, samples::periods(PeriodKind::month, "2025-01-01", 6), rows));
  auto const bars = groups(drawn.scene, "bar series-1");
  REQUIRE(bars.size() == 2);
  CHECK(bars[0]->tooltip == "Home care: February 2025 – March 2025");
  CHECK(bars[1]->tooltip == "Home care: May 2025 – June 2025");
  auto const planned = groups(drawn.scene, "target");
  REQUIRE(planned.size() == 1);
  auto const& plan = std::get<scene::Rect>(planned[0]->marks.at(0)).box;
  auto const& first = std::get<scene::Rect>(bars[0]->marks.at(0)).box;
  CHECK(plan.width == Approx(first.width));
  CHECK(first.x - plan.x == Approx((first.width + 1) / 2));
  CHECK(words(drawn.scene, "legend") == "Actual\nTarget\n");
}

TEST_CASE("activities stand in the order in which they begin", "[charts]") {
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < 3; ++i) {
    rows.push_back({i, {"day centre"}, {samples::whole(i == 2 ? 1 : 0)}});
    rows.push_back({i, {"home care"}, {samples::whole(i == 0 ? 1 : 0)}});
    rows.push_back({i, {"legal aid"}, {Value::missing()}});
  }
  auto const drawn =
      draw(spec_of(ChartType::gantt, "period", "sessions", "service"),
           samples::answer({"service"}, {"sessions"}, samples::periods(PeriodKind::month, "2025-01-01", 3), rows));
  CHECK(words(drawn.scene, "axis rows") == "Home care\nDay centre\nLegal aid\n");
}

TEST_CASE("combinations are taken apart into sets, the greatest first", "[charts]") {
  auto const drawn =
      draw(spec_of(ChartType::upset, "service", "people_served"),
           samples::answer({"service"}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                           {{0, {"home care"}, {samples::whole(5)}},
                            {0, {"home care; day centre"}, {samples::whole(9)}},
                            {0, {"?"}, {samples::whole(2)}}}));
  CHECK(drawn.data.sets == std::vector<std::string>{"Day centre", "Home care"});
  REQUIRE(drawn.data.categories.size() == 3);
  CHECK(drawn.data.categories[0].label == "Day centre + Home care");
  CHECK(drawn.data.categories[0].members == std::vector<std::size_t>{0, 1});
  CHECK(drawn.data.categories[1].members == std::vector<std::size_t>{1});
  CHECK(drawn.data.categories[2].members.empty());
  CHECK(words(drawn.scene, "axis rows") == "Day centre\nHome care\n");
  auto const columns = groups(drawn.scene, "combination");
  REQUIRE(columns.size() == 3);
  CHECK(columns[0]->marks.size() == 3);  // two dots and the line that joins them
  CHECK(columns[1]->marks.size() == 2);
}

TEST_CASE("a choropleth shades regions by their rate and hatches those without one", "[charts]") {
  auto const shapes = parse_geojson(kTwoSquares, "map.geojson", "NAME");
  REQUIRE(shapes.has_value());
  REQUIRE(shapes->regions.size() == 2);
  CHECK(shapes->regions[1].rings.size() == 2);
  auto spec = spec_of(ChartType::choropleth, "region", "occupancy_rate");
  spec.geojson = "map.geojson";
  spec.map = std::make_shared<MapShapes const>(*shapes);
  auto const drawn =
      draw(spec, samples::answer({"region"}, {"occupancy_rate"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                                 {{0, {"QUBA"}, {samples::share(0.9)}}, {0, {"Lerik"}, {samples::share(0.5)}}}));
  auto const regions = groups(drawn.scene, "region");
  REQUIRE(regions.size() == 2);
  CHECK(regions[0]->tooltip == "QUBA: 90.0%");
  CHECK_FALSE(std::get<scene::Path>(regions[0]->marks.at(0)).hatched);
  CHECK(regions[1]->tooltip == "Bakı: no data");
  CHECK(std::get<scene::Path>(regions[1]->marks.at(0)).hatched);
  CHECK(words(drawn.scene, "note") == "not on the map: Lerik\n");
}

TEST_CASE("a map that cannot be used says what is wrong with it and where", "[charts]") {
  auto const message = [](std::string const& text, std::string const& key) {
    auto const read = parse_geojson(text, "map.geojson", key);
    REQUIRE_FALSE(read.has_value());
    return std::to_string(read.error().at(0).place.line) + ": " + read.error().at(0).message;
  };
  CHECK(message("{}", "") == "1: the map is no GeoJSON FeatureCollection: it has no 'features'");
  CHECK(message(kTwoSquares, "name_az") == "1: the map has no polygon with a property 'name_az'");
  CHECK(message("{\"features\": []}", "") == "1: the map has no polygon with a name");
  CHECK(message("{\"features\": [{\"properties\": {\"n\": \"a\"},\n\"geometry\": {\"type\": \"Polygon\", "
                "\"coordinates\": [[[0, 0], [\"x\", 1]]]}}]}",
                "") == "2: a coordinate must be two numbers");
}

TEST_CASE("notes stand above their period, those of other charts below the picture", "[charts]") {
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < 8; ++i) rows.push_back({i, {}, {samples::whole(static_cast<std::int64_t>(1 + i))}});
  auto const answer =
      samples::answer({}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 8), rows);
  auto spec = spec_of(ChartType::line, "period", "people_served");
  spec.annotations = {{"2025-03", {{"en", "a centre opened"}}, {}}, {"2031-01", {{"en", "later"}}, {}}};
  auto const line = draw(spec, answer);
  CHECK(words(line.scene, "annotation") == "a centre opened\n");
  CHECK(words(line.scene, "note") == "2031-01: later\n");
  CHECK(line.scene.alt_text.ends_with("March 2025: a centre opened. 2031-01: later."));
  spec.type = ChartType::bar;
  spec.horizontal = true;
  auto const bars = draw(spec, answer);
  CHECK(words(bars.scene, "annotation").empty());
  CHECK(words(bars.scene, "note") == "March 2025: a centre opened\n2031-01: later\n");
}

TEST_CASE("what a type needs and has not is said with what to do", "[charts]") {
  auto const programme = samples::programme();
  auto const messages = [&](ChartSpec const& spec) {
    std::vector<std::string> all;
    for (auto const& one : check_chart(spec, programme)) all.push_back(one.message);
    return all;
  };
  using List = std::vector<std::string>;
  CHECK(messages(spec_of(ChartType::choropleth, "region", "occupancy_rate")) ==
        List{"a choropleth chart needs 'geojson': a file with boundaries"});
  auto counted = programme;
  counted.indicators.front().measure = "count()";
  auto map = spec_of(ChartType::choropleth, "region", "people_served");
  map.geojson = "map.geojson";
  auto const counts = check_chart(map, counted);
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].message ==
        "a choropleth chart shades rates, and 'people_served' is a count: large regions would look important because "
        "they are large");
  CHECK(counts[0].hint == "use a rate, or \"type\": \"tile-map\"");
  CHECK(messages(spec_of(ChartType::gantt, "region", "sessions", "service")) ==
        List{"a gantt chart needs periods in 'x', found 'region'"});
  auto repeated = spec_of(ChartType::upset, "service", "people_served");
  repeated.facet = "region";
  CHECK(messages(repeated).empty());
  auto split = programme;
  split.dimensions.back().split = ";";
  auto const lost = check_chart(spec_of(ChartType::upset, "service", "people_served"), split);
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].message == "dimension 'service' splits its values, so their combinations are lost");
}

TEST_CASE("the carried theme's colours can be told apart", "[charts]") {
  CHECK(charts::check_palette(Theme{}).empty());
}
