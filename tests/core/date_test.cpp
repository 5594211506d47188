#include "core/date.h"

#include <catch2/catch.hpp>

using namespace yekun;

TEST_CASE("the first and last day are the limits that the header names", "[core]") {
  CHECK(to_iso(kFirstDate) == "0001-01-01");
  CHECK(to_iso(kLastDate) == "9999-12-31");
  CHECK(to_date({1, 1, 1}) == kFirstDate);
  CHECK(to_date({9999, 12, 31}) == kLastDate);
}

TEST_CASE("days and civil dates agree on every day of twelve centuries and at the edges", "[core]") {
  Civil expected{1599, 12, 31};
  for (Date day = date_of(1600, 1, 1); day < date_of(2801, 1, 1); day = day + 1) {
    bool const month_over = expected.day == days_in_month(expected.year, expected.month);
    bool const year_over = month_over && expected.month == 12;
    expected = year_over    ? Civil{expected.year + 1, 1, 1}
               : month_over ? Civil{expected.year, expected.month + 1, 1}
                            : Civil{expected.year, expected.month, expected.day + 1};
    if (to_civil(day) != expected || to_date(expected) != day) FAIL(to_iso(day));
  }
  CHECK(to_civil(Date{0}) == Civil{1970, 1, 1});
  CHECK(to_civil(Date{-1}) == Civil{1969, 12, 31});
  CHECK(to_civil(date_of(1, 3, 1) - 1) == Civil{1, 2, 28});
}

TEST_CASE("years divisible by 100 are leap years only when divisible by 400", "[core]") {
  CHECK(is_leap(2024));
  CHECK_FALSE(is_leap(2025));
  CHECK_FALSE(is_leap(1900));
  CHECK(is_leap(2000));
  CHECK(days_in_month(2000, 2) == 29);
  CHECK(days_in_month(1900, 2) == 28);
}

TEST_CASE("days that do not exist are refused", "[core]") {
  for (Civil const c : {Civil{2025, 2, 29}, Civil{2025, 4, 31}, Civil{2025, 0, 1}, Civil{2025, 13, 1},
                        Civil{2025, 1, 0}, Civil{0, 12, 31}, Civil{10000, 1, 1}})
    CHECK_FALSE(to_date(c).has_value());
}

TEST_CASE("an ISO date is ten characters and a day that exists", "[core]") {
  CHECK(parse_iso_date("2024-02-29") == date_of(2024, 2, 29));
  for (auto const text : {"2025-02-29", "2025-2-9", "2025-02-09 ", " 2025-02-09", "2025/02/09", "20250209", "",
                          "2025-0a-09", "-025-02-09", "2025-02--9", "0000-01-01", "2025-07-14T00:00"})
    CHECK_FALSE(parse_iso_date(text).has_value());
}

TEST_CASE("weekdays count from Monday", "[core]") {
  CHECK(weekday(date_of(2025, 7, 14)) == 1);
  CHECK(weekday(date_of(1970, 1, 1)) == 4);
  CHECK(weekday(date_of(1969, 12, 28)) == 7);
  CHECK(weekday(kFirstDate) == 1);
}

TEST_CASE("ISO weeks belong to the year of their Thursday", "[core]") {
  auto const week = [](int y, int m, int d) {
    auto const w = to_iso_week(date_of(y, m, d));
    return std::to_string(w.year) + " " + std::to_string(w.week);
  };
  CHECK(week(2024, 12, 30) == "2025 1");
  CHECK(week(2021, 1, 3) == "2020 53");
  CHECK(week(2021, 1, 4) == "2021 1");
  CHECK(week(2026, 12, 31) == "2026 53");
  CHECK(monday_of({2020, 53}) == date_of(2020, 12, 28));
  CHECK(monday_of({2025, 1}) == date_of(2024, 12, 30));
  CHECK_FALSE(monday_of({2025, 53}).has_value());
  CHECK_FALSE(monday_of({2025, 0}).has_value());
  for (Date day = date_of(1998, 1, 1); day < date_of(2030, 1, 1); day = day + 1)
    if (monday_of(to_iso_week(day)) != day - (weekday(day) - 1)) FAIL(to_iso(day));
}

TEST_CASE("adding months keeps the day, or takes the month's last", "[core]") {
  CHECK(to_iso(add_months(date_of(2025, 1, 31), 1)) == "2025-02-28");
  CHECK(to_iso(add_months(date_of(2024, 1, 31), 1)) == "2024-02-29");
  CHECK(to_iso(add_months(date_of(2024, 2, 29), -12)) == "2023-02-28");
  CHECK(to_iso(add_months(date_of(2025, 1, 15), -1)) == "2024-12-15");
  CHECK(to_iso(add_months(date_of(2025, 11, 30), 14)) == "2027-01-30");
  CHECK(to_iso(add_months(date_of(2025, 7, 14), 0)) == "2025-07-14");
}

TEST_CASE("ages are completed years, and 29 February has its birthday on 1 March", "[core]") {
  Date const leap = date_of(2020, 2, 29);
  CHECK(completed_years(leap, date_of(2021, 2, 28)) == 0);
  CHECK(completed_years(leap, date_of(2021, 3, 1)) == 1);
  CHECK(completed_years(leap, date_of(2024, 2, 28)) == 3);
  CHECK(completed_years(leap, date_of(2024, 2, 29)) == 4);
  CHECK(completed_years(date_of(1960, 7, 14), date_of(2025, 7, 13)) == 64);
  CHECK(completed_years(date_of(1960, 7, 14), date_of(2025, 7, 14)) == 65);
  CHECK(completed_years(leap, leap) == 0);
  CHECK_FALSE(completed_years(leap, leap - 1).has_value());
}
