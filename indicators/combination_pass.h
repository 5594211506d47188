// The entity pass of combined dimensions ("which services did each person get in the period"): a scan of its own before
// that of the plan.
#pragma once

#include "indicators/engine.h"

namespace yekun {

/// Fills `plan.tables` where the plan needs combinations: for each of its windows and each entity, the different values
/// of the entity's rows in the window that meet the condition, sorted by code point and joined. Rows without value or
/// entity say nothing. Failures: as scan(), and a value that itself holds what joins values (Fault::data).
Result<void> find_combinations(CompiledPlan& plan, Dataset const& dataset, SourceOpener& sources, IdDomains& ids,
                               ScanOptions const& options);

}  // namespace yekun
