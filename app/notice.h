// A mail to the operator when a job of a schedule fails: once for each failure, however often the schedule is run. It
// is written into the ledger first, so that one that no server took is tried again by the next runs.
#pragma once

#include <string>

#include "app/command.h"
#include "delivery/ledger.h"
#include "reports/schedule_spec.h"

namespace yekun {

struct FailedJob {
  std::string id;
  std::string occurrence;
  std::string due;  // local time
  std::string report;
  std::string said;  // what the run printed about it
  Exit exit = Exit::done;
};

/// Whether the failure is one to tell: what is only waiting for its next try is not.
Result<bool> is_notable(Ledger const& ledger, FailedJob const& job);

/// Writes the notice unless there is one for the same failure: same job, occurrence, exit code and failed deliveries.
/// Errors: of the ledger.
Diagnostics write_notice(Ledger const& ledger, ScheduleSpec const& schedule, FailedJob const& job, Run const& run);

/// Sends the notices that are due; with the run's lock held. What a server does not take is told on the console and
/// waits for a later run. 6 or 7 where not all went, else 0.
Exit send_notices(Ledger const& ledger, ScheduleSpec const& schedule, Run const& run);

}  // namespace yekun
