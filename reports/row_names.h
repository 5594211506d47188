// What expressions over a dataset's rows may name, with the mistakes of its derived columns.
#pragma once

#include <map>
#include <set>
#include <string>

#include "indicators/bind.h"
#include "indicators/measure.h"
#include "reports/name_index.h"

namespace yekun {

struct RowNames {
  Schema schema{};
  std::set<std::string> broken{};  // derived columns with a mistake: what uses them is not blamed
};

/// The source's columns, those of lookups, window_first and window_end, then derived ones, each over those before it.
/// Mistakes of derived expressions go to `problems`.
RowNames row_names(NameIndex const& index, Dataset const& dataset, Diagnostics& problems);

/// Whether a measure names a broken column.
bool uses_broken(Measure const& measure, RowNames const& names);

/// Binds `expression` and gives its mistakes; none where it uses a broken column.
Diagnostics expression_mistakes(Expression const& expression, RowNames const& names, bool condition);

}  // namespace yekun
