#include <fmt/format.h>
#include <xlsxwriter.h>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

constexpr std::uint16_t kFirst = 1;  // column A is a margin
constexpr std::uint16_t kLast = 7;

class Summary {
 public:
  Summary(WorkbookPage& page, Sheet const& sheet) : page_(page), sheet_(sheet) {}

  void head() {
    Document const& d = page_.document;
    std::uint32_t const accent = rgb(d.theme.accent);
    line(d.programme, {.size = 10, .colour = rgb(d.theme.muted)}, 16);
    line(d.title, {.bold = true, .size = 20, .colour = accent}, 30);
    if (!d.subtitle.empty() && d.subtitle != d.programme)
      line(d.subtitle, {.size = 11, .colour = rgb(d.theme.text)}, 17);
    std::string facts = d.period_text;
    if (!d.as_of_text.empty()) facts += "  ·  " + d.as_of_text;
    if (!d.status.empty()) facts += "  ·  " + d.status;
    line(facts, {.bold = true, .size = 10, .colour = rgb(d.theme.muted)}, 18);
    ++row_;
  }

  void kpis(KpiRow const& row) {
    CellStyle const head{
        .bold = true, .rule_below = true, .size = 9, .colour = rgb(page_.document.theme.muted), .side = Side::right};
    CellStyle left = head;
    left.side = Side::left;
    CellStyle beside = left;
    beside.indent = 1;
    Catalogue const& words = page_.catalogue;
    page_.book.text(sheet_, {row_, kFirst}, words.text("heading.indicator"), left);
    char const* const keys[] = {"label.value", "label.unit", "label.target", "label.change", "label.status"};
    for (std::uint16_t i = 0; i < 5; ++i)
      page_.book.text(sheet_, at(i + 1), words.text(keys[i]), i == 1 || i == 4 ? beside : head);
    ++row_;
    for (Kpi const& kpi : row.kpis) one(kpi);
    ++row_;
  }

  void narrative(Narrative const& narrative) {
    for (Paragraph const& paragraph : narrative.paragraphs) {
      std::string text;
      for (TextRun const& run : paragraph.runs) text += run.text;
      if (paragraph.kind == ParagraphKind::bullet) text = "• " + text;
      double const lines = 1 + static_cast<int>(text_width(text) / 112);
      page_.book.merge(sheet_, at(0), at(kLast - kFirst), text, {.wrap = true, .size = 10});
      page_.book.row_height(sheet_, row_, 14.5 * lines + 4);
      ++row_;
    }
    ++row_;
  }

  void contents(std::vector<std::pair<std::string, std::string>> const& others) {
    page_.book.text(sheet_, at(0), page_.catalogue.text("heading.contents"),
                    {.bold = true, .rule_below = true, .size = 11, .colour = rgb(page_.document.theme.accent)});
    ++row_;
    for (auto const& [name, title] : others) {
      page_.book.link(sheet_, at(0), name, title, {.link = true, .colour = rgb(page_.document.theme.good)});
      ++row_;
    }
  }

 private:
  CellAt at(int offset) const { return {row_, static_cast<std::uint16_t>(kFirst + offset)}; }

  void line(std::string const& text, CellStyle const& style, double height) {
    page_.book.text(sheet_, at(0), text, style);
    page_.book.row_height(sheet_, row_, height);
    ++row_;
  }

  void one(Kpi const& kpi) {
    Theme const& theme = page_.document.theme;
    page_.book.text(sheet_, at(0), kpi.label, {.rule_below = true, .size = 11});
    write_cell(page_, sheet_, at(1), kpi.value,
               {.bold = true, .rule_below = true, .size = 13, .colour = rgb(theme.accent)});
    page_.book.text(sheet_, at(2), kpi.unit, {.rule_below = true, .colour = rgb(theme.muted), .indent = 1});
    optional(kpi.target, 3);
    optional(kpi.change, 4);
    std::uint32_t const colour = kpi.status == Status::met || kpi.status == Status::on_track  ? rgb(theme.good)
                                 : kpi.status == Status::behind || kpi.status == Status::away ? rgb(theme.bad)
                                                                                              : rgb(theme.neutral);
    page_.book.text(sheet_, at(5), kpi.status_text, {.bold = true, .rule_below = true, .colour = colour, .indent = 1});
    page_.book.row_height(sheet_, row_, 22);
    ++row_;
  }

  void optional(std::optional<Cell> const& cell, int offset) {
    if (cell)
      write_cell(page_, sheet_, at(offset), *cell, {.rule_below = true});
    else
      page_.book.blank(sheet_, at(offset), {.rule_below = true});
  }

  WorkbookPage& page_;
  Sheet const& sheet_;
  std::uint32_t row_ = 0;
};

}  // namespace

void write_summary(WorkbookPage& page, Sheet const& sheet,
                   std::vector<std::pair<std::string, std::string>> const& others) {
  Summary summary(page, sheet);
  page.book.column_width(sheet, 0, 0, 2);
  page.book.column_width(sheet, kFirst, kFirst, 44);
  page.book.column_width(sheet, kFirst + 1, kFirst + 1, 16);
  page.book.column_width(sheet, kFirst + 2, kFirst + 2, 14);
  page.book.column_width(sheet, kFirst + 3, kFirst + 4, 13);
  page.book.column_width(sheet, kFirst + 5, kLast, 14);
  summary.head();
  for (Block const& block : page.document.blocks) {
    if (auto const* kpis = std::get_if<KpiRow>(&block)) summary.kpis(*kpis);
    if (auto const* narrative = std::get_if<Narrative>(&block)) summary.narrative(*narrative);
  }
  summary.contents(others);
  set_up_print(page, sheet, true, 0);
  if (sheet.handle != nullptr) worksheet_activate(sheet.handle);
}

}  // namespace yekun
