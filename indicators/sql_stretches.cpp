#include "indicators/sql_stretches.h"

#include <algorithm>
#include <set>

namespace yekun {
namespace {

using Form = SqlStretches::Form;

constexpr std::size_t kMostBoundaries = 1000;
constexpr int kFirstYear = 1990;
constexpr int kEndYear = 2050;

/// Of the kinds of periods that windows may have; false: too many.
bool add_supposed(Boundaries const& boundaries, std::set<std::int32_t>& days, SqlStretches& out) {
  out.from = kFirstDate.days;
  out.to = kLastDate.days;
  for (auto const& [kind, back] : boundaries.kinds) {
    if (kind == PeriodKind::day || kind == PeriodKind::week) return false;
    Period period = period_at(kind, date_of(kFirstYear, 1, 1), boundaries.fiscal);
    out.from = std::max(out.from, period.first.days - back);
    while (to_civil(period.first).year < kEndYear) {
      days.insert(period.first.days - back);
      period = period_at(kind, period.end, boundaries.fiscal);
    }
    days.insert(period.first.days - back);
    out.to = std::min(out.to, period.first.days - back);
  }
  return true;
}

}  // namespace

std::int32_t SqlStretches::day_of(std::size_t stretch) const {
  if (stretch > 0) return days[stretch - 1];
  return days.empty() ? 0 : days.front() - 1;
}

SqlStretches sql_stretches(CompiledPlan const& plan, bool suppose) {
  Boundaries const& boundaries = plan.plan.boundaries;
  SqlStretches out;
  if (boundaries.every_day || (plan.dates.empty() && !boundaries.kinds.empty())) return out;
  std::set<std::int32_t> days(boundaries.days.begin(), boundaries.days.end());
  if (boundaries.kinds.empty() && days == std::set{kFirstDate.days, kLastDate.days + 1}) {
    if (boundaries.outside && boundaries.undated) return {Form::whole, {kFirstDate.days}};
    return out;
  }
  if (plan.dates.empty()) return out;
  if (!boundaries.kinds.empty() && (!suppose || !add_supposed(boundaries, days, out))) return {};
  days.erase(kLastDate.days + 1);  // no day is later
  bool const inside = days.empty() || (*days.begin() >= kFirstDate.days && *days.rbegin() <= kLastDate.days);
  if (!inside || days.size() > kMostBoundaries) return {};
  out.form = Form::between;
  out.days.assign(days.begin(), days.end());
  return out;
}

}  // namespace yekun
