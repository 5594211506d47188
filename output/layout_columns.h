// How wide a table's columns are, and whether it must be turned or split. Internal to the layout.
#pragma once

#include <vector>

#include "output/page.h"

namespace yekun::page {

/// Type and distances of tables.
struct TableLook {
  double size_pt = 8.5;
  double leading = 12;
  double gap = 12;     // between columns
  double padding = 4;  // above and below a row's lines
  double edge = 4;     // left of the first column and right of the last
};

/// Where a number's text is cut: at the decimal mark or after the last whole digit.
struct NumberParts {
  std::size_t whole_bytes = 0;  // the rest is fraction, sign of percent or unit
};
NumberParts cut_number(std::string_view text, int places);

/// What one column asks for.
struct ColumnNeed {
  double least = 0;    // widest word
  double natural = 0;  // widest line unbroken
  double whole = 0;    // of numbers: left of the decimal mark, and right of it
  double fraction = 0;
  bool wraps = false;
};

std::vector<ColumnNeed> column_needs(TableBlock const& table, Document const& document, TypeMeasurer const& measurer,
                                     TableLook const& look);

/// Widths that make up `room` (gaps and edges included in it), or empty if even the narrowest do not fit.
std::vector<double> column_widths(std::vector<ColumnNeed> const& needs, TableBlock const& table, TableLook const& look,
                                  double room);

/// The columns of each part when a table must be split: label columns again in each.
std::vector<std::vector<std::size_t>> split_columns(std::vector<ColumnNeed> const& needs, TableBlock const& table,
                                                    TableLook const& look, double room);

/// The style of a cell's text.
TypeStyle cell_style(TableBlock const& table, TableRow const& row, std::size_t column, TableLook const& look);
/// The raised marks after a cell's text: "*".
std::string appended_marks(Document const& document, Cell const& cell);

}  // namespace yekun::page
