// A prepared report as the ledger keeps it.
#pragma once

#include "app/prepared_report.h"
#include "delivery/ledger.h"

namespace yekun {

/// Inputs with their hashes, and every figure; outputs are added by who writes them. `now`: seconds since 1970.
LedgerBuild ledger_build(PreparedReport const& report, std::int64_t now);

}  // namespace yekun
