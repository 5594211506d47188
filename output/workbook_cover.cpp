#include <cmath>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

constexpr std::uint16_t kFirst = 1;  // column A is a margin
constexpr std::uint16_t kFacts = 2;
constexpr double kFactWidth = 74;

class Cover {
 public:
  Cover(WorkbookPage& page, Sheet const& sheet) : page_(page), sheet_(sheet), theme_(page.document.theme) {}

  void head() {
    Document const& d = page_.document;
    if (!d.logo_png.empty()) {
      page_.book.row_height(sheet_, row_, 58);
      page_.book.picture(sheet_, at(0), d.logo_png, 50, d.programme);
      ++row_;
    }
    band(d.programme, {.bold = true, .size = 11}, 26);
    band(d.title, {.bold = true, .size = 24}, 24 + 30 * std::floor(text_width(d.title) / 46));
    bool const subtitle = !d.subtitle.empty() && d.subtitle != d.programme;
    band(subtitle ? d.subtitle : "", {.size = 11}, subtitle ? 26 : 10);
    ++row_;
  }

  void facts() {
    Document const& d = page_.document;
    fact(page_.text("label.period"), d.period_text);
    fact(page_.text("label.status"), d.status.empty() ? page_.text("label.final") : d.status);
    fact(page_.text("label.date"), d.as_of_text);
    if (!d.partners.empty()) fact(page_.text("workbook.partners"), page_.catalogue.locale().list(d.partners));
    if (!d.author.empty()) fact(page_.text("workbook.author"), d.author);
    ++row_;
  }

  void contents(std::vector<std::pair<std::string, std::string>> const& sheets) {
    heading(page_.text("heading.contents"));
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      double const lines = 1 + std::floor(text_width(sheets[i].second) / (1.25 * kFactWidth));
      CellStyle const number{.top = lines > 1, .rule_below = true, .colour = rgb(theme_.muted), .side = Side::left};
      page_.book.number(sheet_, at(0), static_cast<double>(i + 1), number);
      page_.book.link(sheet_, at(1), sheets[i].first, sheets[i].second,
                      {.wrap = lines > 1, .rule_below = true, .size = 11, .colour = rgb(theme_.good)});
      page_.book.row_height(sheet_, row_++, 3 + 15 * lines);
    }
    ++row_;
  }

  /// How to read the book: figures are formulas, and what the marks mean.
  void reading() {
    heading(page_.text("workbook.reading"));
    wide(page_.text("workbook.reading_note"));
    if (page_.document.data_sheets.empty()) wide(page_.text("workbook.own_note"));
    for (std::string const& note : page_.document.workbook_notes) wide(note);
    for (MarkText const& mark : page_.document.marks) wide(mark.symbol + "  " + mark.text);
  }

 private:
  CellAt at(int offset) const { return {row_, static_cast<std::uint16_t>(kFirst + offset)}; }

  void band(std::string const& text, CellStyle style, double height) {
    style.wrap = true;
    style.colour = rgb(theme_.accent_text);
    style.fill = rgb(theme_.accent);
    style.indent = 1;
    page_.book.merge(sheet_, at(0), at(kFacts - kFirst), text, style);
    page_.book.row_height(sheet_, row_++, height + 8);
  }

  void heading(std::string const& text) {
    CellStyle const style{.bold = true, .rule_below = true, .size = 12, .colour = rgb(theme_.accent)};
    page_.book.text(sheet_, at(0), text, style);
    page_.book.blank(sheet_, at(1), style);
    page_.book.row_height(sheet_, row_++, 22);
  }

  void fact(std::string const& label, std::string const& text) {
    page_.book.text(sheet_, at(0), label, {.rule_below = true, .size = 10, .colour = rgb(theme_.muted)});
    double const lines = 1 + std::floor(text_width(text) / kFactWidth);
    page_.book.text(sheet_, at(1), text, {.bold = true, .wrap = lines > 1, .rule_below = true, .size = 11});
    page_.book.row_height(sheet_, row_++, 5 + 15 * lines);
  }

  void wide(std::string const& text) {
    double const lines = 1 + std::floor(text_width(text) / 104);
    page_.book.merge(sheet_, at(0), at(1), text, {.wrap = true, .size = 9.5, .colour = rgb(theme_.muted)});
    page_.book.row_height(sheet_, row_++, 3 + 14 * lines);
  }

  WorkbookPage& page_;
  Sheet const& sheet_;
  Theme const& theme_;
  std::uint32_t row_ = 0;
};

}  // namespace

void write_cover(WorkbookPage& page, Sheet const& sheet,
                 std::vector<std::pair<std::string, std::string>> const& contents) {
  Cover cover(page, sheet);
  page.book.column_width(sheet, 0, 0, 2);
  page.book.column_width(sheet, kFirst, kFirst, 22);
  page.book.column_width(sheet, kFacts, kFacts, kFactWidth);
  cover.head();
  cover.facts();
  cover.contents(contents);
  cover.reading();
  set_up_print(page, sheet, {});
  page.book.open_at(sheet);
}

}  // namespace yekun
