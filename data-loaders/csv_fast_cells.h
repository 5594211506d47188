// The usual forms of cells read without branches. What these do not take goes through CellParser, which decides.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace yekun {

/// Eight bytes from `at`, the first in the lowest bits. They must be readable, whatever they are.
inline std::uint64_t load8(char const* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

inline constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;

inline bool all_digits(std::uint64_t word) {
  return ((word & (0xF0 * kEachByte)) == 0x30 * kEachByte) &&
         (((word + 0x06 * kEachByte) & (0xF0 * kEachByte)) == 0x30 * kEachByte);
}

/// Eight digits, the first in the lowest bits.
inline std::uint64_t eight_digits(std::uint64_t word) {
  word = (word & (0x0F * kEachByte)) * 2561 >> 8U;
  word = (word & 0x00FF00FF00FF00FFULL) * 6553601 >> 16U;
  return (word & 0x0000FFFF0000FFFFULL) * 42949672960001ULL >> 32U;
}

struct FastNumber {
  std::int64_t value = 0;  // without the point: 12.5 is 125
  unsigned places = 0;
  bool taken = false;
};

/// An optional '-' and up to eight digits, one `decimal` among or before them counted as a digit.
inline FastNumber fast_number(char const* at, std::size_t size, char decimal) {
  std::uint64_t const minus = size > 0 && *at == '-' ? 1 : 0;
  at += minus;
  size -= minus;
  if (size == 0 || size > 8) return {};
  unsigned const pad = static_cast<unsigned>(8 - size) * 8;
  std::uint64_t word = load8(at) << pad;  // the last character highest
  std::uint64_t const zeros = word ^ (static_cast<unsigned char>(decimal) * kEachByte);
  std::uint64_t const marks = (zeros - kEachByte) & ~zeros & (0x80 * kEachByte);
  unsigned places = 0;
  std::uint64_t filled = pad == 0 ? 0 : (0x30 * kEachByte) >> (64 - pad);
  if (marks != 0) {
    unsigned const bit = static_cast<unsigned>(std::countr_zero(marks)) - 7;
    places = (56 - bit) / 8;
    std::uint64_t const below = (std::uint64_t{1} << bit) - 1;
    std::uint64_t const above = bit == 56 ? 0 : ~std::uint64_t{0} << (bit + 8);
    word = (word & above) | ((word & below) << 8U);
    filled = (filled << 8U) | 0x30;
    if (size == 1) return {};
  }
  word |= filled;
  if (!all_digits(word)) return {};
  auto const value = static_cast<std::int64_t>(eight_digits(word));
  return {.value = minus != 0 ? -value : value, .places = places, .taken = true};
}

struct FastDay {
  std::int64_t days = 0;
  bool taken = false;
};

/// "2025-07-14", days from 1970-01-01.
inline FastDay fast_iso_date(char const* at, std::size_t size) {
  if (size != 10) return {};
  std::uint64_t const head = load8(at);  // "2025-07-"
  std::uint64_t tail = 0;
  std::memcpy(&tail, at + 8, 2);
  if constexpr (std::endian::native == std::endian::big) tail = __builtin_bswap64(tail);
  constexpr std::uint64_t kDashes = 0xFF0000FF00000000ULL;
  if ((head & kDashes) != 0x2D00002D00000000ULL) return {};
  if (!all_digits((head & ~kDashes) | 0x3000003000000000ULL) || !all_digits(tail | 0x3030303030300000ULL)) return {};
  auto const digit = [](std::uint64_t word, unsigned i) { return static_cast<unsigned>(word >> (8 * i)) & 0x0FU; };
  unsigned const year = digit(head, 0) * 1000 + digit(head, 1) * 100 + digit(head, 2) * 10 + digit(head, 3);
  unsigned const month = digit(head, 5) * 10 + digit(head, 6);
  unsigned const day = digit(tail, 0) * 10 + digit(tail, 1);
  if (year == 0 || month - 1 > 11 || day - 1 > 27) return {};  // the 29th to the 31st: the slow way knows
  unsigned const y = month <= 2 ? year - 1 : year;
  unsigned const shifted = month <= 2 ? month + 9 : month - 3;
  unsigned const in_year = (153 * shifted + 2) / 5 + day - 1;
  std::int64_t const days = static_cast<std::int64_t>(y * 365 + y / 4 - y / 100 + y / 400 + in_year) - 719468;
  return {.days = days, .taken = true};
}

}  // namespace yekun
