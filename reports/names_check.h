// Do the names of a spec exist? Datasets, columns (against the data), dimensions, indicators, languages, and the
// arguments of texts. What a spec says is right after this; later stages cannot fail on a misspelt name.
#pragma once

#include "reports/found_columns.h"
#include "reports/programme_parser.h"
#include "reports/report_parser.h"

namespace yekun {

/// All mistakes of a programme: those of its structure and of its names. Sorted by place, with source lines.
/// Problems of sources (Fault::data) are not among them: they are in `found`.
Diagnostics check_names(ParsedProgramme const& parsed, FoundColumns const& found);

/// All mistakes of a report; those of its programme are not among them. A report without programme is checked for
/// structure only.
Diagnostics check_names(ParsedReport const& parsed, FoundColumns const& found);

}  // namespace yekun
