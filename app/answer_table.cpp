#include "app/answer_table.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "reports/format.h"
#include "reports/labels.h"

namespace yekun {
namespace {

using Line = std::vector<std::string>;

std::string heading(Programme const& programme, std::string const& id, Catalogue const& catalogue) {
  auto const& language = catalogue.locale().language();
  auto label = indicator_label(programme, id, language);
  auto const* indicator = programme.indicator(id);
  if (indicator != nullptr && is_measured(indicator->unit.id))
    label += ", " + unit_heading(indicator->unit.id, catalogue);
  return label;
}

std::string pad(std::string const& text, std::size_t width, bool right) {
  auto const size = count_code_points(text);
  std::string const blank(width > size ? width - size : 0, ' ');
  return right ? blank + text : text + blank;
}

/// Columns two spaces apart, those from `numbers` on to the right; no spaces at the ends of lines.
std::string align(std::vector<Line> const& lines, std::size_t numbers) {
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (auto const& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], count_code_points(line[i]));
  std::string out;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i)
      text += (i > 0 ? "  " : "") + pad(lines[row][i], widths[i], i >= numbers);
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
    if (row > 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) out += "  ";
      for (std::size_t n = 0; n < widths[i]; ++n) out += "─";
    }
    out += "\n";
  }
  return out;
}

std::string period_text(AnswerRow const& row, Catalogue const& catalogue) {
  if (row.whole_period) return catalogue.text("label.total");
  return row.period.label == "all" ? row.period.label : catalogue.locale().period(row.period);
}

}  // namespace

std::string to_table(Answer const& answer, Programme const& programme, Catalogue const& catalogue) {
  auto const& language = catalogue.locale().language();
  std::vector<Line> lines;
  Line head{catalogue.text("label.period")};
  for (auto const& dimension : answer.dimensions) head.push_back(dimension_label(programme, dimension, language));
  for (auto const& indicator : answer.indicators) head.push_back(heading(programme, indicator, catalogue));
  lines.push_back(std::move(head));
  std::set<std::string> marks;
  std::int32_t carried = 0;
  for (auto const& row : answer.rows) {
    Line line{period_text(row, catalogue)};
    for (auto const& part : row.key) line.push_back(part_label(programme, part, catalogue));
    for (auto const& figure : row.figures) {
      auto const* indicator = programme.indicator(figure.indicator);
      line.push_back(show(figure.value, indicator != nullptr ? shape_of(*indicator) : NumberShape{}, catalogue));
      carried = std::max(carried, figure.carried_days);
      for (auto const& mark : marks_of(figure.value)) marks.insert(mark);
    }
    lines.push_back(std::move(line));
  }
  std::string out = align(lines, 1 + answer.dimensions.size());
  for (auto const& mark : mark_texts(catalogue))
    if (marks.count(mark.id) != 0) out += mark.symbol + "  " + mark.text + "\n";
  if (carried > 0) out += catalogue.text("note.carried", {{"days", std::int64_t{carried}}}) + "\n";
  for (auto const& note : answer.notes) out += catalogue.text(note) + "\n";
  return out;
}

}  // namespace yekun
