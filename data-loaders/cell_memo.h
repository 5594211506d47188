// What short cells were read as before: most columns repeat a few texts.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "data-loaders/csv_fast_cells.h"

namespace yekun {

/// Remembers the results of cells of 1 to 32 bytes, exactly. 16 bytes behind a cell's begin must be readable.
class CellMemo {
 public:
  struct Entry {
    std::uint64_t first = 0;   // the first eight bytes
    std::uint64_t last = 0;    // the last eight; of shorter cells 0
    std::uint64_t second = 0;  // the second eight and those before the last; of cells up to 16 bytes 0
    std::uint64_t third = 0;
    std::uint32_t size = 0;  // 0: empty
    std::uint32_t code = 0;
    std::int64_t whole = 0;
    double number = 0;
    bool present = false;
  };

  /// The entry for this cell: hit, or the one to fill in; null where the cell is too long to be remembered.
  struct Found {
    Entry* entry = nullptr;
    bool hit = false;
  };

  Found find(std::string_view cell) {
    std::size_t const size = cell.size();
    if (size - 1 > 31) return {};
    std::uint64_t const head = load8(cell.data());
    std::uint64_t const first = size >= 8 ? head : head & ((std::uint64_t{1} << (8 * size)) - 1);
    std::uint64_t const last = size > 8 ? load8(cell.data() + size - 8) : 0;
    std::uint64_t const second = size > 16 ? load8(cell.data() + 8) : 0;
    std::uint64_t const third = size > 16 ? load8(cell.data() + size - 16) : 0;
    std::uint64_t const hash = (first ^ std::rotl(last, 29) ^ std::rotl(second, 17) ^ size) * 0x9E3779B97F4A7C15ULL;
    Entry& entry = entries_[(hash ^ (hash >> 29U)) * 0xBF58476D1CE4E5B9ULL >> (64 - kBits)];
    if (entry.first == first && entry.last == last && entry.second == second && entry.third == third &&
        entry.size == size)
      return {&entry, true};
    entry.first = first;
    entry.last = last;
    entry.second = second;
    entry.third = third;
    entry.size = 0;  // until it is filled in
    return {&entry, false};
  }

 private:
  static constexpr unsigned kBits = 8;
  std::array<Entry, std::size_t{1} << kBits> entries_{};
};

}  // namespace yekun
