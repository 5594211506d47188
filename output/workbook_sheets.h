// The sheets of a workbook, each written from one part of the document.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "output/workbook_book.h"
#include "output/workbook_data.h"
#include "reports/document.h"

namespace yekun {

/// What all sheets share while one workbook is written.
struct WorkbookPage {
  Book& book;
  Document const& document;
  Catalogue const& catalogue;
  DataIndex const& data;
  std::map<std::string, std::string> names{};  // defined name -> reference, in order
};

/// A figure's cell: a formula over the Data sheet where its lineage gives one, else its value, else its mark.
/// Marks become the cell's comment.
void write_cell(WorkbookPage& page, Sheet const& sheet, CellAt at, Cell const& cell, CellStyle style);

/// The Excel number format of a shape: "#,##0", "0.0%", "+0.0;-0.0;0.0", ...
std::string number_format(NumberShape const& shape);

/// Title, programme, period, status, KPIs and narrative, then the contents with links to `others`.
void write_summary(WorkbookPage& page, Sheet const& sheet,
                   std::vector<std::pair<std::string, std::string>> const& others);

/// One table with its heading, notes, frozen headings, widths, filter and print set-up.
void write_table(WorkbookPage& page, Sheet const& sheet, TableBlock const& table);

/// The Data sheet itself.
void write_data(WorkbookPage& page, Sheet const& sheet);

/// All charts as native Excel charts, bound to their numbers on the same sheet.
void write_charts(WorkbookPage& page, Sheet const& sheet, std::vector<ChartBlock const*> const& charts);

/// A4, margins, titles repeated, fitted to the width, page numbers below.
void set_up_print(WorkbookPage& page, Sheet const& sheet, bool landscape, int heading_rows);

/// About how many characters of the standard width the text takes; Georgian and Cyrillic letters are wider.
double text_width(std::string_view text);

}  // namespace yekun
