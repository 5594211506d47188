// The plain text of a mail: a readable report by itself.
#include <algorithm>

#include "core/utf8.h"
#include "delivery/mail_body.h"
#include "delivery/mail_table.h"

namespace yekun {
namespace {

constexpr std::size_t kWidth = 76;
constexpr std::size_t kWidestLabel = 40;
constexpr std::size_t kMostRows = 60;

std::string spaces(std::size_t n) { return std::string(n, ' '); }

/// Words on lines of at most `width` columns, later lines indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const end = std::min(text.find_first_of(" \n", at), text.size());
    auto const word = text.substr(at, end - at);
    auto const size = count_code_points(word);
    if (size > 0) {
      if (column > 0 && column + 1 + size > width) {
        out += "\n" + spaces(indent);
        column = indent;
      } else if (column > 0) {
        out += ' ';
        ++column;
      }
      out += word;
      column += size;
    }
    at = end + 1;
  }
  return out + "\n";
}

class PlainWriter {
 public:
  PlainWriter(Document const& document, Catalogue const& catalogue, MailFrame const& frame)
      : document_(document), catalogue_(catalogue), frame_(frame) {}

  std::string write() {
    title();
    for (auto const* block : mailed_blocks(document_)) std::visit(*this, *block);
    auto const closing = closing_lines(catalogue_, frame_);
    if (closing.size() > 1) out_ += "\n";
    for (auto const& line : closing) {
      if (&line == &closing.back()) out_ += "\n-- \n";  // mail programs hide what follows
      out_ += wrapped(line, kWidth, 0);
    }
    return std::move(out_);
  }

  void operator()(Heading const& heading) {
    out_ += "\n" + heading.text + "\n";
    out_ += std::string(std::min(count_code_points(heading.text), kWidth), heading.level <= 1 ? '=' : '-') + "\n";
  }

  void operator()(Narrative const& narrative) {
    for (auto const& paragraph : narrative.paragraphs) {
      std::string lead;
      if (paragraph.kind == ParagraphKind::bullet) lead = "* ";
      if (paragraph.kind == ParagraphKind::numbered) lead = std::to_string(paragraph.number) + ". ";
      if (lead.empty()) out_ += "\n";
      auto const indent = spaces(static_cast<std::size_t>(2 * paragraph.level));
      std::string text;
      for (auto const& run : paragraph.runs) {
        text += run.text;
        if (!run.link.empty() && !run.link.starts_with('#') && run.link != run.text) text += " <" + run.link + ">";
      }
      out_ += indent + lead + wrapped(text, kWidth - indent.size() - lead.size(), indent.size() + lead.size());
    }
  }

  void operator()(KpiRow const& row) {
    out_ += "\n";
    for (auto const& kpi : row.kpis) {
      std::string line = "* " + kpi.label + ": " + marked(kpi.value);
      if (!kpi.unit.empty()) line += " " + kpi.unit;
      if (kpi.change) line += "; " + kpi.change->text + " " + kpi.change_to;
      if (kpi.target) line += "; " + catalogue_.text("report.kpi_target", {{"value", kpi.target->text}});
      if (!kpi.status_text.empty()) line += " (" + kpi.status_text + ")";
      out_ += wrapped(line, kWidth, 2);
    }
  }

  void operator()(TableBlock const& block) {
    std::string caption = block.title;
    if (block.number > 0)
      caption =
          catalogue_.text("heading.table_n", {{"n", catalogue_.locale().whole(block.number)}, {"title", block.title}});
    out_ += "\n" + wrapped(caption, kWidth, 0) + "\n";
    auto const widths = widths_of(block);
    std::size_t all = 0;
    for (auto const width : widths) all += width + 2;
    if (all <= 100)
      lines(block, widths);
    else
      list(block);
    notes(block);
  }

  void operator()(ChartBlock const& chart) { out_ += "\n" + wrapped("[" + chart.alt_text + "]", kWidth, 1); }
  void operator()(ExploreBlock const&) {}  // never mailed: see mailed_blocks
  void operator()(PageBreak const&) {}

