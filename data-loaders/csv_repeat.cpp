#include "data-loaders/csv_repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>

#include "core/utf8.h"
#include "data-loaders/csv_source.h"
#include "data-loaders/file_facts.h"
#include "data-loaders/file_list.h"
#include "data-loaders/submission_join.h"
#include "data-loaders/wanted_columns.h"
#include "data-loaders/zip_text.h"

namespace yekun {
namespace fs = std::filesystem;
namespace {

/// How a survey's tool writes the keys of its tables.
struct Survey {
  std::string_view parent;                  // in a repeat: the submission's key
  std::string_view key;                     // in the submissions
  std::array<std::string_view, 2> markers;  // a repeat has one of them, too
  bool nested;
};
constexpr std::array<Survey, 2> kSurveys{
    {{"_submission__uuid", "_uuid", {"_parent_index", "_parent_table_name"}, false},
     {"PARENT_KEY", "KEY", {"KEY", "KEY"}, true}}};

/// What the dataset calls the column with this heading.
std::string name_of(Dataset const& dataset, std::string_view heading) {
  for (auto const& column : dataset.columns)
    if (clean(column.from) == heading) return column.name;
  return std::string(heading);
}

bool has(std::vector<FoundColumn> const& columns, std::string const& name) {
  return std::any_of(columns.begin(), columns.end(), [&](auto const& column) { return column.name == name; });
}

Survey const* survey_of(Dataset const& dataset, std::vector<FoundColumn> const& columns) {
  for (auto const& survey : kSurveys) {
    auto const marked = [&](std::string_view marker) { return has(columns, name_of(dataset, marker)); };
    if (has(columns, name_of(dataset, survey.parent)) &&
        std::any_of(survey.markers.begin(), survey.markers.end(), marked))
      return &survey;
  }
  return nullptr;
}

/// A file's name or a member's, without folders, packing and ending; and the ending.
struct TableName {
  std::string stem;
  std::string ending;
};
TableName table_name(std::string const& path) {
  std::string name = file_name(path);
  for (std::string_view const packed : {".gz", ".zst"})
    if (lower(name).ends_with(packed)) name.resize(name.size() - packed.size());
  auto const dot = std::min(name.rfind('.'), name.size());
  return {name.substr(0, dot), lower(name.substr(dot))};
}

/// A table that may hold the submissions: a file, or a table of a zip file.
struct TablePlace {
  std::string file;
  std::string sheet;
};

/// "form-children" of "form": what follows is no more of the same word.
bool continues(std::string_view name, std::string_view beginning) {
  return name.starts_with(beginning) && name.size() > beginning.size() &&
         std::string_view("-_ .(").find(name[beginning.size()]) != std::string_view::npos;
}

class RepeatSource final : public Source {
 public:
  RepeatSource(std::unique_ptr<Source> own, Dataset dataset, SourceContext context, std::vector<std::string> files)
      : own_(std::move(own)), dataset_(std::move(dataset)), context_(std::move(context)), files_(std::move(files)) {}

  Result<std::vector<FoundColumn>> columns() const override;
  Result<ScanSummary> scan(ScanRequest const& request, BatchSink& sink) const override;
  std::vector<SourceFile> files() const override;
  bool reads_apart() const override { return true; }

 private:
  struct Main {
    std::unique_ptr<Source> source{};
    std::vector<std::string> names{};  // its columns that the repeat lacks
    std::vector<std::string> files{};
    std::string key{};
    std::vector<Finding> notes{};  // why there is none
  };
  Main const& main(Survey const& survey, std::vector<FoundColumn> const& own) const;
  std::vector<TablePlace> candidates(std::string const& file) const;
  std::optional<Dataset> submissions_of(std::string const& file, Survey const& survey, Main& main) const;
  bool holds_submissions(Dataset const& dataset, Survey const& survey) const;
  Dataset dataset_at(TablePlace const& place) const;
  Result<ScanSummary> scan_joined(Survey const& survey, Main const& main, ScanRequest const& request,
                                  BatchSink& sink) const;
  Result<SubmissionTable> read_submissions(Main const& main, std::vector<std::string> columns, bool hash,
                                           std::vector<FileFacts>& files) const;

