// The union of some sets of ids, without a set of its own for every cell.
#pragma once

#include <algorithm>
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
    each_strip([&](std::size_t from, BitWords strip) {
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
      if (set->is_bits()) large_.push_back(set);
    for (IdSet const* const set : sets_) {
      if (set->is_bits()) continue;
      set->each([&](std::uint32_t id) {
        if (marks_.size() <= id / 64)
          marks_.resize(std::bit_ceil(std::max(BitChunks::kWords, id / 64 + std::size_t{1})));
        std::uint64_t const bit = std::uint64_t{1} << (id % 64);
        if ((marks_[id / 64] & bit) != 0) return;
        marks_[id / 64] |= bit;
        f(id);
      });
    }
    marked_ = large_.size() < sets_.size();
  }

  /// The parts of large_, and of the marks, that hold ids from chunk * BitChunks::kIds on.
  void find_parts(std::size_t chunk);
  std::size_t chunks() const;

  /// f(first word, words of the union) over large_ and the marks.
  template <class F>
  void each_strip(F&& f) {
    std::array<std::uint64_t, kStrip> strip;
    for (std::size_t chunk = 0; chunk < chunks(); ++chunk) {
      find_parts(chunk);
      for (std::size_t from = 0; from < BitChunks::kWords && !parts_.empty(); from += kStrip) {
        unite_words(parts_, from, strip);
        f(chunk * BitChunks::kWords + from, BitWords(strip));
      }
    }
  }

  void clear_marks();

  std::vector<IdSet const*> sets_{};
  std::vector<IdSet const*> large_{};
  std::vector<BitWords> parts_{};
  std::vector<std::uint64_t> marks_{};  // all clear between calls; whole chunks
  bool marked_ = false;                 // there are small sets
};

}  // namespace yekun
