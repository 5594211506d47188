#include "delivery/mail_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "delivery/mail_body.h"
#include "delivery/mail_table.h"
#include "output/markup.h"
#include "output/readable.h"
#include "reports/format.h"

namespace yekun {
namespace {

constexpr int kWidth = 640;                   // of the page, in pixels
constexpr int kTableRoom = kWidth - 24 - 40;  // in a window of kWidth, which has margins
constexpr std::array<std::size_t, 5> kRowLimits{40, 20, 10, 5, 0};

std::string hex(Colour colour) { return to_hex(colour); }

/// Writes one document with at most `rows` rows a table.
class PageWriter {
 public:
  PageWriter(Document const& document, Catalogue const& catalogue, MailFrame const& frame, std::size_t rows)
      : document_(document), catalogue_(catalogue), frame_(frame), theme_(document.theme), rows_(rows) {}

  std::string write() {
    begin();
    reasons();
    for (auto const* block : mailed_blocks(document_)) std::visit(*this, *block);
    end_charts();
    end();
    return std::move(out_);
  }

  void operator()(Heading const& heading) {
    end_charts();
    int const size = heading.level <= 1 ? 19 : 16;
    row(fmt::format(R"(<h{0} class="t" style="margin:14px 0 4px;font-size:{1}px;line-height:1.3;color:{2}">{3}</h{0}>)",
                    heading.level <= 1 ? 2 : 3, size, hex(theme_.accent), escape_markup(heading.text)));
  }

  void operator()(Narrative const& narrative) {
    end_charts();
    std::string out;
    for (auto const& paragraph : narrative.paragraphs) {
      std::string lead;
      if (paragraph.kind == ParagraphKind::bullet) lead = "• ";
      if (paragraph.kind == ParagraphKind::numbered) lead = fmt::format("{}. ", paragraph.number);
      out += fmt::format(R"(<p style="margin:6px 0 6px {}px">{}{}</p>)", lead.empty() ? 0 : 12 + 16 * paragraph.level,
                         lead, runs(paragraph));
    }
    row(out);
  }

  void operator()(KpiRow const& kpis) {
    end_charts();
    std::string out = table_open("border-collapse:separate;border-spacing:0 8px");
    for (std::size_t i = 0; i < kpis.kpis.size(); i += 2) {
      out += "<tr>" + card(kpis.kpis[i]);
      out += R"(<td class="h" style="width:8px;font-size:1px">&nbsp;</td>)";
      out += i + 1 < kpis.kpis.size() ? card(kpis.kpis[i + 1]) : R"(<td style="width:50%">&nbsp;</td>)";
      out += "</tr>\n";
    }
    row(out + "</table>");
  }

  void operator()(TableBlock const& block) {
    end_charts();
    std::string out = fmt::format(R"(<p class="t" style="margin:10px 0 4px;font-weight:bold">{}</p>)",
                                  escape_markup(numbered("heading.table_n", block.number, block.title)));
    auto const fit = fit_table(block, kTableRoom);
    // Where a telephone is narrower still, the table alone moves sideways.
    out += fmt::format(
        R"(<div style="overflow-x:auto"><table class="d" border="0" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;font-size:{}px;line-height:1.35">)",
        fit.font);
    head(block, fit, out);
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (auto const& one : block.rows) {
      bool const always = one.kind == RowKind::total;
      if (!always && shown >= rows_) {
        left_out += one.kind == RowKind::data ? 1 : 0;
        continue;
      }
      shown += always ? 0 : 1;
      table_row(block, fit, one, out);
    }
    out += "</table></div>\n";
    std::vector<std::string> notes = block.notes;
    for (auto const& mark : marks_used(document_, block)) notes.push_back(mark.symbol + " " + mark.text);
    if (fit.left_out > 0) notes.push_back(more_line(catalogue_, frame_, "mail.more_columns", fit.left_out));
    if (left_out > 0) notes.push_back(more_line(catalogue_, frame_, "mail.more_rows", left_out));
    for (auto const& note : notes)
      out += fmt::format(R"(<p class="m" style="margin:3px 0;font-size:12px;color:{}">{}</p>)", letters(theme_.muted),
                         escape_markup(note));
    row(out);
  }

