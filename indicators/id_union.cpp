#include "indicators/id_union.h"

namespace yekun {

void IdUnion::begin() {
  sets_.clear();
  std::fill_n(bits_.begin(), used_words_, 0);
  used_words_ = 0;
}

std::uint64_t IdUnion::count() {
  if (sets_.empty()) return 0;
  if (sets_.size() == 1) return sets_.front()->size();
  if (unite()) return sorted_.size();
  std::uint64_t count = 0;
  for (std::size_t w = 0; w < used_words_; ++w) count += static_cast<std::uint64_t>(__builtin_popcountll(bits_[w]));
  return count;
}

bool IdUnion::unite() {
  bool const all_small = std::none_of(sets_.begin(), sets_.end(), [](IdSet const* set) { return set->is_bits(); });
  if (all_small) {
    sorted_.clear();
    for (IdSet const* const set : sets_) set->each([&](std::uint32_t id) { sorted_.push_back(id); });
    std::sort(sorted_.begin(), sorted_.end());
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
    return true;
  }
  for (IdSet const* const set : sets_) set->unite_into(bits_);
  used_words_ = bits_.size();
  return false;
}

}  // namespace yekun
