// Whole scenes as text: small enough to read. UPDATE_GOLDEN=1 writes them anew.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "charts/lay_out.h"
#include "tests/charts/chart_samples.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;

namespace {

void check_golden(std::string const& name, std::string const& got) {
  std::string const path = std::string(YEKUN_SOURCE_DIR) + "/tests/charts/golden/" + name + ".txt";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << got;
  std::ifstream file(path, std::ios::binary);
  std::stringstream want;
  want << file.rdbuf();
  INFO("golden file " << path);
  CHECK(got == want.str());
}

std::string scene_of(ChartSpec const& spec, Answer const& answer, std::string const& language) {
  auto const catalogue = Catalogue::load(language);
  REQUIRE(catalogue.has_value());
  auto const data = chart_data(spec, answer, samples::programme(), *catalogue);
  return to_text(lay_out(spec, data, Theme{}, *catalogue, samples::FakeMeasurer{}, {320, 180}));
}

}  // namespace

TEST_CASE("a bar chart with a target, a suppressed and a missing value", "[charts][golden]") {
  ChartSpec spec;
  spec.type = ChartType::bar;
  spec.x = "region";
  spec.y = {"people_served"};
  spec.target = Decimal{500 * kMicro};
  auto const answer =
      samples::answer({"region"}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                      {{0, {"Quba"}, {samples::whole(420)}},
                       {0, {"Bakı"}, {samples::whole(900)}},
                       {0, {"Gəncə"}, {samples::suppressed()}},
                       {0, {"?"}, {Value::missing()}}});
  check_golden("bar", scene_of(spec, answer, "en"));
}

TEST_CASE("a line chart with two series, a gap and a partial last month", "[charts][golden]") {
  ChartSpec spec;
  spec.type = ChartType::line;
  spec.x = "period";
  spec.y = {"people_served"};
  spec.color = "sex";
  auto periods = samples::periods(PeriodKind::month, "2025-01-01", 5);
  periods.back().partial = true;
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < 5; ++i) {
    auto const n = static_cast<std::int64_t>(i);
    rows.push_back({i, {"female"}, {samples::whole(100 + 10 * n)}});
    rows.push_back({i, {"male"}, {i == 1 ? Value::missing() : samples::whole(90 + 8 * n)}});
  }
  check_golden("line", scene_of(spec, samples::answer({"sex"}, {"people_served"}, periods, rows), "az"));
}

TEST_CASE("a scatter chart with a highlighted member and one that has no place", "[charts][golden]") {
  ChartSpec spec;
  spec.type = ChartType::scatter;
  spec.x = "sessions";
  spec.y = {"occupancy_rate"};
  spec.color = "region";
  spec.highlight = {"Quba"};
  auto const answer = samples::answer({"region"}, {"sessions", "occupancy_rate"},
                                      samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                                      {{0, {"Quba"}, {samples::whole(420), samples::share(0.91)}},
                                       {0, {"Bakı"}, {samples::whole(900), samples::share(0.96)}},
                                       {0, {"Gəncə"}, {samples::suppressed(), samples::share(0.8)}},
                                       {0, {"Şəki"}, {samples::whole(410), samples::share(0.915)}}});
  check_golden("scatter", scene_of(spec, answer, "ru"));
}

TEST_CASE("a chart without data says so in the reader's language", "[charts][golden]") {
  ChartSpec spec;
  spec.type = ChartType::bar;
  spec.x = "region";
  spec.y = {"people_served"};
  check_golden("empty", scene_of(spec, samples::answer({"region"}, {"people_served"}, {}, {}), "ka"));
}
