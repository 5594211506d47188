// Who is expected to report in a dataset, and who did: completeness and timeliness of reporting.
#pragma once

#include <optional>
#include <string>

#include "indicators/definitions.h"
#include "indicators/dimension.h"
#include "indicators/row_schema.h"
#include "indicators/source_cache.h"

namespace yekun {

/// The expression that gives the reporting unit of a row: the reporter, of a declared list only those on it. nullopt:
/// the dataset has no reporters (its rows are events or intervals, or each date is one snapshot).
std::optional<std::string> reporting_unit(Dataset const& dataset, Schema const& schema);

/// Whether each reporting unit is in one group only: the dimension is made of the reporter's columns and of what is
/// looked up by them.
bool is_of_reporter(DimensionRule const& rule, RowSchema const& schema, Dataset const& dataset);

/// "submitted in time": not later than `due_days` after the window's last day.
std::string on_time_condition(Dataset const& dataset);

/// Makes lists of "expected": "dataset.column" in every dataset that the indicators read.
Result<void> read_expected(Programme& programme, SourceCache& sources);

}  // namespace yekun
