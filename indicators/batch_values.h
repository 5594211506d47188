// One worker's view of a batch: the dataset's columns with lookups and derived ones, expressions, masks and ids, each
// worked out once and shared by all measures.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "indicators/compiled_plan.h"
#include "indicators/evaluate.h"
#include "indicators/id_table.h"
#include "indicators/lookup.h"

namespace yekun {

/// use[i] &= by[i] for the entries of `by`.
void restrict_flags(std::vector<std::uint8_t> const& by, std::vector<std::uint8_t>& use);

class BatchValues {
 public:
  /// `lookups[i]` is that of the dataset's i-th lookup, null where it is not needed; `ids[d]` numbers domain d.
  BatchValues(CompiledPlan const& plan, std::vector<LookupTable const*> const& lookups,
              std::vector<IdTable*> const& ids, unsigned worker);

  /// Takes the batch as the present one. Values of the last one are forgotten.
  void begin(Batch const& batch);
  /// The window that window_first and window_end stand for from now on.
  void set_window(Period const& window);

  std::size_t rows() const { return batch_->rows; }
  Batch const& batch() const { return *batch_; }
  /// The value of an expression. After an overflow (see errors()) an empty column of missing entries.
  Column const& value(std::size_t expression);
  std::uint8_t const* mask(std::size_t mask);
  /// Of a boolean expression: 1 where it is true, 0 where it is false or missing.
  std::vector<std::uint8_t> const& truth(std::size_t expression);
  /// Numbers of present values; others are undefined.
  std::uint32_t const* ids(std::size_t ids);
  std::uint32_t id_limit(std::size_t ids) const { return ids_[plan_.ids[ids].domain]->limit(); }
  Column const& schema_column(std::size_t column);
  /// The (first) date of each row; 0 where there is none.
  std::vector<std::int32_t> const& days() const { return days_; }
  std::uint8_t const* dated() const { return dated_.data(); }

  Diagnostics take_errors() { return std::move(errors_); }
  bool failed() const { return !errors_.empty(); }
  std::vector<std::optional<LookupFinder>> const& finders() const { return finders_; }

 private:
  struct Cached {
    std::uint64_t stamp = 0;  // of the batch, and for windowed ones of the window
    Column column{};
    Column const* at = nullptr;
  };
  void compute(std::size_t column);
  void run(Evaluator& evaluator, BoundExpression const& bound, Cached& into);
  std::vector<Column const*> columns_of(BoundExpression const& bound);
  void find_days();
  std::uint64_t stamp(bool windowed) const { return windowed ? window_stamp_ : batch_stamp_; }
  void number_ids(CompiledIds const& ids, std::vector<std::uint32_t>& out);
  void number_coded(CompiledIds const& ids, Column const& column, std::vector<std::uint32_t>& out);

  CompiledPlan const& plan_;
  std::vector<LookupTable const*> lookups_;
  std::vector<IdTable*> ids_;
  unsigned worker_;
  Batch const* batch_ = nullptr;
  std::uint64_t batch_stamp_ = 0;
  std::uint64_t window_stamp_ = 0;
  std::uint64_t next_stamp_ = 1;
  Period window_{};
  std::vector<std::int32_t> days_{};
  std::vector<std::uint8_t> dated_{};
  std::vector<Column const*> source_{};                                        // by schema column
  std::vector<Cached> columns_{};                                              // by schema column: computed ones
  std::vector<std::unique_ptr<Evaluator>> derived_{};                          // by schema column
  std::vector<Cached> values_{};                                               // by expression
  std::vector<std::unique_ptr<Evaluator>> evaluators_{};                       // by expression
  std::vector<std::pair<std::uint64_t, std::vector<std::uint8_t>>> truths_{};  // by expression
  std::vector<std::pair<std::uint64_t, std::vector<std::uint8_t>>> masks_{};
  std::vector<std::pair<std::uint64_t, std::vector<std::uint32_t>>> numbers_{};
  std::vector<std::optional<LookupFinder>> finders_{};  // by lookup
  std::vector<std::pair<std::uint64_t, std::vector<std::uint32_t>>> found_{};
  struct Coded {
    std::shared_ptr<Dictionary const> dictionary{};
    std::vector<std::uint32_t> numbers{};
  };
  std::vector<Coded> coded_{};  // by ids
  Diagnostics errors_{};
};

}  // namespace yekun