  void operator()(ChartBlock const& chart) {
    if (chart.share <= 0.6 && !charts_.empty() && charts_share_ + chart.share <= 1.01) {
      charts_.push_back(&chart);
      charts_share_ += chart.share;
      return;
    }
    end_charts();
    charts_ = {&chart};
    charts_share_ = chart.share;
    if (chart.share > 0.6) end_charts();
  }

  void operator()(ExploreBlock const&) {}  // never mailed: see mailed_blocks
  void operator()(PageBreak const&) { end_charts(); }

 private:
  std::string_view font() const { return "'Noto Sans','Segoe UI',Roboto,Helvetica,Arial,sans-serif"; }

  static std::string table_open(std::string_view style) {
    return fmt::format(
        R"(<table role="presentation" border="0" cellpadding="0" cellspacing="0" style="width:100%;{}">)", style);
  }

  void begin() {
    auto const title = escape_markup(document_.title);
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light "
        "dark\">\n"
        "<title>{}</title>\n",
        escape_markup(document_.language), title);
    // Only what inline styles cannot say; a program that drops it shows the light page.
    out_ +=
        "<style>\n@media (prefers-color-scheme: dark) {\n"
        ".g { background-color: #14191f !important; }\n"
        ".c, .k { background-color: #1f262e !important; border-color: #3a444f !important; }\n"
        ".c, .c p, .c td, .c th, .k p, .t { color: #e8ecf0 !important; }\n"
        ".m, .m p { color: #aeb8c2 !important; }\n"
        ".s { color: inherit !important; }\n"  // the words of a status say it; its colours are for light pages
        ".d td { border-color: #3a444f !important; }\n"
        ".p { background-color: #ffffff !important; }\n}\n"
        "@media (max-width: 480px) { .k, .h { display: block !important; width: auto !important; } "
        ".d { font-size: 12px !important; } }\n</style>\n</head>\n";
    out_ += fmt::format(
        "<body class=\"g\" style=\"margin:0;padding:0;background-color:{}\">\n{}<tr><td class=\"g\" align=\"center\" "
        "style=\"padding:12px\">\n<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" "
        "class=\"c\" "
        "style=\"width:100%;table-layout:fixed;max-width:{}px;background-color:{};color:{};font-family:{};font-size:"
        "15px;"
        "line-height:1.5;text-align:left\">\n",
        hex(theme_.panel), table_open("border-collapse:collapse;table-layout:fixed"), kWidth, hex(theme_.background),
        hex(theme_.text), font());
    title_block();
  }

  void title_block() {
    std::string out = fmt::format("<tr><td style=\"padding:18px 20px;background-color:{0};color:{1}\">",
                                  hex(theme_.accent), hex(theme_.accent_text));
    auto const line = [&](std::string_view text, int size, bool bold) {
      if (text.empty()) return;
      out += fmt::format(R"(<p style="margin:0;font-size:{}px;line-height:1.3;color:{} !important{}">{}</p>)", size,
                         hex(theme_.accent_text), bold ? ";font-weight:bold" : "", escape_markup(text));
    };
    line(document_.programme, 13, false);
    out += fmt::format(R"(<h1 style="margin:2px 0;font-size:23px;line-height:1.25;color:{}">{}</h1>)",
                       hex(theme_.accent_text), escape_markup(document_.title));
    line(document_.status.empty() ? document_.period_text : document_.period_text + " · " + document_.status, 15, true);
    line(document_.as_of_text, 13, false);
    out_ += out + "</td></tr>\n";
  }

