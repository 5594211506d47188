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

void IdUnion::clear_marks() {
  for (IdSet const* const set : sets_)
    if (!set->is_bits()) set->each([&](std::uint32_t id) { marks_[id / 64] = 0; });
}

}  // namespace yekun
