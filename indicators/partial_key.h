// What a kept partial depends on, as text: the same text, the same partial.
#pragma once

#include <string>
#include <vector>

#include "indicators/compiled_plan.h"
#include "indicators/partial_states.h"

namespace yekun {

/// All of a plan but its boundaries and windows, as SHA-256.
std::string plan_key(AggregationPlan const& plan);

/// How the boundaries and windows of a plan cut the days of one file: all that its groups depend on besides plan_key().
struct PartialTime {
  std::string text{};
  std::vector<std::size_t> windows{};  // of the plan: those that rows of the file may be in
  bool any = false;                    // some row may be in a group
};
PartialTime partial_time(CompiledPlan const& plan, RowFacts const& facts);

}  // namespace yekun
