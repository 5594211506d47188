// What changed in figures since they were submitted, found by computing each submitted period again.
#pragma once

#include "app/prepared_report.h"
#include "delivery/ledger.h"
#include "delivery/restatement.h"

namespace yekun {

/// The report's figures for a submission's period, as of the submitted build's day, with today's data and specs.
/// Nothing is printed.
Result<AnswerSet> compute_again(std::string const& report, Submission const& submission, LedgerBuild const& was,
                                Run const& run);

/// Puts into `report` what of its earlier submissions (numbers up to `last`; of this period or earlier ones) is another
/// now, and what the receipt says of it. A submission whose inputs, specs and program are as they were is not computed
/// again.
Diagnostics add_restated(PreparedReport& report, Ledger const& ledger, Run const& run, std::int64_t last = INT64_MAX);

}  // namespace yekun
