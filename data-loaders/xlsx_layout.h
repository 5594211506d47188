// Where the table in a sheet begins: its headings and the first row of its data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data-loaders/dataset.h"
#include "data-loaders/headings.h"
#include "data-loaders/xlsx_workbook.h"

namespace yekun {

/// A sheet, or a range of one, to be read as a table.
struct SheetPart {
  std::size_t sheet = 0;
  CellRange range{};
  std::optional<std::uint32_t> header_rows{};  // of a table, which knows
  std::vector<std::string> columns{};          // of a table without header row
};

struct SheetLayout {
  std::vector<ColumnHeading> headings;  // one for each column from the first to the last that has a heading
  std::uint64_t header_row = 0;         // the first; 0: none
  std::uint64_t data_row = 1;           // rows before it are not data
  std::uint64_t skipped_rows = 0;       // rows with cells above the header that nobody declared
};

/// The text of a cell as a reader of the sheet knows it: numbers in plain digits, dates in ISO, TRUE and FALSE.
std::string cell_text(SheetCell const& cell, Workbook const& book, SharedTexts const& texts);

/// Declared (skip, header_rows), or found among the first rows: the first row that is mostly text and has most of the
/// columns; a second header row where merged cells of the first ask for one; an HXL tag row in the first 25 rows ends
/// the header. A sheet without cells has no headings.
Read<SheetLayout> find_layout(Workbook const& book, SharedTexts const& texts, SheetPart const& part,
                              Dialect const& dialect);

}  // namespace yekun
