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

/// Whether each byte, a character less '0', is 0 to 9.
inline bool all_digits(std::uint64_t word) { return (((word + 0x76 * kEachByte) | word) & (0x80 * kEachByte)) == 0; }

/// Eight digits, the first in the lowest bits.
inline std::uint64_t eight_digits(std::uint64_t word) {
  word = word * 2561 >> 8U;
  word = (word & 0x00FF00FF00FF00FFULL) * 6553601 >> 16U;
  return (word & 0x0000FFFF0000FFFFULL) * 42949672960001ULL >> 32U;
}

struct FastNumber {
  std::int64_t value = 0;  // without the point: 12.5 is 125; not taken: anything
  unsigned places = 0;     // below 8
  bool taken = false;
};

/// An optional '-' and up to eight digits, one `decimal` among or before them counted as a digit. Without branches:
/// which cells are empty or have a point cannot be foreseen. One byte must be readable even of an empty cell.
inline FastNumber fast_number(char const* at, std::size_t size, char decimal) {
  std::uint64_t const minus = static_cast<std::uint64_t>(size > 0) & static_cast<std::uint64_t>(*at == '-');
  at += minus;
  size -= minus;
  // Characters less '0', the last one highest, zeros below the first.
  std::uint64_t word = (load8(at) ^ (0x30 * kEachByte)) << ((8 - size) * 8 % 64);
  std::uint64_t const zeros =
      word ^ (static_cast<std::uint64_t>(static_cast<unsigned char>(decimal) ^ 0x30U) * kEachByte);
  std::uint64_t const marks = (zeros - kEachByte) & ~zeros & (0x80 * kEachByte);
  bool const marked = marks != 0;
  unsigned const top =
      static_cast<unsigned>(std::countr_zero(marks | (std::uint64_t{1} << 63U)));  // of the mark's byte
  std::uint64_t const through = marks ^ (marks - 1);                               // that byte and those below
  std::uint64_t const closed = (word & ~through) | ((word & (through >> 8U)) << 8U);
  std::uint64_t const pick = std::uint64_t{0} - static_cast<std::uint64_t>(marked);
  word = (closed & pick) | (word & ~pick);
  bool const digits = all_digits(word);
  bool const well = (size - 1 < 8) & digits & !(marked & (size == 1));
  auto const value = static_cast<std::int64_t>(eight_digits(word));
  auto const sign = static_cast<std::int64_t>(minus);
  return {.value = (value ^ -sign) + sign, .places = (63 - top) / 8, .taken = well};
}

struct FastDay {
  std::int64_t days = 0;
  bool taken = false;
};

inline constexpr std::uint64_t kBeyond28 = 0x3232332323030ULL;  // days of a month beyond 28, four bits each from 0 on

/// The last day of a month, 1 to 12; of others 0.
inline unsigned month_length(unsigned year, unsigned month) {
  bool const leap = (year % 4 == 0) & ((year % 25 != 0) | (year % 16 == 0));
  unsigned const beyond = static_cast<unsigned>(kBeyond28 >> (month % 16 * 4)) & 0x0FU;
  return month - 1 < 12 ? 28 + beyond + static_cast<unsigned>(leap & (month == 2)) : 0;
}

/// "2025-07-14", days from 1970-01-01. Ten bytes must be readable, whatever the size.
inline FastDay fast_iso_date(char const* at, std::size_t size) {
  std::uint64_t const head = load8(at) ^ 0x2D30302D30303030ULL;  // "2025-07-", characters less those of "0000-00-"
  std::uint64_t tail = 0;
  std::memcpy(&tail, at + 8, 2);
  if constexpr (std::endian::native == std::endian::big) tail = __builtin_bswap64(tail);
  tail ^= 0x3030;
  auto const digit = [](std::uint64_t word, unsigned i) { return static_cast<unsigned>(word >> (8 * i)) & 0xFFU; };
  unsigned const year = digit(head, 0) * 1000 + digit(head, 1) * 100 + digit(head, 2) * 10 + digit(head, 3);
  unsigned const month = digit(head, 5) * 10 + digit(head, 6);
  unsigned const day = digit(tail, 0) * 10 + digit(tail, 1);
  bool const digits = all_digits(head);
  bool const day_digits = all_digits(tail);
  bool const form = (size == 10) & digits & day_digits & ((head & 0xFF0000FF00000000ULL) == 0);
  bool const well = form & (year != 0) & (day - 1 < month_length(year, month));
  unsigned const early = month <= 2 ? 1 : 0;  // years are counted from March
  unsigned const y = year - early;
  unsigned const century = (y * 5243) >> 19U;
  unsigned const in_year = ((month + 12 * early - 3) * 979 + 18) / 32 + day - 1;
  std::int64_t const days = static_cast<std::int64_t>(y * 365 + y / 4 - century + century / 4 + in_year) - 719468;
  return {.days = days & -static_cast<std::int64_t>(well), .taken = well};
}

}  // namespace yekun
