// A workbook being written: formats kept by style, sheet names made unique, every library code checked, every text made
// safe. The only place that calls libxlsxwriter's cell writers; its traps are guarded here (docs/workbook.md).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/diagnostic.h"
#include "core/theme.h"
#include "output/workbook_finish.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;
struct lxw_chart;

namespace yekun {

enum class Side { left, right, centre };

/// How a cell looks. Compared by value: one Excel format a style.
struct CellStyle {
  bool bold = false;
  bool italic = false;
  bool wrap = false;
  bool top = false;  // beside cells of several lines
  bool link = false;
  bool rule_above = false;
  bool rule_below = false;
  double size = 10;
  std::uint32_t colour = 0x333333;
  std::optional<std::uint32_t> fill{};
  Side side = Side::left;
  int indent = 0;
  std::string number_format{};
  friend bool operator==(CellStyle const&, CellStyle const&) = default;
  friend auto operator<=>(CellStyle const&,
                          CellStyle const&) = default;  // NOLINT(modernize-use-nullptr): the tool's mistake
};

std::uint32_t rgb(Colour colour);

/// A number format: the short date of the reader's own country.
inline constexpr std::string_view kShortDate = "short date";

/// Zero-based row and column.
struct CellAt {
  std::uint32_t row = 0;
  std::uint16_t column = 0;
};

/// A day as Excel counts it.
inline std::int64_t excel_day(Date day) { return day.days + 25'569; }

/// A sheet of the book; a handle that lives as long as the book.
struct Sheet {
  lxw_worksheet* handle = nullptr;
  std::string name;
  std::size_t number = 0;  // in the book, from 1
};

/// "$B$7"; with a sheet: "'Data'!$B$7".
std::string cell_reference(CellAt at);
std::string cell_reference(std::string const& sheet, CellAt at);
std::string range_reference(std::string const& sheet, CellAt first, CellAt last);

/// At most 31 UTF-16 units, without []:*?/\ and outer apostrophes, never empty, not "History".
std::string sheet_name(std::string_view wished);

class Book {
 public:
  /// `created` is the only clock of the file. `threads`: of rows that are written past the library.
  Book(std::string const& path, Date created, std::string const& font, unsigned threads = 1);
  ~Book();
  Book(Book const&) = delete;
  Book& operator=(Book const&) = delete;

  Sheet add_sheet(std::string_view wished);
  lxw_format* format(CellStyle const& style);
  void text(Sheet const& sheet, CellAt at, std::string_view text, CellStyle const& style);
  void number(Sheet const& sheet, CellAt at, double value, CellStyle const& style);
  void blank(Sheet const& sheet, CellAt at, CellStyle const& style);
  /// `formula` without "="; the cached result is a number or a text.
  void formula(Sheet const& sheet, CellAt at, std::string const& formula, double cached, CellStyle const& style);
  void formula(Sheet const& sheet, CellAt at, std::string const& formula, std::string_view cached,
               CellStyle const& style);
  /// Beyond the 65,530 links that a sheet holds, the text alone.
  void link(Sheet const& sheet, CellAt at, std::string const& target_sheet, std::string_view text,
            CellStyle const& style);
  void merge(Sheet const& sheet, CellAt first, CellAt last, std::string_view text, CellStyle const& style);
  void comment(Sheet const& sheet, CellAt at, std::string_view text);
  /// A PNG scaled to `points_high`, with its text for readers who do not see it.
  void picture(Sheet const& sheet, CellAt at, std::string const& png, double points_high, std::string_view description);
  /// An Excel table over `rows` rows with a filter: its heading cells are written here, its other cells are not.
  /// Headings that a table cannot have (twice the same, none, several lines) get a plain filter.
  void table(Sheet const& sheet, std::string const& name, CellAt heading, std::uint32_t rows,
             std::vector<std::string> const& headings, std::vector<CellStyle> const& styles);
  /// Colours the texts that `formula` (for the first cell, without "=") is true for.
  void colour_where(Sheet const& sheet, CellAt first, CellAt last, std::string const& formula, std::uint32_t colour);
  /// Bars behind the numbers, from 0 to 1.
  void share_bars(Sheet const& sheet, CellAt first, CellAt last, std::uint32_t colour);
  void row_height(Sheet const& sheet, std::uint32_t row, double points);
  void column_width(Sheet const& sheet, std::uint16_t first, std::uint16_t last, double characters);
  /// Rows from `first_row` on, below all others of the sheet; `styles` are those that the source's cells refer to.
  void rows(Sheet const& sheet, std::uint32_t first_row, std::vector<CellStyle> const& styles, RowSource source);
  /// Draws the series of these values (a range reference) as a line in its bar chart.
  void draw_as_line(std::string const& values);
  /// The sheet that the reader sees first.
  void open_at(Sheet const& sheet);
  void define_name(std::string const& name, std::string const& reference);

  lxw_workbook* handle() const { return book_; }
  /// Notes a library code; 0 is fine. `what` names the cell or part.
  void check(int code, std::string const& what);
  std::string place(Sheet const& sheet, CellAt at) const;

  /// Writes the file: the library's draft, held in memory, with the rows set in. The first library errors, if there
  /// were any, are the failure.
  Diagnostics close();

 private:
  lxw_workbook* book_ = nullptr;
  std::string path_;
  std::string font_;
  unsigned threads_ = 1;
  int draft_ = -1;  // file in memory that the library writes to
  WorkbookExtras extras_{};
  std::map<CellStyle, lxw_format*> formats_{};
  std::map<std::uint32_t, lxw_format*> colours_{};  // of conditional formats
  std::map<std::size_t, std::size_t> links_{};      // by the sheet's number
  std::vector<std::string> names_{};
  Diagnostics errors_{};
};

}  // namespace yekun
