#include "indicators/engine.h"

#include <utility>

#include "indicators/census.h"
#include "indicators/combination_pass.h"
#include "indicators/partial_scan.h"
#include "indicators/row_scan.h"
#include "indicators/sql_scan.h"

namespace yekun {

IdTable& IdDomains::domain(std::string const& name) {
  auto& table = tables_[name];
  if (table == nullptr) table = std::make_unique<IdTable>(workers_);
  return *table;
}

void DateRange::include(std::optional<Date> from, std::optional<Date> to) {
  if (from && (!first || *from < *first)) first = from;
  if (to && (!last || *to > *last)) last = to;
}

namespace {

Result<std::unique_ptr<LookupTable>> read_lookup(LookupSpec const& spec, std::vector<std::string> const& columns,
                                                 SourceOpener& sources) {
  auto table = read_lookup_target(spec, columns, sources);
  if (!table) return failure(std::move(table.error()));
  auto lookup = LookupTable::make(spec, std::move(*table));
  if (!lookup) return failure(std::move(lookup.error()));
  return std::make_unique<LookupTable>(std::move(*lookup));
}

Diagnostic not_in_database(Dataset const& dataset, std::string const& reason) {
  auto out = refused_by_database(
      dataset.id, reason.empty() ? "some of its values only reading can judge (docs/databases.md names them)" : reason);
  out.place = dataset.source.place;
  return out;
}

}  // namespace

Result<std::vector<std::unique_ptr<LookupTable>>> read_lookups(Dataset const& dataset, CompiledPlan const& plan,
                                                               SourceOpener& sources) {
  std::vector<std::unique_ptr<LookupTable>> lookups;
  for (std::size_t i = 0; i < dataset.lookups.size(); ++i) {
    lookups.push_back(nullptr);
    if (plan.lookup_keys[i].empty()) continue;
    auto table = read_lookup(dataset.lookups[i], plan.lookup_columns[i], sources);
    if (!table) return failure(std::move(table.error()));
    lookups.back() = std::move(*table);
  }
  return lookups;
}

Result<DatasetScan> scan(Dataset const& dataset, CompiledPlan plan, SourceOpener& sources, IdDomains& ids,
                         ScanOptions const& options) {
  if (auto found = find_combinations(plan, dataset, sources, ids, options); !found)
    return failure(std::move(found.error()));
  DatasetScan out;
  out.plan = std::make_unique<CompiledPlan>(std::move(plan));
  auto source = sources.open(dataset.id);
  if (!source) return failure(std::move(source.error()));
  if (SqlTable const* const table = (*source)->sql(); table != nullptr) {
    auto const statements = compile_sql(dataset, *out.plan, *table, sources, options.facts);
    if (!statements) return failure(statements.error());
    auto const done = statements->reason.empty() ? scan_by_sql(*statements, *table, dataset, ids, out) : false;
    if (!done) return failure(done.error());
    if (*done) return out;
    if (dataset.source.computes_there) return failure({not_in_database(dataset, statements->reason)});
  }
  auto const known = scan_by_parts(dataset, **source, sources, ids, options, out);
  if (!known) return failure(known.error());
  if (*known) return out;
  auto lookups = read_lookups(dataset, *out.plan, sources);
  if (!lookups) return failure(std::move(lookups.error()));
  out.lookups = std::move(*lookups);
  auto rows = scan_rows(dataset, *out.plan, **source, out.lookups, tables_of(*out.plan, ids), request_of(options));
  if (!rows) return failure(std::move(rows.error()));
  out.workers = std::move(rows->workers);
  set_facts(dataset, std::move(rows->facts), out);
  return out;
}

Result<DateRange> date_range(Dataset const& dataset, RowSchema const& schema, SourceOpener& sources,
                             ScanOptions const& options) {
  DateRange range;
  if (dataset.date.empty()) return range;
  AggregationPlan plan;
  plan.dataset = dataset.id;
  plan.dates = dataset.date;
  auto compiled = compile(std::move(plan), schema, dataset);
  if (!compiled) return failure(std::move(compiled.error()));
  IdDomains none(1);
  ScanOptions plain = options;
  plain.hash_files = false;
  auto scanned = scan(dataset, std::move(*compiled), sources, none, plain);
  if (!scanned) return failure(std::move(scanned.error()));
  range.include(scanned->first, scanned->last);
  return range;
}

}  // namespace yekun
