#include "charts/ticks.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace yekun::charts;

TEST_CASE("ticks lie on round numbers around the data", "[charts]") {
  CHECK(nice_ticks(0, 94, 6, false).values == std::vector<double>{0, 20, 40, 60, 80, 100});
  CHECK(nice_ticks(8.1, 14.1, 4, false).values == std::vector<double>{7.5, 10, 12.5, 15});
  CHECK(nice_ticks(-3, 7, 5, false).low <= -3);
}

TEST_CASE("ticks of counts are whole numbers, even of small ones", "[charts]") {
  CHECK(nice_ticks(0, 1, 5, true).values == std::vector<double>{0, 1});
  CHECK(nice_ticks(0, 3, 5, true).values == std::vector<double>{0, 1, 2, 3});
  CHECK(nice_ticks(0, 0, 5, true).values.size() >= 2);
}

TEST_CASE("a range of no length is widened", "[charts]") {
  auto const ticks = nice_ticks(42, 42, 5, false);
  CHECK(ticks.low <= 42);
  CHECK(ticks.high >= 42);
  CHECK(ticks.values.size() >= 2);
}

TEST_CASE("ticks cover any domain, ascend evenly and are few", "[charts]") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> exponent(-6, 9);
  for (int i = 0; i < 2000; ++i) {
    double const a = std::pow(10, exponent(random)) * (i % 3 == 0 ? -1 : 1);
    double const b = std::pow(10, exponent(random));
    bool const whole = i % 2 == 0;
    auto const ticks = nice_ticks(std::min(a, b), std::max(a, b), 5, whole);
    CAPTURE(a, b, whole);
    REQUIRE(ticks.values.size() >= 2);
    REQUIRE(ticks.values.size() <= 10);
    REQUIRE(ticks.values.front() <= std::min(a, b) + 1e-9 * std::abs(ticks.step));
    REQUIRE(ticks.values.back() >= std::max(a, b) - 1e-9 * std::abs(ticks.step));
    for (std::size_t k = 1; k < ticks.values.size(); ++k) {
      REQUIRE(ticks.values[k] - ticks.values[k - 1] == Approx(ticks.step).epsilon(1e-6));
      if (whole)
        REQUIRE(std::abs(ticks.values[k] - std::round(ticks.values[k])) < 1e-6 * std::abs(ticks.values[k]) + 1e-9);
    }
  }
}

TEST_CASE("the decimals of a step are those its multiples need", "[charts]") {
  CHECK(places_of(20) == 0);
  CHECK(places_of(2.5) == 1);
  CHECK(places_of(0.25) == 2);
  CHECK(places_of(0.00001) == 5);
}

TEST_CASE("logarithmic ticks are powers of ten around the data", "[charts]") {
  CHECK(log_ticks(3, 4000).values == std::vector<double>{1, 10, 100, 1000, 10000});
  CHECK(log_ticks(10, 10).values == std::vector<double>{10, 100});
}
