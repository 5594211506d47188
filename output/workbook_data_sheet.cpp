#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

struct DataWriter {
  WorkbookPage& page;
  Sheet const& sheet;

  std::vector<std::string> headings() const {
    std::vector<std::string> out;
    for (char const* key : {"heading.indicator", "workbook.measure", "workbook.filter", "label.period",
                            "workbook.first_day", "workbook.last_day", "workbook.by"})
      out.push_back(page.catalogue.text(key));
    for (std::string const& dimension : page.data.dimensions()) out.push_back(dimension);
    out.push_back(page.catalogue.text("label.value"));
    out.push_back(page.catalogue.text("workbook.state"));
    return out;
  }

  void head(std::vector<std::string> const& names) {
    Theme const& theme = page.document.theme;
    page.book.text(sheet, {0, 0}, page.catalogue.text("heading.data"),
                   {.bold = true, .size = 14, .colour = rgb(theme.accent)});
    page.book.text(sheet, {1, 0}, page.catalogue.text("workbook.data_note"), {.size = 9, .colour = rgb(theme.muted)});
    CellStyle const style{.bold = true, .colour = rgb(theme.accent_text), .fill = rgb(theme.accent)};
    for (std::size_t i = 0; i < names.size(); ++i)
      page.book.text(sheet, {DataIndex::kHeadingRow, static_cast<std::uint16_t>(i)}, names[i], style);
  }

  void row(DataRow const& data) {
    Lineage const& leaf = *data.leaf;
    using Kind = Lineage::Kind;
    std::string measure = leaf.measure;
    if (leaf.kind == Kind::target) measure = page.catalogue.text("label.target");
    if (leaf.kind == Kind::baseline) measure = page.catalogue.text("label.baseline");
    page.book.text(sheet, {data.row, 0}, leaf.indicator, {});
    page.book.text(sheet, {data.row, 1}, measure, {});
    page.book.text(sheet, {data.row, 2}, leaf.predicate, {});
    page.book.text(sheet, {data.row, 3}, leaf.period.label, {});
    if (leaf.period.first < leaf.period.end && leaf.kind == Kind::cell) {
      page.book.text(sheet, {data.row, 4}, to_iso(leaf.period.first), {});
      page.book.text(sheet, {data.row, 5}, to_iso(leaf.period.end - 1), {});
    }
    page.book.text(sheet, {data.row, 6}, finest_dimensions(leaf), {});
    for (PlacePart const& part : leaf.place) place(data.row, part);
    value(data);
  }

  void place(std::uint32_t at_row, PlacePart const& part) {
    auto const& all = page.data.dimensions();
    auto const at = std::find(all.begin(), all.end(), part.dimension) - all.begin();
    std::string const text = part.unknown ? "(unknown)" : part.value.value_or("");
    if (!text.empty()) page.book.text(sheet, {at_row, static_cast<std::uint16_t>(7 + at)}, text, {});
  }

  void value(DataRow const& data) {
    CellAt const at{data.row, page.data.value_column()};
    Value const& value = data.leaf->value;
    CellStyle style{.side = Side::right};
    if (value.is_value()) {
      if (!std::holds_alternative<std::int64_t>(value.number)) style.number_format = "#,##0.######";
      if (std::holds_alternative<std::int64_t>(value.number)) style.number_format = "#,##0";
      if (data.sum)
        page.book.formula(sheet, at, *data.sum, to_double(value.number), style);
      else
        page.book.number(sheet, at, to_double(value.number), style);
    } else {
      char const* const key = value.state == State::missing          ? "mark.missing"
                              : value.state == State::not_applicable ? "mark.not_applicable"
                                                                     : "mark.suppressed";
      page.book.text(sheet, at, page.catalogue.text(key), style);
    }
    char const* const state = value.state == State::value            ? "workbook.state_value"
                              : value.state == State::missing        ? "state.missing"
                              : value.state == State::not_applicable ? "state.not_applicable"
                                                                     : "state.suppressed";
    page.book.text(sheet, {at.row, static_cast<std::uint16_t>(at.column + 1)}, page.catalogue.text(state), {});
  }
};

}  // namespace

void write_data(WorkbookPage& page, Sheet const& sheet) {
  DataWriter writer{page, sheet};
  std::vector<std::string> const names = writer.headings();
  writer.head(names);
  for (DataRow const& row : page.data.rows()) writer.row(row);
  double const widths[] = {28, 34, 26, 12, 12, 12, 20};
  for (std::uint16_t i = 0; i < names.size(); ++i) page.book.column_width(sheet, i, i, i < 7 ? widths[i] : 20);
  if (sheet.handle == nullptr) return;
  if (!page.data.rows().empty())
    page.book.check(worksheet_autofilter(sheet.handle, DataIndex::kHeadingRow, 0, page.data.rows().back().row,
                                         static_cast<lxw_col_t>(names.size() - 1)),
                    sheet.name);
  worksheet_freeze_panes(sheet.handle, DataIndex::kHeadingRow + 1, 0);
  set_up_print(page, sheet, true, static_cast<int>(DataIndex::kHeadingRow) + 1);
}

}  // namespace yekun
