// When a report is due: "the 5th working day of each month at 08:00".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/period.h"
#include "core/time_zone.h"

namespace yekun {

/// Days on which nobody works: Saturday and Sunday unless said otherwise, and holidays.
struct WorkCalendar {
  std::set<int> rest_days{6, 7};  // 1 = Monday ... 7 = Sunday
  std::set<Date> holidays{};
  bool works(Date day) const { return !rest_days.contains(weekday(day)) && !holidays.contains(day); }
};

struct CalendarRule {
  PeriodKind every = PeriodKind::month;  // day, week, month, quarter, half, year, fiscal year
  bool working = false;                  // counts working days only
  int number = 1;                        // 1: the first day of the period; -1: the last; never 0
  int minute = 0;                        // of the day
};

/// Reads "on": "day 5", "working day 5", "last day", "last working day", "working day -3", or in weeks a weekday
/// "monday"; and "at": "08:00". The error is a message without place.
tl::expected<CalendarRule, std::string> parse_rule(std::string_view every, std::string_view on, std::string_view at);

/// The day of a period on which the rule falls. A number past the period's days is its last (first) day that counts. A
/// period without working days gives its last day; nullopt where the period is a single day of rest.
std::optional<Date> day_of(CalendarRule const& rule, Period const& period, WorkCalendar const& calendar);

/// All instants in (after, until] at which the rule falls, in order.
std::vector<std::int64_t> instants(CalendarRule const& rule, WorkCalendar const& calendar, FiscalYear const& fiscal,
                                   TimeZone const& zone, std::int64_t after, std::int64_t until);

/// The first instant after `after`.
std::int64_t next_instant(CalendarRule const& rule, WorkCalendar const& calendar, FiscalYear const& fiscal,
                          TimeZone const& zone, std::int64_t after);

}  // namespace yekun
