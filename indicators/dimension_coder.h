// A worker's small codes for the values of a dimension: 0 missing, 1, 2, ... in order of arrival.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/column.h"
#include "indicators/plan.h"

namespace yekun {

class DimensionCoder {
 public:
  void code(Column const& column, std::size_t rows, std::uint32_t* out);
  /// Of a code from 1 on: the value as text.
  std::string_view text(std::uint32_t code) const { return texts_.text(code - 1); }
  std::uint32_t size() const { return texts_.size() + 1; }
  /// For cells that hold several answers: the codes of the value's parts, outer spaces off, mapped, each once; empty
  /// parts do not count. None: {0}. With `overlaps` the codes of all sets of at most so many parts, in their order.
  std::vector<std::uint32_t> const& parts(std::uint32_t code, PlanDimension const& dimension);

 private:
  std::vector<std::uint32_t> sets_of(std::vector<std::uint32_t> const& parts, PlanDimension const& dimension);
  void code_texts(Column const& column, std::size_t rows, std::uint32_t* out);
  void code_wholes(Column const& column, std::size_t rows, std::uint32_t* out);
  Dictionary texts_{};
  std::shared_ptr<Dictionary const> dictionary_{};  // shared: whose codes by_code_ knows
  std::vector<std::uint32_t> by_code_{};
  std::unordered_map<std::int64_t, std::uint32_t> by_whole_{};
  std::vector<std::vector<std::uint32_t>> parts_{};  // by code; empty: not cut yet
};

}  // namespace yekun
