#include "indicators/rule_run.h"

#include <algorithm>

#include "core/column_text.h"
#include "indicators/joined_rows.h"
#include "indicators/quality.h"
#include "indicators/quality_rules.h"

namespace yekun {
namespace {

/// The values of each "dataset.column" that the rules refer to.
Result<References> read_references(Dataset const& dataset, SourceCache& sources) {
  References out;
  for (auto const& name : references_of(dataset)) {
    auto const dot = name.find('.');
    auto const source = sources.open(name.substr(0, dot));
    if (!source) return failure(source.error());
    auto const table = read_table(**source, {name.substr(dot + 1)});
    if (!table) return failure(table.error());
    auto& values = out[name];
    for (std::size_t row = 0; row < table->rows(); ++row)
      if (table->columns.front().has(row)) values.insert(entry_text(table->columns.front(), row));
  }
  return out;
}

}  // namespace

Result<Findings> run_rules(Programme const& programme, Dataset const& dataset, SourceContext const& context) {
  if (dataset.rules.empty() && dataset.key.empty() && dataset.date.size() != 2) return Findings{};
  SourceCache sources(programme, context);
  auto const schema = sources.schema(dataset.id);
  if (!schema) return failure(schema.error());
  auto references = read_references(dataset, sources);
  if (!references) return failure(references.error());
  auto checker = QualityChecker::make(dataset, (*schema)->schema, std::move(*references));
  if (!checker) return failure(checker.error());
  auto const rows = JoinedRows::read(dataset, **schema, checker->needed(), sources);
  if (!rows) return failure(rows.error());
  QualityRows view;
  view.columns = rows->columns();
  view.rows = rows->table().row_in_file.size();
  view.file_of_row = rows->table().file_of_row;
  view.row_in_file = rows->table().row_in_file;
  view.files = rows->table().summary.files;
  if (auto const done = checker->accept(view); !done) return failure(done.error());
  return checker->finish();
}

tl::expected<void, Diagnostics> add_rule_findings(Programme const& programme, SourceContext const& context,
                                                  std::vector<DatasetFacts>& facts) {
  for (auto& one : facts) {
    auto const* dataset = programme.dataset(one.dataset);
    if (dataset == nullptr) continue;
    auto const findings = run_rules(programme, *dataset, context);
    if (!findings) return failure(findings.error());
    one.summary.findings.add(*findings);
  }
  return {};
}

}  // namespace yekun
