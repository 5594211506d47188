// Where cells and records end in a piece of CSV text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data-loaders/csv_dialect.h"

namespace yekun {

/// Between two bytes: outside quotes, inside, or in a cell whose quotes are plain characters (`5" pipe`).
enum class QuoteState : std::uint8_t { outside, inside, literal };

/// Offsets are from the start of the piece's text. A record without cells has one, empty.
struct Structure {
  std::vector<std::uint32_t> ends{};      // of cells: the separator or line break after each (of \r\n: the \n)
  std::vector<std::uint32_t> row_ends{};  // per record, the index in `ends` of its last cell
  std::uint32_t begin = 0;                // of the first record
  std::uint32_t after = 0;                // behind the last record's line break
  std::uint64_t quoted_breaks = 0;        // line breaks inside cells
  bool suspicious = false;                // bytes that are not UTF-8, or NUL: cells must be checked one by one
  std::size_t rows() const { return row_ends.size(); }
  /// Of record `row`: the index in `ends` of its first cell.
  std::size_t first_cell(std::size_t row) const { return row == 0 ? 0 : row_ends[row - 1] + std::size_t{1}; }
  std::uint32_t row_begin(std::size_t row) const { return row == 0 ? begin : ends[row_ends[row - 1]] + 1; }
  std::size_t cells(std::size_t row) const { return row_ends[row] + 1 - first_cell(row); }
};

/// Stopped at a record that does not end within the text.
struct OpenRecord {
  bool open = false;
  std::uint32_t begin = 0;     // of the record
  bool quoted = false;         // because of a quote
  std::uint32_t quote_at = 0;  // that opened at
};

/// Finds the records that start in [begin, end) of `text`, byte by byte. `begin` is the start of a record. A quote
/// opens only at the start of a cell; inside, two quotes are one; after a closing quote the rest of the cell is
/// literal. With an escape character, the byte after it is literal everywhere. Lines that start with the comment prefix
/// are records of one cell. Bytes behind `end` are read to complete the last record. `at_end`: the text's end ends the
/// last record.
OpenRecord index_exactly(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end,
                         CsvDialect const& dialect, Structure& out);

/// The state behind the last byte of `text`, entered in `state`. For dialects without escape and comment.
QuoteState state_after(std::string_view text, QuoteState state, bool at_cell_start, CsvDialect const& dialect);

/// A cell's text: quotes off, doubled quotes single, escapes resolved. Points into `raw` or `scratch`.
std::string_view cell_text(std::string_view raw, CsvDialect const& dialect, std::string& scratch);

/// The raw bytes of cell `cell` of record `row`, quotes and all, without its end.
inline std::string_view raw_cell(char const* text, Structure const& s, std::size_t row, std::size_t cell) {
  std::size_t const at = s.first_cell(row) + cell;
  std::uint32_t const first = cell == 0 ? s.row_begin(row) : s.ends[at - 1] + 1;
  std::uint32_t last = s.ends[at];
  if (text[last] == '\n' && last > first && text[last - 1] == '\r') --last;
  return {text + first, last - first};
}

/// Line breaks in `text`: \n, \r\n and \r count one each. A \r at the very end counts.
std::uint64_t count_breaks(std::string_view text);

}  // namespace yekun
