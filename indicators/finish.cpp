#include "indicators/finish.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "indicators/exact_ratio.h"

namespace yekun {

std::vector<PlanAggregate> aggregates_of(Measure const& measure, std::vector<std::string> const& conditions,
                                         std::string const& domain) {
  std::string const argument = measure.argument ? to_text(measure.argument->root) : std::string();
  auto const with = [&](AggregateKind kind) { return PlanAggregate{kind, argument, {}, conditions, {}}; };
  auto const by_id = [&](AggregateKind kind) { return PlanAggregate{kind, argument, {}, conditions, domain}; };
  switch (measure.kind) {
    case MeasureKind::rows:
      return {{AggregateKind::count, {}, {}, conditions, {}}};
    case MeasureKind::count:
      return {with(AggregateKind::count)};
    case MeasureKind::sum:
      return {with(AggregateKind::sum)};
    case MeasureKind::average: {
      if (!measure.weight) return {with(AggregateKind::sum)};
      PlanAggregate one = with(AggregateKind::weighted);
      one.weight = to_text(measure.weight->root);
      return {one};
    }
    case MeasureKind::min:
      return {with(AggregateKind::minimum)};
    case MeasureKind::max:
      return {with(AggregateKind::maximum)};
    case MeasureKind::quantile:
      return {with(AggregateKind::values)};
    case MeasureKind::stddev:
      return {with(AggregateKind::moments)};
    case MeasureKind::first:
      return {with(AggregateKind::first)};
    case MeasureKind::last:
      return {with(AggregateKind::last)};
    case MeasureKind::share: {
      PlanAggregate met{AggregateKind::count, {}, {}, conditions, {}};
      met.conditions.push_back(argument);
      return {met, with(AggregateKind::count)};
    }
    case MeasureKind::timeliness: {
      PlanAggregate one = by_id(AggregateKind::distinct);
      one.conditions.push_back(to_text(measure.earlier->root));
      return {one};
    }
    case MeasureKind::distinct:
    case MeasureKind::completeness:
    case MeasureKind::new_people:
    case MeasureKind::returning_people:
      return {by_id(AggregateKind::distinct)};
    case MeasureKind::people_with: {
      if (!measure.activity) return {by_id(AggregateKind::id_counts)};
      PlanAggregate one = by_id(AggregateKind::id_pairs);
      one.weight = to_text(measure.activity->root);
      return {one};
    }
    case MeasureKind::retained_people: {
      PlanAggregate earlier = by_id(AggregateKind::distinct);
      if (measure.earlier) earlier.conditions.push_back(to_text(measure.earlier->root));
      return {by_id(AggregateKind::distinct), earlier};
    }
  }
  return {};
}

double quantile_of(std::vector<std::int64_t>& values, double quantile, std::int64_t scale) {
  // The quantile as millionths keeps the interpolation exact.
  auto const part = static_cast<Int128>(std::llround(quantile * 1e6));
  Int128 const position = part * static_cast<Int128>(values.size() - 1);
  auto const at = static_cast<std::ptrdiff_t>(position / kMicro);
  Int128 const rest = position % kMicro;
  std::nth_element(values.begin(), values.begin() + at, values.end());
  Int128 const low = values[static_cast<std::size_t>(at)];
  Int128 high = low;
  if (rest != 0) high = *std::min_element(values.begin() + at + 1, values.end());
  return exact_ratio(low * kMicro + rest * (high - low), Int128{scale} * kMicro);
}

double quantile_of(std::vector<double>& values, double quantile) {
  double const position = quantile * static_cast<double>(values.size() - 1);
  auto const at = static_cast<std::ptrdiff_t>(position);
  double const rest = position - static_cast<double>(at);
  std::nth_element(values.begin(), values.begin() + at, values.end());
  double const low = values[static_cast<std::size_t>(at)];
  if (rest <= 0) return low;
  double const high = *std::min_element(values.begin() + at + 1, values.end());
  return low + rest * (high - low);
}

namespace {

std::int64_t scale_of(Type type) { return type == Type::decimal ? kMicro : 1; }

/// A whole sum as a number of its type; nullopt on overflow.
std::optional<Number> to_number(Int128 sum, Type type) {
  if (type == Type::decimal) {
    auto const value = to_decimal(sum);
    return value ? std::optional<Number>(*value) : std::nullopt;
  }
  if (sum > std::numeric_limits<std::int64_t>::max() || sum < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Number{static_cast<std::int64_t>(sum)};
}

Value count_value(std::uint64_t count) { return Value::of(static_cast<std::int64_t>(count)); }

Value finite(double value, bool& overflow) {
  overflow |= !std::isfinite(value);
  return std::isfinite(value) ? Value::of(value) : Value::missing();
}

/// Of a sample. n * sum(x^2) - sum(x)^2 loses half the digits where all values are alike, so the square is taken
/// exactly.
Value deviation(Merged const& merged, std::int64_t scale) {
  if (merged.rows < 2) return Value::missing();
  auto const n = static_cast<double>(merged.rows);
  double const mean = merged.sum_double.value() / n;
  // sum((x - m)^2) = sum(x^2) - 2 m sum(x) + n m^2, each product exact
  ExactSum squares = merged.squares;
  ExactSum rest = merged.sum_double;
  double const high = rest.value();
  rest.add(-high);
  squares.add_product(-2 * mean, high);
  squares.add_product(-2 * mean, rest.value());
  double const square = mean * mean;
  squares.add_product(n, square);
  squares.add_product(n, std::fma(mean, mean, -square));
  double const variance = std::max(0.0, squares.value()) / (n - 1);
  return Value::of(std::sqrt(variance) / static_cast<double>(scale));
}

}  // namespace

void Finisher::merge(MeasureFeed const& feed, std::size_t aggregate, Member const* begin, std::size_t count,
                     Merged& into) const {
  CellMembers const& members = *feed.members;
  for (std::size_t i = 0; i < count; ++i) {
    auto const& groups = members.scan->workers[begin[i].worker]->groups()[members.grouping];
    groups.states[feed.aggregates[aggregate]]->merge(begin[i].group, into);
  }
}

void Finisher::unite(std::uint32_t cell, std::size_t aggregate, IdUnion& into) const {
  for (MeasureFeed const& feed : plan_.feeds) {
    CellMembers const& members = *feed.members;
    for (std::size_t i = 0; i < members.count(cell); ++i) {
      Member const one = members.begin(cell)[i];
      auto const& groups = members.scan->workers[one.worker]->groups()[members.grouping];
      into.add(*groups.states[feed.aggregates[aggregate]]->ids(one.group));
    }
  }
}

/// What the database counted for the cell: its place is that of any of its groups, without what is rolled up.
std::optional<std::uint64_t> Finisher::counted(CountedIds const& ids, std::uint32_t cell) const {
  CellMembers const& members = *plan_.feeds.front().members;
  Member const one = *members.begin(cell);
  auto const& groups = members.scan->workers[one.worker]->groups()[members.grouping];
  std::vector<std::uint32_t> codes(groups.by.size(), 0);
  std::uint32_t set = 0;
  for (std::size_t d = 0; d < cells_.dimensions(); ++d) {
    if (cells_.code(cell, d) == kRolledUp || !members.dimensions[d]) continue;
    std::size_t const at = *members.dimensions[d];
    set |= 1U << at;
    codes[at] = groups.table->word(one.group, groups.first_by_word() + at);
  }
  return ids.number(windows_[cells_.window(cell)], set, codes);
}

std::uint64_t Finisher::distinct(std::uint32_t cell, FinishedCell& out) {
  MeasureFeed const& feed = plan_.feeds.front();
  CellMembers const& members = *feed.members;
  auto const there = members.scan->counted.find({members.grouping, feed.aggregates[0]});
  if (there != members.scan->counted.end()) {
    auto const number = counted(there->second, cell);
    out.not_counted = !number;
    return number.value_or(0);
  }
  if (members.count(cell) == 1) {
    Member const one = *members.begin(cell);
    auto const& groups = members.scan->workers[one.worker]->groups()[members.grouping];
    if (auto const counted = groups.states[feed.aggregates[0]]->id_count(one.group)) return *counted;
  }
  union_.begin();
  unite(cell, 0, union_);
  return union_.count();
}

std::uint64_t Finisher::rows(std::uint32_t cell, std::size_t aggregate) const {
  std::uint64_t all = 0;
  for (MeasureFeed const& feed : plan_.feeds) {
    CellMembers const& members = *feed.members;
    std::size_t const state = aggregate == kAllRows ? feed.rows_aggregate : feed.aggregates[aggregate];
    for (std::size_t i = 0; i < members.count(cell); ++i) {
      Member const one = members.begin(cell)[i];
      all += members.scan->workers[one.worker]->groups()[members.grouping].states[state]->rows(one.group);
    }
  }
  return all;
}

/// Days from the oldest report that counts to the window's first day; only of the last reports, which may be carried.
std::int32_t Finisher::carried_days(std::uint32_t cell) const {
  if (plan_.over_time != OverTime::last) return 0;
  Period const& window = windows_[cells_.window(cell)];
  if (window.label == "all") return 0;
  std::int32_t oldest = 0;
  for (MeasureFeed const& feed : plan_.feeds) {
    CellMembers const& members = *feed.members;
    for (std::size_t i = 0; i < members.count(cell); ++i) {
      Member const one = members.begin(cell)[i];
      auto const& groups = members.scan->workers[one.worker]->groups()[members.grouping];
      if (groups.by_report()) oldest = std::max(oldest, window.first.days - groups.day(one.group));
    }
  }
  return oldest;
}

std::uint64_t Finisher::count_by_contact(std::uint32_t cell, bool is_new) {
  Period const& window = windows_[cells_.window(cell)];
  bool const all = window.label == "all";
  union_.begin();
  unite(cell, 0, union_);
  std::uint64_t count = 0;
  union_.each([&](std::uint32_t id) {
    std::int32_t first = ScanWorker::kNever;
    for (MeasureFeed const& feed : plan_.feeds)
      if (feed.first_contacts != nullptr && id < feed.first_contacts->size())
        first = std::min(first, (*feed.first_contacts)[id]);
    if (first == ScanWorker::kNever) return;
    bool const in = all || (first >= window.first.days && first < window.end.days);
    bool const earlier = !all && first < window.first.days;
    count += (is_new ? in : earlier) ? 1U : 0U;
  });
  return count;
}

std::uint64_t Finisher::count_retained(std::uint32_t cell, std::uint32_t before) {
  union_.begin();
  other_union_.begin();
  unite(cell, 0, union_);
  if (before != 0) unite(before, 1, other_union_);
  std::vector<std::uint32_t> earlier;
  other_union_.each([&](std::uint32_t id) { earlier.push_back(id); });
  std::sort(earlier.begin(), earlier.end());
  std::uint64_t count = 0;
  union_.each([&](std::uint32_t id) { count += std::binary_search(earlier.begin(), earlier.end(), id) ? 1U : 0U; });
  return count;
}

/// Ids with at least `at_least` rows, or with as many different activities.
std::uint64_t Finisher::count_with(std::uint32_t cell) {
  merged_.clear();
  for (MeasureFeed const& feed : plan_.feeds)
    merge(feed, 0, feed.members->begin(cell), feed.members->count(cell), merged_);
  auto& pairs = merged_.pairs;
  std::sort(pairs.begin(), pairs.end());
  bool const activities = plan_.activities;
  if (activities) pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < pairs.size();) {
    std::uint64_t const id = pairs[i] >> 32;
    std::int64_t times = 0;
    for (; i < pairs.size() && pairs[i] >> 32 == id; ++i)
      times += activities ? 1 : static_cast<std::int64_t>(pairs[i] & 0xFFFFFFFFU);
    count += times >= plan_.at_least ? 1U : 0U;
  }
  return count;
}

/// The value of merged_, for kinds that are made of one state.
Value Finisher::of_merged(bool& overflow) {
  Merged& m = merged_;
  Type const type = plan_.type;
  if (plan_.kind == MeasureKind::rows || plan_.kind == MeasureKind::count) return count_value(m.rows);
  if (m.rows == 0) return Value::missing();
  switch (plan_.kind) {
    case MeasureKind::sum: {
      if (type == Type::number) return finite(m.sum_double.value(), overflow);
      auto const sum = to_number(m.sum, type);
      overflow |= !sum;
      return sum ? Value::of(*sum) : Value::missing();
    }
    case MeasureKind::average: {
      if (plan_.weighted && type == Type::number) {
        double const weight = m.squares.value();
        return weight == 0 ? Value::not_applicable()
                           : finite(m.sum_double.value() / weight / static_cast<double>(plan_.scale), overflow);
      }
      if (plan_.weighted) {
        overflow |= m.overflow;
        return m.weight == 0 ? Value::not_applicable() : Value::of(exact_ratio(m.sum, m.weight * plan_.scale));
      }
      if (type == Type::number) return finite(m.sum_double.value() / static_cast<double>(m.rows), overflow);
      return Value::of(exact_ratio(m.sum, static_cast<Int128>(m.rows) * scale_of(type)));
    }
    case MeasureKind::min:
    case MeasureKind::max:
    case MeasureKind::first:
    case MeasureKind::last:
      if (type == Type::number) return Value::of(m.number + 0.0);
      return Value::of(*to_number(m.whole, type));
    case MeasureKind::quantile:
      if (type == Type::number) return Value::of(quantile_of(m.numbers, plan_.quantile));
      return Value::of(quantile_of(m.wholes, plan_.quantile, scale_of(type)));
    case MeasureKind::stddev:
      return deviation(m, scale_of(type));
    default:
      return Value::missing();
  }
}

std::uint64_t Finisher::units(std::uint32_t cell) {
  union_.begin();
  for (MeasureFeed const& feed : plan_.feeds)
    for (std::size_t i = 0; feed.units && i < feed.members->count(cell); ++i) {
      Member const one = feed.members->begin(cell)[i];
      auto const& groups = feed.members->scan->workers[one.worker]->groups()[feed.members->grouping];
      union_.add(*groups.states[*feed.units]->ids(one.group));
    }
  return union_.count();
}

Value Finisher::of_members(std::uint32_t cell, std::optional<std::size_t> window_before, FinishedCell& out) {
  switch (plan_.kind) {
    case MeasureKind::distinct:
    case MeasureKind::completeness:
    case MeasureKind::timeliness:
      return count_value(distinct(cell, out));
    case MeasureKind::new_people:
      return count_value(count_by_contact(cell, true));
    case MeasureKind::returning_people:
      return count_value(count_by_contact(cell, false));
    case MeasureKind::retained_people:
      // Who stayed is not known where nothing was recorded in the window before.
      if (!window_before || plan_.feeds.front().members->window_has_rows[*window_before] == 0) return Value::missing();
      return count_value(count_retained(cell, cells_.elsewhere(cell, *window_before)));
    case MeasureKind::people_with:
      return count_value(count_with(cell));
    case MeasureKind::share: {
      std::uint64_t const known = rows(cell, 1);
      if (known == 0) return Value::not_applicable();
      return Value::of(exact_ratio(static_cast<Int128>(rows(cell, 0)), static_cast<Int128>(known)));
    }
    default:
      merged_.clear();
      for (MeasureFeed const& feed : plan_.feeds)
        merge(feed, 0, feed.members->begin(cell), feed.members->count(cell), merged_);
      return of_merged(out.overflow);
  }
}

FinishedCell Finisher::finish(std::uint32_t cell, std::optional<std::size_t> window_before) {
  FinishedCell out;
  bool has_rows = false;
  for (MeasureFeed const& feed : plan_.feeds) has_rows |= feed.members->count(cell) > 0;
  if (!has_rows) return out;
  bool const of_time = plan_.interval_sum || plan_.over_time == OverTime::average || plan_.over_time == OverTime::min ||
                       plan_.over_time == OverTime::max;
  bool const of_days_there = of_time && plan_.feeds.front().span.has_value();
  out.value = of_days_there ? of_days(cell, out.overflow)
              : of_time     ? of_reports(cell, out)
                            : of_members(cell, window_before, out);
  out.carried_days = carried_days(cell);
  out.rows_used = rows(cell, plan_.kind == MeasureKind::share ? 1 : 0);
  std::uint64_t const all = rows(cell, kAllRows);
  out.rows_left_out = all > out.rows_used ? all - out.rows_used : 0;
  return out;
}

}  // namespace yekun
