#include "core/date.h"

#include <algorithm>
#include <cassert>

namespace yekun {
namespace {

// Days and civil dates: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (years of 400 from 1 March).
std::int32_t days_from_civil(int year, int month, int day) {
  int const y = month <= 2 ? year - 1 : year;
  int const era = (y >= 0 ? y : y - 399) / 400;
  int const year_of_era = y - era * 400;
  int const day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

bool has_53_weeks(int year) {
  int const first = weekday(Date{days_from_civil(year, 1, 1)});
  return first == 4 || (first == 3 && is_leap(year));
}

}  // namespace

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

std::optional<Date> to_date(Civil c) {
  if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12) return std::nullopt;
  if (c.day < 1 || c.day > days_in_month(c.year, c.month)) return std::nullopt;
  return Date{days_from_civil(c.year, c.month, c.day)};
}

Date date_of(int year, int month, int day) {
  assert(month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month));
  return Date{days_from_civil(year, month, day)};
}

Civil to_civil(Date date) {
  std::int32_t const z = date.days + 719468;
  int const era = (z >= 0 ? z : z - 146096) / 146097;
  int const day_of_era = z - era * 146097;
  int const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int const shifted = (5 * day_of_year + 2) / 153;
  int const month = shifted < 10 ? shifted + 3 : shifted - 9;
  int const year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

int weekday(Date date) {
  int const since_monday = (date.days + 3) % 7;  // 1970-01-01 was a Thursday
  return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

IsoWeek to_iso_week(Date date) {
  // The Thursday of a week decides the year the week belongs to.
  Date const thursday = date + (4 - weekday(date));
  int const year = to_civil(thursday).year;
  return {year, (thursday.days - days_from_civil(year, 1, 1)) / 7 + 1};
}

std::optional<Date> monday_of(IsoWeek w) {
  if (w.year < 1 || w.year > 9999 || w.week < 1 || w.week > (has_53_weeks(w.year) ? 53 : 52)) return std::nullopt;
  Date const fourth{days_from_civil(w.year, 1, 4)};
  return fourth - (weekday(fourth) - 1) + (w.week - 1) * 7;
}

Date add_months(Date date, int months) {
  Civil const c = to_civil(date);
  int const total = c.year * 12 + (c.month - 1) + months;
  int const year = total >= 0 ? total / 12 : (total - 11) / 12;
  int const month = total - year * 12 + 1;
  return Date{days_from_civil(year, month, std::min(c.day, days_in_month(year, month)))};
}

std::optional<int> completed_years(Date birth, Date on) {
  if (on < birth) return std::nullopt;
  Civil const from = to_civil(birth);
  Civil const to = to_civil(on);
  bool const before_birthday = to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before_birthday ? 1 : 0);
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  return to_date({digits(0, 4), digits(5, 2), digits(8, 2)});
}

std::string to_iso(Date date) {
  Civil const c = to_civil(date);
  std::string const year = std::to_string(c.year);
  std::string out = std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year;
  for (int const part : {c.month, c.day}) {
    out += '-';
    out += static_cast<char>('0' + part / 10);
    out += static_cast<char>('0' + part % 10);
  }
  return out;
}

}  // namespace yekun
