// Runs a test once for every vector unit that the processor has and the code was compiled for.
#pragma once

#include <hwy/targets.h>

#include <cstdint>

namespace yekun {

template <class F>
void for_each_target(F&& f) {
  std::int64_t const all = hwy::SupportedTargets();
  for (std::int64_t left = all; left != 0; left &= left - 1) {
    hwy::SetSupportedTargetsForTest(left & -left);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    f(hwy::TargetName(left & -left));
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace yekun
