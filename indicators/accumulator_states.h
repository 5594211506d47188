// What measure states are made of: a column of states, and the loop over the rows that count.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "indicators/accumulator.h"
#include "indicators/run_kernels.h"

namespace yekun {

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
  void add(AccumulateInput const& in) override { count_runs(in.runs, in.use, counts_.data()); }
  void merge(std::uint32_t group, Merged& merged) const override { merged.rows += counts_[group]; }
  void load_rows(std::uint32_t group, std::uint64_t rows) override { counts_[group] += rows; }
  void keep(std::span<std::uint32_t const> groups) override { keep_entries(counts_, groups); }
  std::uint64_t rows(std::uint32_t group) const override { return counts_[group]; }

 protected:
  std::vector<std::uint64_t> counts_;
};

/// A Counter with a State for every group. Kinds add rows to states and fold states into a Merged.
template <class State>
class States : public Counter {
 public:
  void resize(std::size_t groups) override {
    Counter::resize(groups);
    states_.resize(groups);
  }
  void keep(std::span<std::uint32_t const> groups) override {
    Counter::keep(groups);
    keep_entries(states_, groups);
  }

 protected:
  /// Counts each row used and calls f(state, row).
  template <class F>
  void each_used(AccumulateInput const& in, F&& f) {
    for (GroupRun const& run : in.runs)
      for (std::size_t i = run.begin; i < run.end; ++i) {
        if (in.use[i] == 0) continue;
        ++counts_[run.group];
        f(states_[run.group], i);
      }
  }
  /// The same, for states of which one of the rows is chosen: f(state, row, whether it is the group's first).
  template <class F>
  void each_chosen(AccumulateInput const& in, F&& f) {
    for (GroupRun const& run : in.runs)
      for (std::size_t i = run.begin; i < run.end; ++i)
        if (in.use[i] != 0) f(states_[run.group], i, counts_[run.group]++ == 0);
  }

  std::vector<State> states_;
};

template <class T>
T value_at(OrderedNumbers const& numbers, std::size_t i) {
  if constexpr (std::is_same_v<T, double>)
    return numbers.number[i];
  else
    return numbers.whole[i];
}

/// Of<double> for numbers, else Of<std::int64_t>.
template <template <class> class Of>
std::unique_ptr<Accumulator> of_type(Type type) {
  if (type == Type::number) return std::make_unique<Of<double>>();
  return std::make_unique<Of<std::int64_t>>();
}

/// Sums, quantiles' values, moments.
std::unique_ptr<Accumulator> make_number_accumulator(AggregateKind kind, Type type);
/// Sets and counts of ids.
std::unique_ptr<Accumulator> make_id_accumulator(AggregateKind kind);

}  // namespace yekun
