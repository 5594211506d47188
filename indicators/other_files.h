// Files that figures rest on besides those that were scanned for them: of lookups and of targets.
#pragma once

#include <vector>

#include "indicators/question.h"
#include "indicators/source_cache.h"

namespace yekun {

/// Adds the datasets that those of `facts` look up and are not among them, and as "targets" the files of targets: with
/// rows, size and sha-256. Failures: files that cannot be read (Fault::data).
Result<void> add_other_files(Programme const& programme, SourceCache& sources, SourceContext const& context,
                             std::vector<DatasetFacts>& facts);

}  // namespace yekun
