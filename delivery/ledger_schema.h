// The tables of the ledger and their versions.
#pragma once

#include "delivery/sqlite_file.h"

namespace yekun {

inline constexpr std::int64_t kLedgerVersion = 4;

/// Makes the tables in a new file, or brings older ones up to date, in one transaction. Errors as Ledger::open.
Diagnostics prepare_ledger(SqliteFile const& database, std::string const& path);

}  // namespace yekun
