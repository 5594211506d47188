// What libxlsxwriter cannot write is set into its draft of the package: rows in bulk, and charts of bars and a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "output/sheet_rows.h"

namespace yekun {

/// Rows that take the place of the draft's row `first_row`, whose cells have the styles that `source` refers to.
struct SheetRows {
  std::string part;         // "xl/worksheets/sheet3.xml"
  std::string sheet;        // for messages
  std::uint32_t first_row;  // zero-based
  std::size_t styles = 0;
  RowSource source{};
};

struct WorkbookExtras {
  std::vector<SheetRows> rows{};
  std::vector<std::string> lines{};  // values of series in bar charts that are to be lines: "'Charts'!$M$6:$M$20"
};

/// Writes the finished package to `path`. Errors (Fault::render): a cell that Excel cannot hold, a file that cannot be
/// written.
Diagnostics finish_workbook(std::string_view draft, WorkbookExtras const& extras, std::string const& path,
                            unsigned threads);

/// `chart` with the series of these values moved from the bars into a line over the same axes; unchanged if it has no
/// such series.
std::string with_line(std::string chart, std::string_view values);

/// The sheet's XML before and after the row `first_row`, the used range widened to `count` rows from there; and the
/// numbers of the row's styles.
struct SheetFrame {
  std::string head;
  std::string tail;
  std::vector<std::string> styles{};
};
SheetFrame frame_of(std::string_view sheet, std::uint32_t first_row, std::uint32_t count);

}  // namespace yekun
