// The appendix: quality of the data, definitions, provenance.
#include <algorithm>

#include "reports/composer.h"
#include "reports/rule_words.h"

namespace yekun {

namespace {

constexpr std::size_t kExamples = 3;  // findings named for each rule and column

Cell count_cell(std::uint64_t count, Locale const& locale) {
  Cell cell;
  cell.text = locale.whole(static_cast<std::int64_t>(count));
  cell.value = Value::of(static_cast<std::int64_t>(count));
  return cell;
}

/// "stays.csv, row 12: '2025-13-01'". Findings never hold personal text: loaders mask it.
std::string example_text(Finding const& finding, Catalogue const& catalogue) {
  MessageArguments const arguments{{"file", finding.file},
                                   {"row", std::to_string(finding.row)},  // a place, not a quantity: no grouping
                                   {"text", finding.text}};
  if (finding.row == 0) return finding.file;
  return catalogue.text(finding.text.empty() ? "report.quality.at" : "report.quality.example", arguments);
}

std::string severity_text(Severity severity, Catalogue const& catalogue) {
  if (severity == Severity::error) return catalogue.text("label.error");
  return catalogue.text(severity == Severity::warning ? "label.warning" : "label.note");
}

/// What a rule is called: the author's message for rules of the spec, else the catalogue's words.
std::string rule_name(Dataset const* dataset, std::string const& rule, Catalogue const& catalogue) {
  if (dataset != nullptr)
    for (auto const& one : dataset->rules)
      if (one.id == rule && !text_in(one.message, catalogue.locale().language()).empty())
        return std::string(text_in(one.message, catalogue.locale().language()));
  std::string key = "report.finding." + rule;
  std::replace(key.begin(), key.end(), '-', '_');
  return catalogue.has(key) ? catalogue.text(key) : rule;
}

TableColumn column(std::string heading, ColumnRole role, std::string key) {
  return {std::move(heading), "", role, {}, std::move(key)};
}

TableRow finding_row(DatasetFacts const& facts, std::pair<std::string, std::string> const& kind, std::uint64_t count,
                     Dataset const* dataset, Catalogue const& catalogue) {
  std::vector<std::string> examples;
  Severity severity = Severity::warning;
  for (auto const& finding : facts.summary.findings.listed) {
    if (finding.rule != kind.first || finding.column != kind.second) continue;
    severity = finding.severity;
    if (examples.size() < kExamples) examples.push_back(example_text(finding, catalogue));
  }
  std::string listed;
  for (auto const& example : examples) listed += (listed.empty() ? "" : "; ") + example;
  if (count > examples.size() && !examples.empty()) listed += " …";
  return {RowKind::data,
          0,
          {words(facts.dataset), words(rule_name(dataset, kind.first, catalogue)), words(kind.second),
           words(severity_text(severity, catalogue)), count_cell(count, catalogue.locale()), words(listed)}};
}

}  // namespace

void Composer::add_data_quality(DataQualitySection const& content) {
  auto const wanted = [&](DatasetFacts const& facts) {
    return content.datasets.empty() ||
           std::find(content.datasets.begin(), content.datasets.end(), facts.dataset) != content.datasets.end();
  };
  TableBlock summary;
  summary.kind = TableKind::completeness;
  summary.title = text("report.quality.read");
  summary.columns = {column(text("label.dataset"), ColumnRole::label, "dataset"),
                     column(text("heading.files"), ColumnRole::number, "files"),
                     column(text("label.rows"), ColumnRole::number, "rows"),
                     column(text("report.quality.skipped"), ColumnRole::number, "skipped"),
                     column(text("report.quality.undated"), ColumnRole::number, "undated"),
                     column(text("report.quality.unmatched"), ColumnRole::number, "unmatched"),
                     column(text("heading.findings"), ColumnRole::number, "findings")};
  TableBlock findings;
  findings.kind = TableKind::data_quality;
  findings.title = text("report.quality.found");
  findings.columns = {column(text("label.dataset"), ColumnRole::label, "dataset"),
                      column(text("report.quality.finding"), ColumnRole::text, "rule"),
                      column(text("label.column"), ColumnRole::text, "column"),
                      column(text("label.severity"), ColumnRole::text, "severity"),
                      column(text("label.count"), ColumnRole::number, "count"),
                      column(text("report.quality.examples"), ColumnRole::text, "examples")};
  for (auto const& facts : answers_.datasets) {
    if (!wanted(facts)) continue;
    std::uint64_t skipped = 0;
    for (auto const& file : facts.summary.files) skipped += file.skipped;
    summary.rows.push_back({RowKind::data,
                            0,
                            {words(facts.dataset), count_cell(facts.summary.files.size(), locale_),
                             count_cell(facts.summary.rows, locale_), count_cell(skipped, locale_),
                             count_cell(facts.rows_undated, locale_), count_cell(facts.unmatched_lookups, locale_),
                             count_cell(facts.summary.findings.total, locale_)}});
    for (auto const& [kind, count] : facts.summary.findings.counts)
      findings.rows.push_back(finding_row(facts, kind, count, programme_.dataset(facts.dataset), catalogue_));
  }
  if (summary.rows.empty()) return;
  summary.notes.push_back(text("report.quality.undated_note"));
  number_table(summary);
  document_.blocks.emplace_back(std::move(summary));
  if (findings.rows.empty()) {
    Paragraph nothing{ParagraphKind::note, 0, 0, {TextRun{text("quality.none")}}};
    document_.blocks.emplace_back(Narrative{{std::move(nothing)}});
    return;
  }
  number_table(findings);
  document_.blocks.emplace_back(std::move(findings));
}

void Composer::add_definitions(DefinitionsSection const& content) {
  std::vector<std::string> const& ids = content.indicators.empty() ? shown_ : content.indicators;
  TableBlock table;
  table.kind = TableKind::definitions;
  table.title = text("heading.definitions");
  table.columns = {column(text("heading.indicator"), ColumnRole::label, "indicator"),
                   column(text("report.column.meaning"), ColumnRole::text, "meaning"),
                   column(text("report.column.rule"), ColumnRole::text, "rule"),
                   column(text("label.unit"), ColumnRole::text, "unit"),
                   column(text("report.column.direction"), ColumnRole::text, "direction")};
  bool described = false;
  for (auto const& id : ids) {
    Indicator const* indicator = programme_.indicator(id);
    if (indicator == nullptr) continue;
    std::string const description(text_in(indicator->description, locale_.language()));
    described = described || !description.empty();
    table.rows.push_back(
        {RowKind::data,
         0,
         {words(label(id)), words(description), words(rule_in_words(*indicator, programme_, catalogue_)),
          words(unit_heading(indicator->unit.id, catalogue_)),
          words(direction_in_words(indicator->direction, catalogue_))}});
  }
  if (table.rows.empty()) return;
  if (!described) {
    table.columns.erase(table.columns.begin() + 1);
    for (auto& row : table.rows) row.cells.erase(row.cells.begin() + 1);
  }
  number_table(table);
  document_.blocks.emplace_back(std::move(table));
}

void Composer::add_provenance() {
  TableBlock table;
  table.kind = TableKind::provenance;
  table.title = text("heading.provenance");
  table.columns = {
      column(text("label.file"), ColumnRole::label, "file"), column(text("label.rows"), ColumnRole::number, "rows"),
      column(text("label.size"), ColumnRole::number, "bytes"), column("SHA-256", ColumnRole::text, "sha256")};
  for (auto const& file : document_.provenance.files)
    table.rows.push_back(
        {RowKind::data,
         0,
         {words(file.name), count_cell(file.rows, locale_), count_cell(file.bytes, locale_), words(file.sha256)}});
  Provenance const& from = document_.provenance;
  if (!from.version.empty()) table.notes.push_back(text("label.made_with", {{"version", from.version}}));
  if (!from.command.empty()) table.notes.push_back(text("report.provenance.command", {{"command", from.command}}));
  if (!from.spec_sha256.empty()) table.notes.push_back(text("report.provenance.spec", {{"sha256", from.spec_sha256}}));
  bool const hashed =
      std::any_of(from.files.begin(), from.files.end(), [](auto const& f) { return !f.sha256.empty(); });
  if (!hashed) {
    table.columns.pop_back();
    for (auto& row : table.rows) row.cells.pop_back();
  }
  number_table(table);
  document_.blocks.emplace_back(std::move(table));
}

}  // namespace yekun