  void reasons() {
    if (frame_.reasons.empty()) return;
    std::string out =
        fmt::format(R"(<p style="margin:0 0 4px;font-weight:bold">{}</p>)", escape_markup(catalogue_.text("mail.why")));
    for (auto const& reason : frame_.reasons) out += R"(<p style="margin:2px 0">• )" + escape_markup(reason) + "</p>";
    row(fmt::format(
        R"(<div class="k" style="margin:8px 0;padding:10px 14px;border-left:4px solid {};background-color:{}">{}</div>)",
        hex(theme_.bad), hex(theme_.panel), out));
  }

  void end() {
    std::string out = fmt::format(R"(<p style="margin:14px 0 0;border-top:1px solid {};font-size:1px">&nbsp;</p>)",
                                  hex(theme_.faint));
    for (auto const& line : closing_lines(catalogue_, frame_))
      out += fmt::format(R"(<p class="m" style="margin:3px 0;font-size:12px;color:{}">{}</p>)", letters(theme_.muted),
                         escape_markup(line));
    row(out);
    out_ +=
        "<tr><td "
        "style=\"height:16px;font-size:1px\">&nbsp;</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n";
  }

  void row(std::string const& content) {
    out_ += "<tr><td class=\"c\" style=\"padding:0 20px\">" + content + "</td></tr>\n";
  }

  std::string runs(Paragraph const& paragraph) const {
    std::string out;
    for (auto const& run : paragraph.runs) {
      std::string text = escape_markup(run.text);
      if (run.italic) text = "<em>" + text + "</em>";
      if (run.bold) text = "<strong>" + text + "</strong>";
      if (!run.link.empty() && !run.link.starts_with('#'))
        text =
            fmt::format(R"(<a href="{}" style="color:{}">{}</a>)", escape_markup(run.link), hex(theme_.accent), text);
      out += text;
    }
    return out;
  }

  std::string numbered(char const* key, int number, std::string const& title) const {
    if (number == 0) return title;
    return catalogue_.text(key, {{"n", catalogue_.locale().whole(number)}, {"title", title}});
  }

  /// A colour of the theme for words on the page or a card.
  std::string letters(Colour colour) const { return hex(readable(colour, theme_.panel, {0, 0, 0})); }

  std::string status_colour(Status status) const {
    if (status == Status::met || status == Status::on_track) return letters(theme_.good);
    return letters(status == Status::behind || status == Status::away ? theme_.bad : theme_.muted);
  }

  std::string marked(Cell const& cell) const {
    std::string out = escape_markup(cell.text);
    for (auto const& id : cell.marks)
      for (auto const& mark : document_.marks)
        if (mark.id == id && mark.appended) out += "<sup>" + escape_markup(mark.symbol) + "</sup>";
    return out;
  }

  std::string card(Kpi const& kpi) const {
    std::string out = fmt::format(
        R"(<td class="k" valign="top" style="width:50%;padding:10px 14px;background-color:{};border:1px solid {}">)",
        hex(theme_.panel), hex(theme_.faint));
    out += fmt::format(R"(<p style="margin:0;font-size:13px;line-height:1.35">{}</p>)", escape_markup(kpi.label));
    out +=
        fmt::format(R"(<p style="margin:2px 0;font-size:24px;line-height:1.2;font-weight:bold">{})", marked(kpi.value));
    if (!kpi.unit.empty())
      out += fmt::format(R"( <span style="font-size:13px;font-weight:normal">{}</span>)", escape_markup(kpi.unit));
    out += "</p>";
    auto const small = [&](std::string const& text) {
      out += fmt::format(R"(<p class="m" style="margin:2px 0;font-size:12px;color:{}">{}</p>)", letters(theme_.muted),
                         text);
    };
    if (kpi.change) small("<strong>" + escape_markup(kpi.change->text) + "</strong> " + escape_markup(kpi.change_to));
    if (kpi.target) {
      auto text = escape_markup(catalogue_.text("report.kpi_target", {{"value", kpi.target->text}}));
      if (!kpi.status_text.empty())
        text += fmt::format(R"( · <span class="s" style="color:{}">{}</span>)", status_colour(kpi.status),
                            escape_markup(kpi.status_text));
      small(text);
    }
    return out + "</td>";
  }

