#include "core/calendar_rule.h"

#include <catch2/catch.hpp>

namespace yekun {
namespace {

TimeZone zone(std::string_view name) {
  auto loaded = TimeZone::load(name);
  REQUIRE(loaded);
  return std::move(*loaded);
}

CalendarRule rule(std::string_view every, std::string_view on, std::string_view at = "08:00") {
  auto const read = parse_rule(every, on, at);
  REQUIRE(read);
  return *read;
}

std::string day(CalendarRule const& of, int year, int month, int d, WorkCalendar const& calendar = {}) {
  auto const found = day_of(of, period_at(of.every, date_of(year, month, d), {}), calendar);
  return found ? to_iso(*found) : "none";
}

std::int64_t utc(int year, int month, int d, int hour, int minute = 0) {
  return static_cast<std::int64_t>(date_of(year, month, d).days) * 86400 + hour * 3600 + minute * 60;
}

TEST_CASE("The 5th working day passes over weekends and holidays") {
  CHECK(day(rule("month", "working day 5"), 2026, 11, 1) == "2026-11-06");
  WorkCalendar novruz;
  for (int d = 20; d <= 24; ++d) novruz.holidays.insert(date_of(2026, 3, d));
  CHECK(day(rule("month", "working day 15"), 2026, 3, 1, novruz) == "2026-03-25");
  CHECK(day(rule("month", "last working day"), 2026, 5, 1) == "2026-05-29");
  CHECK(day(rule("month", "working day -3"), 2026, 5, 1) == "2026-05-27");
}

TEST_CASE("Days at the ends of months, also in February of leap years") {
  CHECK(day(rule("month", "last day"), 2024, 2, 1) == "2024-02-29");
  CHECK(day(rule("month", "day 31"), 2025, 2, 1) == "2025-02-28");
  CHECK(day(rule("quarter", "day 1"), 2026, 5, 9) == "2026-04-01");
  CHECK(day(rule("week", "friday"), 2026, 11, 22) == "2026-11-20");
  CHECK(day(rule("year", "day 366"), 2024, 1, 1) == "2024-12-31");
}

TEST_CASE("A daily report on working days rests at the weekend") {
  CHECK(day(rule("day", "working day"), 2026, 11, 22) == "none");
  CHECK(day(rule("day", "working day"), 2026, 11, 23) == "2026-11-23");
  auto const baku = zone("Asia/Baku");
  auto const found = instants(rule("day", "working day"), {}, {}, baku, utc(2026, 11, 20, 0), utc(2026, 11, 24, 0));
  CHECK(found == std::vector<std::int64_t>{utc(2026, 11, 20, 4), utc(2026, 11, 23, 4)});
}

TEST_CASE("A time that clocks skip is the moment they skip it, and one they show twice is the first") {
  auto const berlin = zone("Europe/Berlin");
  CHECK(berlin.instant({date_of(2026, 3, 29), 150}) == utc(2026, 3, 29, 1));        // 02:30 does not exist
  CHECK(berlin.instant({date_of(2026, 3, 29), 180}) == utc(2026, 3, 29, 1));        // 03:00 is the same moment
  CHECK(berlin.instant({date_of(2026, 10, 25), 150}) == utc(2026, 10, 25, 0, 30));  // 02:30 twice
  CHECK(berlin.to_text(utc(2026, 10, 25, 0, 30)) == "2026-10-25 02:30 +02:00");
  CHECK(berlin.to_text(utc(2026, 10, 25, 1, 30)) == "2026-10-25 02:30 +01:00");
}

TEST_CASE("Zones west of Greenwich and with odd offsets read back") {
  for (auto const* name :
       {"America/St_Johns", "Asia/Kathmandu", "Asia/Ashgabat", "Asia/Tbilisi", "Pacific/Kiritimati"}) {
    auto const there = zone(name);
    for (int hour = 0; hour < 24; ++hour) {
      LocalTime const local{date_of(2025, 7, 14), hour * 60 + 7};
      CHECK(there.local(there.instant(local)) == local);
    }
  }
}

TEST_CASE("Each daily instant comes once through both changes of the clock") {
  auto const berlin = zone("Europe/Berlin");
  auto const found =
      instants(rule("day", "day", "02:30"), {}, {}, berlin, utc(2025, 12, 31, 12), utc(2026, 12, 31, 12));
  CHECK(found.size() == 365);
  CHECK(std::is_sorted(found.begin(), found.end()));
}

TEST_CASE("Instants are those after the first and up to the last moment, and the next one follows") {
  auto const baku = zone("Asia/Baku");
  auto const monthly = rule("month", "working day 5");
  auto const at = utc(2026, 11, 6, 4);
  CHECK(instants(monthly, {}, {}, baku, at - 1, at) == std::vector<std::int64_t>{at});
  CHECK(instants(monthly, {}, {}, baku, at, at + 86400).empty());
  CHECK(next_instant(monthly, {}, {}, baku, at) == utc(2026, 12, 7, 4));
  CHECK(next_instant(monthly, {}, {}, baku, at - 1) == at);
}

TEST_CASE("A rule that cannot be read says what is expected") {
  CHECK(parse_rule("moon", "day 1", "08:00").error() ==
        "'moon' is not one of day, week, month, quarter, half, year, fiscal-year");
  CHECK(parse_rule("month", "day 0", "08:00").error() ==
        "'day 0' is not a day such as 'day 5', 'working day 5', 'last day', 'last working day' or, in weeks, 'monday'");
  CHECK(
      parse_rule("month", "monday", "08:00").error() ==
      "'monday' is not a day such as 'day 5', 'working day 5', 'last day', 'last working day' or, in weeks, 'monday'");
  CHECK(parse_rule("month", "day 1", "8:00").error() == "'8:00' is not a time of day like 08:00");
  CHECK(parse_rule("month", "day 1", "24:00").error() == "'24:00' is not a time of day like 08:00");
  CHECK(TimeZone::load("Asia/Bakuu").error() == "there is no time zone 'Asia/Bakuu'");
}

}  // namespace
}  // namespace yekun
