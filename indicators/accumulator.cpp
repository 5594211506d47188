#include "indicators/accumulator.h"

#include "indicators/accumulator_states.h"

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

template <class T, class M>
auto& slot_of(M& merged) {
  if constexpr (std::is_same_v<T, double>)
    return merged.number;
  else
    return merged.whole;
}

template <class T, bool kLeast>
class Extreme final : public States<T> {
 public:
  void add(AccumulateInput const& in) override {
    if constexpr (!std::is_same_v<T, double>) {
      auto const best_of = kLeast ? least_of_runs : most_of_runs;
      best_of(in.runs, in.use, in.argument.whole, this->counts_.data(), this->states_.data());
      return;
    }
    this->each_chosen(in, [&](T& best, std::size_t i, bool first) {
      T const value = value_at<T>(in.argument, i);
      if (first || beats(value, best)) best = value;
    });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    if (this->rows(group) == 0) return;
    T& best = slot_of<T>(merged);
    if (merged.rows == 0 || beats(this->states_[group], best)) best = this->states_[group];
    Counter::merge(group, merged);
  }
  void load(std::uint32_t group, Merged const& state) override {
    if (state.rows == 0) return;
    T const value = slot_of<T>(state);
    if (this->rows(group) == 0 || beats(value, this->states_[group])) this->states_[group] = value;
    this->load_rows(group, state.rows);
  }

 private:
  static bool beats(T value, T best) { return kLeast ? value < best : value > best; }
};

template <class T>
struct Dated {
  std::int32_t day = 0;
  std::uint64_t order = 0;
  T value{};
};

/// The value of the earliest or latest date; of several rows on it the first or last in input order.
template <class T, bool kEarliest>
class ByDate final : public States<Dated<T>> {
 public:
  void add(AccumulateInput const& in) override {
    this->each_chosen(in, [&](Dated<T>& best, std::size_t i, bool first) {
      Dated<T> const entry{in.days[i], in.order + in.rows[i], value_at<T>(in.argument, i)};
      if (first || beats(entry, best)) best = entry;
    });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    if (this->rows(group) == 0) return;
    Dated<T> const& mine = this->states_[group];
    T& value = slot_of<T>(merged);
    if (merged.rows == 0 || beats(mine, {merged.day, merged.order, value})) {
      merged.day = mine.day;
      merged.order = mine.order;
      value = mine.value;
    }
    Counter::merge(group, merged);
  }
  void load(std::uint32_t group, Merged const& state) override {
    if (state.rows == 0) return;
    Dated<T> const entry{state.day, state.order, slot_of<T>(state)};
    Dated<T>& best = this->states_[group];
    if (this->rows(group) == 0 || beats(entry, best)) best = entry;
    this->load_rows(group, state.rows);
  }

 private:
  static bool beats(Dated<T> const& a, Dated<T> const& b) {
    if (a.day != b.day) return kEarliest ? a.day < b.day : a.day > b.day;
    return kEarliest ? a.order < b.order : a.order > b.order;
  }
};

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
    case AggregateKind::minimum:
      return of_type<Least>(type);
    case AggregateKind::maximum:
      return of_type<Most>(type);
    case AggregateKind::first:
      return of_type<Earliest>(type);
    case AggregateKind::last:
      return of_type<Latest>(type);
    case AggregateKind::sum:
    case AggregateKind::values:
    case AggregateKind::moments:
    case AggregateKind::weighted:
      return make_number_accumulator(kind, type);
    case AggregateKind::distinct:
    case AggregateKind::id_counts:
    case AggregateKind::id_pairs:
      return make_id_accumulator(kind);
  }
  return nullptr;
}

}  // namespace yekun
