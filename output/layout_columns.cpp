#include "output/layout_columns.h"

#include <algorithm>
#include <numeric>

#include "output/layout_text.h"

namespace yekun::page {

namespace {

constexpr double kLongestWord = 120;  // longer ones (checksums, paths) are broken
constexpr double kReadable = 84;      // a text column is not squeezed below this without need
constexpr double kShort = 56;         // ... nor below this, where a longer text beside it needs the room
constexpr double kHeadingLines = 3;   // a heading may use so many lines before it widens its column

bool is_number(TableColumn const& column) { return column.role == ColumnRole::number; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void need_cell(ColumnNeed& need, TableBlock const& table, TableRow const& row, std::size_t c, Document const& document,
               TypeMeasurer const& measurer, TableLook const& look) {
  Cell const& cell = row.cells[c];
  if (cell.text.empty()) return;
  TypeStyle const style = cell_style(table, row, c, look);
  double const sign = cell.status == Status::none ? 0 : look.size_pt + 2;
  if (is_number(table.columns[c])) {
    std::size_t const cut = cut_number(cell.text, cell.value ? cell.shape.places : 0).whole_bytes;
    std::string const marks = appended_marks(document, cell);
    double const raised = marks.empty() ? 0 : measurer.width(marks, {look.size_pt * 0.75, true}) + 1;
    need.whole = std::max(need.whole, measurer.width(std::string_view(cell.text).substr(0, cut), style));
    need.fraction = std::max(need.fraction, measurer.width(std::string_view(cell.text).substr(cut), style) + raised);
    return;
  }
  double const indent = c == 0 ? 12.0 * row.level : 0;
  need.natural = std::max(need.natural, measurer.width(cell.text, style) + sign + indent);
  if (row.kind == RowKind::group && c == 0) return;  // may run over its neighbours
  // A status is read at a glance: its words stay on one line.
  double const unbroken = table.columns[c].role == ColumnRole::status ? measurer.width(cell.text, style)
                                                                      : widest_word(measurer, cell.text, style);
  need.least = std::max(need.least, std::min(kLongestWord, unbroken) + sign + indent);
}

void need_heading(ColumnNeed& need, TableColumn const& column, TypeMeasurer const& measurer, TableLook const& look) {
  TypeStyle const style{look.size_pt - 0.5, true};
  double const word = std::min(kLongestWord, widest_word(measurer, column.heading, style));
  double const line = measurer.width(column.heading, style);
  need.least = std::max(need.least, word);
  need.natural = std::max({need.natural, word, std::min(line, line / kHeadingLines + 12)});
}

double sum(std::vector<double> const& all) { return std::accumulate(all.begin(), all.end(), 0.0); }

/// Gives what is over to the columns: figures get equal widths first, then label columns the rest.
void spread(std::vector<double>& widths, TableBlock const& table, double over) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (is_number(table.columns[i])) numbers.push_back(i);
  if (!numbers.empty()) {
    double widest = 0;
    for (auto const i : numbers) widest = std::max(widest, widths[i]);
    double wanted = 0;
    for (auto const i : numbers) wanted += widest - widths[i];
    double const share = wanted <= 0 ? 0 : std::min(1.0, over / wanted);
    for (auto const i : numbers) {
      double const more = (widest - widths[i]) * share;
      widths[i] += more;
      over -= more;
    }
  }
  if (over <= 0) return;
  std::vector<std::size_t> texts;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (!is_number(table.columns[i])) texts.push_back(i);
  // Figures far from their labels are hard to follow: the label takes at most a third of the rest as slack.
  double const to_texts = numbers.empty() ? over : over * 0.35;
  for (auto const i : texts) widths[i] += to_texts / static_cast<double>(texts.size());
  if (texts.empty()) {
    for (auto const i : numbers) widths[i] += over / static_cast<double>(numbers.size());
    return;
  }
  for (auto const i : numbers) widths[i] += (over - to_texts) / static_cast<double>(numbers.size());
}

/// What a wrapping column gets when the fullest cells of all are to take `lines` lines; never below its floor.
double narrowed(ColumnNeed const& need, double lines, double floor) {
  double const natural = std::max(need.natural, need.least);
  if (!need.wraps) return natural;
  return std::clamp(natural / lines, std::max(need.least, std::min(floor, natural)), natural);
}

/// Widths that take `space` in all, every wrapping column about as many lines high; empty if the floors need more.
std::vector<double> narrow(std::vector<ColumnNeed> const& needs, double space, double floor) {
  auto const widths_at = [&](double lines) {
    std::vector<double> widths;
    widths.reserve(needs.size());
    for (auto const& need : needs) widths.push_back(narrowed(need, lines, floor));
    return widths;
  };
  double few = 1;
  double many = 1000;
  if (sum(widths_at(many)) > space) return {};
  for (int i = 0; i < 60; ++i) {
    double const middle = (few + many) / 2;
    (sum(widths_at(middle)) > space ? few : many) = middle;
  }
  return widths_at(many);
}

/// About how many lines the fullest cell takes.
double tallest(std::vector<ColumnNeed> const& needs, std::vector<double> const& widths) {
  double lines = 1;
  for (std::size_t i = 0; i < needs.size(); ++i) lines = std::max(lines, needs[i].natural / std::max(1.0, widths[i]));
  return lines;
}

double gaps(std::size_t columns, TableLook const& look) {
  return 2 * look.edge + look.gap * static_cast<double>(columns > 0 ? columns - 1 : 0);
}

}  // namespace

NumberParts cut_number(std::string_view text, int places) {
  std::size_t last = text.size();
  while (last > 0 && !is_digit(text[last - 1])) --last;
  if (last == 0) {
    // No digits: a mark of a state. It stands where the last whole digit would.
    return {text.size()};
  }
  std::size_t first = last;
  while (first > 0 && is_digit(text[first - 1])) --first;
  bool const fraction = places > 0 && last - first == static_cast<std::size_t>(places) && first > 1;
  return {fraction ? first - 1 : last};
}

TypeStyle cell_style(TableBlock const& table, TableRow const& row, std::size_t column, TableLook const& look) {
  TypeStyle style{look.size_pt, row.kind != RowKind::data};
  if (row.cells[column].emphasis) style.bold = true;
  if (table.kind == TableKind::provenance && table.columns[column].key == "sha256") {
    style.mono = true;
    style.size_pt -= 2;
  }
  return style;
}

std::string appended_marks(Document const& document, Cell const& cell) {
  std::string all;
  if (cell.marks.empty()) return all;
  for (auto const& mark : document.marks)
    if (mark.appended && std::find(cell.marks.begin(), cell.marks.end(), mark.id) != cell.marks.end())
      all += mark.symbol;
  return all;
}

std::vector<ColumnNeed> column_needs(TableBlock const& table, Document const& document, TypeMeasurer const& measurer,
                                     TableLook const& look) {
  std::vector<ColumnNeed> needs(table.columns.size());
  for (auto const& row : table.rows)
    for (std::size_t c = 0; c < needs.size() && c < row.cells.size(); ++c)
      need_cell(needs[c], table, row, c, document, measurer, look);
  for (std::size_t c = 0; c < needs.size(); ++c) {
    needs[c].wraps = !is_number(table.columns[c]);
    double const numbers = needs[c].whole + needs[c].fraction;
    needs[c].natural = std::max(needs[c].natural, numbers);
    needs[c].least = std::max(needs[c].least, numbers);
    need_heading(needs[c], table.columns[c], measurer, look);
    if (!needs[c].wraps) needs[c].wraps = needs[c].natural > needs[c].least;
  }
  return needs;
}

std::vector<double> column_widths(std::vector<ColumnNeed> const& needs, TableBlock const& table, TableLook const& look,
                                  double room) {
  double const space = room - gaps(needs.size(), look);
  std::vector<double> widths;
  widths.reserve(needs.size());
  for (auto const& need : needs) widths.push_back(std::max(need.natural, need.least));
  double const wanted = sum(widths);
  if (wanted <= space) {
    spread(widths, table, space - wanted);
    return widths;
  }
  widths = narrow(needs, space, kReadable);
  // One long text is not made a tower for the sake of short ones beside it.
  if (auto lower = narrow(needs, space, kShort); !lower.empty())
    if (widths.empty() || tallest(needs, lower) * 1.3 < tallest(needs, widths)) widths = std::move(lower);
  return widths.empty() ? narrow(needs, space, 0) : widths;
}

std::vector<std::vector<std::size_t>> split_columns(std::vector<ColumnNeed> const& needs, TableBlock const& table,
                                                    TableLook const& look, double room) {
  std::size_t const labels = std::min<std::size_t>(static_cast<std::size_t>(std::max(0, table.header_columns)), 2);
  std::vector<std::size_t> head;
  double head_width = 2 * look.edge;
  for (std::size_t c = 0; c < labels && c < needs.size(); ++c) {
    head.push_back(c);
    head_width += std::max(needs[c].least, std::min(needs[c].natural, kReadable * 1.5)) + look.gap;
  }
  std::vector<std::vector<std::size_t>> parts;
  std::vector<std::size_t> part = head;
  double used = head_width;
  for (std::size_t c = labels; c < needs.size(); ++c) {
    double const width = std::max(needs[c].least, std::min(needs[c].natural, kReadable)) + look.gap;
    if (used + width > room && part.size() > head.size()) {
      parts.push_back(part);
      part = head;
      used = head_width;
    }
    part.push_back(c);
    used += width;
  }
  parts.push_back(part);
  return parts;
}

}  // namespace yekun::page
