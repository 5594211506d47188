// What of a schedule is due at a moment; pure, over what the ledger remembers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/schedule_spec.h"

namespace yekun {

enum class Duty { send, too_late };

/// One time at which a job is due. `name` is its local time, "2026-11-06 08:00 +04:00": the same however often it is
/// worked out.
struct DueJob {
  std::size_t job = 0;  // in ScheduleSpec::jobs
  std::int64_t at = 0;
  std::string name;
  Duty duty = Duty::send;
};

/// All occurrences up to `now` that are not done, oldest first. `is_done` knows an occurrence by job and name; `since`
/// gives the moment from which a job is looked after (nullopt: never run: then only what is still useful counts).
std::vector<DueJob> due_jobs(ScheduleSpec const& schedule, TimeZone const& zone, std::int64_t now,
                             std::function<bool(std::string const&, std::string const&)> const& is_done,
                             std::function<std::optional<std::int64_t>(std::string const&)> const& since);

/// The as-of day of an occurrence and the period that is due then, as --period takes it.
Date due_day(DueJob const& due, TimeZone const& zone);

}  // namespace yekun
