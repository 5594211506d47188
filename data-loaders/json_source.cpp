#include "data-loaders/json_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/utf8.h"
#include "data-loaders/file_facts.h"
#include "data-loaders/file_list.h"
#include "data-loaders/findings.h"
#include "data-loaders/json_file.h"
#include "data-loaders/json_records.h"
#include "data-loaders/row_writer.h"
#include "data-loaders/stored_number.h"
#include "data-loaders/wanted_columns.h"

namespace yekun {
namespace {

constexpr std::size_t kSampledRecords = 1000;  // whose members a message may suggest
constexpr std::size_t kMostColumns = 10'000;

/// Whether the first line is a JSON text by itself and another follows.
bool looks_like_lines(JsonFile& file) {
  class Nothing : public JsonSink {
   public:
    void value(std::string_view, JsonValue const&) override {}
    bool joins(std::string_view) override { return false; }
    bool end_record() override { return true; }
  } nothing;
  std::string first;
  std::string second;
  if (!file.next_line(first) || !first.starts_with('{')) return false;
  JsonShape const single{.single = true};
  JsonBytes bytes(first);
  if (!read_records(bytes, single, "", nothing)) return false;
  while (file.next_line(second))
    if (second.find_first_not_of(" \t\r") != std::string::npos) return true;
  return false;
}

/// "people.ndjson", also packed.
bool is_lines_by_name(std::string name) {
  for (auto const* packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.rfind('.'));
  return name.ends_with(".ndjson") || name.ends_with(".jsonl");
}

/// Collects the paths of all records: a member may come late.
class ColumnSink : public JsonSink {
 public:
  void value(std::string_view path, JsonValue const&) override {
    if (names_.size() < kMostColumns && seen_.emplace(path).second) names_.emplace_back(path);
  }
  bool joins(std::string_view) override { return true; }
  bool end_record() override { return true; }
  std::vector<std::string> names_;

 private:
  std::set<std::string, std::less<>> seen_;
};

/// Values of records into the writer's columns.
class ScanSink : public JsonSink {
 public:
  ScanSink(Dataset const& dataset, ScanRequest const& request, RowWriter& writer)
      : dataset_(dataset), writer_(writer), unseen_(request.columns.size(), true) {
    for (std::size_t i = 0; i < request.columns.size(); ++i) {
      std::string const& name = request.columns[i].name;
      ColumnSpec const* const spec = dataset.column(name);
      wanted_.push_back(spec != nullptr && !spec->from.empty() ? spec->from : name);
      targets_[wanted_.back()].push_back(i);
    }
  }

  void start_file(std::string const& file, JsonShape const& shape) {
    file_ = file;
    shape_ = &shape;
    record_ = 0;
    paths_.clear();
  }
  void at_line(std::uint64_t line) { line_ = line; }

  void value(std::string_view path, JsonValue const& value) override {
    if (paths_.size() < kMostColumns && records_ < kSampledRecords) paths_.emplace(path);
    for (std::size_t const target : targets_of(path)) {
      if (writer_.is_set(target)) {
        twice(target, value);
        continue;
      }
      write(target, value);
    }
  }

  bool joins(std::string_view path) override { return !targets_of(path).empty(); }

  bool end_record() override {
    ++record_;
    ++records_;
    for (auto const& [name, text] : shape_->inherited)
      if (auto const at = targets_.find(name); at != targets_.end())
        for (std::size_t const target : at->second)
          if (!writer_.is_set(target)) write(target, {JsonValueKind::string, text});
    if (auto const at = targets_.find(dataset_.source.file_column);
        at != targets_.end() && !dataset_.source.file_column.empty())
      for (std::size_t const target : at->second) write(target, {JsonValueKind::string, file_});
    return writer_.end_row(row());
  }

  /// Of the record at hand: its line in NDJSON, else its number.
  std::uint64_t row() const { return shape_->lines ? line_ : record_; }
  /// Wanted columns that no record of the file had; empty if the file had no records.
  std::vector<std::string> unseen(ScanRequest const& request) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < unseen_.size() && records_ > 0; ++i)
      if (unseen_[i]) names.push_back(request.columns[i].name);
    return names;
  }
  std::vector<std::string> paths() const { return {paths_.begin(), paths_.end()}; }

