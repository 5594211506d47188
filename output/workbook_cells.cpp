#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/utf8.h"
#include "output/workbook_sheets.h"

namespace yekun {

namespace {

std::string defined_name(std::string_view figure) {
  auto const at = figure.find('@');
  if (at == std::string_view::npos || figure.find('[') != std::string_view::npos) return {};
  std::string name;
  for (char const c : std::string(figure.substr(0, at)) + "_" + std::string(figure.substr(at + 1)))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') name += c;
  return name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0 ? "_" + name : name;
}

std::string comment_of(WorkbookPage const& page, Cell const& cell) {
  std::string words;
  for (std::string const& mark : cell.marks) {
    auto const& all = page.document.marks;
    auto const known = std::find_if(all.begin(), all.end(), [&](MarkText const& one) { return one.id == mark; });
    if (known == all.end()) continue;
    if (!words.empty()) words += "\n";
    words += known->text;
  }
  return words;
}

/// "pp", in both languages where there are two.
std::string points_unit(WorkbookPage const& page) {
  std::string const unit = page.text("unit.percentage_points", {{"value", std::string()}});
  std::string out;  // the place of the number leaves a space; a quote cannot stand within quotes
  for (char const c : unit)
    if (c != '"' && (c != ' ' || (!out.empty() && out.back() != ' '))) out += c;
  return out;
}

/// "+0.0;-0.0;0.0" -> "+0.0\" pp\";-0.0\" pp\";0.0\" pp\""
std::string with_unit(std::string const& format, std::string const& unit) {
  std::string const tail = "\" " + unit + "\"";
  std::string out;
  for (char const c : format) out += c == ';' ? tail + ";" : std::string(1, c);
  return out + tail;
}

void remember_name(WorkbookPage& page, Sheet const& sheet, CellAt at, Cell const& cell) {
  if (cell.figure.empty() || !cell.value || !cell.value->is_value()) return;
  std::string const name = defined_name(cell.figure);
  if (!name.empty()) page.names.emplace(name, cell_reference(sheet.name, at));
}

}  // namespace

std::string number_format(NumberShape const& shape) {
  std::string const places = shape.places > 0 ? "." + std::string(static_cast<std::size_t>(shape.places), '0') : "";
  if (shape.points) return fmt::format("+0{0};-0{0};0{0}", places);
  if (shape.percent) return shape.sign ? fmt::format("+0{0}%;-0{0}%;0{0}%", places) : fmt::format("0{0}%", places);
  if (shape.sign) return fmt::format("+#,##0{0};-#,##0{0};0{0}", places);
  return "#,##0" + places;
}

double text_width(std::string_view text) {
  double widest = 0;
  double width = 0;
  for (char32_t const c : to_code_points(text)) {
    if (c == '\n') width = 0;
    if (c == '\n') continue;
    bool const georgian = c >= 0x10A0 && c <= 0x10FF;
    bool const cyrillic = c >= 0x0400 && c <= 0x04FF;
    width += georgian ? 1.25 : cyrillic ? 1.12 : 1.0;
    widest = std::max(widest, width);
  }
  return widest;
}

std::vector<std::string> distinct_headings(std::vector<std::string> headings) {
  std::set<std::string> known;
  for (std::string& heading : headings) {
    std::string const base = heading;
    for (int number = 2; !known.insert(lower(heading)).second; ++number) heading = fmt::format("{} {}", base, number);
  }
  return headings;
}

void write_cell(WorkbookPage& page, Sheet const& sheet, CellAt at, Cell const& cell, CellStyle style) {
  if (!cell.value) return page.book.text(sheet, at, cell.text, style);
  Value const& value = *cell.value;
  style.side = Side::right;
  style.number_format = number_format(cell.shape);
  if (cell.shape.points) style.number_format = with_unit(style.number_format, points_unit(page));
  std::string const missing = page.text("mark.missing");
  std::string const none = page.text("mark.not_applicable");
  std::optional<std::string> formula;
  if (cell.lineage && value.state != State::suppressed)
    formula = page.data.formula(*cell.lineage, missing, none, cell.shape.points);
  double const scale = cell.shape.points ? 100 : 1;
  if (value.is_value() && formula) page.book.formula(sheet, at, *formula, to_double(value.number) * scale, style);
  if (value.is_value() && !formula) page.book.number(sheet, at, to_double(value.number) * scale, style);
  if (!value.is_value()) {
    std::string const mark = value.state == State::missing          ? missing
                             : value.state == State::not_applicable ? none
                                                                    : cell.text;
    if (formula)
      page.book.formula(sheet, at, *formula, std::string_view(mark), style);
    else
      page.book.text(sheet, at, mark, style);
  }
  std::string const comment = comment_of(page, cell);
  if (!comment.empty()) page.book.comment(sheet, at, comment);
  remember_name(page, sheet, at, cell);
}

std::uint16_t pages_wide(std::span<double const> widths) {
  if (widths.empty()) return 1;
  double const rest = std::accumulate(widths.begin() + 1, widths.end(), 0.0);
  double const room = kReadableWidth - widths.front();
  return room <= 0 ? 1 : static_cast<std::uint16_t>(std::max(1.0, std::ceil(rest / room)));
}

void set_up_print(WorkbookPage& page, Sheet const& sheet, PrintSetup const& setup) {
  lxw_worksheet* const handle = sheet.handle;
  if (handle == nullptr) return;
  worksheet_set_paper(handle, page.document.paper == "Letter" ? 1 : 9);
  if (setup.landscape) worksheet_set_landscape(handle);
  worksheet_set_margins(handle, 0.6, 0.6, 0.7, 0.7);
  worksheet_fit_to_pages(handle, setup.pages_wide, 0);
  if (setup.pages_wide > 1) {
    page.book.check(worksheet_repeat_columns(handle, 0, 0), sheet.name);
    worksheet_print_across(handle);  // the pages of a row of pages follow each other
  }
  worksheet_gridlines(handle, LXW_HIDE_ALL_GRIDLINES);
  if (setup.heading_rows > 0)
    page.book.check(worksheet_repeat_rows(handle, static_cast<lxw_row_t>(setup.heading_rows - setup.headings),
                                          static_cast<lxw_row_t>(setup.heading_rows - 1)),
                    sheet.name);
  // "&" starts a code in headers; a literal one is doubled. Excel takes 255 characters.
  std::string title;
  for (char const c : cell_text(page.document.title)) title += c == '&' ? "&&" : std::string(1, c);
  std::string const header = "&L&8" + std::string(first_code_points(title, 80));
  page.book.check(worksheet_set_header(handle, header.c_str()), sheet.name);
  page.book.check(worksheet_set_footer(handle, "&L&8&A&R&8&P / &N"), sheet.name);
}

}  // namespace yekun
