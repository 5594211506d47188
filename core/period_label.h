// Canonical labels of periods; shared by the parts of period.h.
#pragma once

#include <string>
#include <string_view>

#include "core/period.h"

namespace yekun {

/// The label of the whole period of `kind` that starts on `first`.
std::string period_label(PeriodKind kind, Date first, FiscalYear const& fiscal);

/// The kind a canonical label is written in: of "2025-Q1..2025-Q3" the quarter; `range` where the two ends differ or
/// the label names no days ("all").
PeriodKind label_unit(std::string_view label);

/// The range of days [first, end), its label in `unit` where both ends fall on its borders, else in days.
Period make_range(Date first, Date end, PeriodKind unit, FiscalYear const& fiscal);

}  // namespace yekun
