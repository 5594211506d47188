// Can the questions of a report be asked at all? What no name check sees: a dimension that an indicator's dataset does
// not have, numbers that may not be added.
#pragma once

#include "data-loaders/source.h"
#include "indicators/definitions.h"
#include "reports/report_spec.h"

namespace yekun {

/// Plans the report for `period` without reading rows and gives what the plan refuses. For specs whose names are right.
Diagnostics check_questions(Programme const& programme, ReportSpec const& report, Period const& period,
                            SourceContext const& context, Date as_of);

/// The indicators that the database cannot compute though the spec says that it does, each at its place.
Diagnostics check_indicators(Programme const& programme, SourceContext const& context, Date as_of);

}  // namespace yekun
