// A prepared report as the ledger keeps it.
#pragma once

#include "app/prepared_report.h"
#include "delivery/ledger.h"

namespace yekun {

/// Inputs with their hashes, and every figure; outputs are added by who writes them. `now`: seconds since 1970.
LedgerBuild ledger_build(PreparedReport const& report, std::int64_t now);

/// Records the build with the files it wrote. `folder`: where they are. Errors: of the ledger; a file that cannot be
/// read again.
Diagnostics record_build(PreparedReport const& report, Ledger& ledger, std::string const& folder,
                         std::vector<std::string> const& names, std::int64_t now);

}  // namespace yekun
