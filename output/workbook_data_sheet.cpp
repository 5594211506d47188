#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "core/utf8.h"
#include "output/workbook_sheets.h"

namespace yekun {

namespace {

enum DataStyle : std::size_t { kText, kDay, kWhole, kDecimal, kMark, kState };

std::vector<CellStyle> data_styles() {
  return {{},
          {.number_format = std::string(kShortDate)},
          {.side = Side::right, .number_format = "#,##0"},
          {.side = Side::right, .number_format = "#,##0.######"},
          {.side = Side::right},
          {.indent = 1}};
}

/// Writes the Data rows of one sheet as XML; called from several threads.
class DataRows {
 public:
  DataRows(WorkbookPage const& page, std::size_t sheet) : data_(page.data), rows_(page.data.rows(sheet)) {
    for (char const* key : {"label.target", "label.baseline", "mark.missing", "mark.not_applicable", "mark.suppressed",
                            "workbook.state_value", "state.missing", "state.not_applicable", "state.suppressed"})
      words_.push_back(page.text(key));
  }

  void write(RowXml& xml, std::uint32_t first, std::uint32_t count) const {
    for (DataRow const& row : rows_.subspan(first, count)) one(xml, row);
  }

 private:
  void one(RowXml& xml, DataRow const& row) const {
    using Kind = Lineage::Kind;
    Lineage const& leaf = *row.leaf;
    xml.begin(row.row);
    xml.text(0, leaf.indicator, kText);
    xml.text(1, leaf.kind == Kind::target ? words_[0] : leaf.kind == Kind::baseline ? words_[1] : leaf.measure, kText);
    if (!leaf.predicate.empty()) xml.text(2, leaf.predicate, kText);
    xml.text(3, leaf.period.label, kText);
    if (leaf.period.first < leaf.period.end && leaf.kind == Kind::cell) {
      xml.number(4, excel_day(leaf.period.first), kDay);
      xml.number(5, excel_day(leaf.period.end - 1), kDay);
    }
    if (!row.finest.empty()) xml.text(6, row.finest, kText);
    places(xml, leaf);
    value(xml, row);
    xml.end();
  }

  void places(RowXml& xml, Lineage const& leaf) const {
    auto const& all = data_.dimensions();
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto const part = std::find_if(leaf.place.begin(), leaf.place.end(),
                                     [&](PlacePart const& one) { return one.dimension == all[i]; });
      if (part == leaf.place.end() || (!part->unknown && !part->value)) continue;
      xml.text(static_cast<std::uint16_t>(7 + i), part->unknown ? "(unknown)" : *part->value, kText);
    }
  }

  void value(RowXml& xml, DataRow const& row) const {
    std::uint16_t const column = data_.value_column();
    Value const& value = row.leaf->value;
    auto const state = static_cast<std::size_t>(value.state);
    if (value.is_value()) {
      bool const whole = std::holds_alternative<std::int64_t>(value.number);
      double const number = to_double(value.number);
      auto const sum = row.rows ? std::nullopt : data_.sum_formula(row);
      if (row.rows && row.rows->array)
        xml.array_formula(column, row.rows->text, number, whole ? kWhole : kDecimal);
      else if (row.rows)
        xml.formula(column, row.rows->text, number, whole ? kWhole : kDecimal);
      else if (sum)
        xml.formula(column, *sum, to_double(value.number), whole ? kWhole : kDecimal);
      else
        xml.number(column, to_double(value.number), whole ? kWhole : kDecimal);
    } else {
      xml.text(column, words_[1 + state], kMark);
    }
    xml.text(static_cast<std::uint16_t>(column + 1), words_[5 + state], kState);
  }

