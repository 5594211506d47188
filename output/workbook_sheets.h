// The sheets of a workbook, each written from one part of the document.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "output/workbook_book.h"
#include "output/workbook_data.h"
#include "reports/document.h"
#include "reports/format.h"
#include "reports/side_by_side.h"

namespace yekun {

/// What all sheets share while one workbook is written.
struct WorkbookPage {
  Book& book;
  Document const& document;
  Catalogue const& catalogue;
  DataIndex const& data;
  Catalogue const* second;                     // of a workbook in two languages
  std::map<std::string, std::string> names{};  // defined name -> reference, in order

  std::string status(Status one) const {
    return both_texts(status_text(one, catalogue), second == nullptr ? "" : status_text(one, *second));
  }

  /// The program's own text, in both languages where there are two.
  std::string text(std::string_view key, MessageArguments const& arguments = {}) const {
    return both_texts(catalogue.text(key, arguments), second == nullptr ? "" : second->text(key, arguments));
  }
};

/// A figure's cell: a formula over the Data sheet where its lineage gives one, else its value, else its mark.
/// Marks become the cell's comment.
void write_cell(WorkbookPage& page, Sheet const& sheet, CellAt at, Cell const& cell, CellStyle style);

/// The Excel number format of a shape: "#,##0", "0.0%", "+0.0;-0.0;0.0", ...
std::string number_format(NumberShape const& shape);

/// Programme, title, period, as-of, status, partners, then the contents with links: names and titles of sheets.
void write_cover(WorkbookPage& page, Sheet const& sheet,
                 std::vector<std::pair<std::string, std::string>> const& contents);

/// Key figures with their status and how much of the target is reached, then the narrative.
void write_summary(WorkbookPage& page, Sheet const& sheet);

/// A status: a sign and a word, by a formula over the achievement's cell where that says the same, else as it is.
/// Colours come with colour_statuses().
void write_status(WorkbookPage& page, Sheet const& sheet, CellAt at, Status status, std::string const& text,
                  std::optional<CellAt> achievement_at, Cell const* achievement, CellStyle const& style);

/// The traffic light over cells that hold statuses.
void colour_statuses(WorkbookPage& page, Sheet const& sheet, CellAt first, CellAt last);

/// One table with its heading, notes, frozen headings, widths, filter and print set-up.
void write_table(WorkbookPage& page, Sheet const& sheet, TableBlock const& table);

/// One of the Data sheets.
void write_data(WorkbookPage& page, Sheet const& sheet, std::size_t number);

/// All charts as native Excel charts, bound to their numbers on the same sheet.
void write_charts(WorkbookPage& page, Sheet const& sheet, std::vector<ChartBlock const*> const& charts);

/// How a sheet comes out of the printer.
struct PrintSetup {
  bool landscape = false;
  int heading_rows = 0;          // above the records; the last one repeats on each page
  int headings = 1;              // so many of them repeat
  std::uint16_t pages_wide = 1;  // side by side; the first column then stands on each
};

/// A4 or Letter, margins, headings repeated, fitted to the width, page numbers below.
void set_up_print(WorkbookPage& page, Sheet const& sheet, PrintSetup const& setup);

/// How many characters an A4 page on its side holds in print that can still be read (about 7 points).
inline constexpr double kReadableWidth = 205;

/// So many pages side by side let columns of these widths be read, the first of them on each page.
std::uint16_t pages_wide(std::span<double const> widths);

/// About how many characters of the standard width the text takes; Georgian and Cyrillic letters are wider.
double text_width(std::string_view text);

/// Headings as an Excel table needs them, where cases do not count: the second "Project" is "Project 2".
std::vector<std::string> distinct_headings(std::vector<std::string> headings);

}  // namespace yekun
