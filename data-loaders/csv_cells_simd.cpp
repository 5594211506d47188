// Compiled once for every vector unit; the best one there is is chosen at run
// time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "data-loaders/csv_cells_simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <array>
#include <cstring>

#include "data-loaders/csv_cells_simd.h"
#include "data-loaders/csv_fast_cells.h"

HWY_BEFORE_NAMESPACE();
namespace yekun {
namespace HWY_NAMESPACE {
namespace {

constexpr std::array<std::uint64_t, 8> kScale{1'000'000, 100'000, 10'000, 1'000, 100, 10, 1, 0};

/// What a reader makes of one cell; what one of the vectors below makes of each
/// lane.
struct OneCell {
  std::int64_t value = 0;  // 0 if not taken
  bool taken = false;
};

HWY_INLINE OneCell decimal_cell(char const* at, std::size_t size, char decimal) {
  FastNumber const number = fast_number(at, size, decimal);
  bool const taken = number.taken && number.places <= 6;
  return {taken ? number.value * static_cast<std::int64_t>(kScale[number.places]) : 0, taken};
}

HWY_INLINE OneCell integer_cell(char const* at, std::size_t size, char decimal) {
  FastNumber const number = fast_number(at, size, decimal);
  bool const taken = number.taken && number.places == 0 && at[size - 1] != decimal;
  return {taken ? number.value : 0, taken};
}

#if HWY_TARGET == HWY_SCALAR
struct Decimals {
  char decimal;
};
struct Integers {
  char decimal;
};
struct Dates {};
#else

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<std::uint64_t, 8>;
using Bytes = hn::Repartition<std::uint8_t, Tag>;
using Vector = hn::Vec<Tag>;
using Mask = hn::Mask<Tag>;
constexpr std::size_t kLanes = hn::MaxLanes(Tag());

HWY_INLINE Vector all(std::uint64_t value) { return hn::Set(Tag(), value); }

HWY_INLINE Vector gather(void const* base, Vector offsets) {
  hn::RebindToSigned<Tag> const tag;
  return hn::GatherOffset(Tag(), static_cast<std::uint64_t const*>(base), hn::BitCast(tag, offsets));
}

/// Products of the lower halves.
HWY_INLINE Vector multiply(Vector a, Vector b) {
  hn::Repartition<std::uint32_t, Tag> const tag;
  return hn::MulEven(hn::BitCast(tag, a), hn::BitCast(tag, b));
}

/// Begin and size of `kLanes` cells.
struct Places {
  Vector begin;
  Vector size;
};

[[maybe_unused]] Places places(CellColumn const& cells, std::size_t i) {
  Tag const tag;
  auto const step = multiply(hn::Iota(tag, 0), all(cells.width * sizeof(std::uint32_t)));
  auto const both = gather(cells.ends + i * cells.width - 1,
                           step);  // the end before a cell, and its own above it
  auto const begin = hn::Add(hn::And(both, all(0xFFFFFFFF)), all(1));
  return {begin, hn::Sub(hn::ShiftRight<32>(both), begin)};
}

HWY_INLINE Mask all_digits(Vector word) {
  auto const over = hn::Or(hn::Add(word, all(0x76 * kEachByte)), word);
  return hn::Eq(hn::And(over, all(0x80 * kEachByte)), hn::Zero(Tag()));
}

/// As the function of this name for one word; every byte is at most 9 or the
/// result is not used.
HWY_INLINE Vector eight_digits(Vector word) {
  hn::Repartition<std::uint16_t, Tag> const halves;
  auto const tens = hn::Add(hn::ShiftLeft<3>(word), hn::ShiftLeft<1>(word));
  auto const pairs = hn::And(hn::Add(tens, hn::ShiftRight<8>(word)), all(0x00FF00FF00FF00FFULL));
  auto const hundreds = hn::BitCast(Tag(), hn::Mul(hn::BitCast(halves, pairs), hn::Set(halves, 100)));
  auto const fours = hn::And(hn::Add(hundreds, hn::ShiftRight<16>(pairs)), all(0x0000FFFF0000FFFFULL));
  return hn::Add(multiply(fours, all(10000)), hn::ShiftRight<32>(fours));
}

struct Lanes {
  Vector value;
  Mask taken;
};

/// fast_number, without 8 digits behind a sign.
template <bool kWhole>
HWY_INLINE Lanes number_lanes(char const* text, Places const& at, char decimal) {
  Tag const tag;
  auto const zero = hn::Zero(tag);
  auto raw = gather(text, at.begin);
  auto const minus = hn::Eq(hn::And(raw, all(0xFF)), all('-'));
  raw = hn::IfThenElse(minus, hn::ShiftRight<8>(raw), raw);
  auto const size = hn::Sub(at.size, hn::IfThenElseZero(minus, all(1)));
  auto const most = hn::Sub(all(8), hn::IfThenElseZero(minus, all(1)));
  auto const fits = hn::And(hn::Gt(size, zero), hn::Not(hn::Gt(size, most)));
  auto const pad = hn::And(hn::ShiftLeft<3>(hn::Sub(all(8), size)), all(63));
  auto word = hn::Shl(hn::Xor(raw, all(0x30 * kEachByte)), pad);
  auto const zeros =
      hn::Xor(word, all(static_cast<std::uint64_t>(static_cast<unsigned char>(decimal) ^ 0x30U) * kEachByte));
  auto const marks = hn::AndNot(zeros, hn::And(hn::Sub(zeros, all(kEachByte)), all(0x80 * kEachByte)));
  auto const unmarked = hn::Eq(marks, zero);
  if constexpr (kWhole) {
    auto const taken = hn::And(hn::And(fits, all_digits(word)), unmarked);
    auto const value = eight_digits(word);
    return {hn::IfThenElseZero(taken, hn::IfThenElse(minus, hn::Sub(zero, value), value)), taken};
  }
  auto const through = hn::Xor(marks, hn::Sub(marks, all(1)));
  auto const closed = hn::Or(hn::AndNot(through, word), hn::ShiftLeft<8>(hn::And(word, hn::ShiftRight<8>(through))));
  word = hn::IfThenElse(unmarked, word, closed);
  auto const behind = hn::SumsOf8(hn::BitCast(Bytes(), hn::AndNot(through, all(kEachByte))));  // places
  auto const scale = gather(kScale.data(), hn::ShiftLeft<3>(behind));
  auto const alone = hn::And(hn::Not(unmarked), hn::Eq(size, all(1)));
  auto const well = hn::And(hn::And(fits, all_digits(word)), hn::Not(alone));
  auto const taken = hn::And(well, hn::Not(hn::Eq(scale, zero)));
  auto const value = multiply(eight_digits(word), scale);
  return {hn::IfThenElseZero(taken, hn::IfThenElse(minus, hn::Sub(zero, value), value)), taken};
}

struct Decimals {
  char decimal;
  Lanes operator()(char const* text, Places const& at) const { return number_lanes<false>(text, at, decimal); }
};

struct Integers {
  char decimal;
  Lanes operator()(char const* text, Places const& at) const { return number_lanes<true>(text, at, decimal); }
};

/// fast_iso_date.
struct Dates {
  static Vector digit(Vector word, int i) { return hn::And(hn::ShiftRightSame(word, 8 * i), all(0xFF)); }

  Lanes operator()(char const* text, Places const& at) const {
    auto const head = hn::Xor(gather(text, at.begin), all(0x2D30302D30303030ULL));
    auto const tail = hn::Xor(hn::And(gather(text + 8, at.begin), all(0xFFFF)), all(0x3030));
    auto const ten = [](Vector v) { return hn::Add(hn::ShiftLeft<3>(v), hn::ShiftLeft<1>(v)); };
    auto const years = hn::Add(ten(digit(head, 0)), digit(head, 1));
    auto const year = hn::Add(multiply(years, all(100)), hn::Add(ten(digit(head, 2)), digit(head, 3)));
    auto const month = hn::Add(ten(digit(head, 5)), digit(head, 6));
    auto const day = hn::Add(ten(digit(tail, 0)), digit(tail, 1));
    auto const no_dash = hn::Eq(hn::And(head, all(0xFF0000FF00000000ULL)), hn::Zero(Tag()));
    auto const form = hn::And(hn::And(hn::Eq(at.size, all(10)), no_dash), hn::And(all_digits(head), all_digits(tail)));
    auto const in_range = hn::And(hn::Gt(day, hn::Zero(Tag())), hn::Gt(year, hn::Zero(Tag())));
    auto const known = hn::Not(hn::Gt(day, length(year, month)));
    auto const taken = hn::And(form, hn::And(in_range, known));
    return {hn::IfThenElseZero(taken, days(year, month, day)), taken};
  }

  static Vector century(Vector year) { return hn::ShiftRight<19>(multiply(year, all(5243))); }

  static Mask multiple_of_4(Vector v) { return hn::Eq(hn::And(v, all(3)), hn::Zero(Tag())); }

  /// month_length
  static Vector length(Vector year, Vector month) {
    auto const hundreds = century(year);
    auto const in_century = hn::Sub(year, multiply(hundreds, all(100)));
    auto const leap =
        hn::And(multiple_of_4(year), hn::Or(hn::Gt(in_century, hn::Zero(Tag())), multiple_of_4(hundreds)));
    auto const shift = hn::And(hn::ShiftLeft<2>(month), all(63));
    auto const beyond = hn::And(hn::Shr(all(kBeyond28), shift), all(0x0F));
    auto const leap_day = hn::IfThenElseZero(hn::And(leap, hn::Eq(month, all(2))), all(1));
    auto const valid = hn::And(hn::Gt(month, hn::Zero(Tag())), hn::Not(hn::Gt(month, all(12))));
    return hn::IfThenElseZero(valid, hn::Add(all(28), hn::Add(beyond, leap_day)));
  }

  static Vector days(Vector year, Vector month, Vector day) {
    auto const early = hn::IfThenElseZero(hn::Not(hn::Gt(month, all(2))), all(1));
    auto const y = hn::Sub(year, early);
    auto const hundreds = century(y);
    auto const shifted = hn::Sub(hn::Add(month, multiply(early, all(12))), all(3));
    auto const in_year = hn::ShiftRight<5>(hn::Add(multiply(shifted, all(979)), all(18)));
    auto const leap_days = hn::Add(hn::Sub(hn::ShiftRight<2>(y), hundreds), hn::ShiftRight<2>(hundreds));
    auto const sum = hn::Add(hn::Add(multiply(y, all(365)), leap_days), hn::Add(in_year, day));
    return hn::Sub(sum, all(719469));
  }
};

#endif

/// `lanes(text, places)` for whole vectors, `one(begin, size)` for what is
/// left.
template <class ByLanes, class One>
bool read(CellColumn const& cells, [[maybe_unused]] ByLanes lanes, One one, std::uint8_t* present,
          std::int64_t* whole) {
  std::size_t i = 0;
  bool left = false;
#if HWY_TARGET != HWY_SCALAR
  if constexpr (kLanes >= 4) {  // narrower ones gather no faster than one cell
                                // after another is read
    Tag const tag;
    auto some_left = hn::Zero(tag);
    for (; i + kLanes <= cells.count; i += kLanes) {
      Places const at = places(cells, i);
      Lanes const got = lanes(cells.text, at);
      hn::StoreU(got.value, tag, reinterpret_cast<std::uint64_t*>(whole + i));
      some_left = hn::Or(some_left, hn::IfThenZeroElse(got.taken, at.size));
      alignas(8) std::uint8_t bits[8] = {};
      hn::StoreMaskBits(tag, got.taken, bits);
      // A byte of 0 or 1 for each bit.
      std::uint64_t const spread = (bits[0] * kEachByte) & 0x8040201008040201ULL;
      std::uint64_t const flags = (spread + 0x7F * kEachByte) >> 7U & kEachByte;
      std::memcpy(present + i, &flags, kLanes);
    }
    left = !hn::AllTrue(tag, hn::Eq(some_left, hn::Zero(tag)));
  }
#endif
  for (; i < cells.count; ++i) {
    OneCell const cell = one(cells.begin(i), cells.size(i));
    present[i] = cell.taken ? 1 : 0;
    whole[i] = cell.value;
    left = left || (!cell.taken && cells.size(i) != 0);
  }
  return left;
}

bool ReadDecimals(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole) {
  auto const one = [=](char const* at, std::size_t size) { return decimal_cell(at, size, decimal); };
  return read(cells, Decimals{decimal}, one, present, whole);
}

bool ReadIntegers(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole) {
  auto const one = [=](char const* at, std::size_t size) { return integer_cell(at, size, decimal); };
  return read(cells, Integers{decimal}, one, present, whole);
}

bool ReadIsoDates(CellColumn const& cells, std::uint8_t* present, std::int64_t* whole) {
  auto const one = [](char const* at, std::size_t size) {
    FastDay const day = fast_iso_date(at, size);
    return OneCell{day.days, day.taken};
  };
  return read(cells, Dates{}, one, present, whole);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace yekun
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace yekun {

HWY_EXPORT(ReadDecimals);
HWY_EXPORT(ReadIntegers);
HWY_EXPORT(ReadIsoDates);

bool read_decimals(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole) {
  return HWY_DYNAMIC_DISPATCH(ReadDecimals)(cells, decimal, present, whole);
}

bool read_integers(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole) {
  return HWY_DYNAMIC_DISPATCH(ReadIntegers)(cells, decimal, present, whole);
}

bool read_iso_dates(CellColumn const& cells, std::uint8_t* present, std::int64_t* whole) {
  return HWY_DYNAMIC_DISPATCH(ReadIsoDates)(cells, present, whole);
}

}  // namespace yekun
#endif
