// The receipt that a report's files carry: one word by which the ledger knows their build, and from which the report
// can be built again where no ledger knows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "delivery/ledger.h"

namespace yekun {

struct Receipt {
  std::string word;  // all of it
  std::string hash;  // of specs, inputs, program, period and day: 40 hexadecimal digits
  std::int64_t submissions = 0;
  std::string report;  // path from the programme's folder
  std::string period;
  std::string as_of;
};

/// "yekun-receipt:<hash>:<submissions>:<period>:<as-of>:<report, percent-encoded>". The same for all languages, outputs
/// and members of a build.
std::string receipt_of(LedgerBuild const& build, std::string_view report_path);

/// The first receipt in a file's bytes; workbooks are looked into. nullopt: it has none.
std::optional<Receipt> find_receipt(std::string const& bytes);

}  // namespace yekun
