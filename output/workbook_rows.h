// Sheets of row-level data, and formulas that count over them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/workbook_book.h"
#include "reports/document.h"

namespace yekun {

struct WorkbookPage;

struct RowFormula {
  std::string text;    // without "="
  bool array = false;  // {=...}
};

/// Formulas over the sheets of rows. A formula is given only where it comes to the leaf's value, exactly.
class RowFormulas {
 public:
  static constexpr std::uint32_t kHeadingRow = 2;
  /// Cells that all counts of people together may look through, so that recalculating stays a matter of seconds.
  static constexpr std::size_t kMostLookedThrough = 20'000'000;

  /// `sheets` outlives this; `names` are those of their sheets in the book.
  RowFormulas(std::vector<DataSheet> const& sheets, std::vector<std::string> names)
      : sheets_(sheets), names_(std::move(names)) {}

  std::optional<RowFormula> formula(Lineage const& leaf);

 private:
  std::vector<std::uint8_t> matching(DataSheet const& sheet, RowMeasure const& measure, Lineage const& leaf) const;
  bool comes_to(DataSheet const& sheet, RowMeasure const& measure, Lineage const& leaf) const;
  std::optional<RowFormula> by_criteria(std::size_t sheet, RowMeasure const& measure, Lineage const& leaf) const;
  std::optional<RowFormula> by_array(std::size_t sheet, RowMeasure const& measure, Lineage const& leaf) const;
  std::string range(std::size_t sheet, std::size_t column) const;

  std::vector<DataSheet> const& sheets_;
  std::vector<std::string> names_;
  std::size_t looked_through_ = 0;
};

/// The sheet itself: a heading, a table, its rows.
void write_row_sheet(WorkbookPage& page, Sheet const& sheet, DataSheet const& data);

}  // namespace yekun
