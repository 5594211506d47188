#include "data-loaders/csv_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>

#include "data-loaders/csv_scan.h"
#include "data-loaders/file_list.h"
#include "data-loaders/findings.h"
#include "data-loaders/foreign_file.h"
#include "data-loaders/text_file.h"
#include "data-loaders/wanted_columns.h"

namespace yekun {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18U;

class CsvSource final : public Source {
 public:
  CsvSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;
  std::vector<SourceFile> files() const override { return source_files(context_, files_); }
  bool reads_apart() const override { return true; }

 private:
  Result<std::vector<FoundColumn>> find_columns() const;
  Result<CsvLayout> first_layout(TextFile const& text) const;
  Result<TextFile> open(std::string const& file) const;
  Result<std::unique_ptr<CsvFile>> open_file(std::uint32_t index, ScanRequest const& request) const;
  Result<CsvFilePlan> plan_file(CsvLayout const& layout, std::string const& file, std::uint32_t index,
                                ScanRequest const& request) const;

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
  mutable std::mutex opening_{};             // scans of several files may go on side by side
  mutable std::optional<TextFile> input_{};  // standard input, opened and not yet read beyond its head
  mutable bool input_taken_ = false;
  mutable std::optional<std::pair<std::string, CsvLayout>> layout_{};  // of the first file, and the head it is from
};

Result<TextFile> CsvSource::open(std::string const& file) const {
  if (file == "-" && input_taken_)
    return failure({.fault = Fault::data,
                    .code = "read-twice",
                    .place = dataset_.source.place,
                    .message = "standard input can be read only once",
                    .hint = "save it as a file first"});
  auto text = open_text(full_path(context_, file), file == "-" ? "standard input" : file,
                        dataset_.source.dialect.encoding.value_or(""), dataset_.source.sheet);
  if (!text && text.error().front().fault == Fault::spec) {
    Diagnostics problems = text.error();
    problems.front().place = dataset_.source.place;
    return failure(std::move(problems));
  }
  if (text && file == "-" && text->rest) input_taken_ = true;
  std::string const foreign = text ? foreign_kind(text->head) : "";
  if (!foreign.empty()) return failure(unreadable(file == "-" ? "standard input" : file, foreign));
  return text;
}

/// Columns are asked for before every scan: what the head says is worked out once.
Result<CsvLayout> CsvSource::first_layout(TextFile const& text) const {
  if (layout_ && layout_->first == text.head) return layout_->second;
  auto layout = read_layout(text.head, text.complete, dataset_, files_.front());
  if (layout) layout_ = {text.head, *layout};
  return layout;
}

Result<std::vector<FoundColumn>> CsvSource::columns() const {
  std::lock_guard const lock(opening_);
  return find_columns();
}

Result<std::vector<FoundColumn>> CsvSource::find_columns() const {
  auto text = open(files_.front());
  if (!text) return failure(text.error());
  auto const layout = first_layout(*text);
  if (!layout) return failure(layout.error());
  if (files_.front() == "-") input_ = std::move(*text);
  std::vector<FoundColumn> found;
  for (std::size_t i = 0; i < layout->names.size(); ++i)
    found.push_back({.name = layout->names[i],
                     .place = {.file = files_.front(), .row = layout->header_line, .field = layout->names[i]}});
  if (!dataset_.source.file_column.empty())
    found.push_back({.name = dataset_.source.file_column, .place = {.file = files_.front()}});
  return found;
}

Result<CsvFilePlan> CsvSource::plan_file(CsvLayout const& layout, std::string const& file, std::uint32_t index,
                                         ScanRequest const& request) const {
  CsvFilePlan plan{.file = index,
                   .name = file,
                   .file_text = std::filesystem::path(file).filename().string(),
                   .dialect = layout.dialect,
                   .width = layout.names.size(),
                   .personal = std::any_of(dataset_.columns.begin(), dataset_.columns.end(),
                                           [](ColumnSpec const& c) { return c.personal; }),
                   .columns = {}};
  Diagnostics problems;
  for (auto const& wanted : request.columns) {
    auto const at = std::find(layout.names.begin(), layout.names.end(), wanted.name);
    bool const is_file = wanted.name == dataset_.source.file_column && at == layout.names.end();
    bool const is_absent = at == layout.names.end() && !is_file;
    if (is_absent && !wanted.optional) {
      problems.push_back({.fault = Fault::data,
                          .code = "unknown-column",
                          .place = {.file = file, .row = layout.header_line, .field = wanted.name},
                          .message = fmt::format("'{}' has no column '{}'", file, wanted.name),
                          .hint = layout.names.empty() ? std::string("the file has no columns at all")
                                                       : suggestion(wanted.name, layout.names)});
      continue;
    }
    auto parser = CellParser::make(dataset_, dataset_.column(wanted.name), layout.numbers);
    if (!parser) {
      problems.push_back({.fault = Fault::spec,
                          .code = "bad-date-format",
                          .place = dataset_.column(wanted.name)->place,
                          .message = parser.error(),
                          .hint = "for example \"dd.mm.yyyy\", \"mm/dd/yyyy\" or \"d mmmm yyyy\""});
      continue;
    }
    auto const place = static_cast<std::size_t>(at - layout.names.begin());
    plan.columns.push_back({.name = wanted.name,
                            .cell = is_file ? CsvColumn::kFileName : (is_absent ? CsvColumn::kAbsent : place),
                            .form = wanted.form,
                            .parser = std::move(*parser)});
  }
  if (!problems.empty()) return failure(std::move(problems));
  return plan;
}

/// Notes about the file as a whole get its name.
std::vector<Finding> file_notes(std::string const& dataset, std::string const& file, TextFile const& text,
                                CsvLayout const& layout) {
  std::vector<Finding> notes = layout.notes;
  if (text.encoding.guessed)
    notes.insert(notes.begin(), {.rule = std::string(kDetected),
                                 .severity = Severity::note,
                                 .text = text.encoding.name,
                                 .reason = fmt::format("the file is not UTF-8; it is read as {}", text.encoding.name)});
  for (auto& note : notes) {
    note.dataset = dataset;
    note.file = file;
  }
  return notes;
}

Result<std::unique_ptr<CsvFile>> CsvSource::open_file(std::uint32_t index, ScanRequest const& request) const {
  std::lock_guard const lock(opening_);
  std::string const& name = files_[index];
  auto text = name == "-" && input_ ? Result<TextFile>(std::move(*input_)) : open(name);
  input_.reset();
  if (!text) return failure(text.error());
  auto layout = index == 0 ? first_layout(*text) : read_layout(text->head, text->complete, dataset_, name);
  if (!layout) return failure(layout.error());
  if (index > 0 && !layout_)
    if (auto const first = find_columns(); !first) return failure(first.error());
  if (index > 0)
    for (auto& note : tell_differences(layout_->second.names, layout->names, request, layout->header_line))
      layout->notes.push_back(std::move(note));
  auto plan = plan_file(*layout, name, request.only ? 0 : index, request);
  if (!plan) return failure(plan.error());
  auto csv = std::make_unique<CsvFile>();
  csv->text = std::move(*text);
  csv->plan = std::move(*plan);
  csv->facts = {.name = name, .bytes = csv->text.file->size()};
  csv->notes = file_notes(dataset_.id, name, csv->text, *layout);
  PieceStart const start{.offset = layout->data_begin, .line = layout->data_line};
  bool const simple = !layout->dialect.escape && layout->dialect.comment.empty();
  if (!csv->text.rest && simple) {
    csv->pieces = file_pieces(*csv->text.file, csv->text.text_begin, layout->dialect, start, kPieceBytes);
  } else {
    auto rest = csv->text.rest ? std::move(csv->text.rest)
                               : plain_stream(*csv->text.file, csv->text.text_begin + csv->text.head.size());
    csv->pieces = stream_pieces(std::move(csv->text.head), std::move(rest), name, layout->dialect, start, kPieceBytes);
  }
  csv->text.head = {};
  return csv;
}

Result<ScanSummary> CsvSource::scan(ScanRequest const& request, BatchSink& sink) const {
  return scan_csv(
      dataset_.id, request.only ? 1 : static_cast<std::uint32_t>(files_.size()),
      [&](std::uint32_t index) { return open_file(request.only.value_or(index), request); }, request, sink);
}

}  // namespace

Result<std::unique_ptr<Source>> open_csv_source(Dataset const& dataset, SourceContext const& context,
                                                std::vector<std::string> files) {
  return std::make_unique<CsvSource>(dataset, context, std::move(files));
}

}  // namespace yekun
