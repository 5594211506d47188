// Days of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yekun {

/// A day, counted from 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(Date const&,
                          Date const&) = default;  // NOLINT(modernize-use-nullptr): version 14 misreads <=>
  Date operator+(std::int32_t n) const { return {days + n}; }
  Date operator-(std::int32_t n) const { return {days - n}; }
  std::int32_t operator-(Date other) const { return days - other.days; }
};

struct Civil {
  int year = 1970;
  int month = 1;  // 1-12
  int day = 1;    // 1-31
  friend auto operator<=>(Civil const&,
                          Civil const&) = default;  // NOLINT(modernize-use-nullptr): version 14 misreads <=>
};

struct IsoWeek {
  int year = 1970;  // the ISO week-numbering year
  int week = 1;     // 1-53
};

inline constexpr Date kFirstDate{-719162};  // 0001-01-01
inline constexpr Date kLastDate{2932896};   // 9999-12-31

bool is_leap(int year);
int days_in_month(int year, int month);
/// nullopt where there is no such day.
std::optional<Date> to_date(Civil civil);
/// For a day known to exist (asserted).
Date date_of(int year, int month, int day);
Civil to_civil(Date date);
/// 1 = Monday ... 7 = Sunday.
int weekday(Date date);
IsoWeek to_iso_week(Date date);
/// The Monday of an ISO week; nullopt where the year has no such week.
std::optional<Date> monday_of(IsoWeek week);
/// Same day `months` later; a day past the month's end becomes its last day.
Date add_months(Date date, int months);
/// Completed years of age. Born on 29 February: the birthday is 1 March in other years. nullopt if `on` precedes birth.
std::optional<int> completed_years(Date birth, Date on);

/// "2025-07-14" exactly; nullopt for anything else, impossible days included.
std::optional<Date> parse_iso_date(std::string_view text);
std::string to_iso(Date date);

}  // namespace yekun
