#include "core/period.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string shown(Period const& p) {
  return p.label + " " + to_iso(p.first) + " " + to_iso(p.end) + (p.partial ? " partial" : "");
}

std::string resolved(std::string_view text, Date as_of = date_of(2025, 8, 15), FiscalYear fiscal = {}) {
  auto const period = parse_period(text, {fiscal, as_of});
  return period ? shown(*period) : period.error();
}

Period read(std::string_view text, FiscalYear fiscal = {}) { return parse_period(text, {fiscal, {}}).value(); }

constexpr FiscalYear kJuly{7, 1, false};
constexpr FiscalYear kJulyNamedByEnd{7, 1, true};

}  // namespace

TEST_CASE("absolute periods resolve to half-open days", "[core]") {
  CHECK(resolved("2025") == "2025 2025-01-01 2026-01-01 partial");
  CHECK(resolved("2025-H2") == "2025-H2 2025-07-01 2026-01-01 partial");
  CHECK(resolved("2024-H1") == "2024-H1 2024-01-01 2024-07-01");
  CHECK(resolved("2025-q1") == "2025-Q1 2025-01-01 2025-04-01");
  CHECK(resolved("2024-Q4") == "2024-Q4 2024-10-01 2025-01-01");
  CHECK(resolved("2024-02") == "2024-02 2024-02-01 2024-03-01");
  CHECK(resolved("2020-W53") == "2020-W53 2020-12-28 2021-01-04");
  CHECK(resolved("2025-W01") == "2025-W01 2024-12-30 2025-01-06");
  CHECK(resolved("2025-07-14") == "2025-07-14 2025-07-14 2025-07-15");
  CHECK(resolved("0001") == "0001 0001-01-01 0002-01-01");
  CHECK(resolved("9999-12-31") == "9999-12-31 9999-12-31 10000-01-01");
}

TEST_CASE("a fiscal year is named after the calendar year in which it starts, or ends", "[core]") {
  CHECK(resolved("FY2025", date_of(2025, 8, 15), kJuly) == "FY2025 2025-07-01 2026-07-01 partial");
  CHECK(resolved("fy2025", date_of(2025, 8, 15), kJulyNamedByEnd) == "FY2025 2024-07-01 2025-07-01");
  CHECK(resolved("FY2025", date_of(2026, 8, 15)) == "FY2025 2025-01-01 2026-01-01");
  CHECK(resolved("FY2025", date_of(2026, 8, 15), {1, 1, true}) == "FY2025 2025-01-01 2026-01-01");
  CHECK(resolved("FY2024", date_of(2026, 8, 15), {4, 6, false}) == "FY2024 2024-04-06 2025-04-06");
  CHECK(resolved("FY2023", date_of(2026, 8, 15), {2, 29, false}) == "FY2023 2023-02-28 2024-02-29");
  CHECK(resolved("FY0001", date_of(2026, 1, 1), kJulyNamedByEnd) ==
        "period 'FY0001' lies outside the years 0001 to 9999");
  CHECK(resolved("FY9999", date_of(2026, 1, 1), kJuly) == "period 'FY9999' lies outside the years 0001 to 9999");
}

TEST_CASE("ranges take both ends in, in any form", "[core]") {
  CHECK(resolved("2025-Q1..2025-Q2") == "2025-Q1..2025-Q2 2025-01-01 2025-07-01");
  CHECK(resolved("2024..2025-02") == "2024..2025-02 2024-01-01 2025-03-01");
  CHECK(resolved("2025-01-31..2025-02-28") == "2025-01-31..2025-02-28 2025-01-31 2025-03-01");
  CHECK(resolved("last-month..today") == "2025-07..2025-08-15 2025-07-01 2025-08-16");
  CHECK(resolved("last-3-months..this-month") == "2025-05..2025-08 2025-05-01 2025-09-01 partial");
  CHECK(resolved("2025-Q1..2025-Q1") == "2025-Q1 2025-01-01 2025-04-01");
  CHECK(read("2025-Q1..2025-Q1").kind == PeriodKind::quarter);
  CHECK(read("2025-Q1..2025-Q2").kind == PeriodKind::range);
  CHECK(resolved("2025-Q3..2025-Q1") == "period '2025-Q3..2025-Q1' ends before it starts");
  CHECK(resolved("2025..") == "period '2025..': expected a period on both sides of '..'");
  CHECK(resolved("..") == "period '..': expected a period on both sides of '..'");
  CHECK(resolved("2023..2024..2025") == "period '2023..2024..2025': expected two periods and one '..' between them");
  CHECK(resolved("2025-Q1..2025-Q7") == "period '2025-Q7': expected a quarter from 1 to 4");
}

