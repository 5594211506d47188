// Figures that a donor already has and that are others now, as values for compose(): app/ finds them in the ledger.
#pragma once

#include <string>
#include <vector>

#include "indicators/figure.h"

namespace yekun {

struct RestatedFigure {
  std::string id;  // people_served@2025-Q3[region=Quba]
  std::string indicator;
  Period period{};
  std::vector<PlacePart> place{};
  bool of_target = false;  // the values are those of its target
  bool shown = true;       // false: the report does not show it any more; `now` means nothing
  Value was{};
  Value now{};
  std::string cause;  // late_rows, removed_rows, corrected_rows, rule_changed, target_changed, not_shown
};

}  // namespace yekun
