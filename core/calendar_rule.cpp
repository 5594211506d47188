#include "core/calendar_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace yekun {
namespace {

using Refusal = tl::unexpected<std::string>;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

bool take(std::string_view& text, std::string_view lead) {
  if (!text.starts_with(lead)) return false;
  text.remove_prefix(lead.size());
  return true;
}

tl::expected<int, std::string> parse_minute(std::string_view at) {
  int hour = -1;
  int minute = -1;
  if (at.size() == 5 && at[2] == ':') {
    auto const h = std::from_chars(at.data(), at.data() + 2, hour);
    auto const m = std::from_chars(at.data() + 3, at.data() + 5, minute);
    if (h.ptr != at.data() + 2 || m.ptr != at.data() + 5) hour = -1;
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return Refusal(fmt::format("'{}' is not a time of day like 08:00", at));
  return hour * 60 + minute;
}

/// "day 5", "last working day", "friday", ...
bool parse_day(std::string_view on, CalendarRule& rule) {
  if (rule.every == PeriodKind::week) {
    auto const day = std::find(kWeekdays.begin(), kWeekdays.end(), on);
    if (day != kWeekdays.end()) {
      rule.number = static_cast<int>(day - kWeekdays.begin()) + 1;
      return true;
    }
  }
  bool const last = take(on, "last ");
  rule.working = take(on, "working ");
  if (!take(on, "day")) return false;
  if (last || on.empty()) {
    rule.number = last ? -1 : 1;
    return on.empty();
  }
  if (!take(on, " ")) return false;
  auto const read = std::from_chars(on.data(), on.data() + on.size(), rule.number);
  return read.ec == std::errc() && read.ptr == on.data() + on.size() && rule.number != 0 && rule.number >= -366 &&
         rule.number <= 366;
}

}  // namespace

tl::expected<CalendarRule, std::string> parse_rule(std::string_view every, std::string_view on, std::string_view at) {
  CalendarRule rule;
  auto const kind = parse_period_kind(every);
  if (!kind)
    return Refusal(fmt::format("'{}' is not one of day, week, month, quarter, half, year, fiscal-year", every));
  rule.every = *kind;
  if (!parse_day(on, rule))
    return Refusal(fmt::format(
        "'{}' is not a day such as 'day 5', 'working day 5', 'last day', 'last working day' or, in weeks, 'monday'",
        on));
  auto const minute = parse_minute(at);
  if (!minute) return Refusal(minute.error());
  rule.minute = *minute;
  return rule;
}

std::optional<Date> day_of(CalendarRule const& rule, Period const& period, WorkCalendar const& calendar) {
  bool const forward = rule.number > 0;
  int left = forward ? rule.number : -rule.number;
  Date found = forward ? period.end - 1 : period.first;
  bool any = false;
  for (std::int32_t i = 0; i < period.days(); ++i) {
    Date const day = forward ? period.first + i : period.end - 1 - i;
    if (rule.working && !calendar.works(day)) continue;
    found = day;
    any = true;
    if (--left == 0) break;
  }
  if (!any && rule.every == PeriodKind::day) return std::nullopt;
  return any ? found : period.end - 1;
}

std::vector<std::int64_t> instants(CalendarRule const& rule, WorkCalendar const& calendar, FiscalYear const& fiscal,
                                   TimeZone const& zone, std::int64_t after, std::int64_t until) {
  std::vector<std::int64_t> out;
  if (until <= after) return out;
  Period period = period_at(rule.every, zone.local(after).day, fiscal);
  Date const last = zone.local(until).day;
  while (period.first <= last) {
    auto const day = day_of(rule, period, calendar);
    auto const at = day ? zone.instant({*day, rule.minute}) : after;
    if (at > after && at <= until) out.push_back(at);
    period = period_at(rule.every, period.end, fiscal);
  }
  return out;
}

std::int64_t next_instant(CalendarRule const& rule, WorkCalendar const& calendar, FiscalYear const& fiscal,
                          TimeZone const& zone, std::int64_t after) {
  Period period = period_at(rule.every, zone.local(after).day, fiscal);
  for (;;) {  // the next period's instant is always later
    auto const day = day_of(rule, period, calendar);
    auto const at = day ? zone.instant({*day, rule.minute}) : after;
    if (at > after) return at;
    period = period_at(rule.every, period.end, fiscal);
  }
}

}  // namespace yekun
