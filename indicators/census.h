// A census out of a register of stays: how many were present, by key and day. It is read as a lookup (see lookup.h).
#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/dataset.h"
#include "data-loaders/source.h"
#include "indicators/engine.h"

namespace yekun {

inline constexpr std::string_view kPresent = "present";  // the census's one column
inline constexpr std::string_view kSince = "since";      // its valid_from

/// Of the stays in `table`, for each complete key the days on which the number of stays present changes: the columns
/// spec.target_columns, kSince and kPresent. The day of admission counts, that of leaving does not, a stay within one
/// day counts on that day; a stay without a first day, or that ends before it begins, is never present; one without a
/// last day lasts. Before the first admission of a key 0 are present (a row without kSince).
Table count_present(LookupSpec const& spec, Table const& table);

/// What a lookup looks into: the target's keys, its valid_from and `columns`, or the census of its stays. A census over
/// columns that are no dates is a failure (Fault::spec).
Result<Table> read_lookup_target(LookupSpec const& spec, std::vector<std::string> const& columns,
                                 SourceOpener& sources);

}  // namespace yekun
