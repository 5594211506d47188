// Scans a dataset file by file and keeps what each one gave: what was gathered from a file before, under the same plan,
// is not read again.
#pragma once

#include "indicators/engine.h"

namespace yekun {

/// Fills workers and facts of `out`, whose plan is set, as if all rows had been scanned. False: there is no cache, or
/// nothing of this dataset can be kept (a database, a stream, files that depend on others beside them); `out` is as
/// before. Failures: as scan().
Result<bool> scan_by_parts(Dataset const& dataset, Source const& source, SourceOpener& sources, IdDomains& ids,
                           ScanOptions const& options, DatasetScan& out);

}  // namespace yekun