 private:
  /// Targets by path; "group/question" is found as "question" too, as surveys export it.
  std::vector<std::size_t> const& targets_of(std::string_view path) {
    auto at = targets_.find(path);
    if (at != targets_.end()) return at->second;
    auto const slash = path.rfind('/');
    if (slash == std::string_view::npos) return none_;
    at = targets_.find(path.substr(slash + 1));
    if (at == targets_.end()) return none_;
    auto const& owner = grouped_.emplace(at->first, path).first->second;
    return owner == path ? at->second : none_;
  }

  void write(std::size_t target, JsonValue const& value) {
    unseen_[target] = false;
    switch (value.kind) {
      case JsonValueKind::null:
        return writer_.missing(target);
      case JsonValueKind::string:
        return writer_.text(target, value.text, record_row());
      case JsonValueKind::number:
        return write_number(writer_, target, value.text, false, record_row());
      case JsonValueKind::boolean:
        if (writer_.type(target) == Type::text || writer_.type(target) == Type::boolean)
          return writer_.canonical(target, value.text, record_row());
        return writer_.reject(target, value.text, "a truth value; a number or date was expected", record_row());
    }
  }

  void twice(std::size_t target, JsonValue const& value) {
    bool const personal = dataset_.column(wanted_[target]) != nullptr && dataset_.column(wanted_[target])->personal;
    writer_.find({.row = record_row(),
                  .column = wanted_[target],
                  .rule = "doubled-member",
                  .text = shown_text(value.text, personal),
                  .reason = "the record has this member twice; the first is read"});
  }

  std::uint64_t record_row() const { return shape_->lines ? line_ : record_ + 1; }

  Dataset const& dataset_;
  RowWriter& writer_;
  JsonShape const* shape_ = nullptr;
  std::string file_;
  std::vector<std::string> wanted_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> targets_;
  std::map<std::string, std::string, std::less<>> grouped_;
  std::vector<std::size_t> none_;
  std::vector<bool> unseen_;
  std::set<std::string, std::less<>> paths_;
  std::uint64_t record_ = 0;
  std::uint64_t records_ = 0;
  std::uint64_t line_ = 0;
};

class JsonSource final : public Source {
 public:
  JsonSource(Dataset dataset, SourceContext context, std::vector<std::string> files)
      : dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;
  std::vector<SourceFile> files() const override { return source_files(context_, files_); }

 private:
  Result<std::unique_ptr<JsonFile>> open(std::string const& name) const {
    return JsonFile::open(full_path(context_, name), name, dataset_.source.dialect.encoding.value_or(""));
  }
  Result<JsonShape> shape_of(std::string const& name) const;
  Result<bool> collect(std::string const& name, ColumnSink& members) const;
  Result<bool> scan_lines(JsonFile& file, std::string const& name, JsonShape const& shape, ScanSink& records,
                          RowWriter& writer) const;
  Result<bool> scan_file(std::string const& name, bool hash, ScanSink& records, RowWriter& writer) const;

  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
};

constexpr std::string_view kSeparator = "; ";

Result<JsonShape> JsonSource::shape_of(std::string const& name) const {
  if (dataset_.source.format == Format::ndjson || is_lines_by_name(name)) return JsonShape{.lines = true};
  if (dataset_.source.path.empty()) {
    auto file = open(name);
    if (!file) return failure(file.error());
    if (looks_like_lines(**file)) return JsonShape{.lines = true};
  }
  auto file = open(name);
  if (!file) return failure(file.error());
  JsonBytes bytes([&](std::span<char> room) { return (*file)->read(room); });
  auto shape = find_shape(bytes, dataset_.source.path);
  if (!(*file)->problems().empty()) return failure((*file)->problems());
  if (!shape) return failure(unreadable(name, shape.error()));
  return std::move(*shape);
}

/// Adds the members of a file's records, those they inherit last.
Result<bool> JsonSource::collect(std::string const& name, ColumnSink& members) const {
  auto const shape = shape_of(name);
  if (!shape) return failure(shape.error());
  auto file = open(name);
  if (!file) return failure(file.error());
  if (shape->lines) {
    JsonShape const single{.single = true};
    std::string line;
    while ((*file)->next_line(line)) {
      JsonBytes bytes(line);
      static_cast<void>(read_records(bytes, single, "", members));  // a bad line is the scan's to report
    }
  } else {
    JsonBytes bytes([&](std::span<char> room) { return (*file)->read(room); });
    auto const done = read_records(bytes, *shape, "", members);
    if (!done) return failure(unreadable(name, done.error()));
  }
  for (auto const& [member, text] : shape->inherited) members.value(member, {});
  return true;
}

