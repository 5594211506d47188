// Bound expressions computed over batches, a column at a time. Missing is SQL's null.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/column.h"
#include "indicators/bind.h"

namespace yekun {

/// Computes one bound expression batch after batch. One object per worker: it keeps what it found out about each
/// distinct text of that worker's dictionaries. `bound` must outlive it.
class Evaluator {
 public:
  explicit Evaluator(BoundExpression const& bound);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  /// `columns` are those of bound.columns, in that order, each with `rows` entries. The result has `rows` entries of
  /// bound.type(). Text results are coded in a dictionary of this evaluator, which later calls make grow; a bare raw
  /// text column stays raw and lives as long as its batch. Overflow is the only failure (Fault::data).
  Result<Column> evaluate(std::span<Column const* const> columns, std::size_t rows);

  /// For a boolean expression: keep[i] = 1 where it is true, 0 where it is false or missing. Resizes `keep`.
  tl::expected<void, Diagnostics> filter(std::span<Column const* const> columns, std::size_t rows,
                                         std::vector<std::uint8_t>& keep);

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

/// Once, over a batch whose columns stand in the order of the schema.
Result<Column> evaluate(BoundExpression const& bound, Batch const& batch);

}  // namespace yekun
