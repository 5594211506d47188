// The union of some sets of ids, without a set of its own for every cell.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "indicators/id_set.h"

namespace yekun {

/// Unites a few sets at a time, by sorting where they are small beside all ids, else in bits that are used again.
class IdUnion {
 public:
  void begin();
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
    if (unite())
      for (std::uint32_t const id : sorted_) f(id);
    else
      for (std::size_t w = 0; w < used_words_; ++w)
        for (std::uint64_t word = bits_[w]; word != 0; word &= word - 1)
          f(static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(__builtin_ctzll(word)));
  }

 private:
  bool unite();  // true: the ids are in sorted_, else in bits_
  std::vector<IdSet const*> sets_{};
  std::vector<std::uint32_t> sorted_{};
  IdBits bits_{};
  std::size_t used_words_ = 0;
};

}  // namespace yekun
