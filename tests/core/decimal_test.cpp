#include "core/decimal.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

using namespace yekun;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

std::string read(std::string_view text) {
  auto const parsed = parse_decimal(text);
  switch (parsed.error) {
    case DecimalError::none:
      return std::to_string(parsed.value.micros);
    case DecimalError::not_a_number:
      return "not a number";
    case DecimalError::too_many_places:
      return "too many places";
    case DecimalError::too_large:
      return "too large";
  }
  return "?";
}

}  // namespace

TEST_CASE("decimals are read exactly", "[core]") {
  CHECK(read("0") == "0");
  CHECK(read("12") == "12000000");
  CHECK(read("+0.1") == "100000");
  CHECK(read("-0.000001") == "-1");
  CHECK(read(".5") == "500000");
  CHECK(read("5.") == "5000000");
  CHECK(read("1.2500000000") == "1250000");
  CHECK(read("000012") == "12000000");
  CHECK(read("9223372036854.775807") == std::to_string(kMost));
  CHECK(read("-9223372036854.775808") == std::to_string(kLeast));
}

TEST_CASE("what is no decimal is told apart from what does not fit", "[core]") {
  for (auto const text : {"", "-", "+", ".", "-.", "1e3", "1,5", " 1", "1 ", "0x1", "1.2.3", "--1", "NaN", "1-"})
    CHECK(read(text) == "not a number");
  CHECK(read("0.0000001") == "too many places");
  CHECK(read("9223372036854.775808") == "too large");
  CHECK(read("-9223372036854.775809") == "too large");
  CHECK(read("99999999999999999999999999999999999999999999999999") == "too large");
}

TEST_CASE("a decimal is written in its shortest exact form", "[core]") {
  CHECK(to_text(Decimal{12'000'000}) == "12");
  CHECK(to_text(Decimal{-500'000}) == "-0.5");
  CHECK(to_text(Decimal{1234'000001}) == "1234.000001");
  CHECK(to_text(Decimal{0}) == "0");
  CHECK(to_text(Decimal{kLeast}) == "-9223372036854.775808");
}

TEST_CASE("reading gives back what was written", "[core]") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    Decimal const value{static_cast<std::int64_t>(random()) >> (i % 64)};
    if (parse_decimal(to_text(value)).value != value) FAIL(value.micros);
  }
}

TEST_CASE("sums of 128 bits are written in full and refused where 64 bits are too few", "[core]") {
  Int128 const sum = Int128(kMost) * 10;
  CHECK(to_text(sum) == "92233720368547758070");
  CHECK(to_text(-sum) == "-92233720368547758070");
  Int128 const least = Int128(1) << 126;
  CHECK(to_text(-least - least) == "-170141183460469231731687303715884105728");
  CHECK(to_text(Int128(0)) == "0");
  CHECK_FALSE(to_decimal(Int128(kMost) + 1).has_value());
  CHECK_FALSE(to_decimal(Int128(kLeast) - 1).has_value());
  CHECK(to_decimal(Int128(kLeast)) == Decimal{kLeast});
}

TEST_CASE("decimals round half away from zero", "[core]") {
  CHECK(round_half_away(Decimal{2'675'000}, 2) == Decimal{2'680'000});
  CHECK(round_half_away(Decimal{-2'675'000}, 2) == Decimal{-2'680'000});
  CHECK(round_half_away(Decimal{2'674'999}, 2) == Decimal{2'670'000});
  CHECK(round_half_away(Decimal{500'000}, 0) == Decimal{1'000'000});
  CHECK(round_half_away(Decimal{-499'999}, 0) == Decimal{0});
  CHECK(round_half_away(Decimal{123'456}, 6) == Decimal{123'456});
  CHECK(round_half_away(Decimal{kMost}, 0) == Decimal{9'223'372'036'854'000'000});
}

TEST_CASE("a double is rounded as the decimal that it reads as", "[core]") {
  CHECK(round_half_away(2.675, 2) == 2.68);
  CHECK(round_half_away(-2.675, 2) == -2.68);
  CHECK(round_half_away(1.005, 2) == 1.01);
  CHECK(round_half_away(0.5, 0) == 1.0);
  CHECK(round_half_away(0.49999999999999994, 0) == 0.0);
  CHECK(round_half_away(9.999, 2) == 10.0);
  CHECK(round_half_away(1234.0, 2) == 1234.0);
  CHECK(round_half_away(1e300, 2) == 1e300);
  CHECK(round_half_away(0.0005, 3) == 0.001);
  CHECK(round_half_away(0.0004, 3) == 0.0);
  CHECK_FALSE(std::signbit(round_half_away(-0.0004, 3)));
}

TEST_CASE("fixed decimals pad, round and lose the sign of a rounded zero", "[core]") {
  CHECK(to_fixed(Decimal{1234'500000}, 2) == "1234.50");
  CHECK(to_fixed(Decimal{-1}, 2) == "0.00");
  CHECK(to_fixed(Decimal{-5'000}, 2) == "-0.01");
  CHECK(to_fixed(Decimal{0}, 0) == "0");
  CHECK(to_fixed(Decimal{999'999}, 2) == "1.00");
  CHECK(to_fixed(Decimal{1'500'000}, 8) == "1.50000000");
  CHECK(to_fixed(2.675, 2) == "2.68");
  CHECK(to_fixed(-0.001, 2) == "0.00");
  CHECK(to_fixed(1e21, 1) == "1000000000000000000000.0");
  CHECK(to_fixed(0.285, 0, 2) == "29");
  CHECK(to_fixed(0.934, 1, 2) == "93.4");
  CHECK(to_fixed(0.00004, 1, 2) == "0.0");
  CHECK(to_fixed(9.996, 2) == "10.00");
}

TEST_CASE("the shortest text of a double has no exponent in everyday sizes and reads back", "[core]") {
  CHECK(to_shortest(0.1) == "0.1");
  CHECK(to_shortest(100000) == "100000");
  CHECK(to_shortest(1e20) == "100000000000000000000");
  CHECK(to_shortest(1.5e21) == "1.5e21");
  CHECK(to_shortest(0.000001) == "0.000001");
  CHECK(to_shortest(1e-7) == "1e-7");
  CHECK(to_shortest(-12.5) == "-12.5");
  CHECK(to_shortest(-0.0) == "0");
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-300, 300);
  for (int i = 0; i < 2000; ++i) {
    double const value = std::pow(10.0, exponent(random)) * (i % 2 == 0 ? 1 : -1);
    if (std::strtod(to_shortest(value).c_str(), nullptr) != value) FAIL(to_shortest(value));
  }
}
