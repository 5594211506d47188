// Stocks over time other than the first and last report (averages, least and most of each reporter, then added), and
// people reported without ids.
#include <algorithm>
#include <map>

#include "indicators/exact_ratio.h"
#include "indicators/finish.h"
#include "indicators/formula_value.h"

namespace yekun {

namespace {

/// Sum of value * days and of days, whole where the values are.
struct Held {
  Int128 micros = 0;
  ExactSum number{};
  bool whole = true;
  std::int64_t days = 0;
  void add(Number value, std::int64_t held) {
    days += held;
    if (auto const* const units = std::get_if<std::int64_t>(&value)) {
      micros += Int128{*units} * kMicro * held;
    } else if (auto const* const decimal = std::get_if<Decimal>(&value)) {
      micros += Int128{decimal->micros} * held;
    } else {
      whole = false;
      number.add_product(std::get<double>(value), static_cast<double>(held));
    }
  }
};

/// The sum of the reporters' averages; reporters with as many days share one exact division.
Value sum_of_averages(std::map<std::uint32_t, Held> const& averages) {
  if (averages.empty()) return Value::missing();
  std::map<std::int64_t, Int128> by_days;
  ExactSum sum;
  bool whole = true;
  for (auto const& [reporter, held] : averages) {
    by_days[held.days] += held.micros;
    whole = whole && held.whole;
    if (!held.whole) sum.add(held.number.value() / static_cast<double>(held.days));
  }
  if (whole && by_days.size() == 1)
    return Value::of(exact_ratio(by_days.begin()->second, Int128{by_days.begin()->first} * kMicro));
  for (auto const& [days, micros] : by_days) sum.add(exact_ratio(micros, Int128{days} * kMicro));
  return Value::of(sum.value());
}

/// Between the largest part and the sum of all parts.
Value interval_of(std::vector<ReportValue> const& parts) {
  if (parts.empty()) return Value::missing();
  Number low = parts.front().value;
  Number high{std::int64_t{0}};
  for (ReportValue const& part : parts) {
    if (compare(part.value, low) > 0) low = part.value;
    high = add(high, part.value);
  }
  Value value = Value::of(high);
  value.low = low;
  return value;
}

Value sum_of_extremes(std::vector<ReportValue> const& parts, bool least) {
  std::map<std::uint32_t, Number> best;
  for (ReportValue const& part : parts) {
    auto const [at, is_new] = best.try_emplace(part.reporter, part.value);
    int const order = is_new ? 0 : compare(part.value, at->second);
    if (least ? order < 0 : order > 0) at->second = part.value;
  }
  if (best.empty()) return Value::missing();
  Number sum{std::int64_t{0}};
  for (auto const& [reporter, value] : best) sum = add(sum, value);
  return Value::of(sum);
}

/// What is there on a day, or changes on it: millionths where values are whole or decimal.
struct Level {
  Int128 micros = 0;
  ExactSum number{};
  void add(Number value, int times) {
    if (auto const* const units = std::get_if<std::int64_t>(&value))
      micros += Int128{*units} * kMicro * times;
    else if (auto const* const decimal = std::get_if<Decimal>(&value))
      micros += Int128{decimal->micros} * times;
    else
      number.add_product(std::get<double>(value), times);
  }
  Number as(Type type) const {
    if (type == Type::number) return number.value() + 0.0;
    if (type == Type::decimal) return Decimal{static_cast<std::int64_t>(micros)};
    return static_cast<std::int64_t>(micros / kMicro);
  }
};

/// The average, least or most of the window's days. Days on which nobody was there count: the level is 0.
Value level_over(std::map<std::int32_t, Level> const& changes, Period const& window, OverTime over_time, Type type) {
  Level level;
  Level held;
  std::optional<Number> best;
  std::int32_t day = window.first.days;
  auto const until = [&](std::int32_t next) {
    if (next <= day) return;
    held.micros += level.micros * (next - day);
    held.number.add_product(level.number.value(), next - day);
    Number const now = level.as(type);
    bool const better = best && (over_time == OverTime::min ? compare(now, *best) < 0 : compare(now, *best) > 0);
    if (!best || better) best = now;
    day = next;
  };
  for (auto const& [at, change] : changes) {
    until(std::min(at, window.end.days));
    level.micros += change.micros;
    level.number.add(change.number);
  }
  until(window.end.days);
  if (over_time != OverTime::average) return Value::of(*best);
  std::int64_t const days = window.end.days - window.first.days;
  if (type == Type::number) return Value::of(held.number.value() / static_cast<double>(days));
  return Value::of(exact_ratio(held.micros, Int128{days} * kMicro));
}

}  // namespace

/// The value of each report (reporter and date) in the cell; reports without one are left out.
std::vector<ReportValue> Finisher::report_values(std::uint32_t cell, bool& overflow) {
  MeasureFeed const& feed = plan_.feeds.front();
  CellMembers const& members = *feed.members;
  std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<Member>> reports;
  for (std::size_t i = 0; i < members.count(cell); ++i) {
    Member const one = members.begin(cell)[i];
    std::int32_t const day = members.scan->workers[one.worker]->groups()[members.grouping].day(one.group);
    reports[{members.reporter[one.worker][one.group], day}].push_back(one);
  }
  std::vector<ReportValue> values;
  for (auto const& [key, parts] : reports) {
    Value value;
    if (plan_.kind == MeasureKind::distinct) {
      union_.begin();
      for (Member const one : parts)
        union_.add(
            *members.scan->workers[one.worker]->groups()[members.grouping].states[feed.aggregates[0]]->ids(one.group));
      value = Value::of(static_cast<std::int64_t>(union_.count()));
    } else {
      merged_.clear();
      merge(feed, 0, parts.data(), parts.size(), merged_);
      value = of_merged(overflow);
    }
    if (value.is_value()) values.push_back({key.first, key.second, value.number});
  }
  return values;
}

/// Levels day by day of the rows that were there: what came and what went, in order of the days.
Value Finisher::of_days(std::uint32_t cell, bool& overflow) {
  Period const& window = windows_[cells_.window(cell)];
  MeasureFeed const& feed = plan_.feeds.front();
  CellMembers const& members = *feed.members;
  std::map<std::int32_t, Level> changes;
  bool any = false;
  for (std::size_t i = 0; i < members.count(cell); ++i) {
    Member const one = members.begin(cell)[i];
    auto const& groups = members.scan->workers[one.worker]->groups()[members.grouping];
    auto const day = [&](std::size_t dimension) -> std::optional<Date> {
      std::uint32_t const code = groups.table->word(one.group, groups.first_by_word() + dimension);
      return code == 0 ? std::nullopt : parse_iso_date(groups.by[dimension]->text(code));
    };
    merged_.clear();
    merge(feed, 0, &one, 1, merged_);
    Value const value = of_merged(overflow);
    auto const from = day(feed.span->first);
    auto const to = day(feed.span->second);
    if (!value.is_value() || !from || !to) continue;
    any = true;
    if (*from >= *to) continue;
    changes[from->days].add(value.number, 1);
    changes[to->days].add(value.number, -1);
  }
  if (!any || window.end <= window.first) return Value::missing();
  bool const counted = plan_.kind != MeasureKind::sum;
  return level_over(changes, window, plan_.over_time, counted ? Type::integer : plan_.type);
}

Value Finisher::of_reports(std::uint32_t cell, FinishedCell& out) {
  Period const& window = windows_[cells_.window(cell)];
  bool const all = window.label == "all";
  std::vector<ReportValue> const parts = report_values(cell, out.overflow);
  if (plan_.interval_sum) return interval_of(parts);
  if (plan_.over_time != OverTime::average) return sum_of_extremes(parts, plan_.over_time == OverTime::min);
  std::map<std::uint32_t, Held> averages;
  for (ReportValue const& part : parts) {
    auto const& days = plan_.feeds.front().members->report_days[part.reporter];
    auto const next = std::upper_bound(days.begin(), days.end(), part.day);
    std::int32_t until = part.day + plan_.holds_days;
    if (next != days.end()) until = std::min(until, *next);
    if (!all) until = std::min(until, window.end.days);
    std::int32_t const from = all ? part.day : std::max(part.day, window.first.days);
    if (until > from) averages[part.reporter].add(part.value, until - from);
  }
  return sum_of_averages(averages);
}

}  // namespace yekun
