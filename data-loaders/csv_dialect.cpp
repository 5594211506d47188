#include "data-loaders/csv_dialect.h"

#include <algorithm>
#include <array>
#include <map>

#include "data-loaders/csv_structure.h"

namespace yekun {
namespace {

constexpr std::array<char, 4> kSeparators{',', ';', '\t', '|'};
constexpr std::size_t kLooked = 200;                         // records
constexpr std::size_t kLookedBytes = std::size_t{1} << 16U;  // that they start in

struct Shape {
  std::size_t cells = 0;     // in most records
  std::size_t agreeing = 0;  // records with so many
  std::size_t records = 0;
  std::uint32_t preamble = 0;  // lines before the first that agrees
  double score() const {
    return cells < 2 ? 0 : static_cast<double>(agreeing) / static_cast<double>(std::max<std::size_t>(records, 1));
  }
};

Structure structure_of(std::string_view head, bool complete, CsvDialect const& dialect) {
  Structure structure;
  index_exactly(head, 0, static_cast<std::uint32_t>(std::min(head.size(), kLookedBytes)), complete, dialect, structure);
  return structure;
}

std::vector<std::size_t> counts_of(std::string_view head, bool complete, CsvDialect const& dialect) {
  Structure const structure = structure_of(head, complete, dialect);
  std::vector<std::size_t> counts;
  for (std::size_t row = 0; row < std::min(structure.rows(), kLooked); ++row) counts.push_back(structure.cells(row));
  return counts;
}

Shape shape_of(std::string_view head, bool complete, CsvDialect const& dialect) {
  auto const counts = counts_of(head, complete, dialect);
  std::map<std::size_t, std::size_t> times;
  for (auto count : counts)
    if (count > 1) ++times[count];
  Shape shape;
  for (auto const& [cells, count] : times) {
    shape.records += count;
    if (count >= shape.agreeing) shape.cells = cells, shape.agreeing = count;
  }
  shape.records = counts.size();
  // Two cells in lines under a heading of one are rather commas in a text.
  if (shape.cells == 2 && !counts.empty() && counts.front() == 1) shape.agreeing = 0;
  return shape;
}

/// Lines before the first record with as many cells as most have, if those are fewer than half as wide and few.
std::uint32_t preamble_lines(std::string_view head, bool complete, CsvDialect const& dialect, Shape const& shape) {
  constexpr std::size_t kMost = 25;
  if (shape.cells < 3 || shape.agreeing < 2) return 0;
  Structure const structure = structure_of(head, complete, dialect);
  for (std::size_t row = 0; row < std::min(structure.rows(), kMost); ++row) {
    std::size_t const cells = structure.cells(row);
    if (cells * 2 > shape.cells)
      return row == 0 ? 0 : static_cast<std::uint32_t>(count_breaks(head.substr(0, structure.row_begin(row))));
  }
  return 0;
}

bool single_quotes_enclose(std::string_view head, char separator) {
  if (head.find('"') != std::string_view::npos) return false;
  std::string const opening{separator, '\''};
  std::string const both{'\'', separator, '\''};
  return head.find(both) != std::string_view::npos && head.find(opening) != std::string_view::npos;
}

}  // namespace

CsvDialect sniff_dialect(std::string_view head, bool complete, Dialect const& declared) {
  CsvDialect dialect;
  dialect.escape = declared.escape;
  dialect.comment = declared.comment.value_or("");
  dialect.header_rows = declared.header_rows.value_or(1);
  if (declared.quote) dialect.quote = *declared.quote;
  Shape best;
  if (declared.separator) {
    dialect.separator = *declared.separator;
    best = shape_of(head, complete, dialect);
  } else {
    CsvDialect trial = dialect;
    for (char separator : kSeparators) {
      trial.separator = separator;
      Shape const shape = shape_of(head, complete, trial);
      bool const better = shape.score() > best.score() + 0.1 ||
                          (shape.score() > best.score() - 0.1 && shape.cells > best.cells && shape.score() > 0);
      if (better) best = shape, dialect.separator = separator;
    }
  }
  if (!declared.quote && single_quotes_enclose(head, dialect.separator)) dialect.quote = '\'';
  dialect.skip = declared.skip ? *declared.skip : preamble_lines(head, complete, dialect, best);
  return dialect;
}

}  // namespace yekun
