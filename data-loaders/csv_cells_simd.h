// The usual cells of a column read several at a time, on whatever vector unit the processor has.
#pragma once

#include <cstddef>
#include <cstdint>

namespace yekun {

/// A column of regular records: cell i stands behind text[ends[i * width - 1]] and before text[ends[i * width]].
/// 16 bytes behind a cell's begin must be readable.
struct CellColumn {
  char const* text = nullptr;
  std::uint32_t const* ends = nullptr;
  std::size_t width = 1;
  std::size_t count = 0;
  char const* begin(std::size_t i) const { return text + before(i) + 1; }
  std::size_t size(std::size_t i) const { return ends[i * width] - before(i) - 1; }
  /// The separator before cell i; signed, since that of cell 0 stands at ends[-1].
  std::uint32_t before(std::size_t i) const { return ends[static_cast<std::ptrdiff_t>(i * width) - 1]; }
};

// Each fills `present` and `whole` (0 where nothing is present) as fast_number and fast_iso_date read the cells, and
// returns whether cells with something in them were left: CellParser has to read those.

/// Decimals with at most six places, as millionths.
bool read_decimals(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole);
bool read_integers(CellColumn const& cells, char decimal, std::uint8_t* present, std::int64_t* whole);
/// Days from 1970-01-01.
bool read_iso_dates(CellColumn const& cells, std::uint8_t* present, std::int64_t* whole);

}  // namespace yekun
