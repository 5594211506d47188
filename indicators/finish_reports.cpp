// Stocks over time other than the first and last report: averages, least and most of each reporter, then added.
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
    if (auto const* const units = std::get_if<std::int64_t>(&value))
      micros += Int128{*units} * kMicro * held;
    else if (auto const* const decimal = std::get_if<Decimal>(&value))
      micros += Int128{decimal->micros} * held;
    else {
      whole = false;
      number.add_product(std::get<double>(value), static_cast<double>(held));
    }
  }
};

}  // namespace

Value Finisher::of_reports(std::uint32_t cell, FinishedCell& out) {
  MeasureFeed const& feed = plan_.feeds.front();
  CellMembers const& members = *feed.members;
  Period const& window = windows_[cells_.window(cell)];
  bool const all = window.label == "all";
  // The members of each report.
  std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<Member>> reports;
  for (std::size_t i = 0; i < members.count(cell); ++i) {
    Member const one = members.begin(cell)[i];
    std::int32_t const day = members.scan->workers[one.worker]->groups()[members.grouping].day(one.group);
    reports[{members.reporter[one.worker][one.group], day}].push_back(one);
  }
  std::map<std::uint32_t, Held> averages;
  std::map<std::uint32_t, Number> extremes;
  for (auto const& [key, parts] : reports) {
    auto const [reporter, day] = key;
    merged_.clear();
    merge(feed, 0, parts.data(), parts.size(), merged_);
    union_.begin();
    if (plan_.kind == MeasureKind::distinct) merged_.rows = 0;
    Value value = of_merged(out.overflow);
    if (plan_.kind == MeasureKind::distinct) {
      for (Member const one : parts)
        union_.add(
            *members.scan->workers[one.worker]->groups()[members.grouping].states[feed.aggregates[0]]->ids(one.group));
      value = Value::of(static_cast<std::int64_t>(union_.count()));
    }
    if (!value.is_value()) continue;
    if (plan_.over_time == OverTime::average) {
      auto const& days = members.report_days[reporter];
      auto const next = std::upper_bound(days.begin(), days.end(), day);
      std::int32_t until = day + plan_.holds_days;
      if (next != days.end()) until = std::min(until, *next);
      if (!all) until = std::min(until, window.end.days);
      std::int32_t const from = all ? day : std::max(day, window.first.days);
      if (until > from) averages[reporter].add(value.number, until - from);
      continue;
    }
    if (!all && day < window.first.days) continue;
    auto const [at, is_new] = extremes.try_emplace(reporter, value.number);
    int const order = compare(value.number, at->second);
    if (!is_new && (plan_.over_time == OverTime::min ? order < 0 : order > 0)) at->second = value.number;
  }
  if (plan_.over_time != OverTime::average) {
    if (extremes.empty()) return Value::missing();
    Number sum{std::int64_t{0}};
    for (auto const& [reporter, value] : extremes) sum = add(sum, value);
    return Value::of(sum);
  }
  if (averages.empty()) return Value::missing();
  // Reporters with as many days share one exact division.
  std::map<std::int64_t, Int128> by_days;
  ExactSum sum;
  for (auto const& [reporter, held] : averages) {
    by_days[held.days] += held.micros;
    if (!held.whole) sum.add(held.number.value() / static_cast<double>(held.days));
  }
  if (by_days.size() == 1 &&
      std::all_of(averages.begin(), averages.end(), [](auto const& a) { return a.second.whole; }))
    return Value::of(exact_ratio(by_days.begin()->second, Int128{by_days.begin()->first} * kMicro));
  for (auto const& [days, micros] : by_days) sum.add(exact_ratio(micros, Int128{days} * kMicro));
  return Value::of(sum.value());
}

}  // namespace yekun
