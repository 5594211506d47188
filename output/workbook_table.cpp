#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

constexpr double kWidest = 64;
constexpr double kSmallest =
    1.25;  // a table made so much smaller than print should be is still better than one cut in two
constexpr double kWordsNeed = 20;       // narrower than this words are not made to wrap
constexpr std::size_t kRowsAround = 6;  // title, period, headings, and lines left free

class TableSheet {
 public:
  TableSheet(WorkbookPage& page, Sheet const& sheet, TableBlock const& table)
      : page_(page), sheet_(sheet), table_(table), theme_(page.document.theme) {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) widths_.push_back(widest(i));
    narrow_words();
  }

  void write() {
    head();
    headings();
    for (TableRow const& row : table_.rows) body(row);
    statuses();
    ++row_;
    for (std::string const& note : table_.notes) {
      page_.book.text(sheet_, {row_, 0}, note, {.italic = true, .size = 9, .colour = rgb(theme_.muted)});
      ++row_;
    }
    finish();
  }

 private:
  void head() {
    page_.book.text(sheet_, {row_, 0}, table_.title, {.bold = true, .size = 14, .colour = rgb(theme_.accent)});
    page_.book.row_height(sheet_, row_++, 22);
    std::string const under = table_.subtitle.empty() ? page_.document.period_text : table_.subtitle;
    page_.book.text(sheet_, {row_++, 0}, under, {.size = 9, .colour = rgb(theme_.muted)});
    ++row_;
  }

  bool grouped() const {
    return std::any_of(table_.columns.begin(), table_.columns.end(),
                       [](TableColumn const& c) { return !c.group.empty(); });
  }

  void headings() {
    if (grouped()) group_headings();
    heading_row_ = row_;
    double lines = 1;
    std::vector<std::string> texts;
    std::vector<CellStyle> styles;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      TableColumn const& column = table_.columns[i];
      CellStyle style{
          .bold = true, .wrap = true, .size = 10, .colour = rgb(theme_.accent_text), .fill = rgb(theme_.accent)};
      style.side = column.role == ColumnRole::number ? Side::right : Side::left;
      style.indent = i > 0 && style.side == Side::left ? 1 : 0;
      texts.push_back(column.heading);
      styles.push_back(style);
      lines = std::max(lines, 1 + std::floor(text_width(column.heading) * 1.15 / width(i)));
    }
    // Group rows are no records: a table over them could not be filtered. Totals stand below it.
    std::size_t records = 0;
    while (records < table_.rows.size() && table_.rows[records].kind == RowKind::data) ++records;
    bool const filtered = std::all_of(table_.rows.begin() + static_cast<std::ptrdiff_t>(records), table_.rows.end(),
                                      [](TableRow const& row) { return row.kind == RowKind::total; });
    page_.book.table(sheet_, table_name(sheet_), {row_, 0}, filtered ? static_cast<std::uint32_t>(records) : 0, texts,
                     styles);
    page_.book.row_height(sheet_, row_, 15 * lines + 5);
    ++row_;
  }

  /// "Table_3": the sheet's number in the book keeps tables apart.
  std::string table_name(Sheet const& sheet) const { return fmt::format("Table_{}", sheet.number); }

  void statuses() {
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      if (auto const column = static_cast<std::uint16_t>(i);
          table_.columns[i].role == ColumnRole::status && row_ > heading_row_ + 1)
        colour_statuses(page_, sheet_, {heading_row_ + 1, column}, {row_ - 1, column});
  }

  void group_headings() {
    CellStyle const style{
        .bold = true, .size = 10, .colour = rgb(theme_.accent_text), .fill = rgb(theme_.accent), .side = Side::centre};
    for (std::size_t i = 0; i < table_.columns.size();) {
      std::size_t end = i + 1;
      while (end < table_.columns.size() && table_.columns[end].group == table_.columns[i].group &&
             !table_.columns[i].group.empty())
        ++end;
      page_.book.merge(sheet_, {row_, static_cast<std::uint16_t>(i)}, {row_, static_cast<std::uint16_t>(end - 1)},
                       table_.columns[i].group, style);
      i = end;
    }
    ++row_;
  }

  static bool only_words(TableRow const& row) {
    return row.kind == RowKind::group && std::all_of(row.cells.begin() + 1, row.cells.end(),
                                                     [](Cell const& cell) { return !cell.value && cell.text.empty(); });
  }

  void body(TableRow const& row) {
    CellStyle style;
    style.rule_below = row.kind != RowKind::total;
    if (row.kind == RowKind::total) style = {.bold = true, .rule_above = true, .fill = rgb(theme_.panel)};
    if (row.kind == RowKind::group) style = {.bold = true, .fill = rgb(theme_.panel)};
    double lines = 1;
    if (only_words(row)) {  // a heading between the rows: over all columns, so that it need not wrap
      style.indent = row.level;
      page_.book.merge(sheet_, {row_, 0}, {row_, static_cast<std::uint16_t>(table_.columns.size() - 1)},
                       row.cells.front().text, style);
      page_.book.row_height(sheet_, row_++, 18);
      return;
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) lines = std::max(lines, lines_of(row, i));
    style.top = lines > 1;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      CellAt const at{row_, static_cast<std::uint16_t>(i)};
      if (i < row.cells.size())
        one(row, i, at, style);
      else
        page_.book.blank(sheet_, at, style);
    }
    if (lines > 1) page_.book.row_height(sheet_, row_, 14.5 * std::min(lines, 20.0) + 2);
    ++row_;
  }

  double lines_of(TableRow const& row, std::size_t i) const {
    return row.cells[i].value ? 1 : 1 + std::floor(text_width(row.cells[i].text) / (width(i) + 1));
  }

  void one(TableRow const& row, std::size_t i, CellAt at, CellStyle style) {
    Cell const& cell = row.cells[i];
    ColumnRole const role = table_.columns[i].role;
    bool const beside = i > 0 && !cell.value;
    style.indent = i == 0 ? row.level : beside ? 1 : 0;  // words do not touch the number before them
    if (cell.emphasis) style.bold = true;
    if (!cell.value) {
      style.wrap = lines_of(row, i) > 1;
      if (role == ColumnRole::number) style.side = Side::right;
    }
    if (role == ColumnRole::status) {
      std::size_t from = i;
      while (from > 0 && table_.columns[from].key != "achievement") --from;
      bool const found = table_.columns[from].key == "achievement" && from < row.cells.size();
      CellAt const share{at.row, static_cast<std::uint16_t>(from)};
      write_status(page_, sheet_, at, cell.status, cell.text, found ? std::optional(share) : std::nullopt,
                   found ? &row.cells[from] : nullptr, style);
    } else {
      write_cell(page_, sheet_, at, cell, style);
    }
  }

  double width(std::size_t i) const { return widths_[i]; }

  double widest(std::size_t i) const {
    double out = table_.columns[i].role == ColumnRole::status ? 12 : 9;
    std::string const& heading = table_.columns[i].heading;
    for (std::size_t from = 0; from < heading.size();) {  // headings wrap at spaces: their longest word counts
      std::size_t const to = std::min(heading.find(' ', from), heading.size());
      out = std::max(out, text_width(std::string_view(heading).substr(from, to - from)) * 1.15 + 5);  // and its button
      from = to + 1;
    }
    for (TableRow const& row : table_.rows)
      if (i < row.cells.size() && !only_words(row))  // such a row's text goes over all columns
        out = std::max(out, text_width(row.cells[i].text) + 2 + (i == 0 ? 2.0 * row.level : 0));
    return std::min(out, kWidest);
  }

  /// Where the table is wider than a page can be read, its widest columns of words wrap the more.
  void narrow_words() {
    double const total = std::accumulate(widths_.begin(), widths_.end(), 0.0);
    double wordy = 0;
    for (std::size_t i = 0; i < widths_.size(); ++i)
      if (is_wordy(i)) wordy += widths_[i] - kWordsNeed;
    if (total <= kReadableWidth || wordy <= 0) return;
    double const kept = std::max(0.0, 1 - (total - kReadableWidth) / wordy);
    for (std::size_t i = 0; i < widths_.size(); ++i)
      if (is_wordy(i)) widths_[i] = kWordsNeed + (widths_[i] - kWordsNeed) * kept;
  }

  bool is_wordy(std::size_t i) const {
    ColumnRole const role = table_.columns[i].role;
    return role != ColumnRole::number && role != ColumnRole::status && widths_[i] > kWordsNeed;
  }

  void finish() {
    double const total = std::accumulate(widths_.begin(), widths_.end(), 0.0);
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      page_.book.column_width(sheet_, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(i), width(i));
    if (sheet_.handle == nullptr) return;
    worksheet_freeze_panes(sheet_.handle, heading_row_ + 1, static_cast<lxw_col_t>(table_.header_columns));
    set_up_print(page_, sheet_,
                 {.landscape = total > 92,
                  .heading_rows = static_cast<int>(heading_row_) + 1,
                  .headings = grouped() ? 2 : 1,
                  .pages_wide = total > kSmallest * kReadableWidth ? pages_wide(widths_) : std::uint16_t{1}});
  }

  WorkbookPage& page_;
  Sheet const& sheet_;
  TableBlock const& table_;
  Theme const& theme_;
  std::uint32_t row_ = 0;
  std::uint32_t heading_row_ = 0;
  std::vector<double> widths_{};  // of the columns, in characters
};

}  // namespace

void write_table(WorkbookPage& page, Sheet const& sheet, TableBlock const& table) {
  std::size_t const rows = table.rows.size() + table.notes.size() + kRowsAround;
  if (table.columns.size() > kMostColumns || rows > kMostRows)
    return page.book.check(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE,
                           fmt::format("sheet '{}', {} rows and {} columns", sheet.name, rows, table.columns.size()));
  TableSheet(page, sheet, table).write();
}

}  // namespace yekun
