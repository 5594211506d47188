// The places of a question's numbers: window and dimension values, rolled up or not.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/column.h"
#include "core/period.h"
#include "indicators/figure.h"
#include "indicators/group_table.h"

namespace yekun {

/// A dimension's code in a cell: 0 rolled up, 1 unknown (the rows' value is missing), 2, 3, ... values.
inline constexpr std::uint32_t kRolledUp = 0;
inline constexpr std::uint32_t kUnknownValue = 1;

/// Numbers (window, dimension codes) densely from 1; 0 is no cell.
class CellSpace {
 public:
  explicit CellSpace(std::size_t dimensions);
  std::size_t dimensions() const { return texts_.size(); }
  std::uint32_t size() const { return table_.size(); }
  /// The cell of a key; words are window + 1, then codes.
  void find(std::vector<std::uint32_t const*> const& words, std::size_t count, std::uint32_t* out);
  std::uint32_t find(std::vector<std::uint32_t> const& key);
  std::size_t window(std::uint32_t cell) const { return table_.word(cell, 0) - 1; }
  std::uint32_t code(std::uint32_t cell, std::size_t dimension) const { return table_.word(cell, dimension + 1); }
  std::uint32_t code_of(std::size_t dimension, std::string_view text) { return texts_[dimension].code(text) + 2; }
  std::string_view text(std::size_t dimension, std::uint32_t code) const { return texts_[dimension].text(code - 2); }
  /// The same key in another window; 0 if there is no such cell.
  std::uint32_t elsewhere(std::uint32_t cell, std::size_t window) const;
  /// One part a dimension, rolled-up ones included.
  std::vector<PlacePart> place(std::uint32_t cell, std::vector<std::string> const& names) const;

 private:
  GroupTable table_;
  std::vector<Dictionary> texts_{};
};

}  // namespace yekun
