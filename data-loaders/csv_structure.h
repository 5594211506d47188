// Where cells and records end in a piece of CSV text.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "data-loaders/csv_dialect.h"

namespace yekun {

/// Between two bytes: outside quotes, inside, or in a cell whose quotes are plain characters (`5" pipe`).
enum class QuoteState : std::uint8_t { outside, inside, literal };

/// A growing list of offsets that never clears memory it is about to overwrite. One slot before the first is writable.
class Offsets {
 public:
  std::size_t size() const { return size_; }
  std::uint32_t const* data() const { return slots_.get() + 1; }
  std::uint32_t operator[](std::size_t i) const { return data()[i]; }
  /// Slot i is data()[i]; at least `more` slots behind the last may be written, then size is set.
  std::uint32_t* room(std::size_t more) {
    if (size_ + more + 1 > room_) grow(size_ + more + 1);
    return slots_.get() + 1;
  }
  void set_size(std::size_t size) { size_ = size; }
  void set_before_first(std::uint32_t value) { *(room(1) - 1) = value; }
  void push_back(std::uint32_t value) { room(1)[size_++] = value; }

 private:
  void grow(std::size_t least);
  std::unique_ptr<std::uint32_t[]> slots_;
  std::size_t room_ = 0;
  std::size_t size_ = 0;
};

/// Offsets are from the start of the piece's text. A record without cells has one, empty.
struct Structure {
  Offsets ends{};  // of cells: the separator or line break after each (of \r\n: the \n); before the first: begin - 1
  Offsets row_ends{};                   // per record, the index in `ends` of its last cell
  std::uint32_t begin = 1;              // of the first record; at least 1
  std::uint32_t after = 1;              // behind the last record's line break
  std::uint64_t quoted_breaks = 0;      // line breaks inside cells, perhaps some behind the last record too
  bool suspicious = false;              // bytes that are not UTF-8, or NUL: cells must be checked one by one
  std::vector<std::uint32_t> strays{};  // closing quotes with text behind them
  std::size_t rows() const { return row_ends.size(); }
  /// Of record `row`: the index in `ends` of its first cell.
  std::size_t first_cell(std::size_t row) const { return row == 0 ? 0 : row_ends[row - 1] + std::size_t{1}; }
  std::uint32_t row_begin(std::size_t row) const { return row == 0 ? begin : ends[row_ends[row - 1]] + 1; }
  std::size_t cells(std::size_t row) const { return row_ends[row] + 1 - first_cell(row); }
  void clear(std::uint32_t first);
};

/// What ended the search for records before the end of the text.
struct OpenRecord {
  bool open = false;           // a record that does not end within the text
  std::uint32_t begin = 0;     // of that record
  bool quoted = false;         // because of a quote
  std::uint32_t quote_at = 0;  // that opened at
};

/// Finds the records that start in [begin, end) of `text`, byte by byte. `begin` is the start of a record and at least
/// 1; text[begin - 1] is not looked at. A quote opens only at the start of a cell; inside, two quotes are one; after a
/// closing quote the rest of the cell is literal. With an escape character, the byte after it is literal everywhere.
/// Lines that start with the comment prefix are records of one cell. Bytes behind `end` are read to complete the last
/// record. `at_end`: the text's end ends the last record.
OpenRecord index_exactly(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end,
                         CsvDialect const& dialect, Structure& out);

/// Follows quotes through text[from..], entered in `state`; text[from - 1] is looked at. For dialects without escape
/// and comment. Stops at the first line break outside quotes (of \r\n at the \n), or at `end`, whichever is asked for.
struct QuoteWalk {
  QuoteState state = QuoteState::outside;  // before text[at]
  std::size_t at = 0;                      // text.size() if there was no line break
};
QuoteWalk walk_quotes(std::string_view text, std::size_t from, QuoteState state, bool to_break,
                      CsvDialect const& dialect);

/// A cell's text: quotes off, doubled quotes single, escapes resolved. Points into `raw` or `scratch`.
std::string_view cell_text(std::string_view raw, CsvDialect const& dialect, std::string& scratch);

/// The raw bytes of cell `cell` of record `row`, quotes and all, without its end. text[text.size()] must be readable.
inline std::string_view raw_cell(char const* text, Structure const& s, std::size_t row, std::size_t cell) {
  std::uint32_t const* end = s.ends.data() + s.first_cell(row) + cell;
  std::uint32_t const first = end[-1] + 1;
  std::uint32_t last = *end;
  if (text[last] == '\n' && last > first && text[last - 1] == '\r') --last;
  return {text + first, last - first};
}

/// Line breaks in `text`: \n, \r\n and \r count one each. A \r at the very end counts.
std::uint64_t count_breaks(std::string_view text);

}  // namespace yekun
