#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/document.h"

namespace yekun {

namespace {

std::string one_line(std::string const& text) {
  std::string flat = text;
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  return flat;
}

std::string_view status_word(Status status) {
  constexpr std::array<std::string_view, 6> kWords{"", "met", "on-track", "behind", "away", "no-target"};
  return kWords.at(static_cast<std::size_t>(status));
}

std::string cell_text(Cell const& cell) {
  std::string text = one_line(cell.text);
  for (auto const& mark : cell.marks) text += " ^" + mark;
  if (cell.status != Status::none) text += fmt::format(" <{}>", status_word(cell.status));
  return text;
}

std::string run_text(TextRun const& run) {
  std::string text = run.text;
  if (!run.figure.empty()) text = fmt::format("[{}|{}]", text, run.figure);
  if (!run.link.empty()) text = fmt::format("[{}]({})", text, run.link);
  if (!run.target.empty()) text = fmt::format("[{}](#{})", text, run.target);
  if (run.italic) text = "/" + text + "/";
  if (run.bold) text = "*" + text + "*";
  return text;
}

struct Printer {
  std::string out{};

  void line(std::string const& text) { out += text + "\n"; }

  void operator()(Heading const& heading) {
    line(fmt::format("heading {} #{}: {}", heading.level, heading.anchor, heading.text));
  }

  void operator()(Narrative const& narrative) {
    constexpr std::array<std::string_view, 5> kKinds{"body", "bullet", "numbered", "quote", "note"};
    for (auto const& paragraph : narrative.paragraphs) {
      std::string text;
      for (auto const& run : paragraph.runs) text += run_text(run);
      std::string const kind(kKinds.at(static_cast<std::size_t>(paragraph.kind)));
      std::string const number = paragraph.number == 0 ? "" : fmt::format(" {}", paragraph.number);
      line(fmt::format("{}{}{}: {}", std::string(static_cast<std::size_t>(paragraph.level) * 2, ' '), kind, number,
                       one_line(text)));
    }
  }

  void operator()(KpiRow const& row) {
    for (auto const& kpi : row.kpis) {
      std::string text = fmt::format("kpi: {} | {} | {}", kpi.label, cell_text(kpi.value), kpi.unit);
      if (kpi.change) text += fmt::format(" | {} {}", cell_text(*kpi.change), kpi.change_to);
      if (kpi.target) text += fmt::format(" | target {} {}", cell_text(*kpi.target), kpi.status_text);
      if (kpi.spark_scene) text += fmt::format(" | {} periods", kpi.spark.size());
      line(text);
    }
  }

  void operator()(TableBlock const& table) {
    line(fmt::format("table {} #{}: {} ({})", table.number, table.id, table.title, table.subtitle));
    std::string headings;
    for (auto const& column : table.columns)
      headings += (headings.empty() ? "  " : " | ") +
                  (column.group.empty() ? column.heading : column.group + " > " + column.heading);
    line(headings);
    for (auto const& row : table.rows) {
      std::string text = row.kind == RowKind::total ? "= " : row.kind == RowKind::group ? "+ " : "  ";
      text += std::string(static_cast<std::size_t>(row.level) * 2, ' ');
      for (std::size_t i = 0; i < row.cells.size(); ++i) text += (i == 0 ? "" : " | ") + cell_text(row.cells[i]);
      line(text);
    }
    for (auto const& note : table.notes) line("  note: " + one_line(note));
  }

  void operator()(ChartBlock const& chart) {
    line(fmt::format("figure {} #{}: {} ({})", chart.number, chart.id, chart.title, to_text(chart.data.type)));
    line("  alt: " + one_line(chart.alt_text));
  }

  void operator()(ExploreBlock const& explore) {
    line(fmt::format("explore #{}: {}", explore.id, explore.heading.text));
    for (auto const& table : explore.tables) (*this)(table);
  }

  void operator()(PageBreak const& turn) { line(turn.landscape ? "page: landscape" : "page: portrait"); }
};

}  // namespace

std::vector<MarkText> marks_used(Document const& document, TableBlock const& table) {
  std::vector<MarkText> used;
  for (auto const& mark : document.marks) {
    bool const found = std::any_of(table.rows.begin(), table.rows.end(), [&](TableRow const& row) {
      return std::any_of(row.cells.begin(), row.cells.end(), [&](Cell const& cell) {
        return std::find(cell.marks.begin(), cell.marks.end(), mark.id) != cell.marks.end();
      });
    });
    if (found) used.push_back(mark);
  }
  return used;
}

std::string to_text(Document const& document) {
  Printer printer;
  printer.line(fmt::format("document {} ({})", document.stem, document.language));
  printer.line(fmt::format("title: {}", document.title));
  printer.line(fmt::format("of: {} · {} · {}", document.programme, document.period_text, document.as_of_text));
  for (auto const& block : document.blocks) std::visit(printer, block);
  return std::move(printer.out);
}

}  // namespace yekun
