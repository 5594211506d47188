// States to which every row adds: sums of all sorts, and the values themselves.
#include "indicators/accumulator_states.h"

namespace yekun {

namespace {

class WholeSum final : public States<Int128> {
 public:
  void add(AccumulateInput const& in) override {
    if (in.argument.small) {
      sum_runs(in.runs, in.use, in.argument.whole, counts_.data(), states_.data());
      return;
    }
    each_used(in, [&](Int128& sum, std::size_t i) { sum += in.argument.whole[i]; });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum += states_[group];
  }
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    states_[group] += state.sum;
  }
};

class NumberSum final : public States<ExactSum> {
 public:
  void add(AccumulateInput const& in) override {
    each_used(in, [&](ExactSum& sum, std::size_t i) { sum.add(in.argument.number[i]); });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum_double.add(states_[group]);
  }
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    states_[group].add(state.sum_double);
  }
};

template <class T>
class Values final : public States<std::vector<T>> {
 public:
  void add(AccumulateInput const& in) override {
    this->each_used(in, [&](auto& values, std::size_t i) { values.push_back(value_at<T>(in.argument, i)); });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    auto const& from = this->states_[group];
    if constexpr (std::is_same_v<T, double>)
      merged.numbers.insert(merged.numbers.end(), from.begin(), from.end());
    else
      merged.wholes.insert(merged.wholes.end(), from.begin(), from.end());
  }
  void load(std::uint32_t group, Merged const& state) override {
    this->load_rows(group, state.rows);
    auto& to = this->states_[group];
    if constexpr (std::is_same_v<T, double>)
      to.insert(to.end(), state.numbers.begin(), state.numbers.end());
    else
      to.insert(to.end(), state.wholes.begin(), state.wholes.end());
  }
};

struct Powers {
  ExactSum sum{};
  ExactSum squares{};
};

template <class T>
class Moments final : public States<Powers> {
 public:
  void add(AccumulateInput const& in) override {
    each_used(in, [&](Powers& powers, std::size_t i) {
      auto const value = static_cast<double>(value_at<T>(in.argument, i));
      powers.sum.add(value);
      powers.squares.add_product(value, value);
    });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    merged.sum_double.add(states_[group].sum);
    merged.squares.add(states_[group].squares);
  }
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    states_[group].sum.add(state.sum_double);
    states_[group].squares.add(state.squares);
  }
};

struct WeightedSum {
  Int128 sum = 0;
  Int128 weight = 0;
  bool overflow = false;
  ExactSum sum_double{};
  ExactSum weight_double{};
};

double as_double(OrderedNumbers const& numbers, Type type, std::size_t i) {
  return type == Type::number ? numbers.number[i] : static_cast<double>(numbers.whole[i]);
}

/// Sums of value * weight and of weight: exact for whole numbers, by exact products for doubles.
class Weighted final : public States<WeightedSum> {
 public:
  void add(AccumulateInput const& in) override {
    bool const whole = in.argument_type != Type::number && in.weight_type != Type::number;
    each_used(in, [&](WeightedSum& state, std::size_t i) {
      if (whole) {
        Int128 const product = Int128{in.argument.whole[i]} * in.weight.whole[i];
        state.overflow |= __builtin_add_overflow(state.sum, product, &state.sum);
        state.weight += in.weight.whole[i];
      } else {
        double const weight = as_double(in.weight, in.weight_type, i);
        state.sum_double.add_product(as_double(in.argument, in.argument_type, i), weight);
        state.weight_double.add(weight);
      }
    });
  }
  void merge(std::uint32_t group, Merged& merged) const override {
    Counter::merge(group, merged);
    WeightedSum const& state = states_[group];
    merged.overflow |= state.overflow;
    merged.overflow |= __builtin_add_overflow(merged.sum, state.sum, &merged.sum);
    merged.weight += state.weight;
    merged.sum_double.add(state.sum_double);
    merged.squares.add(state.weight_double);
  }
  void load(std::uint32_t group, Merged const& state) override {
    load_rows(group, state.rows);
    WeightedSum& mine = states_[group];
    mine.overflow |= __builtin_add_overflow(mine.sum, state.sum, &mine.sum);
    mine.weight += state.weight;
    mine.sum_double.add(state.sum_double);
    mine.weight_double.add(state.squares);
  }
};

}  // namespace

std::unique_ptr<Accumulator> make_number_accumulator(AggregateKind kind, Type type) {
  switch (kind) {
    case AggregateKind::values:
      return of_type<Values>(type);
    case AggregateKind::moments:
      return of_type<Moments>(type);
    case AggregateKind::weighted:
      return std::make_unique<Weighted>();
    default:
      if (type == Type::number) return std::make_unique<NumberSum>();
      return std::make_unique<WholeSum>();
  }
}

}  // namespace yekun
