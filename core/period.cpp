#include "core/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/period_label.h"

namespace yekun {
namespace {

constexpr std::array<std::string_view, 8> kKinds{"day",  "week", "month",       "quarter",
                                                 "half", "year", "fiscal-year", "range"};

/// The day on which the fiscal year starts in calendar year `year`; 29 February is 28 in other years.
Date fiscal_start(int year, FiscalYear const& fiscal) {
  return date_of(year, fiscal.start_month, std::min(fiscal.start_day, days_in_month(year, fiscal.start_month)));
}

Period calendar_period(PeriodKind kind, Date day) {
  Civil const c = to_civil(day);
  auto const months = [&](int count) {
    Date const first = date_of(c.year, (c.month - 1) / count * count + 1, 1);
    return std::pair{first, add_months(first, count)};
  };
  std::pair<Date, Date> days{day, day + 1};
  if (kind == PeriodKind::month) days = months(1);
  if (kind == PeriodKind::quarter) days = months(3);
  if (kind == PeriodKind::half) days = months(6);
  if (kind == PeriodKind::year) days = months(12);
  if (kind == PeriodKind::week) days = {day - (weekday(day) - 1), day + (8 - weekday(day))};
  return {days.first, days.second, kind, {}, false};
}

Period fiscal_period(Date day, FiscalYear const& fiscal) {
  int year = to_civil(day).year;
  if (day < fiscal_start(year, fiscal)) --year;
  return {fiscal_start(year, fiscal), fiscal_start(year + 1, fiscal), PeriodKind::fiscal_year, {}, false};
}

/// How far a range reaches, counted in periods of its own unit.
struct Steps {
  PeriodKind unit = PeriodKind::day;
  int count = 0;
};

/// The unit that both ends of the range's label are written in, or else months or days, whichever fit.
Steps steps_of(Period const& range, FiscalYear const& fiscal) {
  PeriodKind const written = label_unit(range.label);
  PeriodKind const tried[] = {written, PeriodKind::month};
  for (PeriodKind const unit : tried) {
    if (unit == PeriodKind::day || unit == PeriodKind::range) continue;
    if (period_at(unit, range.first, fiscal).first != range.first ||
        period_at(unit, range.end - 1, fiscal).end != range.end)
      continue;
    int count = 0;
    for (Date day = range.first; day < range.end; day = period_at(unit, day, fiscal).end) ++count;
    return {unit, count};
  }
  return {PeriodKind::day, range.days()};
}

Period shift_back(Period const& range, FiscalYear const& fiscal) {
  Steps const steps = steps_of(range, fiscal);
  Date first = range.first;
  if (steps.unit == PeriodKind::day)
    first = range.first - steps.count;
  else
    for (int i = 0; i < steps.count; ++i) first = period_at(steps.unit, first - 1, fiscal).first;
  PeriodKind const unit = label_unit(range.label) == PeriodKind::day ? PeriodKind::day : steps.unit;
  return make_range(first, range.first, unit, fiscal);
}

Period range_last_year(Period const& range, FiscalYear const& fiscal) {
  PeriodKind const unit = steps_of(range, fiscal).unit;
  if (unit == PeriodKind::week || unit == PeriodKind::fiscal_year) {
    Period const from = same_period_last_year(period_at(unit, range.first, fiscal), fiscal);
    Period const to = same_period_last_year(period_at(unit, range.end - 1, fiscal), fiscal);
    return make_range(from.first, to.end, unit, fiscal);
  }
  bool const month_end = to_civil(range.end).day == 1;
  Date const end = month_end ? add_months(range.end, -12) : add_months(range.end - 1, -12) + 1;
  PeriodKind const label = label_unit(range.label) == PeriodKind::day ? PeriodKind::day : unit;
  return make_range(add_months(range.first, -12), end, label, fiscal);
}

}  // namespace

std::optional<PeriodKind> parse_period_kind(std::string_view text) {
  auto const* const end = kKinds.end() - 1;  // a range is not something to split by
  auto const* const found = std::find(kKinds.begin(), end, text);
  if (found == end) return std::nullopt;
  return static_cast<PeriodKind>(found - kKinds.begin());
}

std::string_view to_text(PeriodKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string period_label(PeriodKind kind, Date first, FiscalYear const& fiscal) {
  Civil const c = to_civil(first);
  switch (kind) {
    case PeriodKind::day:
    case PeriodKind::range:
      return to_iso(first);
    case PeriodKind::week:
      return fmt::format("{:04}-W{:02}", to_iso_week(first).year, to_iso_week(first).week);
    case PeriodKind::month:
      return fmt::format("{:04}-{:02}", c.year, c.month);
    case PeriodKind::quarter:
      return fmt::format("{:04}-Q{}", c.year, (c.month - 1) / 3 + 1);
    case PeriodKind::half:
      return fmt::format("{:04}-H{}", c.year, (c.month - 1) / 6 + 1);
    case PeriodKind::year:
      return fmt::format("{:04}", c.year);
    case PeriodKind::fiscal_year: {
      Date const last = fiscal_start(c.year + 1, fiscal) - 1;
      return fmt::format("FY{:04}", fiscal.named_by_end ? to_civil(last).year : c.year);
    }
  }
  return {};
}

PeriodKind label_unit(std::string_view label) {
  auto const unit = [](std::string_view side) {
    if (side.starts_with("FY")) return PeriodKind::fiscal_year;
    if (side.size() == 4) return PeriodKind::year;
    if (side.size() == 10) return PeriodKind::day;
    if (side.find('W') != std::string_view::npos) return PeriodKind::week;
    if (side.find('Q') != std::string_view::npos) return PeriodKind::quarter;
    if (side.find('H') != std::string_view::npos) return PeriodKind::half;
    return side.size() == 7 ? PeriodKind::month : PeriodKind::range;
  };
  auto const dots = label.find("..");
  if (dots == std::string_view::npos) return unit(label);
  PeriodKind const left = unit(label.substr(0, dots));
  return left == unit(label.substr(dots + 2)) ? left : PeriodKind::range;
}

Period make_range(Date first, Date end, PeriodKind unit, FiscalYear const& fiscal) {
  if (unit == PeriodKind::range) unit = PeriodKind::day;
  bool const aligned = period_at(unit, first, fiscal).first == first && period_at(unit, end - 1, fiscal).end == end;
  if (!aligned) unit = PeriodKind::day;
  std::string const from = period_label(unit, first, fiscal);
  std::string const to = period_label(unit, period_at(unit, end - 1, fiscal).first, fiscal);
  return {first, end, PeriodKind::range, from + ".." + to, false};
}

Period period_at(PeriodKind kind, Date day, FiscalYear const& fiscal) {
  Period out = kind == PeriodKind::fiscal_year ? fiscal_period(day, fiscal) : calendar_period(kind, day);
  out.label = period_label(kind, out.first, fiscal);
  return out;
}

std::vector<Period> split(Period const& whole, PeriodKind per, FiscalYear const& fiscal) {
  std::vector<Period> parts;
  if (per == PeriodKind::range) {
    if (whole.first < whole.end) parts.push_back(whole);
    return parts;
  }
  for (Date day = whole.first; day < whole.end;) {
    Period part = period_at(per, day, fiscal);
    Date const next = part.end;
    part.partial = part.first < whole.first || part.end > whole.end;
    part.first = std::max(part.first, whole.first);
    part.end = std::min(part.end, whole.end);
    parts.push_back(std::move(part));
    day = next;
  }
  return parts;
}

Period previous(Period const& period, FiscalYear const& fiscal) {
  if (period.kind == PeriodKind::range) return shift_back(period, fiscal);
  return period_at(period.kind, period_at(period.kind, period.first, fiscal).first - 1, fiscal);
}

Period same_period_last_year(Period const& period, FiscalYear const& fiscal) {
  if (period.kind == PeriodKind::range) return range_last_year(period, fiscal);
  if (period.kind == PeriodKind::fiscal_year) return previous(period, fiscal);
  if (period.kind != PeriodKind::week) return period_at(period.kind, add_months(period.first, -12), fiscal);
  IsoWeek const week = to_iso_week(period.first);
  auto const same = monday_of({week.year - 1, week.week});
  auto const day = same ? same : monday_of({week.year - 1, 52});
  return period_at(PeriodKind::week, day.value_or(period.first - 364), fiscal);
}

Period last_complete(PeriodKind kind, PeriodContext const& context) {
  Period const current = period_at(kind, context.as_of, context.fiscal);
  return current.end <= context.as_of + 1 ? current : previous(current, context.fiscal);
}

}  // namespace yekun