TEST_CASE("relative periods resolve against the as-of day", "[core]") {
  CHECK(resolved("today") == "2025-08-15 2025-08-15 2025-08-16");
  CHECK(resolved("yesterday") == "2025-08-14 2025-08-14 2025-08-15");
  CHECK(resolved("this-day") == resolved("today"));
  CHECK(resolved("this-week") == "2025-W33 2025-08-11 2025-08-18 partial");
  CHECK(resolved("last-week") == "2025-W32 2025-08-04 2025-08-11");
  CHECK(resolved("last-month") == "2025-07 2025-07-01 2025-08-01");
  CHECK(resolved("last-quarter") == "2025-Q2 2025-04-01 2025-07-01");
  CHECK(resolved("next-quarter") == "2025-Q4 2025-10-01 2026-01-01");
  CHECK(resolved("last-half") == "2025-H1 2025-01-01 2025-07-01");
  CHECK(resolved("last-year") == "2024 2024-01-01 2025-01-01");
  CHECK(resolved("this-fiscal-year", date_of(2025, 6, 30), kJuly) == "FY2024 2024-07-01 2025-07-01");
  CHECK(resolved("last-fiscal-year", date_of(2025, 8, 15), kJulyNamedByEnd) == "FY2025 2024-07-01 2025-07-01");
  CHECK(resolved("last-quarter", date_of(2025, 1, 1)) == "2024-Q4 2024-10-01 2025-01-01");
}

TEST_CASE("what is asked to date ends with the as-of day and is not partial", "[core]") {
  CHECK(resolved("this-year-to-date") == "2025-01-01..2025-08-15 2025-01-01 2025-08-16");
  CHECK(resolved("this-quarter-to-date") == "2025-07-01..2025-08-15 2025-07-01 2025-08-16");
  CHECK(resolved("this-month-to-date", date_of(2025, 8, 1)) == "2025-08-01..2025-08-01 2025-08-01 2025-08-02");
  CHECK(resolved("this-fiscal-year-to-date", date_of(2025, 8, 15), kJuly) ==
        "2025-07-01..2025-08-15 2025-07-01 2025-08-16");
  CHECK(resolved("last-year-to-date").starts_with("period 'last-year-to-date' is not known"));
}

TEST_CASE("the last several are complete ones before the current", "[core]") {
  CHECK(resolved("last-3-months") == "2025-05..2025-07 2025-05-01 2025-08-01");
  CHECK(resolved("last-1-months") == "2025-07 2025-07-01 2025-08-01");
  CHECK(resolved("last-14-days") == "2025-08-01..2025-08-14 2025-08-01 2025-08-15");
  CHECK(resolved("last-2-weeks") == "2025-W31..2025-W32 2025-07-28 2025-08-11");
  CHECK(resolved("last-4-quarters") == "2024-Q3..2025-Q2 2024-07-01 2025-07-01");
  CHECK(resolved("last-2-halves") == "2024-H2..2025-H1 2024-07-01 2025-07-01");
  CHECK(resolved("last-2-years") == "2023..2024 2023-01-01 2025-01-01");
  CHECK(resolved("last-2-fiscal-years", date_of(2025, 8, 15), kJuly) == "FY2023..FY2024 2023-07-01 2025-07-01");
  CHECK(resolved("last-0-months") == "period 'last-0-months': expected a number from 1 to 1000");
  CHECK(resolved("last-99999999999-days") == "period 'last-99999999999-days': expected a number from 1 to 1000");
  CHECK(resolved("last-900-years", date_of(500, 1, 1)) ==
        "period 'last-900-years' lies outside the years 0001 to 9999");
}

