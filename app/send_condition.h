// Whether a report is to be sent, and why: the reasons stand at the top of the mail.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/prepared_report.h"
#include "delivery/ledger.h"

namespace yekun {

struct SendVerdict {
  bool send = true;
  std::map<std::string, std::vector<std::string>> reasons{};  // by language
  std::string why_not{};                                      // for the console, in English
  bool waits = false;                                         // what is missing may still come
};

/// `last` is the build that was delivered last under this job; nullopt: none yet, which counts as a change. An alert
/// that holds is enough by itself; the other conditions must all hold. Errors: an alert that cannot be read.
Result<SendVerdict> judge_condition(PreparedReport const& report, std::optional<LedgerBuild> const& last,
                                    std::vector<LedgerFigure> const& figures, Run const& run);

}  // namespace yekun
