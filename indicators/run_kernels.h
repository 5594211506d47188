// Whole numbers of runs of rows, added up and compared on whatever vector unit the processor has.
#pragma once

#include <cstdint>
#include <span>

#include "core/decimal.h"
#include "indicators/group_runs.h"

namespace yekun {

/// `use` and `values` are in the order of the runs and have the slack of group_runs.h behind them.

/// counts[group] += rows used.
void count_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::uint64_t* counts);
/// And sums[group] += their values, which have 48 bits at most.
void sum_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
              std::uint64_t* counts, Int128* sums);
/// And best[group] becomes the least (greatest) value; it means nothing while counts[group] is 0.
void least_of_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
                   std::uint64_t* counts, std::int64_t* best);
void most_of_runs(std::span<GroupRun const> runs, std::uint8_t const* use, std::int64_t const* values,
                  std::uint64_t* counts, std::int64_t* best);

}  // namespace yekun
