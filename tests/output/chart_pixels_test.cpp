// A few charts as pictures, compared with goldens pixel by pixel, with tolerance for other versions of cairo.
// UPDATE_GOLDEN=1 writes them anew; a failure leaves what was drawn and where it differs beside the tests' program.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "charts/lay_out.h"
#include "output/png.h"
#include "tests/charts/chart_samples.h"
#include "tests/output/picture.h"

using namespace yekun;

namespace {

std::string read_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void check_picture(std::string const& name, ChartSpec const& spec, Answer const& answer, std::string const& language) {
  auto const type = Typeface::load();
  auto const catalogue = Catalogue::load(language);
  REQUIRE(type.has_value());
  REQUIRE(catalogue.has_value());
  SceneType const measurer(**type);
  auto const data = chart_data(spec, answer, samples::programme(), *catalogue);
  auto const scene = lay_out(spec, data, Theme{}, *catalogue, measurer, {240, 150});
  auto const png = render_png(scene, measurer, {1.5, {0xFF, 0xFF, 0xFF}, PngColours::exact, false});
  REQUIRE(png.has_value());
  std::string const path = std::string(YEKUN_SOURCE_DIR) + "/tests/output/golden/" + name + ".png";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << *png;
  std::string const golden = read_file(path);
  INFO("golden file " << path);
  REQUIRE(golden.size() > 100);
  CHECK(golden.size() < 20 * 1024);
  auto const got = pictures::read(*png);
  auto const want = pictures::read(golden);
  REQUIRE(got.width > 0);
  REQUIRE(got.width == want.width);
  REQUIRE(got.height == want.height);
  auto const difference = pictures::compare(got, want);
  if (difference.is_plain()) {
    std::ofstream("got-" + name + ".png", std::ios::binary) << *png;
    std::ofstream("diff-" + name + ".png", std::ios::binary)
        << encode_png({difference.picture, got.width, got.height, got.width, 2835});
  }
  CAPTURE(difference.share, difference.mean);
  CHECK_FALSE(difference.is_plain());
}

ChartSpec spec_of(ChartType type, std::string x, std::string y, std::string color = {}) {
  ChartSpec spec;
  spec.type = type;
  spec.x = std::move(x);
  spec.y = {std::move(y)};
  spec.color = std::move(color);
  return spec;
}

}  // namespace

TEST_CASE("a bar chart with a target, hatching and a partial period looks as it did", "[output][golden]") {
  auto periods = samples::periods(PeriodKind::quarter, "2024-10-01", 4);
  periods.back().partial = true;
  auto spec = spec_of(ChartType::bar, "period", "people_served");
  spec.target = Decimal{800 * kMicro};
  check_picture("bars", spec,
                samples::answer({}, {"people_served"}, periods,
                                {{0, {}, {samples::whole(420)}},
                                 {1, {}, {samples::suppressed()}},
                                 {2, {}, {samples::whole(900)}},
                                 {3, {}, {samples::whole(610)}}}),
                "az");
}

TEST_CASE("lines with dashes, signs and a gap look as they did", "[output][golden]") {
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < 6; ++i) {
    auto const n = static_cast<std::int64_t>(i);
    rows.push_back({i, {"female"}, {samples::whole(100 + 15 * n)}});
    rows.push_back({i, {"male"}, {i == 2 ? Value::missing() : samples::whole(140 - 6 * n)}});
  }
  check_picture("lines", spec_of(ChartType::line, "period", "people_served", "sex"),
                samples::answer({"sex"}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 6), rows),
                "ru");
}

TEST_CASE("a tile map in Georgian looks as it did", "[output][golden]") {
  check_picture("tiles", spec_of(ChartType::tile_map, "region", "occupancy_rate"),
                samples::answer({"region"}, {"occupancy_rate"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                                {{0, {"თბილისი"}, {samples::share(0.91)}},
                                 {0, {"იმერეთი"}, {samples::share(0.72)}},
                                 {0, {"აჭარა"}, {samples::suppressed()}},
                                 {0, {"კახეთი"}, {samples::share(0.55)}}}),
                "ka");
}
