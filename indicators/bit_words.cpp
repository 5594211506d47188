// Compiled once for every vector unit; the best one there is is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "indicators/bit_words.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <bit>

#include "indicators/bit_words.h"

HWY_BEFORE_NAMESPACE();
namespace yekun {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

void Unite(std::uint64_t* to, std::uint64_t const* from, std::size_t words) {
  hn::ScalableTag<std::uint64_t> const tag;
  std::size_t const lanes = hn::Lanes(tag);
  std::size_t i = 0;
  for (; i + lanes <= words; i += lanes)
    hn::StoreU(hn::Or(hn::LoadU(tag, to + i), hn::LoadU(tag, from + i)), tag, to + i);
  for (; i < words; ++i) to[i] |= from[i];
}

std::uint64_t Count(std::uint64_t const* words, std::size_t size) {
  std::uint64_t count = 0;
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  hn::ScalableTag<std::uint64_t> const tag;
  std::size_t const lanes = hn::Lanes(tag);
  auto sums = hn::Zero(tag);
  for (; i + lanes <= size; i += lanes) sums = hn::Add(sums, hn::PopulationCount(hn::LoadU(tag, words + i)));
  count = hn::GetLane(hn::SumOfLanes(tag, sums));
#endif
  for (; i < size; ++i) count += static_cast<std::uint64_t>(std::popcount(words[i]));
  return count;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace yekun
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace yekun {

HWY_EXPORT(Unite);
HWY_EXPORT(Count);

void unite_words(std::span<BitWords const> sets, std::size_t from, std::span<std::uint64_t> out) {
  std::fill(out.begin(), out.end(), 0);
  for (BitWords const set : sets)
    if (set.size() > from)
      HWY_DYNAMIC_DISPATCH(Unite)(out.data(), set.data() + from, std::min(out.size(), set.size() - from));
}

std::uint64_t count_bits(BitWords words) { return HWY_DYNAMIC_DISPATCH(Count)(words.data(), words.size()); }

}  // namespace yekun
#endif
