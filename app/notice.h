// A mail to the operator when a job of a schedule fails: once for each failure, however often the schedule is run.
#pragma once

#include <string>

#include "app/command.h"
#include "delivery/ledger.h"
#include "reports/schedule_spec.h"

namespace yekun {

struct FailedJob {
  std::string id;
  std::string occurrence;
  std::string report;
  std::string said;  // what the run printed about it
  Exit exit = Exit::done;
};

/// Whether the failure is one to tell: what is only waiting for its next try is not.
Result<bool> is_notable(Ledger const& ledger, FailedJob const& job);

/// Sends the notice unless one for the same failure was sent: same job, occurrence, exit code and failed deliveries.
/// Errors: of the ledger and of the way out (Fault::delivery). What the server does not take is told on the console.
Diagnostics send_notice(Ledger const& ledger, ScheduleSpec const& schedule, FailedJob const& job, Run const& run);

}  // namespace yekun
