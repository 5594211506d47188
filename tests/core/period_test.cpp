#include "core/period.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string resolved(std::string_view text, Date as_of = date_of(2025, 8, 15), FiscalYear fiscal = {}) {
  auto const period = parse_period(text, {fiscal, as_of});
  if (!period) return period.error();
  return period->label + " " + to_iso(period->first) + " " + to_iso(period->end) + (period->partial ? " partial" : "");
}

}  // namespace

TEST_CASE("absolute periods resolve to half-open days", "[core]") {
  CHECK(resolved("2025") == "2025 2025-01-01 2026-01-01 partial");
  CHECK(resolved("2025-H2") == "2025-H2 2025-07-01 2026-01-01 partial");
  CHECK(resolved("2025-q1") == "2025-Q1 2025-01-01 2025-04-01");
  CHECK(resolved("2024-02") == "2024-02 2024-02-01 2024-03-01");
  CHECK(resolved("2020-W53") == "2020-W53 2020-12-28 2021-01-04");
  CHECK(resolved("2025-07-14") == "2025-07-14 2025-07-14 2025-07-15");
  CHECK(resolved("2025-Q1..2025-Q3") == "2025-Q1..2025-Q3 2025-01-01 2025-10-01 partial");
}

TEST_CASE("relative periods resolve against the as-of day", "[core]") {
  CHECK(resolved("last-quarter") == "2025-Q2 2025-04-01 2025-07-01");
  CHECK(resolved("this-year-to-date") == "2025-01-01..2025-08-15 2025-01-01 2025-08-16");
  CHECK(resolved("last-3-months") == "2025-05..2025-07 2025-05-01 2025-08-01");
  CHECK(resolved("last-month..today") == "2025-07..2025-08-15 2025-07-01 2025-08-16");
}

TEST_CASE("a mistyped period says what is expected", "[core]") {
  CHECK(resolved("2025-Q5") == "period '2025-Q5': expected a quarter from 1 to 4");
  CHECK(resolved("last-quater") == "period 'last-quater' is not known; did you mean 'last-quarter'?");
  CHECK(resolved("2025-W53") == "period '2025-W53': the year 2025 has weeks 01 to 52");
}
