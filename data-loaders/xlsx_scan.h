// The data rows of a sheet into a writer's columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data-loaders/xlsx_cells.h"
#include "data-loaders/xlsx_repeat.h"

namespace yekun {

class SheetScan final : public SheetHandler {
 public:
  SheetScan(SheetPart const& part, SheetLayout const& layout, XlsxCells& cells, RowWriter& writer);

  /// `target` takes the cells of the sheet's column; several may take the same.
  void connect(std::uint32_t column, std::uint32_t target);
  /// The same text in every row.
  void fix(std::size_t target, std::string text) { fixed_.emplace_back(target, std::move(text)); }
  /// Targets that take cells of the main sheet, by the uuid in `column` of this one.
  void join(std::uint32_t column, Submissions submissions, std::vector<std::size_t> targets);

  bool wants(std::uint32_t column) const override;
  bool cell(std::uint64_t row, SheetCell const& cell) override;
  bool row_end(std::uint64_t row, bool hidden) override;

  /// The sink wants no more.
  bool stopped() const { return stopped_; }
  /// Why the sheet is broken; empty: it is not.
  std::string const& reason() const { return reason_; }
  std::uint64_t hidden_rows() const { return hidden_rows_; }

  /// Cells outside the columns that have headings.
  struct Beyond {
    std::uint64_t cells = 0;
    std::uint64_t row = 0;  // of the first
    std::uint32_t column = 0;
  };
  Beyond const& beyond() const { return beyond_; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Join {
    std::uint32_t column = 0;
    Submissions submissions;
    std::vector<std::size_t> targets;
    std::string uuid;  // of the row at hand
  };
  void write_joined(std::uint64_t row);

  CellRange range_;
  XlsxCells& cells_;
  RowWriter& writer_;
  std::uint32_t first_heading_ = 1;  // none: first > last
  std::uint32_t last_heading_ = 0;
  std::vector<std::uint32_t> first_;  // by column: a target, and by target the next one of the same column
  std::vector<std::uint32_t> next_;
  std::vector<std::pair<std::size_t, std::string>> fixed_;
  std::optional<Join> join_;
  bool filled_ = false;
  bool stopped_ = false;
  std::uint64_t hidden_rows_ = 0;
  Beyond beyond_;
  std::string reason_;
};

}  // namespace yekun
