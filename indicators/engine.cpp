#include "indicators/engine.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "indicators/census.h"
#include "indicators/combination_pass.h"
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

class Sink final : public BatchSink {
 public:
  Sink(CompiledPlan const& plan, std::vector<LookupTable const*> lookups, std::vector<IdTable*> ids)
      : plan_(plan), lookups_(std::move(lookups)), ids_(std::move(ids)) {}
  void begin(unsigned workers) override {
    for (unsigned w = 0; w < workers; ++w) workers_.push_back(std::make_unique<ScanWorker>(plan_, lookups_, ids_, w));
  }
  bool accept(Batch& batch) override {
    bool const well = workers_[batch.worker]->accept(batch);
    if (!well) failed_.store(true, std::memory_order_relaxed);
    return !failed_.load(std::memory_order_relaxed);
  }
  std::vector<std::unique_ptr<ScanWorker>> take() { return std::move(workers_); }

 private:
  CompiledPlan const& plan_;
  std::vector<LookupTable const*> lookups_;
  std::vector<IdTable*> ids_;
  std::vector<std::unique_ptr<ScanWorker>> workers_{};
  std::atomic<bool> failed_{false};
};

Result<std::unique_ptr<LookupTable>> read_lookup(LookupSpec const& spec, std::vector<std::string> const& columns,
                                                 SourceOpener& sources) {
  auto table = read_lookup_target(spec, columns, sources);
  if (!table) return failure(std::move(table.error()));
  auto lookup = LookupTable::make(spec, std::move(*table));
  if (!lookup) return failure(std::move(lookup.error()));
  return std::make_unique<LookupTable>(std::move(*lookup));
}

std::vector<UnmatchedLookup> unmatched_of(DatasetScan const& scan, Dataset const& dataset) {
  std::vector<UnmatchedLookup> all;
  for (std::size_t i = 0; i < dataset.lookups.size(); ++i) {
    if (scan.lookups[i] == nullptr) continue;
    UnmatchedLookup one{dataset.lookups[i].name, 0, {}};
    std::vector<std::pair<std::uint64_t, std::string>> examples;
    for (auto const& worker : scan.workers) {
      LookupFinder const& finder = *worker->values().finders()[i];
      one.rows += finder.unmatched();
      examples.insert(examples.end(), finder.examples().begin(), finder.examples().end());
    }
    std::sort(examples.begin(), examples.end());
    auto const& columns = dataset.lookups[i].columns;
    bool const personal = std::any_of(columns.begin(), columns.end(), [&](std::string const& name) {
      ColumnSpec const* const spec = dataset.column(name);
      return spec != nullptr && spec->personal;
    });
    for (auto& [order, key] : examples)
      if (!personal && one.examples.size() < LookupFinder::kListed &&
          std::find(one.examples.begin(), one.examples.end(), key) == one.examples.end())
        one.examples.push_back(std::move(key));
    if (one.rows > 0) all.push_back(std::move(one));
  }
  return all;
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
  }
  auto tables_read = read_lookups(dataset, *out.plan, sources);
  if (!tables_read) return failure(std::move(tables_read.error()));
  out.lookups = std::move(*tables_read);
  std::vector<LookupTable const*> lookups;
  for (auto const& lookup : out.lookups) lookups.push_back(lookup.get());
  std::vector<IdTable*> tables;
  for (auto const& domain : out.plan->domains) tables.push_back(&ids.domain(domain));

  ScanRequest request;
  for (auto const& read : out.plan->reads)
    request.columns.push_back({out.plan->schema.origins[read.schema_column].column, read.form});
  request.threads = options.threads;
  request.hash_files = options.hash_files;
  request.batch_rows = options.batch_rows;
  Sink sink(*out.plan, lookups, tables);
  auto summary = (*source)->scan(request, sink);
  out.workers = sink.take();
  for (auto const& worker : out.workers)
    if (worker->values().failed()) return failure(worker->values().take_errors());
  if (!summary) return failure(std::move(summary.error()));
  out.summary = std::move(*summary);
  for (auto const& worker : out.workers) {
    out.undated += worker->undated();
    if (worker->first_day() > worker->last_day()) continue;
    DateRange range{out.first, out.last};
    range.include(Date{worker->first_day()}, Date{worker->last_day()});
    out.first = range.first;
    out.last = range.last;
  }
  out.unmatched = unmatched_of(out, dataset);
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
