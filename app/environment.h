// What the program takes from the outside: clock, environment variables, terminal, processors. Only app/ looks at them,
// and only here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/date.h"
#include "core/diagnostic.h"

namespace yekun {

struct Surroundings {
  std::map<std::string, std::string> variables{};  // all environment variables
  std::int64_t now = 0;                            // seconds since 1970-01-01T00:00:00Z; SOURCE_DATE_EPOCH if set
  unsigned processors = 1;                         // at least 1
  bool error_is_terminal = false;
  bool colour = false;  // a terminal, and neither NO_COLOR nor TERM=dumb
  bool erases = false;  // a terminal that is not TERM=dumb: a line can be drawn over
};

/// Looks once. SIGPIPE is ignored from here on: a closed pipe shows as a failed write.
Surroundings look_around();

/// The as-of day: `wanted` ("2025-09-30") where given, else that of SOURCE_DATE_EPOCH, else today, each in the time
/// zone. Errors: a date or SOURCE_DATE_EPOCH that cannot be read (Fault::usage).
Result<Date> as_of_day(std::string const& wanted, std::string const& timezone, Surroundings const& surroundings);

}  // namespace yekun
