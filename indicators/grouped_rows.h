// A batch's rows put in the order of their groups, so that measures run over stretches of rows of one group.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "indicators/batch_values.h"
#include "indicators/group_runs.h"

namespace yekun {

/// Every mask, value and list of ids is put in order once, whatever number of measures use it. Several batches and
/// groupings one after another share the memory.
class GroupedRows {
 public:
  explicit GroupedRows(CompiledPlan const& plan);

  /// groups[i] is the group of row rows[i] of the batch (null: of row i); 0: of none. All are below `limit`.
  void sort(std::uint32_t const* groups, std::uint32_t const* rows, std::size_t count, std::uint32_t limit);

  std::span<GroupRun const> runs() const { return runs_; }
  std::size_t size() const { return order_.size(); }
  /// The row of the batch behind each place.
  std::uint32_t const* order() const { return order_.data(); }

  /// In the order of groups, with the slack of group_runs.h.
  std::uint8_t const* mask(BatchValues& values, std::size_t index);
  OrderedNumbers numbers(BatchValues& values, std::size_t expression);
  std::uint32_t const* ids(BatchValues& values, std::size_t index);
  std::int32_t const* days(BatchValues& values);

 private:
  template <class T>
  struct Kept {
    std::uint64_t stamp = 0;
    std::vector<T> all{};
  };
  template <class Flags>
  std::vector<std::uint8_t> const& ordered(Kept<std::uint8_t>& kept, Flags&& flags);

  struct KeptNumbers {
    std::uint64_t stamp = 0;
    bool small = false;
    std::vector<std::int64_t> whole{};
    std::vector<double> number{};
  };

  CompiledPlan const& plan_;
  std::uint64_t stamp_ = 0;
  std::vector<std::uint32_t> order_{};
  std::vector<GroupRun> runs_{};
  std::vector<std::uint32_t> place_{};    // by group; 0 between calls
  std::vector<std::uint32_t> touched_{};  // groups of the batch
  std::vector<Kept<std::uint8_t>> masks_{};
  std::vector<Kept<std::uint8_t>> truths_{};   // by expression
  std::vector<Kept<std::uint8_t>> present_{};  // by expression
  Kept<std::uint8_t> dated_{};
  std::vector<KeptNumbers> numbers_{};
  std::vector<Kept<std::uint32_t>> ids_{};
  Kept<std::int32_t> days_{};
};

}  // namespace yekun