/// Of all files: records need not have the same members.
Result<std::vector<FoundColumn>> JsonSource::columns() const {
  ColumnSink members;
  std::vector<FoundColumn> found;
  for (auto const& name : files_) {
    if (auto const done = collect(name, members); !done) return failure(done.error());
    while (found.size() < members.names_.size()) {
      std::string column = members.names_[found.size()];
      for (auto const& spec : dataset_.columns)
        if (spec.from == column) column = spec.name;
      found.push_back({column, {.file = name, .field = column}});
    }
  }
  if (!dataset_.source.file_column.empty()) found.push_back({dataset_.source.file_column, {.file = files_.front()}});
  return found;
}

Result<bool> JsonSource::scan_lines(JsonFile& file, std::string const& name, JsonShape const& shape, ScanSink& records,
                                    RowWriter& writer) const {
  JsonShape const single{.single = true};
  bool const personal =
      std::any_of(dataset_.columns.begin(), dataset_.columns.end(), [](auto const& one) { return one.personal; });
  records.start_file(file_name(name), shape);
  std::string line;
  for (std::uint64_t number = 1; file.next_line(line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    records.at_line(number);
    JsonBytes bytes(line);
    std::uint64_t const before = writer.file().rows;
    auto const done = read_records(bytes, single, std::string(kSeparator), records);
    if (writer.stopped()) return false;
    if (done && writer.file().rows > before) continue;
    writer.skip_row({.row = number,
                     .rule = std::string(kSkippedRow),
                     .severity = Severity::error,
                     .text = shown_text(line, personal),
                     .reason = done ? "the line holds no record" : "the line is not valid JSON"});
  }
  if (file.too_long()) return failure(unreadable(name, "holds a line of more than 16 MB"));
  return true;
}

Result<bool> JsonSource::scan_file(std::string const& name, bool hash, ScanSink& records, RowWriter& writer) const {
  auto const shape = shape_of(name);
  if (!shape) return failure(shape.error());
  auto file = open(name);
  if (!file) return failure(file.error());
  auto facts = file_facts(context_, name, name, hash);
  if (!facts) return failure(facts.error());
  writer.start_file(std::move(*facts));
  if ((*file)->guessed_encoding())
    writer.find({.rule = std::string(kDetected),
                 .severity = Severity::note,
                 .text = *(*file)->guessed_encoding(),
                 .reason = fmt::format("the file is not UTF-8; it is read as {}", *(*file)->guessed_encoding())});
  if (shape->lines) {
    auto done = scan_lines(**file, name, *shape, records, writer);
    if (!(*file)->problems().empty()) return failure((*file)->problems());
    return done;
  }
  records.start_file(file_name(name), *shape);
  JsonBytes bytes([&](std::span<char> room) { return (*file)->read(room); });
  auto const done = read_records(bytes, *shape, std::string(kSeparator), records);
  if (!(*file)->problems().empty()) return failure((*file)->problems());
  if (!done) return failure(unreadable(name, done.error()));
  if (shape->single && writer.file().rows == 0)
    return failure(unreadable(name, "holds no record; an object or an array of objects was expected"));
  return !writer.stopped();
}

Result<ScanSummary> JsonSource::scan(ScanRequest const& request, BatchSink& sink) const {
  auto writer = RowWriter::make(dataset_, request, sink);
  if (!writer) return failure(writer.error());
  ScanSink records(dataset_, request, *writer);
  sink.begin(1);
  for (auto const& name : files_) {
    auto const more = scan_file(name, request.hash_files, records, *writer);
    if (!more) return failure(more.error());
    if (!*more || !writer->send()) return writer->take_summary();
  }
  Diagnostics problems;
  for (auto const& column : records.unseen(request))
    problems.push_back({.fault = Fault::data,
                        .code = "unknown-column",
                        .place = {.file = files_.front(), .field = column},
                        .message = fmt::format("no record of '{}' has '{}'", files_.front(), column),
                        .hint = suggestion(column, records.paths())});
  if (!problems.empty()) return failure(std::move(problems));
  return writer->take_summary();
}

}  // namespace

Result<std::unique_ptr<Source>> open_json_source(Dataset const& dataset, SourceContext const& context,
                                                 std::vector<std::string> files) {
  return std::make_unique<JsonSource>(dataset, context, std::move(files));
}

}  // namespace yekun
