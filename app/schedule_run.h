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

/// One time at which a job is due. `name` is that of the stretch of time whose turn it is, "due in 2026-Q4", so that a
/// job whose day or hour is changed after it was sent is not sent again.
struct DueJob {
  std::size_t job = 0;  // in ScheduleSpec::jobs
  std::int64_t at = 0;
  std::string name;
  std::string time;  // local: "2026-11-06 08:00 +04:00"
  Duty duty = Duty::send;
};

/// All occurrences up to `now` that are not done, oldest first. `is_done` knows an occurrence by job and name; `since`
/// gives the moment from which a job is looked after (nullopt: never run: then only what is still useful counts).
std::vector<DueJob> due_jobs(ScheduleSpec const& schedule, TimeZone const& zone, std::int64_t now,
                             std::function<bool(std::string const&, std::string const&)> const& is_done,
                             std::function<std::optional<std::int64_t>(std::string const&)> const& since);

/// The as-of day of what is due at a moment.
Date due_day(std::int64_t at, TimeZone const& zone);

/// The period that is due on that day, as --period takes it: "2025-Q1" for last-quarter. Empty: the last complete one
/// of the report's kind. Fiscal years keep their words, since the programme says when they begin.
std::string due_period(ScheduledJob const& job, Date day);

}  // namespace yekun
