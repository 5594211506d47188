#include "data-loaders/xlsx_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "core/utf8.h"
#include "data-loaders/file_list.h"
#include "data-loaders/findings.h"
#include "data-loaders/row_writer.h"
#include "data-loaders/wanted_columns.h"
#include "data-loaders/xlsx_cells.h"
#include "data-loaders/xlsx_layout.h"

namespace yekun {
namespace {

constexpr std::uint32_t kNoTarget = 0xFFFFFFFF;

/// A workbook that is open, with what all its sheets share.
struct OpenWorkbook {
  std::string file;
  Workbook book;
  std::shared_ptr<SharedTexts const> texts;
  std::vector<SheetPart> parts;
  bool by_name = false;  // the spec says which sheet
};

/// Cells of a sheet into a writer's columns.
class ScanHandler : public SheetHandler {
 public:
  ScanHandler(SheetPart const& part, SheetLayout const& layout, XlsxCells& cells, RowWriter& writer)
      : range_(part.range), cells_(cells), writer_(writer) {
    range_.first_row = std::max(range_.first_row, layout.data_row);
    if (!layout.headings.empty()) {
      first_heading_ = layout.headings.front().position;
      last_heading_ = layout.headings.back().position;
    }
  }

  /// `target` takes the cells of the sheet's column; several may take the same.
  void connect(std::uint32_t column, std::uint32_t target) {
    if (column >= first_.size()) first_.resize(column + 1, kNoTarget);
    if (target >= next_.size()) next_.resize(target + 1, kNoTarget);
    next_[target] = first_[column];
    first_[column] = target;
  }
  void set_file(std::size_t target, std::string text) { fixed_.emplace_back(target, std::move(text)); }

  bool wants(std::uint32_t column) const override { return column < first_.size() && first_[column] != kNoTarget; }

  bool cell(std::uint64_t row, SheetCell const& cell) override {
    if (row < range_.first_row) return true;
    if (row > range_.last_row) return false;
    if (!range_.holds_column(cell.column)) return true;
    if (cell.column < first_heading_ || cell.column > last_heading_) {
      ++beyond_;
      if (beyond_row_ == 0) beyond_row_ = row, beyond_column_ = cell.column;
      return true;
    }
    filled_ = true;
    if (!wants(cell.column)) return true;
    for (std::uint32_t target = first_[cell.column]; target != kNoTarget; target = next_[target]) {
      if (writer_.is_set(target)) return twice(row, cell.column);
      cells_.write(target, cell, row);
    }
    return true;
  }

  bool row_end(std::uint64_t row, bool hidden) override {
    if (!filled_) return true;
    filled_ = false;
    if (hidden) ++hidden_rows_;
    for (auto const& [target, text] : fixed_) writer_.canonical(target, text, row);
    stopped_ = !writer_.end_row(row);
    return !stopped_;
  }

  bool stopped() const { return stopped_; }
  std::string const& reason() const { return reason_; }
  std::uint64_t hidden_rows() const { return hidden_rows_; }
  std::uint64_t beyond() const { return beyond_; }
  std::uint64_t beyond_row() const { return beyond_row_; }
  std::uint32_t beyond_column() const { return beyond_column_; }

 private:
  bool twice(std::uint64_t row, std::uint32_t column) {
    reason_ = fmt::format("is damaged: cell {}{} stands there twice", column_letters(column), row);
    return false;
  }

  CellRange range_;
  XlsxCells& cells_;
  RowWriter& writer_;
  std::uint32_t first_heading_ = 1;  // none: first > last
  std::uint32_t last_heading_ = 0;
  std::vector<std::uint32_t> first_;  // by column: a target, and by target the next one of the same column
  std::vector<std::uint32_t> next_;
  std::vector<std::pair<std::size_t, std::string>> fixed_;
  bool filled_ = false;
  bool stopped_ = false;
  std::uint64_t hidden_rows_ = 0;
  std::uint64_t beyond_ = 0;
  std::uint64_t beyond_row_ = 0;
  std::uint32_t beyond_column_ = 0;
  std::string reason_;
};

class XlsxSource final : public Source {
 public:
  XlsxSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;

