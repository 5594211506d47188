#include "indicators/id_union.h"

namespace yekun {

std::uint64_t IdUnion::count() {
  if (sets_.empty()) return 0;
  if (sets_.size() == 1) return sets_.front()->size();
  std::uint64_t count = 0;
  mark_small([&](std::uint32_t) { ++count; });
  if (!large_.empty()) {
    count = 0;
    each_strip([&](std::size_t, BitWords strip) { count += count_bits(strip); });
  }
  clear_marks();
  return count;
}

std::size_t IdUnion::chunks() const {
  std::size_t most = marked_ && !large_.empty() ? marks_.size() / BitChunks::kWords : 0;
  for (IdSet const* const set : large_) most = std::max(most, set->chunks());
  return most;
}

void IdUnion::find_parts(std::size_t chunk) {
  parts_.clear();
  for (IdSet const* const set : large_)
    if (auto const* const words = set->chunk(chunk); words != nullptr) parts_.emplace_back(words, BitChunks::kWords);
  std::size_t const from = chunk * BitChunks::kWords;
  if (marked_ && from < marks_.size()) parts_.emplace_back(marks_.data() + from, BitChunks::kWords);
}

void IdUnion::clear_marks() {
  for (IdSet const* const set : sets_)
    if (!set->is_bits()) set->each([&](std::uint32_t id) { marks_[id / 64] = 0; });
}

}  // namespace yekun
