#include "data-loaders/csv_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/utf8.h"
#include "data-loaders/csv_structure.h"
#include "data-loaders/findings.h"
#include "data-loaders/number_form.h"

namespace yekun {
namespace {

using Record = std::vector<std::string>;

/// The cells of the records at the beginning of a text.
class HeadReader {
 public:
  HeadReader(std::string_view head, bool complete, CsvDialect const& dialect) : dialect_(dialect), head_(head) {
    open_ = index_exactly(head, 0, static_cast<std::uint32_t>(head.size()), complete, dialect, structure_);
  }
  std::size_t rows() const { return structure_.rows(); }
  OpenRecord const& open() const { return open_; }
  std::size_t cells(std::size_t row) const { return structure_.cells(row); }
  std::uint32_t begin(std::size_t row) const { return row < rows() ? structure_.row_begin(row) : structure_.after; }
  bool is_comment(std::size_t row) const {
    return !dialect_.comment.empty() && head_.substr(begin(row)).starts_with(dialect_.comment);
  }
  bool is_blank(std::size_t row) const { return structure_.cells(row) == 1 && raw(row, 0).empty(); }
  std::string_view raw(std::size_t row, std::size_t cell) const {
    std::size_t const at = structure_.first_cell(row) + cell;
    std::uint32_t const first = cell == 0 ? structure_.row_begin(row) : structure_.ends[at - 1] + 1;
    std::string_view text = head_.substr(first, structure_.ends[at] - first);
    bool const at_break = structure_.ends[at] < head_.size() && head_[structure_.ends[at]] == '\n';
    if (at_break && text.ends_with('\r')) text.remove_suffix(1);
    return text;
  }
  Record record(std::size_t row) const {
    Record cells;
    std::string scratch;
    for (std::size_t i = 0; i < structure_.cells(row); ++i)
      cells.push_back(clean(to_valid_utf8(cell_text(raw(row, i), dialect_, scratch))));
    return cells;
  }

 private:
  CsvDialect const& dialect_;
  std::string_view head_;
  Structure structure_;
  OpenRecord open_;
};

/// Behind `lines` line breaks.
std::uint32_t skip_lines(std::string_view head, std::uint32_t lines) {
  std::size_t at = 0;
  for (; lines > 0 && at < head.size(); --lines) {
    at = head.find_first_of("\r\n", at);
    if (at == std::string_view::npos) return static_cast<std::uint32_t>(head.size());
    at += head.substr(at).starts_with("\r\n") ? 2 : 1;
  }
  return static_cast<std::uint32_t>(std::min(at, head.size()));
}

/// Upper cells of headings of several rows stand for the empty ones to their right: merged cells export like that.
std::vector<std::string> join_headings(std::vector<Record> rows) {
  std::size_t width = 0;
  for (auto const& row : rows) width = std::max(width, row.size());
  std::vector<std::string> joined(width);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    rows[r].resize(width);
    for (std::size_t c = 0; c < width; ++c) {
      bool const upper = r + 1 < rows.size();
      if (upper && c > 0 && rows[r][c].empty()) {
        bool const same_above = r == 0 || rows[r - 1][c] == rows[r - 1][c - 1];
        if (same_above) rows[r][c] = rows[r][c - 1];
      }
      if (rows[r][c].empty()) continue;
      joined[c] += (joined[c].empty() ? "" : " / ") + rows[r][c];
    }
  }
  return joined;
}

void name_columns(CsvLayout& layout, Dataset const& dataset) {
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < layout.headings.size(); ++i) {
    std::string name = layout.headings[i];
    for (auto const& column : dataset.columns)
      if (!column.from.empty() && clean(column.from) == name) name = column.name;
    bool const unnamed = name.empty();
    if (unnamed) name = fmt::format("c{}", i + 1);
    int const times = ++seen[name];
    if (times > 1) {
      if (!unnamed)
        layout.notes.push_back(
            {.row = layout.header_line,
             .column = fmt::format("{} ({})", name, times),
             .rule = "doubled-heading",
             .text = name,
             .reason = fmt::format("the heading stands here again; this column is read as '{} ({})'", name, times)});
      name = fmt::format("{} ({})", name, times);
    }
    layout.names.push_back(std::move(name));
  }
}

/// Cells of the columns that are declared as numbers, from the first records.
NumberForm number_form(HeadReader const& reader, std::size_t first, CsvLayout const& layout, Dataset const& dataset) {
  constexpr std::size_t kLooked = 2000;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < layout.names.size(); ++i) {
    auto const* const spec = dataset.column(layout.names[i]);
    bool const number =
        spec != nullptr && (spec->type == Type::integer || spec->type == Type::decimal || spec->type == Type::number);
    if (number) columns.push_back(i);
  }
  std::vector<std::string> cells;
  std::string scratch;
  for (std::size_t row = first; row < std::min(reader.rows(), first + kLooked); ++row)
    for (std::size_t const i : columns)
      if (i < reader.cells(row)) cells.emplace_back(cell_text(reader.raw(row, i), layout.dialect, scratch));
  return sniff_numbers(cells, dataset.source.dialect);
}

Diagnostic unclosed(std::string const& file, std::uint64_t line) {
  return {.fault = Fault::data,
          .code = "unterminated-quote",
          .place = {.file = file, .row = line},
          .message = fmt::format("the quote that opens on line {} of '{}' is never closed", line, file),
          .hint = "close it, double it if it is part of the text, or declare another \"quote\""};
}

}  // namespace

Result<CsvLayout> read_layout(std::string_view head, bool complete, Dataset const& dataset, std::string const& file) {
  CsvLayout layout;
  layout.dialect = sniff_dialect(head, complete, dataset.source.dialect);
  std::uint32_t const skipped = skip_lines(head, layout.dialect.skip);
  std::string_view const table = head.substr(skipped);
  HeadReader const reader(table, complete, layout.dialect);
  std::size_t row = 0;
  std::vector<Record> header;
  for (; row < reader.rows() && header.size() < layout.dialect.header_rows; ++row) {
    if (reader.is_comment(row) || (reader.is_blank(row) && header.empty())) continue;
    if (header.empty()) layout.header_line = count_breaks(head.substr(0, skipped + reader.begin(row))) + 1;
    header.push_back(reader.record(row));
  }
  if (header.size() < layout.dialect.header_rows && reader.open().open && reader.open().quoted)
    return failure(unclosed(file, count_breaks(head.substr(0, skipped + reader.open().quote_at)) + 1));
  if (layout.dialect.header_rows == 0) {
    std::size_t first = 0;
    while (first < reader.rows() && (reader.is_comment(first) || reader.is_blank(first))) ++first;
    if (first < reader.rows()) layout.headings.resize(reader.record(first).size());
  } else {
    layout.headings = join_headings(std::move(header));
  }
  layout.data_begin = skipped + reader.begin(row);
  layout.data_line = count_breaks(head.substr(0, layout.data_begin)) + 1;
  name_columns(layout, dataset);
  layout.numbers = number_form(reader, row, layout, dataset);
  return layout;
}

}  // namespace yekun
