#include "indicators/accumulator.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace yekun {

void Merged::clear() {
  rows = order = 0;
  sum = weight = 0;
  overflow = false;
  sum_double = {};
  squares = {};
  whole = 0;
  number = 0;
  day = 0;
  pairs.clear();
  wholes.clear();
  numbers.clear();
}

namespace {

template <class T>
void keep_entries(std::vector<T>& all, std::span<std::uint32_t const> groups) {
  std::vector<T> kept;
  kept.reserve(groups.size() + 1);
  kept.emplace_back();
  for (std::uint32_t const group : groups) kept.push_back(std::move(all[group]));
  all = std::move(kept);
}

/// Counts the rows used, which every kind needs.
class Counter : public Accumulator {
 public:
  void resize(std::size_t groups) override { counts_.resize(groups); }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) counts_[in.groups[i]] += in.use[i];
  }
  void merge(std::uint32_t group, Merged& merged) const override { merged.rows += counts_[group]; }
  void keep(std::span<std::uint32_t const> groups) override { keep_entries(counts_, groups); }
  std::uint64_t rows(std::uint32_t group) const override { return counts_[group]; }

 protected:
  std::vector<std::uint64_t> counts_;
};

class WholeSum final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    sums_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    std::int64_t const* const values = in.argument->whole.data();
    for (std::size_t i = 0; i < in.rows; ++i) {
      std::uint32_t const group = in.groups[i];
      counts_[group] += in.use[i];
      sums_[group] += in.use[i] != 0 ? values[i] : 0;
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum += sums_[group];
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(sums_, groups);
  }

 private:
  std::vector<Int128> sums_;
};

class NumberSum final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    sums_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      sums_[in.groups[i]].add(in.argument->number[i]);
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum_double.add(sums_[group]);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(sums_, groups);
  }

 private:
  std::vector<ExactSum> sums_;
};

template <class T>
T value_at(Column const& column, std::size_t i) {
  if constexpr (std::is_same_v<T, double>)
    return column.number[i];
  else
    return column.whole[i];
}
template <class T>
T& slot_of(Merged& merged) {
  if constexpr (std::is_same_v<T, double>)
    return merged.number;
  else
    return merged.whole;
}

template <class T, bool kLeast>
class Extreme final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    best_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0) continue;
      std::uint32_t const group = in.groups[i];
      T const value = value_at<T>(*in.argument, i);
      if (counts_[group]++ == 0 || (kLeast ? value < best_[group] : value > best_[group])) best_[group] = value;
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    if (counts_[group] == 0) return;
    T& best = slot_of<T>(merged);
    if (merged.rows == 0 || (kLeast ? best_[group] < best : best_[group] > best)) best = best_[group];
    Counter::merge(group, merged);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(best_, groups);
  }

 private:
  std::vector<T> best_;
};

class Distinct final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    sets_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    constexpr std::size_t kAhead = 24;
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (i + kAhead < in.rows && in.use[i + kAhead] != 0) sets_[in.groups[i + kAhead]].prefetch(in.ids[i + kAhead]);
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      sets_[in.groups[i]].add(in.ids[i], in.id_limit);
    }
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(sets_, groups);
  }
  IdSet const* ids(std::uint32_t group) const override { return &sets_[group]; }

 private:
  std::vector<IdSet> sets_;
};

template <class T>
class Values final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    values_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      values_[in.groups[i]].push_back(value_at<T>(*in.argument, i));
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    auto const& from = values_[group];
    if constexpr (std::is_same_v<T, double>)
      merged.numbers.insert(merged.numbers.end(), from.begin(), from.end());
    else
      merged.wholes.insert(merged.wholes.end(), from.begin(), from.end());
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(values_, groups);
  }

 private:
  std::vector<std::vector<T>> values_;
};

template <class T>
class Moments final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    sums_.resize(groups);
    squares_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      std::uint32_t const group = in.groups[i];
      if (in.use[i] == 0 || group == 0) continue;
      auto const value = static_cast<double>(value_at<T>(*in.argument, i));
      ++counts_[group];
      sums_[group].add(value);
      squares_[group].add_product(value, value);
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum_double.add(sums_[group]);
    merged.squares.add(squares_[group]);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(sums_, groups);
    keep_entries(squares_, groups);
  }

 private:
  std::vector<ExactSum> sums_;
  std::vector<ExactSum> squares_;
};

