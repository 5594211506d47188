// schedule.json: checked as a whole, all mistakes at once.
#pragma once

#include "reports/schedule_spec.h"

namespace yekun {

/// Errors (Fault::spec) with their places: what is no rule, no time zone, no period; two jobs of one id.
Result<ScheduleSpec> read_schedule(std::string const& path);
Result<ScheduleSpec> parse_schedule(std::string const& text, std::string const& file);

}  // namespace yekun
