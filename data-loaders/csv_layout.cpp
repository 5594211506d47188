#include "data-loaders/csv_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/utf8.h"
#include "data-loaders/csv_structure.h"
#include "data-loaders/findings.h"
#include "data-loaders/headings.h"
#include "data-loaders/hxl.h"
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
std::vector<std::string> join_rows(std::vector<Record> rows) {
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

/// The row of HXL tags among the first records: the only one there is, or else the texts just begin with "#".
std::optional<std::size_t> tag_row(HeadReader const& reader) {
  std::optional<std::size_t> found;
  for (std::size_t row = 0; row < std::min(reader.rows(), kHxlRows); ++row) {
    if (reader.is_comment(row) || !is_hxl_row(reader.record(row))) continue;
    if (found) return std::nullopt;
    found = row;
  }
  return found;
}

struct Header {
  std::vector<Record> rows;
  std::optional<std::size_t> first;  // record
  Record tags;
  std::size_t data = 0;  // the first record of data
};

/// The header's rows: the first ones, or those above the tags.
Header find_header(HeadReader const& reader, std::size_t wanted) {
  Header header;
  auto const usable = [&](std::size_t row) { return !reader.is_comment(row) && !reader.is_blank(row); };
  if (auto const tags = tag_row(reader)) {
    header.tags = reader.record(*tags);
    header.data = *tags + 1;
    for (std::size_t row = *tags; row-- > 0 && header.rows.size() < wanted;) {
      if (!usable(row)) continue;
      header.first = row;
      header.rows.insert(header.rows.begin(), reader.record(row));
    }
    if (!header.first) header.first = *tags;
    return header;
  }
  for (; header.data < reader.rows() && header.rows.size() < wanted; ++header.data) {
    bool const before = header.rows.empty() && reader.is_blank(header.data);
    if (reader.is_comment(header.data) || before) continue;
    if (header.rows.empty()) header.first = header.data;
    header.rows.push_back(reader.record(header.data));
  }
  return header;
}

void name_all(CsvLayout& layout, Record const& tags, Dataset const& dataset) {
  layout.headings.resize(std::max(layout.headings.size(), tags.size()));
  std::vector<ColumnHeading> headings;
  for (std::size_t i = 0; i < layout.headings.size(); ++i)
    headings.push_back({layout.headings[i], i < tags.size() ? tags[i] : "", static_cast<std::uint32_t>(i)});
  auto named = name_columns(headings, dataset, layout.header_line);
  layout.names = std::move(named.names);
  layout.notes.insert(layout.notes.end(), named.notes.begin(), named.notes.end());
}

/// What stands above the table is not read, and told.
void tell_preamble(CsvLayout& layout, Dialect const& declared) {
  if (declared.skip || declared.comment || layout.header_line <= 1) return;
  layout.notes.push_back(
      {.row = layout.header_line,
       .rule = std::string(kDetected),
       .severity = Severity::note,
       .reason = fmt::format("the headings were found in line {}; what stands above is not read", layout.header_line)});
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
  Header header = find_header(reader, layout.dialect.header_rows);
  if (header.first) layout.header_line = count_breaks(head.substr(0, skipped + reader.begin(*header.first))) + 1;
  if (header.rows.size() < layout.dialect.header_rows && header.tags.empty() && reader.open().open &&
      reader.open().quoted)
    return failure(unclosed(file, count_breaks(head.substr(0, skipped + reader.open().quote_at)) + 1));
  if (layout.dialect.header_rows == 0) {
    std::size_t first = 0;
    while (first < reader.rows() && (reader.is_comment(first) || reader.is_blank(first))) ++first;
    if (first < reader.rows()) layout.headings.resize(reader.record(first).size());
  } else {
    layout.headings = join_rows(std::move(header.rows));
  }
  layout.data_begin = skipped + reader.begin(header.data);
  layout.data_line = count_breaks(head.substr(0, layout.data_begin)) + 1;
  name_all(layout, header.tags, dataset);
  tell_preamble(layout, dataset.source.dialect);
  layout.numbers = number_form(reader, header.data, layout, dataset);
  return layout;
}

}  // namespace yekun