/// The value of the earliest or latest date; of several rows on it the first or last in input order.
template <class T, bool kEarliest>
class ByDate final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    best_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0) continue;
      std::uint32_t const group = in.groups[i];
      Entry const entry{in.days[i], in.order + i, value_at<T>(*in.argument, i)};
      if (counts_[group]++ == 0 || entry.beats(best_[group])) best_[group] = entry;
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    if (counts_[group] == 0) return;
    Entry const& mine = best_[group];
    T& value = slot_of<T>(merged);
    if (merged.rows == 0 || mine.beats({merged.day, merged.order, value})) {
      merged.day = mine.day;
      merged.order = mine.order;
      value = mine.value;
    }
    Counter::merge(group, merged);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(best_, groups);
  }

 private:
  struct Entry {
    std::int32_t day = 0;
    std::uint64_t order = 0;
    T value{};
    bool beats(Entry const& other) const {
      if (day != other.day) return kEarliest ? day < other.day : day > other.day;
      return kEarliest ? order < other.order : order > other.order;
    }
  };
  std::vector<Entry> best_;
};

/// Sums of value * weight and of weight: exact for whole numbers, by exact products for doubles.
class Weighted final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    entries_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    bool const whole = in.argument->type != Type::number && in.weight->type != Type::number;
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      Entry& entry = entries_[in.groups[i]];
      if (whole) {
        Int128 const product = Int128{in.argument->whole[i]} * in.weight->whole[i];
        entry.overflow |= __builtin_add_overflow(entry.sum, product, &entry.sum);
        entry.weight += in.weight->whole[i];
      } else {
        double const weight = as_double(*in.weight, i);
        entry.sum_double.add_product(as_double(*in.argument, i), weight);
        entry.weight_double.add(weight);
      }
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    Entry const& entry = entries_[group];
    merged.overflow |= entry.overflow;
    merged.overflow |= __builtin_add_overflow(merged.sum, entry.sum, &merged.sum);
    merged.weight += entry.weight;
    merged.sum_double.add(entry.sum_double);
    merged.squares.add(entry.weight_double);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(entries_, groups);
  }

 private:
  struct Entry {
    Int128 sum = 0;
    Int128 weight = 0;
    bool overflow = false;
    ExactSum sum_double{};
    ExactSum weight_double{};
  };
  static double as_double(Column const& column, std::size_t i) {
    return column.type == Type::number ? column.number[i] : static_cast<double>(column.whole[i]);
  }
  std::vector<Entry> entries_;
};

/// How often each id occurs.
class IdCounts final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    counts_of_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      ++counts_of_[in.groups[i]][in.ids[i]];
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    for (auto const& [id, count] : counts_of_[group]) merged.pairs.push_back(std::uint64_t{id} << 32 | count);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(counts_of_, groups);
  }

 private:
  std::vector<std::unordered_map<std::uint32_t, std::uint32_t>> counts_of_;
};

/// Which others each id occurs with.
class IdPairs final : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    pairs_.resize(groups);
  }
  void add(AccumulateInput const& in) override {
    for (std::size_t i = 0; i < in.rows; ++i) {
      if (in.use[i] == 0 || in.groups[i] == 0) continue;
      ++counts_[in.groups[i]];
      pairs_[in.groups[i]].insert(std::uint64_t{in.ids[i]} << 32 | in.others[i]);
    }
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.pairs.insert(merged.pairs.end(), pairs_[group].begin(), pairs_[group].end());
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(pairs_, groups);
  }

 private:
  std::vector<std::unordered_set<std::uint64_t>> pairs_;
};

template <template <class> class Of>
std::unique_ptr<Accumulator> of_type(Type type) {
  if (type == Type::number) return std::make_unique<Of<double>>();
  return std::make_unique<Of<std::int64_t>>();
}

template <class T>
using Least = Extreme<T, true>;
template <class T>
using Most = Extreme<T, false>;
template <class T>
using Earliest = ByDate<T, true>;
template <class T>
using Latest = ByDate<T, false>;

}  // namespace

std::unique_ptr<Accumulator> make_accumulator(AggregateKind kind, Type type) {
  switch (kind) {
    case AggregateKind::count:
      return std::make_unique<Counter>();
    case AggregateKind::sum:
      if (type == Type::number) return std::make_unique<NumberSum>();
      return std::make_unique<WholeSum>();
    case AggregateKind::minimum:
      return of_type<Least>(type);
    case AggregateKind::maximum:
      return of_type<Most>(type);
    case AggregateKind::distinct:
      return std::make_unique<Distinct>();
    case AggregateKind::values:
      return of_type<Values>(type);
    case AggregateKind::moments:
      return of_type<Moments>(type);
    case AggregateKind::first:
      return of_type<Earliest>(type);
    case AggregateKind::last:
      return of_type<Latest>(type);
    case AggregateKind::weighted:
      return std::make_unique<Weighted>();
    case AggregateKind::id_counts:
      return std::make_unique<IdCounts>();
    case AggregateKind::id_pairs:
      return std::make_unique<IdPairs>();
  }
  return nullptr;
}

}  // namespace yekun
