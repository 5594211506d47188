// Whether the keys of a dataset's lookups are there once, before any number is asked for.
#pragma once

#include "core/diagnostic.h"
#include "data-loaders/source.h"
#include "indicators/definitions.h"

namespace yekun {

/// One error for each lookup of the dataset whose target has a key twice (both rows are named) or cannot be read
/// (Fault::data), as a query that uses the lookup fails; the mistakes of make_row_schema instead, if there are any.
/// Reads the key columns of the targets only.
Diagnostics check_lookups(Programme const& programme, Dataset const& dataset, SourceContext const& context);

}  // namespace yekun