 private:
  Result<OpenWorkbook> open(std::string const& file) const;
  Read<void> choose_sheets(OpenWorkbook& open) const;
  Read<std::size_t> find_sheet(Workbook const& book, std::string const& wanted) const;
  Result<bool> scan_part(OpenWorkbook const& open, SheetPart const& part, ScanRequest const& request, XlsxCells& cells,
                         RowWriter& writer) const;
  void tell(OpenWorkbook const& open, SheetPart const& part, SheetFacts const& facts, ScanHandler const& handler,
            RowWriter& writer) const;
  std::string label(OpenWorkbook const& open, SheetPart const& part) const {
    return open.parts.size() > 1 ? open.file + "#" + open.book.sheets()[part.sheet].name : open.file;
  }

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
};

Result<OpenWorkbook> XlsxSource::open(std::string const& file) const {
  auto book = Workbook::open(full_path(context_, file));
  if (!book) return failure(unreadable(file, book.error()));
  OpenWorkbook open{file, std::move(*book), nullptr, {}};
  if (auto const chosen = choose_sheets(open); !chosen) return failure(unreadable(file, chosen.error()));
  auto texts = open.book.shared_texts();
  if (!texts) return failure(unreadable(file, texts.error()));
  open.texts = std::move(*texts);
  return open;
}

std::string sheet_list(Workbook const& book) {
  std::string list;
  for (auto const& sheet : book.sheets())
    if (sheet.worksheet) list += (list.empty() ? "'" : ", '") + sheet.name + "'";
  return list;
}

Read<std::size_t> XlsxSource::find_sheet(Workbook const& book, std::string const& wanted) const {
  auto const& sheets = book.sheets();
  std::size_t found = sheets.size();
  if (wanted.starts_with('#')) {
    std::size_t number = 0;
    std::from_chars(wanted.data() + 1, wanted.data() + wanted.size(), number);
    if (number >= 1 && number <= sheets.size()) found = number - 1;
  }
  for (std::size_t i = sheets.size(); i-- > 0;)
    if (lower(clean(sheets[i].name)) == lower(clean(wanted))) found = i;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    if (sheets[i].name == wanted) found = i;
  if (found == sheets.size())
    return tl::unexpected(fmt::format("has no sheet '{}'; its sheets are {}", wanted, sheet_list(book)));
  if (!sheets[found].worksheet)
    return tl::unexpected(
        fmt::format("has no cells in '{}', which is a chart; its sheets are {}", wanted, sheet_list(book)));
  return found;
}

Read<void> XlsxSource::choose_sheets(OpenWorkbook& open) const {
  auto const& sheets = open.book.sheets();
  SourceSpec const& source = dataset_.source;
  open.by_name = true;
  if (!source.table.empty()) {
    auto const range = open.book.range(source.table);
    if (!range) return tl::unexpected(range.error());
    open.parts.push_back({range->sheet, range->range, range->header_rows, range->columns});
  } else if (source.sheet == "*") {
    for (std::size_t i = 0; i < sheets.size(); ++i)
      if (sheets[i].worksheet) open.parts.push_back({i});
  } else if (!source.sheet.empty()) {
    auto const sheet = find_sheet(open.book, source.sheet);
    if (!sheet) return tl::unexpected(sheet.error());
    open.parts.push_back({*sheet});
  } else {
    open.by_name = false;
    auto const visible =
        std::find_if(sheets.begin(), sheets.end(), [](auto const& one) { return one.worksheet && !one.hidden; });
    auto const any = std::find_if(sheets.begin(), sheets.end(), [](auto const& one) { return one.worksheet; });
    auto const first = visible != sheets.end() ? visible : any;
    if (first != sheets.end()) open.parts.push_back({static_cast<std::size_t>(first - sheets.begin())});
  }
  if (open.parts.empty()) return tl::unexpected(std::string("holds no worksheet"));
  return {};
}

Result<std::vector<FoundColumn>> XlsxSource::columns() const {
  auto const open = this->open(files_.front());
  if (!open) return failure(open.error());
  std::vector<FoundColumn> found;
  for (auto const& part : open->parts) {
    auto const layout = find_layout(open->book, *open->texts, part, dataset_.source.dialect);
    if (!layout) return failure(unreadable(label(*open, part), layout.error()));
    for (auto const& name : name_columns(layout->headings, dataset_, layout->header_row).names)
      found.push_back({name, {.file = label(*open, part), .row = layout->header_row, .field = name}});
    if (!found.empty()) break;  // the other sheets of one dataset have the same columns
  }
  for (auto const& extra : {dataset_.source.file_column, dataset_.source.sheet_column})
    if (!extra.empty()) found.push_back({extra, {.file = files_.front(), .field = extra}});
  return found;
}

void XlsxSource::tell(OpenWorkbook const& open, SheetPart const& part, SheetFacts const& facts,
                      ScanHandler const& handler, RowWriter& writer) const {
  auto const& sheet = open.book.sheets()[part.sheet];
  auto const note = [&](std::string_view rule, std::string reason) {
    writer.find(
        {.rule = std::string(rule), .severity = Severity::note, .text = sheet.name, .reason = std::move(reason)});
  };
  if (sheet.hidden) note("hidden-sheet", "the sheet is hidden; it is read");
  if (handler.hidden_rows() > 0)
    note("hidden-rows", fmt::format("{} rows of the sheet are hidden; they are read", handler.hidden_rows()));
  if (facts.hidden_columns > 0)
    note("hidden-columns", fmt::format("{} columns of the sheet are hidden; they are read", facts.hidden_columns));
  auto const others = std::count_if(open.book.sheets().begin(), open.book.sheets().end(),
                                    [](auto const& one) { return one.worksheet; });
  if (!open.by_name && others > 1)
    note(kDetected,
         fmt::format("the workbook has {} sheets; this one is read because no \"sheet\" is declared", others));
  if (handler.beyond() > 0)
    writer.find({.row = handler.beyond_row(),
                 .rule = std::string(kLongRow),
                 .reason = fmt::format("{} cells stand outside the columns that have headings, the first in column {}; "
                                       "they are not read",
                                       handler.beyond(), column_letters(handler.beyond_column()))});
}

/// False: the sink wants no more.
Result<bool> XlsxSource::scan_part(OpenWorkbook const& open, SheetPart const& part, ScanRequest const& request,
                                   XlsxCells& cells, RowWriter& writer) const {
  std::string const name = label(open, part);
  auto const layout = find_layout(open.book, *open.texts, part, dataset_.source.dialect);
  if (!layout) return failure(unreadable(name, layout.error()));
  if (layout->headings.empty() && open.parts.size() > 1) return true;  // an empty sheet among several
  auto const named = name_columns(layout->headings, dataset_, layout->header_row);
  auto const places = find_wanted(request, named.names, dataset_, name, layout->header_row);
  if (!places) return failure(places.error());
  for (auto note : named.notes) writer.find(std::move(note));
  if (layout->skipped_rows > 0)
    writer.find({.row = layout->header_row,
                 .rule = std::string(kDetected),
                 .severity = Severity::note,
                 .reason = fmt::format("the headings were found in row {}; {} rows above them are not read",
                                       layout->header_row, layout->skipped_rows)});
  ScanHandler handler(part, *layout, cells, writer);
  for (std::size_t target = 0; target < places->size(); ++target) {
    std::size_t const place = (*places)[target];
    if (place == kFileColumn)
      handler.set_file(target, file_name(open.file));
    else if (place == kSheetColumn)
      handler.set_file(target, open.book.sheets()[part.sheet].name);
    else
      handler.connect(layout->headings[place].position, static_cast<std::uint32_t>(target));
  }
  auto stream = open.book.sheet(part.sheet);
  if (!stream) return failure(unreadable(name, stream.error()));
  if (request.threads > 1) *stream = read_ahead(std::move(*stream));
  auto const facts = read_sheet(std::move(*stream), handler);
  if (!facts) return failure(unreadable(name, facts.error()));
  if (!handler.reason().empty()) return failure(unreadable(name, handler.reason()));
  tell(open, part, *facts, handler, writer);
  if (handler.stopped()) return false;
  return writer.send();
}

Result<ScanSummary> XlsxSource::scan(ScanRequest const& request, BatchSink& sink) const {
  auto writer = RowWriter::make(dataset_, request, sink);
  if (!writer) return failure(writer.error());
  sink.begin(1);
  for (auto const& file : files_) {
    auto const open = this->open(file);
    if (!open) return failure(open.error());
    XlsxCells cells(open->book, open->texts, *writer);
    std::error_code ignored;
    std::uint64_t const bytes = std::filesystem::file_size(full_path(context_, file), ignored);
    for (auto const& part : open->parts) {
      writer->start_file({.name = label(*open, part), .bytes = bytes});
      auto const more = scan_part(*open, part, request, cells, *writer);
      if (!more) return failure(more.error());
      if (!*more) return writer->take_summary();
    }
  }
  return writer->take_summary();
}

}  // namespace

Result<std::unique_ptr<Source>> open_xlsx_source(Dataset const& dataset, SourceContext const& context,
                                                 std::vector<std::string> files) {
  return std::make_unique<XlsxSource>(dataset, context, std::move(files));
}

}  // namespace yekun