TEST_CASE("a mistyped period says what is expected", "[core]") {
  CHECK(resolved("2025-Q5") == "period '2025-Q5': expected a quarter from 1 to 4");
  CHECK(resolved("2025-H0") == "period '2025-H0': expected a half from 1 to 2");
  CHECK(resolved("2025-13") == "period '2025-13': expected a month from 01 to 12");
  CHECK(resolved("2025-02-29") == "period '2025-02-29': there is no such day");
  CHECK(resolved("2025-W53") == "period '2025-W53': the year 2025 has weeks 01 to 52");
  CHECK(resolved("2020-W54") == "period '2020-W54': the year 2020 has weeks 01 to 53");
  CHECK(resolved("2025Q3") == "period '2025Q3' is not known; did you mean '2025-Q3'?");
  CHECK(resolved("last-quater") == "period 'last-quater' is not known; did you mean 'last-quarter'?");
  CHECK(resolved("0000") == "period '0000': years run from 0001 to 9999");
  CHECK(resolved("") ==
        "the period is empty, expected for instance 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W30, 2025-07-14, FY2025, "
        "2025-Q1..2025-Q3 or last-quarter");
  for (auto const text :
       {"25", "2025-7", "2025-Q", "2025-Q33", "14.07.2025", "2025/07", "soon", "2025-07-1", "20256", "-", "FY25"})
    CHECK(resolved(text).find("is not known") != std::string::npos);
}

TEST_CASE("kinds of period have one name each, and a range is none to split by", "[core]") {
  for (auto const text : {"day", "week", "month", "quarter", "half", "year", "fiscal-year"})
    CHECK(to_text(parse_period_kind(text).value()) == text);
  CHECK_FALSE(parse_period_kind("range").has_value());
  CHECK_FALSE(parse_period_kind("Quarter").has_value());
}

TEST_CASE("every day lies in exactly one period of each kind, and they join without gaps", "[core]") {
  for (auto const kind : {PeriodKind::day, PeriodKind::week, PeriodKind::month, PeriodKind::quarter, PeriodKind::half,
                          PeriodKind::year, PeriodKind::fiscal_year}) {
    FiscalYear const fiscal{9, 16, true};
    for (Date day = date_of(2019, 12, 25); day < date_of(2025, 1, 8); day = day + 1) {
      Period const p = period_at(kind, day, fiscal);
      bool const joined = period_at(kind, p.end, fiscal).first == p.end && previous(p, fiscal).end == p.first;
      auto const reread = parse_period(p.label, {fiscal, {}});
      if (!p.contains(day) || !joined || !reread || *reread != p) FAIL(p.label << " " << to_iso(day));
    }
  }
}

TEST_CASE("a split clips the edges, marks them partial and keeps the whole labels", "[core]") {
  auto const parts = split(read("2025-02-10..2025-07-31"), PeriodKind::quarter, {});
  REQUIRE(parts.size() == 3);
  CHECK(shown(parts[0]) == "2025-Q1 2025-02-10 2025-04-01 partial");
  CHECK(shown(parts[1]) == "2025-Q2 2025-04-01 2025-07-01");
  CHECK(shown(parts[2]) == "2025-Q3 2025-07-01 2025-08-01 partial");
}

TEST_CASE("a split by weeks covers the days of the year and no others", "[core]") {
  auto const parts = split(read("2020"), PeriodKind::week, {});
  CHECK(parts.size() == 53);
  CHECK(shown(parts.front()) == "2020-W01 2020-01-01 2020-01-06 partial");
  CHECK(shown(parts.back()) == "2020-W53 2020-12-28 2021-01-01 partial");
  std::int32_t days = 0;
  for (auto const& part : parts) days += part.days();
  CHECK(days == 366);
}

TEST_CASE("a period splits into itself, and an empty one into nothing", "[core]") {
  CHECK(split(read("2025-Q3"), PeriodKind::quarter, {}) == std::vector<Period>{read("2025-Q3")});
  CHECK(split(read("2025-Q1..2025-Q3"), PeriodKind::range, {}).size() == 1);
  CHECK(split(Period{}, PeriodKind::day, {}).empty());
  CHECK(split(Period{}, PeriodKind::range, {}).empty());
}

