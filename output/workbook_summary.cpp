#include <fmt/format.h>
#include <xlsxwriter.h>
#include <algorithm>
#include <iterator>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

constexpr std::uint16_t kFirst = 1;  // column A is a margin
constexpr std::uint16_t kLast = 7;

class Summary {
 public:
  Summary(WorkbookPage& page, Sheet const& sheet) : page_(page), sheet_(sheet) {}

  /// Sets the columns' widths; call it first.
  void columns(double labels) {
    double const others = page_.second == nullptr ? 13 : 26;
    double const widths[] = {labels, 16, 14, others, others, others, 20};
    page_.book.column_width(sheet_, 0, 0, 2);
    for (std::size_t i = 0; i < std::size(widths); ++i) {
      auto const column = static_cast<std::uint16_t>(kFirst + i);
      page_.book.column_width(sheet_, column, column, widths[i]);
      width_ += widths[i];
    }
  }

  void head() {
    Document const& d = page_.document;
    line(page_.text("heading.summary"), {.bold = true, .size = 16, .colour = rgb(d.theme.accent)}, 26);
    std::string facts = d.title + "  ·  " + d.period_text;
    if (!d.status.empty()) facts += "  ·  " + d.status;
    line(facts, {.size = 9, .colour = rgb(d.theme.muted)}, 16);
    ++row_;
  }

  void kpis(KpiRow const& row) {
    CellStyle const head{
        .bold = true, .rule_below = true, .size = 9, .colour = rgb(page_.document.theme.muted), .side = Side::right};
    CellStyle left = head;
    left.side = Side::left;
    CellStyle beside = left;
    beside.indent = 1;
    page_.book.text(sheet_, {row_, kFirst}, page_.text("heading.indicator"), left);
    char const* const keys[] = {"label.value",       "label.unit",   "label.target",
                                "label.achievement", "label.change", "label.status"};
    for (std::uint16_t i = 0; i < 6; ++i)
      page_.book.text(sheet_, at(i + 1), page_.text(keys[i]), i == 1 || i == 5 ? beside : head);
    std::uint32_t const first = ++row_;
    for (Kpi const& kpi : row.kpis) one(kpi);
    if (row_ > first) {
      auto const column = [](int offset) { return static_cast<std::uint16_t>(kFirst + offset); };
      page_.book.share_bars(sheet_, {first, column(4)}, {row_ - 1, column(4)}, rgb(page_.document.theme.faint));
      colour_statuses(page_, sheet_, {first, column(6)}, {row_ - 1, column(6)});
    }
    ++row_;
  }

  void narrative(Narrative const& narrative) {
    for (Paragraph const& paragraph : narrative.paragraphs) {
      std::string text;
      for (TextRun const& run : paragraph.runs) text += run.text;
      if (paragraph.kind == ParagraphKind::bullet) text = "• " + text;
      double const lines = 1 + static_cast<int>(text_width(text) / (width_ * 1.02));
      page_.book.merge(sheet_, at(0), at(kLast - kFirst), text, {.wrap = true, .size = 10});
      page_.book.row_height(sheet_, row_, 14.5 * lines + 4);
      ++row_;
    }
    ++row_;
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
    optional(kpi.achievement, 4);
    optional(kpi.change, 5);
    write_status(page_, sheet_, at(6), kpi.status, kpi.status_text, at(4),
                 kpi.achievement ? &*kpi.achievement : nullptr,
                 {.bold = true, .rule_below = true, .colour = rgb(theme.neutral), .indent = 1});
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
  double width_ = 0;  // of all columns together, in characters
};

/// Wide enough for the longest label, in the width of a digit at 10 points; labels are a tenth larger.
double label_width(Document const& document) {
  double widest = 42;
  for (Block const& block : document.blocks)
    if (auto const* kpis = std::get_if<KpiRow>(&block))
      for (Kpi const& kpi : kpis->kpis) widest = std::max(widest, text_width(kpi.label) * 1.15);
  return std::min(widest + 2, 90.0);
}

}  // namespace

void write_summary(WorkbookPage& page, Sheet const& sheet) {
  Summary summary(page, sheet);
  summary.columns(label_width(page.document));
  summary.head();
  for (Block const& block : page.document.blocks) {
    if (auto const* kpis = std::get_if<KpiRow>(&block)) summary.kpis(*kpis);
    if (auto const* narrative = std::get_if<Narrative>(&block)) summary.narrative(*narrative);
  }
  set_up_print(page, sheet, {.landscape = true});
}

}  // namespace yekun