 private:
  void title() {
    if (!document_.programme.empty()) out_ += document_.programme + "\n";
    out_ += document_.title + "\n" + document_.period_text;
    out_ += (document_.status.empty() ? "" : " · " + document_.status) + "\n";
    if (!document_.as_of_text.empty()) out_ += document_.as_of_text + "\n";
    if (frame_.reasons.empty()) return;
    out_ += "\n" + catalogue_.text("mail.why") + "\n";
    for (auto const& reason : frame_.reasons) out_ += "* " + wrapped(reason, kWidth - 2, 2);
  }

  std::string marked(Cell const& cell) const {
    std::string out = cell.text;
    for (auto const& id : cell.marks)
      for (auto const& mark : document_.marks)
        if (mark.id == id && mark.appended) out += mark.symbol;
    return out;
  }

  static std::string heading_of(TableColumn const& column) {
    return column.group.empty() ? column.heading : column.group + ": " + column.heading;
  }

  std::string text_at(TableRow const& row, std::size_t c) const {
    if (c >= row.cells.size()) return {};
    return (c == 0 ? spaces(static_cast<std::size_t>(2 * row.level)) : std::string()) + marked(row.cells[c]);
  }

  std::vector<std::size_t> widths_of(TableBlock const& block) const {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      std::size_t width = count_code_points(heading_of(block.columns[c]));
      for (auto const& row : block.rows) width = std::max(width, count_code_points(text_at(row, c)));
      out.push_back(c == 0 ? std::min(width, kWidestLabel) : width);
    }
    return out;
  }

  static std::string cell(std::string_view text, std::size_t width, bool right) {
    auto const size = count_code_points(text);
    if (size > width) return std::string(first_code_points(text, width - 1)) + "…";
    return right ? spaces(width - size) + std::string(text) : std::string(text) + spaces(width - size);
  }

  template <class Text>
  void line(TableBlock const& block, std::vector<std::size_t> const& widths, Text const& text) {
    std::string out;
    for (std::size_t c = 0; c < widths.size(); ++c)
      out += (c == 0 ? "" : "  ") + cell(text(c), widths[c], block.columns[c].role == ColumnRole::number);
    out.erase(out.find_last_not_of(' ') + 1);
    out_ += out + "\n";
  }

  void lines(TableBlock const& block, std::vector<std::size_t> const& widths) {
    line(block, widths, [&](std::size_t c) { return heading_of(block.columns[c]); });
    line(block, widths, [&](std::size_t c) { return std::string(widths[c], '-'); });
    for (std::size_t r = 0; r < block.rows.size(); ++r)
      if (is_shown(block, r)) line(block, widths, [&](std::size_t c) { return text_at(block.rows[r], c); });
  }

  /// A table too wide for lines: a row is a paragraph.
  void list(TableBlock const& block) {
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
      if (!is_shown(block, r)) continue;
      auto const& row = block.rows[r];
      std::string text = text_at(row, 0);
      if (row.kind == RowKind::group || is_title(row)) {
        out_ += (r > 0 ? "\n" : "") + wrapped(text, kWidth, 0);
        continue;
      }
      bool first = true;
      for (std::size_t c = 1; c < row.cells.size() && c < block.columns.size(); ++c) {
        if (row.cells[c].text.empty()) continue;
        text += (first ? ": " : "; ") + heading_of(block.columns[c]) + " " + marked(row.cells[c]);
        first = false;
      }
      out_ += "* " + wrapped(text, kWidth - 2, 2);
    }
  }

  static bool is_shown(TableBlock const& block, std::size_t row) {
    return row < kMostRows || block.rows[row].kind == RowKind::total;
  }

  void notes(TableBlock const& block) {
    std::size_t hidden = 0;
    for (std::size_t r = 0; r < block.rows.size(); ++r)
      hidden += !is_shown(block, r) && block.rows[r].kind == RowKind::data ? 1 : 0;
    auto notes = block.notes;
    for (auto const& mark : marks_used(document_, block)) notes.push_back(mark.symbol + " " + mark.text);
    if (hidden > 0) notes.push_back(more_line(catalogue_, frame_, "mail.more_rows", hidden));
    if (!notes.empty()) out_ += "\n";
    for (auto const& note : notes) out_ += "  " + wrapped(note, kWidth - 2, 2);
  }

  Document const& document_;
  Catalogue const& catalogue_;
  MailFrame const& frame_;
  std::string out_{};
};

}  // namespace

std::string mail_plain(Document const& document, Catalogue const& catalogue, MailFrame const& frame) {
  return PlainWriter(document, catalogue, frame).write();
}

}  // namespace yekun