TEST_CASE("the previous period is of the same kind", "[core]") {
  auto const before = [](std::string_view text, FiscalYear fiscal = {}) {
    return shown(previous(read(text, fiscal), fiscal));
  };
  CHECK(before("2025-Q1") == "2024-Q4 2024-10-01 2025-01-01");
  CHECK(before("2024-03") == "2024-02 2024-02-01 2024-03-01");
  CHECK(before("2021-W01") == "2020-W53 2020-12-28 2021-01-04");
  CHECK(before("FY2025", kJuly) == "FY2024 2024-07-01 2025-07-01");
  CHECK(before("2025-Q1..2025-Q3") == "2024-Q2..2024-Q4 2024-04-01 2025-01-01");
  CHECK(before("2025-01..2025-02") == "2024-11..2024-12 2024-11-01 2025-01-01");
  CHECK(before("2025-07-01..2025-09-30") == "2025-04-01..2025-06-30 2025-04-01 2025-07-01");
  CHECK(before("2025-07-08..2025-07-14") == "2025-07-01..2025-07-07 2025-07-01 2025-07-08");
  CHECK(before("2025-W10..2025-W11") == "2025-W08..2025-W09 2025-02-17 2025-03-03");
  CHECK(before("FY2024..FY2025", {4, 6, false}) == "FY2022..FY2023 2022-04-06 2024-04-06");
}

TEST_CASE("the period before a clipped one is a whole one", "[core]") {
  auto const parts = split(read("2025-02-10..2025-07-31"), PeriodKind::quarter, {});
  CHECK(shown(previous(parts[0], {})) == "2024-Q4 2024-10-01 2025-01-01");
}

TEST_CASE("the same period of last year is equal in kind", "[core]") {
  auto const then = [](std::string_view text, FiscalYear fiscal = {}) {
    return shown(same_period_last_year(read(text, fiscal), fiscal));
  };
  CHECK(then("2025-Q1") == "2024-Q1 2024-01-01 2024-04-01");
  CHECK(then("2024-02-29") == "2023-02-28 2023-02-28 2023-03-01");
  CHECK(then("2025-W30") == "2024-W30 2024-07-22 2024-07-29");
  CHECK(then("2020-W53") == "2019-W52 2019-12-23 2019-12-30");
  CHECK(then("FY2025", kJuly) == "FY2024 2024-07-01 2025-07-01");
  CHECK(then("2024-02-01..2024-02-29") == "2023-02-01..2023-02-28 2023-02-01 2023-03-01");
  CHECK(then("2025-02-01..2025-02-28") == "2024-02-01..2024-02-29 2024-02-01 2024-03-01");
  CHECK(then("2025-01-01..2025-08-15") == "2024-01-01..2024-08-15 2024-01-01 2024-08-16");
  CHECK(then("2025-Q1..2025-Q3") == "2024-Q1..2024-Q3 2024-01-01 2024-10-01");
  CHECK(then("2020-W52..2020-W53") == "2019-W52..2019-W52 2019-12-23 2019-12-30");
}

TEST_CASE("the last complete period may end on the as-of day", "[core]") {
  auto const last = [](PeriodKind kind, Date as_of) { return last_complete(kind, {{}, as_of}).label; };
  CHECK(last(PeriodKind::quarter, date_of(2025, 10, 1)) == "2025-Q3");
  CHECK(last(PeriodKind::quarter, date_of(2025, 9, 30)) == "2025-Q3");
  CHECK(last(PeriodKind::quarter, date_of(2025, 9, 29)) == "2025-Q2");
  CHECK(last(PeriodKind::day, date_of(2025, 9, 29)) == "2025-09-29");
  CHECK(last(PeriodKind::year, date_of(2025, 1, 1)) == "2024");
}

TEST_CASE("a period runs from its first day until the one before its last", "[core]") {
  Period const q = read("2025-Q3");
  CHECK_FALSE(is_running(q, date_of(2025, 6, 30)));
  CHECK(is_running(q, date_of(2025, 7, 1)));
  CHECK(is_running(q, date_of(2025, 9, 29)));
  CHECK_FALSE(is_running(q, date_of(2025, 9, 30)));
}