  DataIndex const& data_;
  std::span<DataRow const> rows_;
  std::vector<std::string> words_{};
};

std::vector<std::string> headings(WorkbookPage const& page) {
  std::vector<std::string> out;
  for (char const* key : {"heading.indicator", "workbook.measure", "workbook.filter", "label.period",
                          "workbook.first_day", "workbook.last_day", "workbook.by"})
    out.push_back(page.text(key));
  for (std::string const& dimension : page.data.dimensions()) out.push_back(dimension);
  out.push_back(page.text("label.value"));
  out.push_back(page.text("workbook.state"));
  return distinct_headings(std::move(out));
}

}  // namespace

namespace {

constexpr std::size_t kRowsMeasured = 2'000;  // of a sheet, for the widths of its columns
constexpr double kWidestData = 36;
constexpr double kDayWidth = 12;
constexpr double kValueWidth = 14;  // of the state too

/// As wide as what stands in them, so that the sheet prints as large as can be.
std::vector<double> column_widths(WorkbookPage const& page, std::size_t number, std::vector<std::string> const& names) {
  std::vector<double> out;
  for (std::string const& name : names) out.push_back(text_width(name) * 1.1 + 4);  // and the filter's button
  auto const fit = [&](std::size_t column, std::string_view text) {
    out[column] = std::max(out[column], text_width(text) + 1);
  };
  auto const& all = page.data.dimensions();
  auto const rows = page.data.rows(number);
  for (DataRow const& row : rows.first(std::min(rows.size(), kRowsMeasured))) {
    std::string_view const texts[] = {row.leaf->indicator, row.leaf->measure, row.leaf->predicate,
                                      row.leaf->period.label};
    for (std::size_t i = 0; i < std::size(texts); ++i) fit(i, texts[i]);
    fit(6, row.finest);
    for (PlacePart const& part : row.leaf->place)
      if (part.value)
        fit(7 + static_cast<std::size_t>(std::find(all.begin(), all.end(), part.dimension) - all.begin()), *part.value);
  }
  out[4] = std::max(out[4], kDayWidth);
  out[5] = std::max(out[5], kDayWidth);
  for (std::size_t i = page.data.value_column(); i < out.size(); ++i) out[i] = std::max(out[i], kValueWidth);
  for (double& width : out) width = std::min(width, kWidestData);
  return out;
}

}  // namespace

void write_data(WorkbookPage& page, Sheet const& sheet, std::size_t number) {
  static_assert(static_cast<int>(State::value) == 0 && static_cast<int>(State::suppressed) == 3);
  Theme const& theme = page.document.theme;
  page.book.text(sheet, {0, 0}, sheet.name, {.bold = true, .size = 14, .colour = rgb(theme.accent)});
  page.book.text(sheet, {1, 0}, page.text("workbook.data_note"), {.size = 9, .colour = rgb(theme.muted)});
  auto const names = headings(page);
  auto const count = static_cast<std::uint32_t>(page.data.rows(number).size());
  DataRows const rows(page, number);
  page.book.table(sheet, fmt::format("Data_{}", number + 1), {DataIndex::kHeadingRow, 0}, count, names,
                  std::vector<CellStyle>(names.size(),
                                         {.bold = true, .colour = rgb(theme.accent_text), .fill = rgb(theme.accent)}));
  page.book.rows(sheet, DataIndex::kHeadingRow + 1, data_styles(),
                 {count, static_cast<std::uint16_t>(names.size()),
                  [rows](RowXml& xml, std::uint32_t first, std::uint32_t some) { rows.write(xml, first, some); }});
  auto const widths = column_widths(page, number, names);
  for (std::uint16_t i = 0; i < names.size(); ++i) page.book.column_width(sheet, i, i, widths[i]);
  if (sheet.handle == nullptr) return;
  worksheet_freeze_panes(sheet.handle, DataIndex::kHeadingRow + 1, 1);
  set_up_print(page, sheet,
               {.landscape = true,
                .heading_rows = static_cast<int>(DataIndex::kHeadingRow) + 1,
                .pages_wide = pages_wide(widths)});
}

}  // namespace yekun
