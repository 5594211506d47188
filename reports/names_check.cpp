#include "reports/names_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/period.h"
#include "indicators/measure.h"
#include "indicators/resolve.h"
#include "reports/name_index.h"
#include "reports/programme_parts.h"
#include "reports/row_names.h"
#include "reports/texts_check.h"

namespace yekun {
namespace {

bool contains(std::vector<std::string> const& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class Checker {
 public:
  Checker(Programme const& programme, FoundColumns const& found) : index_(programme, found) {
    for (auto const& dataset : programme.datasets) {
      if (!index_.knows_columns(dataset)) continue;
      Diagnostics derived;
      names_.emplace(dataset.id, row_names(index_, dataset, derived));
      derived_.emplace(dataset.id, std::move(derived));
    }
  }

  void check(NameUse const& use);
  /// In a spec whose structure is wrong a column may be undeclared for that: dates are not blamed then.
  void trust_types(bool trusted) { types_trusted_ = trusted; }
  /// What uses this column is not blamed from here on.
  void break_column(NameUse const& column) {
    if (auto const names = names_.find(column.scope); names != names_.end()) names->second.broken.insert(column.name);
  }
  /// What may not be added, what does not say what happens over time, cycles: of indicators whose names are right.
  void check_meaning();
  SpecNotes notes{};
  NameIndex const& index() const { return index_; }

 private:
  void check_dataset(NameUse const& use);
  void check_column(NameUse const& use);
  void check_date(NameUse const& use);
  void check_dataset_column(NameUse const& use);
  void check_grouping(NameUse const& use);
  void check_indicator(NameUse const& use);
  void check_expression(NameUse const& use);
  void check_measure(NameUse const& use);
  void check_formula(NameUse const& use);
  void check_row_filter(NameUse const& use);
  void column_of(Dataset const& dataset, std::string const& name, Place const& place);
  void take(Diagnostics const& more) { notes.problems.insert(notes.problems.end(), more.begin(), more.end()); }

  NameIndex index_;
  bool types_trusted_ = true;
  std::map<std::string, RowNames> names_{};       // of the datasets whose columns are known
  std::map<std::string, Diagnostics> derived_{};  // mistakes of derived columns
};

void Checker::check(NameUse const& use) {
  switch (use.kind) {
    case NameKind::dataset:
      return check_dataset(use);
    case NameKind::column:
      return check_column(use);
    case NameKind::date:
      return check_date(use);
    case NameKind::dataset_column:
      return check_dataset_column(use);
    case NameKind::dimension:
    case NameKind::grouping:
      return check_grouping(use);
    case NameKind::indicator:
      return check_indicator(use);
    case NameKind::expression:
      return check_expression(use);
    case NameKind::measure:
      return check_measure(use);
    case NameKind::formula:
      return check_formula(use);
    case NameKind::row_filter:
      return check_row_filter(use);
  }
}

void Checker::check_dataset(NameUse const& use) {
  if (index_.programme().dataset(use.name) != nullptr) return;
  notes.error(use.place, "unknown-dataset", fmt::format("unknown dataset '{}'", use.name),
              suggestion(use.name, index_.dataset_ids()));
}

void Checker::column_of(Dataset const& dataset, std::string const& name, Place const& place) {
  if (!index_.knows_columns(dataset) || index_.column(dataset, name)) return;
  std::vector<std::string> known;
  for (auto const& column : index_.columns(dataset)) known.push_back(column.name);
  notes.error(place, "unknown-column", fmt::format("column '{}' is not in {}", name, index_.source_name(dataset)),
              suggestion(name, known));
}

/// A declared column must be in the source itself; all others may be looked up or derived.
void Checker::check_column(NameUse const& use) {
  auto const* dataset = index_.programme().dataset(use.scope);
  if (dataset == nullptr || index_.found().by_dataset.count(use.scope) == 0) return;
  auto const* declared = dataset->column(use.name);
  if (declared == nullptr) return column_of(*dataset, use.name, use.place);
  auto const known = index_.source_columns(*dataset);
  if (contains(known, use.name)) return;
  auto const& heading = declared->from.empty() ? use.name : declared->from;
  notes.error(use.place, "unknown-column",
              fmt::format("column '{}' is not in {}", heading, index_.source_name(*dataset)),
              suggestion(heading, known));
  break_column({NameKind::column, nearest(heading, known), use.scope, use.place});
}

/// What is compared with days must be declared as one: an undeclared column is text.
void Checker::check_date(NameUse const& use) {
  auto const before = notes.problems.size();
  check_column(use);
  auto const names = names_.find(use.scope);
  if (!types_trusted_ || notes.problems.size() > before || names == names_.end()) return;
  if (names->second.broken.count(use.name) != 0) return;
  auto const* dataset = index_.programme().dataset(use.scope);
  auto const at = find_column(names->second.schema, use.name);
  if (!at || names->second.schema.columns[*at].type == Type::date) return;
  auto const type = to_text(names->second.schema.columns[*at].type);
  bool const own = contains(index_.source_columns(*dataset), use.name);
  bool const declared = !own || dataset->column(use.name) != nullptr;
  notes.error(use.place, "not-a-date",
              fmt::format("column '{}' of '{}' must be a date, but it is {}", use.name, use.scope,
                          declared ? type : "not declared"),
              own ? fmt::format("declare it: \"columns\": {{\"{}\": \"date\"}}", use.name)
                  : "name a column that is declared as a date");
}

void Checker::check_dataset_column(NameUse const& use) {
  auto const parts = split_dataset_columns(use.name);
  if (parts.dataset.empty()) {
    notes.error(use.place, "bad-name", fmt::format("'{}' is not a dataset and its column", use.name),
                "write \"dataset.column\"");
    return;
  }
  auto const* dataset = index_.programme().dataset(parts.dataset);
  if (dataset == nullptr) return check_dataset({NameKind::dataset, parts.dataset, {}, use.place});
  for (auto const& column : parts.columns) column_of(*dataset, column, use.place);
}

void Checker::check_grouping(NameUse const& use) {
  if (index_.programme().dimension(use.name) != nullptr) return;
  if (use.kind == NameKind::grouping && (use.name == "period" || parse_period_kind(use.name))) return;
  std::vector<std::string> known = index_.dimension_ids();
  bool all_known = true;
  for (auto const& dataset : index_.programme().datasets) {
    all_known = all_known && index_.knows_columns(dataset);
    auto const column = index_.column(dataset, use.name);
    if (column && column->personal) {
      notes.error(use.place, "personal-column",
                  fmt::format("column '{}' of '{}' is personal and cannot be shown", use.name, dataset.id),
                  "it may be counted and filtered by");
      return;
    }
    if (column) return;
    for (auto const& one : index_.columns(dataset))
      if (!one.personal) known.push_back(one.name);
  }
  if (!all_known) return;  // it may be a column of a source that could not be opened
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  if (use.kind == NameKind::grouping) known.insert(known.end(), {"period", "month", "quarter", "year"});
  notes.error(use.place, "unknown-dimension", fmt::format("'{}' is neither a dimension nor a column", use.name),
              suggestion(use.name, known));
}

void Checker::check_indicator(NameUse const& use) {
  if (index_.programme().indicator(use.name) != nullptr) return;
  notes.error(use.place, "unknown-indicator", fmt::format("unknown indicator '{}'", use.name),
              suggestion(use.name, index_.indicator_ids()));
}

/// Of one dataset; without a scope, of any dataset that has its columns: then the nearest miss is reported.
void Checker::check_expression(NameUse const& use) {
  auto const parsed = parse(use.name, use.place);
  if (!parsed) return take(parsed.error());
  if (!use.scope.empty()) {
    auto const names = names_.find(use.scope);
    if (names == names_.end()) return;
    auto const* dataset = index_.programme().dataset(use.scope);
    bool const derived = std::any_of(dataset->derived.begin(), dataset->derived.end(), [&](DerivedColumn const& one) {
      return one.place.line == use.place.line && one.place.column == use.place.column;
    });
    return take(derived ? derived_.at(use.scope) : expression_mistakes(*parsed, names->second, false));
  }
  std::optional<Diagnostics> best;
  for (auto const& [dataset, names] : names_) {
    auto mistakes = expression_mistakes(*parsed, names, false);
    if (!best || mistakes.size() < best->size()) best = std::move(mistakes);
  }
  if (best && names_.size() == index_.programme().datasets.size()) take(*best);
}

void Checker::check_measure(NameUse const& use) {
  auto const parsed = parse_measure(use.name, use.place);
  if (!parsed) return take(parsed.error());
  auto const names = names_.find(use.scope);
  if (names == names_.end()) return;
  auto const bound = bind(*parsed, names->second.schema);
  if (!bound && !uses_broken(*parsed, names->second)) take(bound.error());
}

/// Names of a formula are indicators; a name in a text constant (an argument of previous()) is none.
void Checker::check_formula(NameUse const& use) {
  auto const parsed = parse(use.name, use.place);
  if (!parsed) return take(parsed.error());
  for (auto const& name : columns_of(parsed->root)) {
    if (index_.programme().indicator(name) != nullptr) continue;
    auto const at = use.name.find(name);
    auto place = use.place;
    if (at != std::string::npos) place.column += at;
    check_indicator({NameKind::indicator, name, {}, place});
  }
}

void Checker::check_row_filter(NameUse const& use) {
  auto const parsed = parse(use.name, use.place);
  if (!parsed) return take(parsed.error());
  if (!use.scope.empty()) {
    auto const names = names_.find(use.scope);
    return names == names_.end() ? void() : take(expression_mistakes(*parsed, names->second, true));
  }
  std::optional<Diagnostics> best;
  for (auto const& [dataset, names] : names_) {
    auto mistakes = expression_mistakes(*parsed, names, true);
    if (!best || mistakes.size() < best->size()) best = std::move(mistakes);
  }
  if (best && names_.size() == index_.programme().datasets.size()) take(*best);
}

void Checker::check_meaning() {
  Schemas schemas;
  for (auto const& [dataset, names] : names_) schemas.emplace(dataset, names.schema);
  for (auto const& indicator : index_.programme().indicators) {
    if (!indicator.dataset.empty() && schemas.count(indicator.dataset) == 0) return;
    for (auto const& part : indicator.union_of)
      if (schemas.count(split_dataset_columns(part).dataset) == 0) return;
  }
  auto const graph = resolve_indicators(index_.programme(), schemas);
  if (graph) return;
  auto const before = notes.problems;
  for (auto const& problem : graph.error()) {
    bool const known = std::any_of(before.begin(), before.end(), [&](Diagnostic const& one) {
      return one.place.line == problem.place.line || one.code == "unknown-column";
    });
    if (!known) notes.problems.push_back(problem);
  }
}

Diagnostics finish(Checker& checker, Diagnostics problems, std::string const& file, std::string const& text) {
  problems.insert(problems.end(), checker.notes.problems.begin(), checker.notes.problems.end());
  finish_diagnostics(problems, file, text);
  return problems;
}

}  // namespace

Diagnostics check_names(ParsedProgramme const& parsed, FoundColumns const& found) {
  Checker checker(parsed.programme, found);
  for (auto const& column : parsed.notes.broken) checker.break_column(column);
  checker.trust_types(!has_errors(parsed.notes.problems));
  for (auto const& use : parsed.notes.names) checker.check(use);
  if (!has_errors(parsed.notes.problems)) checker.check_meaning();
  for (auto const& dimension : parsed.programme.dimensions)
    if (dimension.of.empty() && dimension.levels.empty() && !checker.index().column_anywhere(dimension.id))
      checker.notes.error(
          dimension.place, "unknown-column",
          fmt::format("dimension '{}' has no 'of', and no dataset has a column of that name", dimension.id));
  for (auto const& use : parsed.notes.texts)
    check_text(use, parsed.programme.languages, parsed.programme, {}, checker.notes);
  return finish(checker, parsed.notes.problems, parsed.programme.file, parsed.text);
}

Diagnostics check_names(ParsedReport const& parsed, FoundColumns const& found) {
  if (!parsed.programme) return parsed.notes.problems;
  auto const& programme = parsed.programme->programme;
  Checker checker(programme, found);
  for (auto const& use : parsed.notes.names) checker.check(use);
  auto const& languages = parsed.report.languages.empty() ? programme.languages : parsed.report.languages;
  std::vector<std::string> sections;
  for (auto const& section : parsed.report.sections)
    if (!section.id.empty()) sections.push_back(section.id);
  for (auto const& use : parsed.notes.texts) check_text(use, languages, programme, sections, checker.notes);
  for (auto const& language : parsed.report.languages)
    if (!contains(programme.languages, language) && contains({std::begin(kLanguages), std::end(kLanguages)}, language))
      checker.notes.error(parsed.report.place, "missing-language",
                          fmt::format("language '{}' is not among the programme's", language),
                          "add it to 'languages' of the programme, and its texts");
  if (parsed.report.workbook_level == "rows" && programme.disclosure.threshold)
    checker.notes.error(parsed.report.workbook_place, "rows-under-threshold",
                        "'rows' would show what the programme's disclosure threshold suppresses",
                        "choose 'cells', or take the threshold out of the programme");
  return finish(checker, parsed.notes.problems, parsed.report.file, parsed.text);
}

}  // namespace yekun
