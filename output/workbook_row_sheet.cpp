#include <fmt/format.h>
#include <xlsxwriter.h>

#include "output/workbook_rows.h"
#include "output/workbook_sheets.h"

namespace yekun {

namespace {

enum RowStyle : std::size_t { kText, kDay, kWhole, kDecimal };

std::vector<CellStyle> row_styles() {
  return {{},
          {.number_format = std::string(kShortDate)},
          {.side = Side::right, .number_format = "#,##0"},
          {.side = Side::right, .number_format = "#,##0.######"}};
}

void write_entry(RowXml& xml, std::uint16_t at, RowColumn const& column, std::size_t row) {
  Column const& values = column.values;
  if (column.role == RowColumn::Role::group)
    return xml.text(at, values.has(row) ? values.text(row) : "(unknown)", kText);
  if (!values.has(row)) return;
  if (values.type == Type::date) return xml.number(at, excel_day({static_cast<std::int32_t>(values.whole[row])}), kDay);
  if (values.type == Type::number) return xml.number(at, values.number[row], kDecimal);
  if (values.type == Type::decimal) return xml.number(at, to_double(Decimal{values.whole[row]}), kDecimal);
  xml.number(at, values.whole[row], kWhole);
}

}  // namespace

void write_row_sheet(WorkbookPage& page, Sheet const& sheet, DataSheet const& data) {
  Theme const& theme = page.document.theme;
  page.book.text(sheet, {0, 0}, sheet.name, {.bold = true, .size = 14, .colour = rgb(theme.accent)});
  page.book.text(sheet, {1, 0}, page.text("workbook.rows_note"), {.size = 9, .colour = rgb(theme.muted)});
  std::vector<std::string> headings;
  for (RowColumn const& column : data.columns) headings.push_back(column.heading);
  headings = distinct_headings(std::move(headings));
  CellStyle const head{.bold = true, .colour = rgb(theme.accent_text), .fill = rgb(theme.accent)};
  auto const count = static_cast<std::uint32_t>(data.rows);
  page.book.table(sheet, fmt::format("Rows_{}", sheet.number), {RowFormulas::kHeadingRow, 0}, count, headings,
                  std::vector<CellStyle>(headings.size(), head));
  page.book.rows(sheet, RowFormulas::kHeadingRow + 1, row_styles(),
                 {count, static_cast<std::uint16_t>(headings.size()),
                  [&data](RowXml& xml, std::uint32_t first, std::uint32_t some) {
                    for (std::uint32_t row = first; row < first + some; ++row) {
                      xml.begin(RowFormulas::kHeadingRow + 1 + row);
                      for (std::size_t i = 0; i < data.columns.size(); ++i)
                        write_entry(xml, static_cast<std::uint16_t>(i), data.columns[i], row);
                      xml.end();
                    }
                  }});
  std::vector<double> widths;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    auto const at = static_cast<std::uint16_t>(i);
    widths.push_back(std::min(30.0, std::max(14.0, text_width(headings[i]) + 4)));
    page.book.column_width(sheet, at, at, widths.back());
  }
  if (sheet.handle == nullptr) return;
  worksheet_freeze_panes(sheet.handle, RowFormulas::kHeadingRow + 1, 0);
  set_up_print(page, sheet,
               {.landscape = headings.size() > 6,
                .heading_rows = static_cast<int>(RowFormulas::kHeadingRow) + 1,
                .pages_wide = pages_wide(widths)});
}

}  // namespace yekun
