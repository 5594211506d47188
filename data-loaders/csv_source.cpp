#include "data-loaders/csv_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "data-loaders/csv_batches.h"
#include "data-loaders/file_list.h"

namespace yekun {
namespace {

constexpr std::size_t kMargin = 64;  // readable bytes behind a piece

class CsvSource final : public Source {
 public:
  CsvSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;

 private:
  Result<std::shared_ptr<std::string>> read(std::string const& file) const;
  Result<CsvFilePlan> plan_file(CsvLayout const& layout, std::string const& file, std::uint32_t index,
                                ScanRequest const& request) const;

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
};

Result<std::shared_ptr<std::string>> CsvSource::read(std::string const& file) const {
  std::ifstream in(full_path(context_, file), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    return failure({.fault = Fault::data,
                    .code = "unreadable-file",
                    .place = {.file = file},
                    .message = fmt::format("'{}' cannot be read", file)});
  auto bytes = std::make_shared<std::string>(std::move(text).str());
  if (bytes->starts_with("\xEF\xBB\xBF")) bytes->erase(0, 3);
  return bytes;
}

Result<std::vector<FoundColumn>> CsvSource::columns() const {
  auto text = read(files_.front());
  if (!text) return failure(text.error());
  auto const layout = read_layout(**text, true, dataset_, files_.front());
  if (!layout) return failure(layout.error());
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
    if (at == layout.names.end() && !is_file) {
      problems.push_back({.fault = Fault::data,
                          .code = "unknown-column",
                          .place = {.file = file, .row = layout.header_line, .field = wanted.name},
                          .message = fmt::format("'{}' has no column '{}'", file, wanted.name),
                          .hint = suggestion(wanted.name, layout.names)});
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
    plan.columns.push_back(
        {.name = wanted.name,
         .cell = is_file ? CsvColumn::kFileName : static_cast<std::size_t>(at - layout.names.begin()),
         .form = wanted.form,
         .parser = std::move(*parser)});
  }
  if (!problems.empty()) return failure(std::move(problems));
  return plan;
}

Result<ScanSummary> CsvSource::scan(ScanRequest const& request, BatchSink& sink) const {
  ScanSummary summary;
  CsvBatches batches(dataset_.id, request, 0, sink);
  sink.begin(1);
  for (std::uint32_t i = 0; i < files_.size(); ++i) {
    auto text = read(files_[i]);
    if (!text) return failure(text.error());
    std::string& all = **text;
    summary.files.push_back({.name = files_[i], .bytes = all.size()});
    auto const layout = read_layout(all, true, dataset_, files_[i]);
    if (!layout) return failure(layout.error());
    auto const plan = plan_file(*layout, files_[i], i, request);
    if (!plan) return failure(plan.error());
    Structure structure;
    auto const open = index_exactly(all, static_cast<std::uint32_t>(layout->data_begin),
                                    static_cast<std::uint32_t>(all.size()), true, layout->dialect, structure);
    if (open.open) {
      auto const line = count_breaks(std::string_view(all).substr(0, open.quote_at)) + 1;
      return failure(
          {.fault = Fault::data,
           .code = "unterminated-quote",
           .place = {.file = files_[i], .row = line},
           .message = fmt::format("the quote that opens on line {} of '{}' is never closed", line, files_[i]),
           .hint = "close it, double it if it is part of the text, or declare another \"quote\""});
    }
    all.append(kMargin, '\0');
    if (!batches.deliver(*plan, {.text = std::string_view(all).substr(0, all.size() - kMargin),
                                 .structure = &structure,
                                 .owner = *text,
                                 .order = std::uint64_t{i} << 44U,
                                 .first_line = layout->data_line}))
      break;
  }
  for (std::size_t i = 0; i < summary.files.size() && i < batches.rows_of_file().size(); ++i)
    summary.files[i].rows = batches.rows_of_file()[i];
  summary.rows = batches.rows();
  summary.findings = merge({&batches.findings()});
  return summary;
}

}  // namespace

Result<std::unique_ptr<Source>> open_csv_source(Dataset const& dataset, SourceContext const& context,
                                                std::vector<std::string> files) {
  return std::make_unique<CsvSource>(dataset, context, std::move(files));
}

}  // namespace yekun
