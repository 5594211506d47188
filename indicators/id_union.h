// The union of some sets of ids, without a set of its own for every cell.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "indicators/bit_words.h"
#include "indicators/id_set.h"

namespace yekun {

/// Unites a few sets at a time. Ids of small sets are marked in bits that are cleared again afterwards, large sets are
/// gone through together in strips that stay in the nearest cache.
class IdUnion {
 public:
  void begin() { sets_.clear(); }
  void add(IdSet const& set) {
    if (set.size() > 0) sets_.push_back(&set);
  }
  /// Number of different ids.
  std::uint64_t count();
  /// Calls f(id) once for each different id, in no particular order.
  template <class F>
  void each(F&& f) {
    if (sets_.size() == 1) {
      sets_.front()->each(f);
      return;
    }
    mark_small([&](std::uint32_t id) {
      if (large_.empty()) f(id);
    });
    each_strip([&](std::size_t from, std::span<std::uint64_t const> strip) {
      for (std::size_t w = 0; w < strip.size(); ++w)
        for (std::uint64_t word = strip[w]; word != 0; word &= word - 1)
          f(static_cast<std::uint32_t>((from + w) * 64) + static_cast<std::uint32_t>(std::countr_zero(word)));
    });
    clear_marks();
  }

 private:
  static constexpr std::size_t kStrip = 512;  // words

  /// Marks the ids of sets that are not bits, and calls f(id) for each when it comes for the first time.
  template <class F>
  void mark_small(F&& f) {
    large_.clear();
    for (IdSet const* const set : sets_)
      if (set->is_bits()) large_.push_back(set->words());
    for (IdSet const* const set : sets_) {
      if (set->is_bits()) continue;
      set->each([&](std::uint32_t id) {
        if (marks_.size() <= id / 64) marks_.resize(std::bit_ceil(id / 64 + std::size_t{1}));
        std::uint64_t const bit = std::uint64_t{1} << (id % 64);
        if ((marks_[id / 64] & bit) != 0) return;
        marks_[id / 64] |= bit;
        f(id);
      });
    }
    if (!large_.empty() && large_.size() < sets_.size()) large_.push_back(marks_);
  }

  /// f(first word, words of the union) over large_.
  template <class F>
  void each_strip(F&& f) {
    std::size_t words = 0;
    for (BitWords const set : large_) words = std::max(words, set.size());
    std::array<std::uint64_t, kStrip> strip;
    for (std::size_t from = 0; from < words; from += kStrip) {
      std::span<std::uint64_t> const part(strip.data(), std::min(kStrip, words - from));
      unite_words(large_, from, part);
      f(from, part);
    }
  }

  void clear_marks();

  std::vector<IdSet const*> sets_{};
  std::vector<BitWords> large_{};  // bits of the large sets, and the marks if there are small ones too
  IdBits marks_{};                 // all clear between calls
};

}  // namespace yekun