  static std::string_view align(ColumnRole role) { return role == ColumnRole::number ? "right" : "left"; }

  void head(TableBlock const& block, TableFit const& fit, std::string& out) const {
    out += "<tr>";
    for (auto const c : fit.columns) {
      auto const& column = block.columns[c];
      auto const heading = column.group.empty() ? column.heading : column.group + " · " + column.heading;
      out += fmt::format(
          R"(<th scope="col" align="{0}" valign="bottom" style="padding:4px {3}px;border-bottom:2px solid {1};text-align:{0}">{2}</th>)",
          align(column.role), hex(theme_.accent), escape_markup(heading), fit.side);
    }
    out += "</tr>\n";
  }

  /// A row that only its first cell says something in: a title over those that follow.
  void title_row(TableFit const& fit, TableRow const& one, std::string& out) const {
    out += fmt::format(
        R"(<tr><td colspan="{}" style="padding:6px {}px 3px {}px;border-bottom:1px solid {};font-weight:bold">{}</td></tr>)"
        "\n",
        fit.columns.size(), fit.side, fit.side + 12 * one.level, hex(theme_.faint), marked(one.cells.front()));
  }

  void table_row(TableBlock const& block, TableFit const& fit, TableRow const& one, std::string& out) const {
    if (is_title(one)) return title_row(fit, one, out);
    std::string const weight = one.kind == RowKind::data ? "" : ";font-weight:bold";
    out += "<tr>";
    for (auto const c : fit.columns) {
      if (c >= std::max<std::size_t>(one.cells.size(), 1)) break;
      static Cell const kEmpty{};
      Cell const& cell = c < one.cells.size() ? one.cells[c] : kEmpty;
      auto text = marked(cell);
      if (block.columns[c].role == ColumnRole::status)
        text = fmt::format(R"(<span class="s" style="color:{}">{}</span>)", status_colour(cell.status), text);
      auto const role = align(block.columns[c].role);
      out += fmt::format(
          R"(<td align="{0}" valign="top" style="padding:3px {6}px 3px {1}px;border-bottom:1px solid {2};text-align:{0}{3}{4}">{5}</td>)",
          role, c == 0 ? fit.side + 12 * one.level : fit.side, hex(theme_.faint), weight,
          block.columns[c].role == ColumnRole::number ? ";white-space:nowrap" : "", text, fit.side);
    }
    out += "</tr>\n";
  }

  void end_charts() {
    if (charts_.empty()) return;
    std::string out = table_open("border-collapse:collapse") + "<tr>";
    for (auto const* chart : charts_) {
      auto const room = static_cast<int>(std::lround((kWidth - 40) * (charts_.size() == 1 ? 1.0 : chart->share)));
      bool const whole = chart->share > 0.6;  // laid out narrower than it is shown: see mail_document
      auto const wide = whole ? room : std::min(room, static_cast<int>(std::lround(chart->scene.width_pt * 4 / 3)));
      // Pictures have a white ground of their own: dark programs leave them as they are.
      out += fmt::format(
          R"(<td class="h" valign="top" style="padding:8px 0"><img class="p" src="cid:{}" width="{}" alt="{}" style="display:block;width:100%;max-width:{}px;height:auto;border:0;background-color:#ffffff"></td>)",
          escape_markup(picture_id(document_, *chart)), wide, escape_markup(chart->alt_text), wide);
    }
    row(out + "</tr></table>");
    charts_.clear();
  }

  Document const& document_;
  Catalogue const& catalogue_;
  MailFrame const& frame_;
  Theme const& theme_;
  std::size_t rows_;
  std::vector<ChartBlock const*> charts_{};
  double charts_share_ = 0;
  std::string out_{};
};

}  // namespace

std::string mail_page(Document const& document, Catalogue const& catalogue, MailFrame const& frame) {
  std::string out;
  for (auto const rows : kRowLimits) {
    out = PageWriter(document, catalogue, frame, rows).write();
    if (out.size() < kMostPageBytes) break;
  }
  return out;
}

}  // namespace yekun
