// Measure states: columns of mergeable state, one entry a group. init is resize, add takes a batch, merge and finish
// work on a Merged, into which any number of groups (of several workers, windows or datasets) is folded.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/column.h"
#include "core/decimal.h"
#include "indicators/exact_sum.h"
#include "indicators/group_runs.h"
#include "indicators/id_set.h"

namespace yekun {

/// What is accumulated. Measures are made of these: an average is a sum with its count, a share two counts.
enum class AggregateKind {
  count,
  sum,
  minimum,
  maximum,
  distinct,
  values,
  moments,
  first,
  last,
  weighted,
  id_counts,
  id_pairs
};

/// Rows of one batch on their way into groups, in the order of their groups.
struct AccumulateInput {
  std::span<GroupRun const> runs{};
  std::uint8_t const* use = nullptr;  // 1: meets the condition, and argument (and weight) are present
  OrderedNumbers argument{};          // kinds that work with values
  OrderedNumbers weight{};
  Type argument_type = Type::integer;
  Type weight_type = Type::integer;
  std::uint32_t const* ids = nullptr;     // distinct, id_counts, id_pairs: the argument's numbers
  std::uint32_t const* others = nullptr;  // id_pairs: numbers of what the ids are paired with
  std::uint32_t id_limit = 0;
  std::int32_t const* days = nullptr;   // first, last: the row's date; rows without one are not used
  std::uint32_t const* rows = nullptr;  // the rows' places in the batch
  std::uint64_t order = 0;              // of the batch's first row
};

/// The state of one aggregate over any number of groups. Which fields count depends on the kind.
struct Merged {
  std::uint64_t rows = 0;  // used
  Int128 sum = 0;          // sum (integer: units, decimal: millionths); weighted: of value * weight
  Int128 weight = 0;
  bool overflow = false;
  ExactSum sum_double{};   // sum of doubles; moments: of values
  ExactSum squares{};      // moments; weighted doubles: of weights
  std::int64_t whole = 0;  // minimum, maximum, first, last
  double number = 0;
  std::int32_t day = 0;  // first, last
  std::uint64_t order = 0;
  std::vector<std::uint64_t> pairs{};  // id_counts: id and how often; id_pairs: id and other; high word first
  std::vector<std::int64_t> wholes{};  // values
  std::vector<double> numbers{};
  void clear();  // keeps allocated memory
};

class Accumulator {
 public:
  Accumulator() = default;
  Accumulator(Accumulator const&) = delete;
  Accumulator& operator=(Accumulator const&) = delete;
  virtual ~Accumulator() = default;
  virtual void resize(std::size_t groups) = 0;
  virtual void add(AccumulateInput const& input) = 0;
  /// Folds the group into `merged`.
  virtual void merge(std::uint32_t group, Merged& merged) const = 0;
  /// Folds a state that was worked out elsewhere into the group (of kinds with ids, their numbers are those of this
  /// run). Of distinct Merged::whole says how many ids there are (PlanAggregate::number_only); where the ids themselves
  /// are known, load_ids() and load_rows() are the way.
  virtual void load(std::uint32_t group, Merged const& state) { load_rows(group, state.rows); }
  /// Counts rows as used whose values are in the group already.
  virtual void load_rows(std::uint32_t group, std::uint64_t rows) = 0;
  /// Keeps the groups listed, in that order, after entry 0.
  virtual void keep(std::span<std::uint32_t const> groups) = 0;
  /// Rows used in the group.
  virtual std::uint64_t rows(std::uint32_t group) const = 0;
  /// Adds ids to a distinct state, without rows.
  virtual void load_ids(std::uint32_t /*group*/, std::span<std::uint32_t const> /*ids*/, std::uint32_t /*id_limit*/) {}
  /// The ids of a distinct state; null for others.
  virtual IdSet const* ids(std::uint32_t /*group*/) const { return nullptr; }
  /// How many ids a loaded distinct state has; nullopt where the ids themselves are there.
  virtual std::optional<std::uint64_t> id_count(std::uint32_t /*group*/) const { return std::nullopt; }
};

/// `type` is the argument's type (ignored for count and distinct).
std::unique_ptr<Accumulator> make_accumulator(AggregateKind kind, Type type);

}  // namespace yekun
