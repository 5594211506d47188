#include "data-loaders/csv_dialect.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

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

/// The cells of a record as they stand, of the first kMostPreamble.
constexpr std::size_t kMostPreamble = 25;
std::vector<std::string_view> raw_record(std::string_view head, Structure const& structure, std::size_t row) {
  std::vector<std::string_view> cells;
  std::uint32_t from = structure.row_begin(row);
  for (std::size_t i = 0; i < structure.cells(row); ++i) {
    std::uint32_t const end = structure.ends[structure.first_cell(row) + i];
    cells.push_back(trim_spaces(head.substr(from, end - from)));
    from = end + 1;
  }
  return cells;
}

std::size_t filled(std::vector<std::string_view> const& cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [](auto cell) { return !cell.empty() && cell != "\"\""; }));
}

/// Words only: a row of data has a number, a date or a gap in it.
bool looks_like_headings(std::vector<std::string_view> const& cells) {
  return std::none_of(cells.begin(), cells.end(), [](std::string_view cell) {
    if (cell.starts_with('"')) cell.remove_prefix(1);
    return cell.empty() || (cell.front() >= '0' && cell.front() <= '9') || cell.front() == '-';
  });
}

/// Lines before the table. A record belongs to them if it is less than half as wide as most, or if it has no more than
/// one filled cell (spreadsheets pad a title with separators), perhaps followed by some with two ("As of",
/// "2025-03-01"), and a full row of words follows.
std::uint32_t preamble_lines(std::string_view head, bool complete, CsvDialect const& dialect, Shape const& shape) {
  if (shape.cells < 3 || shape.agreeing < 2) return 0;
  Structure const structure = structure_of(head, complete, dialect);
  bool padded = false;
  std::size_t first = 0;
  for (std::size_t row = 0; row < std::min(structure.rows(), kMostPreamble); ++row) {
    auto const cells = raw_record(head, structure, row);
    std::size_t const texts = filled(cells);
    bool const title = dialect.header_rows == 1 && (texts <= 1 || (padded && texts == 2 && texts < cells.size()));
    if (cells.size() * 2 <= shape.cells) {
      if (!padded) first = row + 1;
      continue;
    }
    if (title) {
      padded = true;
      continue;
    }
    if (padded && looks_like_headings(cells)) first = row;
    break;
  }
  if (first == 0 || first >= structure.rows()) return 0;
  return static_cast<std::uint32_t>(count_breaks(head.substr(0, structure.row_begin(first))));
}

/// Excel's first line "sep=;", which names the separator.
std::optional<char> announced_separator(std::string_view head) {
  if (head.size() < 6 || !head.starts_with("sep=")) return std::nullopt;
  return head[5] == '\n' || head[5] == '\r' ? std::optional(head[4]) : std::nullopt;
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
  auto const announced = announced_separator(head);
  if (declared.separator || announced) {
    dialect.separator = declared.separator.value_or(announced.value_or(','));
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
  if (announced && !declared.skip) dialect.skip = std::max(dialect.skip, 1U);
  return dialect;
}

}  // namespace yekun
