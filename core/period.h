// Periods: half-open runs of days with a name, so that quarters join without gaps.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/date.h"

namespace yekun {

enum class PeriodKind { day, week, month, quarter, half, year, fiscal_year, range };

/// When fiscal years start and after which calendar year they are named.
struct FiscalYear {
  int start_month = 1;
  int start_day = 1;
  bool named_by_end = false;  // FY2025 is the one that ends, not starts, in 2025
};

/// Days [first, end). `label` is canonical: 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W30, 2025-07-14, FY2025, a..b, or
/// "all".
struct Period {
  Date first{};
  Date end{};
  PeriodKind kind = PeriodKind::range;
  std::string label;
  bool partial = false;  // clipped at the edge of what was asked, or still running at the as-of date
  std::int32_t days() const { return end - first; }
  bool contains(Date d) const { return first <= d && d < end; }
  friend bool operator==(Period const&, Period const&) = default;
};

struct PeriodContext {
  FiscalYear fiscal{};
  Date as_of{};  // what relative periods are relative to
};

/// Reads 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W30, 2025-07-14, FY2025, ranges a..b (both included), and relative ones:
/// today, yesterday, {this,last,next}-{day,week,month,quarter,half,year,fiscal-year},
/// this-{week,month,quarter,half,year,fiscal-year}-to-date (the as-of day included),
/// last-N-{days,weeks,months,quarters,halves,years,fiscal-years} (the N before the current one, N from 1 to 1000).
/// Capital or small letters. The label is the resolved one; a range with two equal ends is that period. A period that
/// is running at the as-of date is marked partial (what is asked "to date" is not). The error is a message without
/// place.
tl::expected<Period, std::string> parse_period(std::string_view text, PeriodContext const& context);

/// Whether `as_of` is a day of the period other than its last: it has begun and is not over.
bool is_running(Period const& period, Date as_of);

/// "day", "week", "month", "quarter", "half", "year", "fiscal-year".
std::optional<PeriodKind> parse_period_kind(std::string_view text);
std::string_view to_text(PeriodKind kind);

/// The whole period of `kind` (not range) that contains `day`.
Period period_at(PeriodKind kind, Date day, FiscalYear const& fiscal);

/// Consecutive periods of `per` that cover `whole`, in order; those at the edges are clipped to it and marked partial
/// (the label stays that of the full period). Empty for an empty period.
std::vector<Period> split(Period const& whole, PeriodKind per, FiscalYear const& fiscal);

/// The period of the same kind just before; a range moves back by its length (by whole months if it is whole months).
Period previous(Period const& period, FiscalYear const& fiscal);
/// The same period of the year before, equal in kind (weeks: same ISO number, or week 52 where there is no 53).
Period same_period_last_year(Period const& period, FiscalYear const& fiscal);
/// The last period of `kind` that ended on or before `as_of`.
Period last_complete(PeriodKind kind, PeriodContext const& context);

}  // namespace yekun
