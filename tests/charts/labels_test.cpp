#include "charts/labels.h"

#include <catch2/catch.hpp>

#include <random>

#include "charts/text_measurer.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;
using charts::fits;
using charts::spread;

TEST_CASE("labels that do not touch stay where they are", "[charts]") {
  double const wanted[] = {10, 40, 80};
  double const heights[] = {10, 10, 10};
  CHECK(spread(wanted, heights, 0, 100) == std::vector<double>{10, 40, 80});
}

TEST_CASE("two labels at one height move apart equally", "[charts]") {
  double const wanted[] = {50, 50};
  double const heights[] = {10, 10};
  CHECK(spread(wanted, heights, 0, 100) == std::vector<double>{45, 55});
}

TEST_CASE("labels at the edge are pushed inwards and keep their order", "[charts]") {
  double const wanted[] = {1, 99, 2};
  double const heights[] = {10, 10, 10};
  CHECK(spread(wanted, heights, 0, 100) == std::vector<double>{5, 95, 15});
}

TEST_CASE("spread labels never overlap and stay inside where there is room", "[charts]") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-20, 220);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> wanted(1 + static_cast<std::size_t>(round) % 12);
    std::vector<double> heights(wanted.size(), 12);
    for (auto& one : wanted) one = place(random);
    for (std::size_t i = 0; i < heights.size(); i += 2) heights[i] = 22;
    REQUIRE(fits(heights, 0, 300));
    auto const placed = spread(wanted, heights, 0, 300);
    for (std::size_t i = 0; i < placed.size(); ++i) {
      REQUIRE(placed[i] - heights[i] / 2 >= -1e-9);
      REQUIRE(placed[i] + heights[i] / 2 <= 300 + 1e-9);
      for (std::size_t k = 0; k < i; ++k)
        REQUIRE(std::abs(placed[i] - placed[k]) >= (heights[i] + heights[k]) / 2 - 1e-9);
    }
  }
}

TEST_CASE("a text wraps at spaces and is ellipsised after the last line", "[charts]") {
  samples::FakeMeasurer const measurer;  // 5.5 points a letter at size 10
  TextStyle const style{10, false};
  CHECK(wrap(measurer, "day centre", style, 60, 2).lines == std::vector<std::string>{"day centre"});
  CHECK(wrap(measurer, "day centre", style, 40, 2).lines == std::vector<std::string>{"day", "centre"});
  auto const cut = wrap(measurer, "day centre for children", style, 45, 2);
  CHECK(cut.lines == std::vector<std::string>{"day", "centre…"});
  CHECK(cut.shortened);
  CHECK(wrap(measurer, "", style, 40, 2).lines == std::vector<std::string>{""});
}

TEST_CASE("a word too wide for its line is cut between letters, never inside one", "[charts]") {
  samples::FakeMeasurer const measurer;
  CHECK(ellipsise(measurer, "სამეგრელო", {10, false}, 28) == "სამე…");
  CHECK(ellipsise(measurer, "სამეგრელო", {10, false}, 1) == "…");
}
