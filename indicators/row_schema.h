// The columns that a dataset's expressions may use, and where each comes from.
#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/source.h"
#include "indicators/bind.h"
#include "indicators/definitions.h"
#include "indicators/dimension.h"

namespace yekun {

struct ColumnOrigin {
  enum class From { source, lookup, derived, window_first, window_end, combination };
  From from = From::source;
  std::size_t lookup = 0;        // index into Dataset::lookups; combination: into RowSchema::combinations
  std::string column{};          // source: the column; lookup: the target's column
  BoundExpression expression{};  // derived: over the columns before it
  bool uses_window = false;      // window_first, window_end, and derived columns that read them
};

/// `schema.columns[i]` comes from `origins[i]`: the source's columns, lookups' ("enterprise.region"), window_first and
/// window_end, derived ones, each over those before it, then the combinations of the programme's dimensions.
struct RowSchema {
  Schema schema{};
  std::vector<ColumnOrigin> origins{};
  std::vector<Combination> combinations{};  // columns of the entity pass
  bool uses_window(BoundExpression const& expression) const;
};

/// The columns by which a lookup finds its row, the date (of valid_from) last; those that are not there are left out.
std::vector<std::size_t> join_columns(LookupSpec const& lookup, Schema const& schema);

/// `found`: the columns of the dataset's source; `targets`: those of each lookup's source. Columns found but not
/// declared are text. Mistakes in derived columns' expressions are failures (Fault::spec), and lookups that find their
/// row by a column of their own or by one that depends on the period.
Result<RowSchema> make_row_schema(Programme const& programme, Dataset const& dataset,
                                  std::vector<FoundColumn> const& found,
                                  std::vector<std::vector<FoundColumn>> const& targets);

}  // namespace yekun
