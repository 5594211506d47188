#include "indicators/id_set.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace yekun {

namespace {

std::size_t spread(std::uint32_t id) { return static_cast<std::size_t>(id * 0x9E3779B1U); }

/// Bits are added to and united so much faster that they may take so many times the memory of a table.
constexpr std::size_t kBitsWorth = 2;

/// Bits are taken in steps, with room for ids that are yet to come.
std::size_t words_for(std::uint32_t id, std::uint32_t limit) {
  std::size_t const ids = std::max<std::size_t>(std::size_t{id} + 1, limit);
  return (ids + ids / 4 + 4095) / 4096 * 64;
}

}  // namespace

void IdSet::add_slowly(std::uint32_t id, std::uint32_t limit) {
  std::size_t const words = words_for(id, limit);
  std::size_t const table = std::bit_ceil(std::max<std::size_t>(8, (std::size_t{size_} + 1) * 2));
  if (is_bits_) {  // the id is beyond the bits
    if (table * 4 * kBitsWorth * 2 < words * 8)
      to_table(table * 2);
    else
      to_bits(words);
  } else if ((std::size_t{size_} + 1) * 2 > table_.size()) {
    if (table * 4 * kBitsWorth >= words * 8)
      to_bits(words);
    else
      to_table(table);
  }
  if (is_bits_) {
    std::uint64_t& word = words_[id / 64];
    std::uint64_t const bit = std::uint64_t{1} << (id % 64);
    size_ += (word & bit) == 0 ? 1U : 0U;
    word |= bit;
  } else {
    add_to_table(id);
  }
}

void IdSet::add_to_table(std::uint32_t id) {
  std::size_t const mask = table_.size() - 1;
  for (std::size_t at = spread(id) & mask;; at = (at + 1) & mask) {
    if (table_[at] == id) return;
    if (table_[at] != kFree) continue;
    table_[at] = id;
    ++size_;
    return;
  }
}

void IdSet::to_bits(std::size_t words) {
  if (is_bits_) {
    words_.resize(words);
    return;
  }
  std::uint32_t most = 0;
  each([&](std::uint32_t id) { most = std::max(most, id); });
  std::vector<std::uint64_t> bits(std::max(words, std::size_t{most} / 64 + 1));
  each([&](std::uint32_t id) { bits[id / 64] |= std::uint64_t{1} << (id % 64); });
  words_ = std::move(bits);
  table_ = {};
  is_bits_ = true;
}

void IdSet::to_table(std::size_t capacity) {
  IdSet other;
  other.table_.assign(capacity, kFree);
  each([&](std::uint32_t id) { other.add_to_table(id); });
  *this = std::move(other);
}

}  // namespace yekun
