#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "data-loaders/csv_cells_simd.h"
#include "data-loaders/csv_fast_cells.h"
#include "vector_targets.h"

using namespace yekun;

namespace {

/// Cells of one column between cells of another.
struct Text {
  std::string text = "\n";
  std::vector<std::uint32_t> ends{0};
  void add(std::string const& cell) {
    for (auto const& one : {cell, std::string("7.5")}) {
      text += one + ",";
      ends.push_back(static_cast<std::uint32_t>(text.size() - 1));
    }
  }
  CellColumn column() {
    text += std::string(64, '3');
    return {text.data(), ends.data() + 1, 2, ends.size() / 2};
  }
};

std::string random_cell(std::mt19937& random) {
  std::string const alphabet = random() % 4 == 0 ? "0123456789.-/,x" : "0123456789.";
  std::string cell = random() % 8 == 0 ? "-" : "";
  for (std::size_t size = random() % 10; size > 0; --size) cell += alphabet[random() % alphabet.size()];
  return cell;
}

std::string random_day(std::mt19937& random) {
  auto const two = [&](unsigned below) {
    unsigned const n = static_cast<unsigned>(random() % below);
    return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
  };
  std::string day = two(100) + two(100) + "-" + two(15) + "-" + two(34);
  if (random() % 5 == 0) day[random() % day.size()] = "0/:-x"[random() % 5];
  if (random() % 9 == 0) day = day.substr(0, random() % 11);
  return day;
}

/// One of the readers against what the reader of a single cell says: value, or nothing.
template <class Reader, class One>
void compare(CellColumn const& cells, std::vector<std::string> const& texts, Reader reader, One one) {
  std::vector<std::uint8_t> present(cells.count, 9);
  std::vector<std::int64_t> whole(cells.count, -1);
  bool const left = reader(cells, present.data(), whole.data());
  bool expected_left = false;
  REQUIRE(cells.count == texts.size());
  for (std::size_t i = 0; i < cells.count; ++i) {
    INFO("'" << texts[i] << "'");
    auto const expected = one(cells.begin(i), texts[i].size());
    // Eight digits behind a sign may be left to the parser.
    bool const spared = present[i] == 0 && texts[i].size() == 9;
    if (!spared) {
      REQUIRE(present[i] == (expected ? 1 : 0));
      REQUIRE(whole[i] == expected.value_or(0));
    }
    expected_left = expected_left || (present[i] == 0 && !texts[i].empty());
  }
  REQUIRE(left == expected_left);
}

std::optional<std::int64_t> one_decimal(char const* at, std::size_t size) {
  auto const number = fast_number(at, size, '.');
  if (!number.taken || number.places > 6) return std::nullopt;
  std::int64_t value = number.value;
  for (unsigned i = number.places; i < 6; ++i) value *= 10;
  return value;
}

std::optional<std::int64_t> one_integer(char const* at, std::size_t size) {
  auto const number = fast_number(at, size, '.');
  bool const pointed = std::string_view(at, size).find('.') != std::string_view::npos;
  return number.taken && !pointed ? std::optional(number.value) : std::nullopt;
}

std::optional<std::int64_t> one_day(char const* at, std::size_t size) {
  auto const day = fast_iso_date(at, size);
  return day.taken ? std::optional(day.days) : std::nullopt;
}

}  // namespace

TEST_CASE("cells read several at a time are what they are one at a time", "[data-loaders]") {
  for_each_target([](char const* target) {
    INFO(target);
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
      Text numbers;
      Text days;
      std::vector<std::string> number_cells;
      std::vector<std::string> day_cells;
      for (std::size_t i = random() % 40; i > 0; --i) {
        numbers.add(number_cells.emplace_back(random_cell(random)));
        days.add(day_cells.emplace_back(random_day(random)));
      }
      auto const column = numbers.column();
      compare(
          column, number_cells, [](auto const& c, auto* p, auto* w) { return read_decimals(c, '.', p, w); },
          one_decimal);
      compare(
          column, number_cells, [](auto const& c, auto* p, auto* w) { return read_integers(c, '.', p, w); },
          one_integer);
      compare(days.column(), day_cells, read_iso_dates, one_day);
    }
  });
}
