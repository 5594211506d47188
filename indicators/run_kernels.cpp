// Compiled once for every vector unit; the best one there is is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "indicators/run_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "indicators/run_kernels.h"

HWY_BEFORE_NAMESPACE();
namespace yekun {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
constexpr std::size_t kLanes = kNumberSlack;
using Tag = hn::CappedTag<std::int64_t, kLanes>;
using Vector = hn::Vec<Tag>;

/// Calls f(values, which of them are used) for the vectors of a run; returns how many are used.
template <class F>
HWY_INLINE std::uint64_t each_vector(GroupRun const& run, std::uint8_t const* use, std::int64_t const* values, F&& f) {
  Tag const tag;
  [[maybe_unused]] hn::Rebind<std::uint8_t, Tag> const bytes;
  std::uint64_t used = 0;
  for (std::size_t i = run.begin; i < run.end; i += hn::Lanes(tag)) {
#if HWY_TARGET == HWY_SCALAR
    auto const flags = hn::Set(tag, use[i]);
#else
    auto const flags = hn::PromoteTo(tag, hn::PromoteTo(hn::Rebind<std::int32_t, Tag>(), hn::LoadU(bytes, use + i)));
#endif
    auto const mask = hn::And(hn::FirstN(tag, run.end - i), hn::Ne(flags, hn::Zero(tag)));
    used += hn::CountTrue(tag, mask);
    f(hn::LoadU(tag, values + i), mask);
  }
  return used;
}

void Sum(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values, std::uint64_t* counts,
         Int128* sums) {
  Tag const tag;
  for (GroupRun const& run : runs) {
    auto sum = hn::Zero(tag);
    counts[run.group] +=
        each_vector(run, use, values, [&](Vector v, auto mask) { sum = hn::Add(sum, hn::IfThenElseZero(mask, v)); });
    sums[run.group] += hn::GetLane(hn::SumOfLanes(tag, sum));
  }
}

template <bool kLeast>
HWY_INLINE void extreme(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
                        std::uint64_t* counts, std::int64_t* best) {
  Tag const tag;
  auto const worst =
      hn::Set(tag, kLeast ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min());
  for (GroupRun const& run : runs) {
    auto found = worst;
    auto const take = [&](Vector v, auto mask) {
      auto const used = hn::IfThenElse(mask, v, worst);
      found = kLeast ? hn::Min(found, used) : hn::Max(found, used);
    };
    std::uint64_t const used = each_vector(run, use, values, take);
    if (used == 0) continue;
    alignas(64) std::int64_t lanes[kLanes];
    hn::Store(found, tag, lanes);
    std::int64_t& mine = best[run.group];
    if (counts[run.group] == 0) mine = lanes[0];
    for (std::size_t i = 0; i < hn::Lanes(tag); ++i)
      mine = kLeast ? std::min(mine, lanes[i]) : std::max(mine, lanes[i]);
    counts[run.group] += used;
  }
}

void Least(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values, std::uint64_t* counts,
           std::int64_t* best) {
  extreme<true>(runs, use, values, counts, best);
}

void Most(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values, std::uint64_t* counts,
          std::int64_t* best) {
  extreme<false>(runs, use, values, counts, best);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace yekun
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace yekun {

HWY_EXPORT(Sum);
HWY_EXPORT(Least);
HWY_EXPORT(Most);

void count_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::uint64_t* counts) {
  constexpr std::uint64_t kEachByte = 0x0101010101010101ULL;
  for (GroupRun const& run : runs) {
    std::uint64_t count = 0;
    for (std::uint32_t i = run.begin; i < run.end; i += 8) {  // flags are 0 or 1: the product's top byte is their sum
      std::uint64_t flags = 0;
      std::memcpy(&flags, use + i, std::min<std::uint32_t>(8, run.end - i));
      count += flags * kEachByte >> 56U;
    }
    counts[run.group] += count;
  }
}

void sum_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
              std::uint64_t* counts, Int128* sums) {
  HWY_DYNAMIC_DISPATCH(Sum)(runs, use, values, counts, sums);
}

void least_of_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
                   std::uint64_t* counts, std::int64_t* best) {
  HWY_DYNAMIC_DISPATCH(Least)(runs, use, values, counts, best);
}

void most_of_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
                  std::uint64_t* counts, std::int64_t* best) {
  HWY_DYNAMIC_DISPATCH(Most)(runs, use, values, counts, best);
}

}  // namespace yekun
#endif
