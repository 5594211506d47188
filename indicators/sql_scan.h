// Runs a plan's statements in the database and loads what they give as if the rows had been scanned here.
#pragma once

#include "indicators/engine.h"
#include "indicators/sql_plan.h"

namespace yekun {

/// Fills workers, summary, dates and unmatched keys of `out`, whose plan is set. False: the rows have to be read
/// (values that only reading can judge, an overflow, a doubled key), `out` is as before. Failures: the database cannot
/// be asked.
Result<bool> scan_by_sql(SqlPlan const& statements, SqlTable const& table, Dataset const& dataset, IdDomains& ids,
                         DatasetScan& out);

}  // namespace yekun