  std::unique_ptr<Source> own_;
  Dataset dataset_;
  SourceContext context_;
  std::vector<std::string> files_;
  mutable std::optional<Main> main_{};  // looked for once
};

/// The tables beside a file, or in it.
std::vector<TablePlace> RepeatSource::candidates(std::string const& file) const {
  std::vector<TablePlace> found;
  std::string const path = full_path(context_, file);
  if (lower(file).ends_with(".zip")) {
    auto const tables = zip_tables(path);
    if (!tables) return found;
    auto const own = choose_table(*tables, dataset_.source.sheet);
    for (auto const& table : *tables)
      if (own && table != *own) found.push_back({file, table});
    return found;
  }
  std::string const ending = table_name(file).ending;
  std::error_code error;
  for (auto it = fs::directory_iterator(fs::path(path).parent_path(), error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    std::string const name = it->path().filename().string();
    std::string other = (fs::path(file).parent_path() / name).generic_string();
    bool const is_own = std::find(files_.begin(), files_.end(), other) != files_.end();
    if (!is_own && table_name(name).ending == ending && !name.starts_with('.')) found.push_back({std::move(other), ""});
  }
  std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.file < b.file; });
  return found;
}

Dataset RepeatSource::dataset_at(TablePlace const& place) const {
  Dataset dataset = dataset_;
  dataset.source.files = {place.file};
  dataset.source.sheet = place.sheet;
  dataset.source.file_column.clear();
  return dataset;
}

bool RepeatSource::holds_submissions(Dataset const& dataset, Survey const& survey) const {
  auto files = find_files(dataset.source, context_);
  if (!files) return false;
  auto const source = open_csv_source(dataset, context_, std::move(*files));
  Result<std::vector<FoundColumn>> const columns =
      source ? (*source)->columns() : Result<std::vector<FoundColumn>>(failure(source.error()));
  return columns && has(*columns, name_of(dataset, survey.key)) && !has(*columns, name_of(dataset, survey.parent));
}

/// The table of whose name this one's is a continuation, else the only one that has submissions.
std::optional<Dataset> RepeatSource::submissions_of(std::string const& file, Survey const& survey, Main& main) const {
  auto places = candidates(file);
  auto const stem = [](TablePlace const& place) {
    return table_name(place.sheet.empty() ? place.file : place.sheet).stem;
  };
  std::string own = table_name(file).stem;
  if (lower(file).ends_with(".zip"))
    if (auto const tables = zip_tables(full_path(context_, file)))
      own = table_name(choose_table(*tables, dataset_.source.sheet).value_or("")).stem;
  std::stable_sort(places.begin(), places.end(),
                   [&](auto const& a, auto const& b) { return stem(a).size() > stem(b).size(); });
  std::vector<Dataset> others;
  for (auto const& place : places) {
    Dataset dataset = dataset_at(place);
    if (!holds_submissions(dataset, survey)) continue;
    if (continues(own, stem(place))) return dataset;
    others.push_back(std::move(dataset));
  }
  if (others.size() == 1) return std::move(others.front());
  main.notes.push_back(
      {.dataset = dataset_.id,
       .file = file,
       .column = name_of(dataset_, survey.parent),
       .rule = "no-submissions",
       .severity = Severity::warning,
       .reason = others.empty()
                     ? fmt::format("these are repeats of a survey, but no table with a column '{}' stands beside them; "
                                   "they are read without the columns of their submissions",
                                   survey.key)
                     : fmt::format("these are repeats of a survey, but {} tables beside them have a column '{}' and "
                                   "none is called as this one begins; they are read without the columns of their "
                                   "submissions",
                                   others.size(), survey.key)});
  return std::nullopt;
}

RepeatSource::Main const& RepeatSource::main(Survey const& survey, std::vector<FoundColumn> const& own) const {
  if (main_) return *main_;
  Main main{.key = name_of(dataset_, survey.key)};
  std::optional<Dataset> all;
  for (auto const& file : files_) {
    auto one = submissions_of(file, survey, main);
    if (!one) continue;
    auto const& found = one->source.files.front();
    if (std::find(main.files.begin(), main.files.end(), found) == main.files.end()) main.files.push_back(found);
    if (!all) all = std::move(one);
  }
  if (all) {
    auto source = open_csv_source(*all, context_, main.files);
    Result<std::vector<FoundColumn>> const columns =
        source ? (*source)->columns() : Result<std::vector<FoundColumn>>(failure(source.error()));
    if (columns)
      for (auto const& column : *columns)
        if (!has(own, column.name)) main.names.push_back(column.name);
    if (source) main.source = std::move(*source);
  }
  return main_.emplace(std::move(main));
}

Result<std::vector<FoundColumn>> RepeatSource::columns() const {
  auto found = own_->columns();
  if (!found) return found;
  auto const* const survey = survey_of(dataset_, *found);
  if (survey == nullptr) return found;
  auto const& joined = main(*survey, *found);
  for (auto const& name : joined.names) found->push_back({name, {.file = joined.files.front(), .field = name}});
  return found;
}

/// Repeats depend on the tables beside them.
std::vector<SourceFile> RepeatSource::files() const {
  auto const found = own_->columns();
  return found && survey_of(dataset_, *found) == nullptr ? own_->files() : std::vector<SourceFile>{};
}

Result<SubmissionTable> RepeatSource::read_submissions(Main const& main, std::vector<std::string> columns, bool hash,
                                                       std::vector<FileFacts>& files) const {
  columns.insert(columns.begin(), main.key);
  auto table = read_table(*main.source, columns);
  if (!table) return failure(table.error());
  for (auto facts : table->summary.files) {
    auto const hashed = file_facts(context_, facts.name, facts.name, hash);
    if (hashed) facts.sha256 = hashed->sha256;
    if (std::find(files_.begin(), files_.end(), facts.name) == files_.end()) files.push_back(std::move(facts));
  }
  return SubmissionTable(std::move(*table));
}

Result<ScanSummary> RepeatSource::scan_joined(Survey const& survey, Main const& main, ScanRequest const& request,
                                              BatchSink& sink) const {
  std::string const key = name_of(dataset_, survey.parent);
  auto const* const declared = dataset_.column(key);
  JoinPlan plan{.nested = survey.nested,
                .row_numbers = request.row_numbers,
                .unmatched = {.dataset = dataset_.id,
                              .column = key,
                              .rule = "unmatched-submission",
                              .reason = "there is no such submission; its columns are missing here"},
                .personal = declared != nullptr && declared->personal,
                .files = files_};
  ScanRequest own = request;
  own.columns.clear();
  own.row_numbers = true;
  std::vector<std::string> wanted;
  for (auto const& column : request.columns) {
    bool const joined = std::find(main.names.begin(), main.names.end(), column.name) != main.names.end();
    plan.columns.push_back({joined, joined ? wanted.size() : own.columns.size(), column.form});
    if (joined)
      wanted.push_back(column.name);
    else
      own.columns.push_back(column);
  }
  plan.key = own.columns.size();
  own.columns.push_back({.name = key});
  std::vector<FileFacts> files;
  auto submissions = read_submissions(main, wanted, request.hash_files, files);
  if (!submissions) return failure(submissions.error());
  auto const shared = std::make_shared<SubmissionTable const>(std::move(*submissions));
  JoinSink join(plan, shared, sink);
  auto summary = own_->scan(own, join);
  if (!summary) return summary;
  summary->files.insert(summary->files.end(), files.begin(), files.end());
  summary->findings.add(shared->summary().findings);
  if (shared->doubled() > 0)
    summary->findings.add({.dataset = dataset_.id,
                           .file = main.files.front(),
                           .column = main.key,
                           .rule = "doubled-submission",
                           .reason = fmt::format("{} rows repeat the {} of a row before them; the first is joined",
                                                 shared->doubled(), survey.key)});
  summary->findings.add(join.findings());
  return summary;
}

Result<ScanSummary> RepeatSource::scan(ScanRequest const& request, BatchSink& sink) const {
  auto const own = own_->columns();
  if (!own) return failure(own.error());
  auto const* const survey = survey_of(dataset_, *own);
  if (survey == nullptr) return own_->scan(request, sink);
  auto const& joined = main(*survey, *own);
  bool const wanted = std::any_of(request.columns.begin(), request.columns.end(), [&](auto const& column) {
    return std::find(joined.names.begin(), joined.names.end(), column.name) != joined.names.end();
  });
  auto summary = wanted ? scan_joined(*survey, joined, request, sink) : own_->scan(request, sink);
  if (summary)
    for (auto const& note : joined.notes) summary->findings.add(note);
  return summary;
}

}  // namespace

Result<std::unique_ptr<Source>> open_csv_repeat(Dataset const& dataset, SourceContext const& context,
                                                std::vector<std::string> files) {
  auto own = open_csv_source(dataset, context, files);
  bool const piped = std::find(files.begin(), files.end(), "-") != files.end();
  if (!own || piped) return own;
  return std::make_unique<RepeatSource>(std::move(*own), dataset, context, std::move(files));
}

}  // namespace yekun
