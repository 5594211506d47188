#include "data-loaders/xlsx_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/utf8.h"
#include "data-loaders/file_facts.h"
#include "data-loaders/file_list.h"
#include "data-loaders/findings.h"
#include "data-loaders/row_writer.h"
#include "data-loaders/wanted_columns.h"
#include "data-loaders/xlsx_scan.h"

namespace yekun {
namespace {

/// A workbook that is open, with what all its sheets share.
struct OpenWorkbook {
  std::string file;
  Workbook book;
  std::shared_ptr<SharedTexts const> texts;
  std::vector<SheetPart> parts;
  bool by_name = false;  // the spec says which sheet
};

/// A sheet's table, and the main sheet's where the sheet is a survey's repeat.
struct PartColumns {
  SheetLayout layout;
  std::vector<std::string> names;  // of the sheet, then of the main sheet those that the sheet lacks
  std::vector<Finding> notes;
  std::size_t own = 0;  // so many names are the sheet's own
  std::optional<MainSheet> main;
  std::vector<std::uint32_t> main_columns;  // of the names from `own` on: the column in the main sheet
};

class XlsxSource final : public Source {
 public:
  XlsxSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;
  std::vector<SourceFile> files() const override { return source_files(context_, files_); }
  bool reads_apart() const override;

 private:
  Result<OpenWorkbook> open(std::string const& file) const;
  Read<void> choose_sheets(OpenWorkbook& open) const;
  Read<std::size_t> find_sheet(Workbook const& book, std::string const& wanted) const;
  Result<bool> scan_part(OpenWorkbook const& open, SheetPart const& part, ScanRequest const& request, XlsxCells& cells,
                         RowWriter& writer, std::vector<std::string>& first) const;
  Result<std::vector<std::string>> first_columns(std::uint32_t only) const;
  void tell(OpenWorkbook const& open, SheetPart const& part, SheetFacts const& facts, SheetScan const& handler,
            RowWriter& writer) const;
  Result<PartColumns> columns_of(OpenWorkbook const& open, SheetPart const& part) const;
  Result<bool> connect(OpenWorkbook const& open, SheetPart const& part, PartColumns const& columns,
                       std::vector<std::size_t> const& places, SheetScan& handler, RowWriter& writer) const;
  std::string label(OpenWorkbook const& open, SheetPart const& part) const {
    return open.parts.size() > 1 ? open.file + "#" + open.book.sheets()[part.sheet].name : open.file;
  }

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
  mutable std::optional<bool> headed_{};  // the first file has columns, which others are compared with
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

Result<PartColumns> XlsxSource::columns_of(OpenWorkbook const& open, SheetPart const& part) const {
  Dialect const& dialect = dataset_.source.dialect;
  auto layout = find_layout(open.book, *open.texts, part, dialect);
  if (!layout) return failure(unreadable(label(open, part), layout.error()));
  auto named = name_columns(layout->headings, dataset_, layout->header_row);
  PartColumns columns;
  columns.layout = std::move(*layout);
  columns.names = std::move(named.names);
  columns.notes = std::move(named.notes);
  columns.own = columns.names.size();
  if (!submission_column(columns.layout)) return columns;
  auto main = find_main_sheet(open.book, *open.texts, part.sheet, dialect);
  if (!main) return failure(unreadable(open.file, main.error()));
  columns.main = std::move(*main);
  if (!columns.main) return columns;
  auto const others = name_columns(columns.main->layout.headings, dataset_, columns.main->layout.header_row).names;
  for (std::size_t i = 0; i < others.size(); ++i) {
    auto const own_end = columns.names.begin() + static_cast<std::ptrdiff_t>(columns.own);
    if (std::find(columns.names.begin(), own_end, others[i]) != own_end) continue;
    columns.names.push_back(others[i]);
    columns.main_columns.push_back(columns.main->layout.headings[i].position);
  }
  return columns;
}

Result<std::vector<FoundColumn>> XlsxSource::columns() const {
  auto const open = this->open(files_.front());
  if (!open) return failure(open.error());
  std::vector<FoundColumn> found;
  for (auto const& part : open->parts) {
    auto const columns = columns_of(*open, part);
    if (!columns) return failure(columns.error());
    for (auto const& name : columns->names)
      found.push_back({name, {.file = label(*open, part), .row = columns->layout.header_row, .field = name}});
    if (!found.empty()) break;  // the other sheets of one dataset have the same columns
  }
  headed_ = !found.empty();
  for (auto const& extra : {dataset_.source.file_column, dataset_.source.sheet_column})
    if (!extra.empty()) found.push_back({extra, {.file = files_.front(), .field = extra}});
  return found;
}

void XlsxSource::tell(OpenWorkbook const& open, SheetPart const& part, SheetFacts const& facts,
                      SheetScan const& handler, RowWriter& writer) const {
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
  if (handler.beyond().cells > 0)
    writer.find({.row = handler.beyond().row,
                 .rule = std::string(kLongRow),
                 .reason = fmt::format("{} cells stand outside the columns that have headings, the first in column {}; "
                                       "they are not read",
                                       handler.beyond().cells, column_letters(handler.beyond().column))});
}

/// Says where the cells of the wanted columns go; reads the main sheet's where some are there.
Result<bool> XlsxSource::connect(OpenWorkbook const& open, SheetPart const& part, PartColumns const& columns,
                                 std::vector<std::size_t> const& places, SheetScan& handler, RowWriter& writer) const {
  std::vector<std::size_t> joined;
  std::vector<std::uint32_t> main_columns;
  for (std::size_t target = 0; target < places.size(); ++target) {
    std::size_t const place = places[target];
    if (place == kFileColumn) {
      handler.fix(target, file_name(open.file));
    } else if (place == kSheetColumn) {
      handler.fix(target, open.book.sheets()[part.sheet].name);
    } else if (place == kNoColumn) {
      continue;
    } else if (place < columns.own) {
      handler.connect(columns.layout.headings[place].position, static_cast<std::uint32_t>(target));
    } else {
      joined.push_back(target);
      main_columns.push_back(columns.main_columns[place - columns.own]);
    }
  }
  if (joined.empty()) return true;
  auto submissions = Submissions::read(open.book, *open.texts, *columns.main, main_columns);
  if (!submissions) return failure(unreadable(open.file, submissions.error()));
  if (submissions->doubled() > 0)
    writer.find({.rule = "doubled-submission",
                 .text = open.book.sheets()[columns.main->part.sheet].name,
                 .reason = fmt::format("{} rows repeat the _uuid of a row before them; the first is joined",
                                       submissions->doubled())});
  handler.join(*submission_column(columns.layout), std::move(*submissions), std::move(joined));
  return true;
}

/// False: the sink wants no more.
Result<bool> XlsxSource::scan_part(OpenWorkbook const& open, SheetPart const& part, ScanRequest const& request,
                                   XlsxCells& cells, RowWriter& writer, std::vector<std::string>& first) const {
  std::string const name = label(open, part);
  auto const columns = columns_of(open, part);
  if (!columns) return failure(columns.error());
  SheetLayout const& layout = columns->layout;
  if (layout.headings.empty() && open.parts.size() > 1) return true;  // an empty sheet among several
  auto const places = find_wanted(request, columns->names, dataset_, name, layout.header_row);
  if (!places) return failure(places.error());
  for (auto note : columns->notes) writer.find(std::move(note));
  if (first.empty()) first = columns->names;
  for (auto note : tell_differences(first, columns->names, request, layout.header_row)) writer.find(std::move(note));
  if (layout.skipped_rows > 0)
    writer.find({.row = layout.header_row,
                 .rule = std::string(kDetected),
                 .severity = Severity::note,
                 .reason = fmt::format("the headings were found in row {}; rows above them that are not read: {}",
                                       layout.header_row, layout.skipped_rows)});
  SheetScan handler(part, layout, cells, writer);
  auto const connected = connect(open, part, *columns, *places, handler, writer);
  if (!connected) return failure(connected.error());
  auto const facts = open.book.read_cells(part.sheet, handler, request.threads > 1);
  if (!facts) return failure(unreadable(name, facts.error()));
  if (!handler.reason().empty()) return failure(unreadable(name, handler.reason()));
  tell(open, part, *facts, handler, writer);
  if (handler.stopped()) return false;
  return writer.send();
}

bool XlsxSource::reads_apart() const {
  if (!headed_ && !columns()) return false;
  return *headed_;
}

/// The columns of the first file, where it is not the one to be read.
Result<std::vector<std::string>> XlsxSource::first_columns(std::uint32_t only) const {
  if (only == 0) return std::vector<std::string>{};
  auto const open = this->open(files_.front());
  if (!open) return failure(open.error());
  for (auto const& part : open->parts) {
    auto columns = columns_of(*open, part);
    if (!columns) return failure(columns.error());
    if (!columns->names.empty()) return std::move(columns->names);
  }
  return std::vector<std::string>{};
}

Result<ScanSummary> XlsxSource::scan(ScanRequest const& request, BatchSink& sink) const {
  auto writer = RowWriter::make(dataset_, request, sink);
  if (!writer) return failure(writer.error());
  sink.begin(1);
  auto compared = first_columns(request.only.value_or(0));
  if (!compared) return failure(compared.error());
  std::vector<std::string>& first = *compared;  // the columns of the first sheet
  for (std::uint32_t index = 0; index < files_.size(); ++index) {
    if (request.only && *request.only != index) continue;
    auto const& file = files_[index];
    auto const open = this->open(file);
    if (!open) return failure(open.error());
    XlsxCells cells(open->book, open->texts, *writer);
    auto const facts = file_facts(context_, file, file, request.hash_files);
    if (!facts) return failure(facts.error());
    for (auto const& part : open->parts) {
      writer->start_file(*facts);
      writer->file().name = label(*open, part);
      auto const more = scan_part(*open, part, request, cells, *writer, first);
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
