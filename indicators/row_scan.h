// Rows of a source, or of one of its files, through the workers of a scan.
#pragma once

#include "indicators/engine.h"
#include "indicators/partial_states.h"

namespace yekun {

struct RowScan {
  Workers workers{};
  RowFacts facts{};
};

/// `request` without columns, which are the plan's. `first_worker`: ids are numbered as this worker and those after it,
/// where several scans go on at once. Failures: an unreadable source, an overflow (Fault::data).
Result<RowScan> scan_rows(Dataset const& dataset, CompiledPlan const& plan, Source const& source,
                          std::vector<std::unique_ptr<LookupTable>> const& lookups, IdTables const& ids,
                          ScanRequest request, unsigned first_worker = 0);

ScanRequest request_of(ScanOptions const& options);
/// By domain of the plan.
IdTables tables_of(CompiledPlan const& plan, IdDomains& ids);
/// Leaves the first few different keys in input order.
void keep_first_examples(Unmatched& unmatched);
void set_facts(Dataset const& dataset, RowFacts facts, DatasetScan& out);

}  // namespace yekun
