#include "indicators/row_scan.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace yekun {

namespace {

class Sink final : public BatchSink {
 public:
  Sink(CompiledPlan const& plan, std::vector<LookupTable const*> lookups, std::vector<IdTable*> ids,
       unsigned first_worker)
      : plan_(plan), lookups_(std::move(lookups)), ids_(std::move(ids)), first_worker_(first_worker) {}
  void begin(unsigned workers) override {
    for (unsigned w = 0; w < workers; ++w)
      workers_.push_back(std::make_unique<ScanWorker>(plan_, lookups_, ids_, first_worker_ + w));
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
  unsigned first_worker_;
  std::vector<std::unique_ptr<ScanWorker>> workers_{};
  std::atomic<bool> failed_{false};
};

bool is_personal(Dataset const& dataset, std::vector<std::string> const& columns) {
  return std::any_of(columns.begin(), columns.end(), [&](std::string const& name) {
    ColumnSpec const* const spec = dataset.column(name);
    return spec != nullptr && spec->personal;
  });
}

/// The first few different keys in input order; none where they are personal.
Unmatched unmatched_of(std::vector<LookupFinder const*> const& finders, bool personal) {
  Unmatched out;
  for (LookupFinder const* const finder : finders) {
    out.rows += finder->unmatched();
    if (!personal) out.examples.insert(out.examples.end(), finder->examples().begin(), finder->examples().end());
  }
  keep_first_examples(out);
  return out;
}

RowFacts facts_of(Dataset const& dataset, Workers const& workers,
                  std::vector<std::unique_ptr<LookupTable>> const& lookups) {
  RowFacts facts;
  for (auto const& worker : workers) {
    facts.undated += worker->undated();
    facts.has_open |= worker->has_open();
    facts.first_day = std::min(facts.first_day, worker->first_day());
    facts.last_day = std::max(facts.last_day, worker->last_day());
  }
  for (std::size_t i = 0; i < lookups.size(); ++i) {
    std::vector<LookupFinder const*> finders;
    for (auto const& worker : workers)
      if (lookups[i] != nullptr) finders.push_back(&*worker->values().finders()[i]);
    facts.unmatched.push_back(unmatched_of(finders, is_personal(dataset, dataset.lookups[i].columns)));
  }
  return facts;
}

}  // namespace

void keep_first_examples(Unmatched& unmatched) {
  auto& examples = unmatched.examples;
  std::sort(examples.begin(), examples.end());
  std::vector<std::pair<std::uint64_t, std::string>> kept;
  for (auto& one : examples)
    if (kept.size() < LookupFinder::kListed &&
        std::none_of(kept.begin(), kept.end(), [&](auto const& known) { return known.second == one.second; }))
      kept.push_back(std::move(one));
  examples = std::move(kept);
}

IdTables tables_of(CompiledPlan const& plan, IdDomains& ids) {
  IdTables tables;
  for (auto const& domain : plan.domains) tables.push_back(&ids.domain(domain));
  return tables;
}

ScanRequest request_of(ScanOptions const& options) {
  ScanRequest request;
  request.threads = options.threads;
  request.hash_files = options.hash_files;
  request.batch_rows = options.batch_rows;
  return request;
}

Result<RowScan> scan_rows(Dataset const& dataset, CompiledPlan const& plan, Source const& source,
                          std::vector<std::unique_ptr<LookupTable>> const& lookups, IdTables const& ids,
                          ScanRequest request, unsigned first_worker) {
  std::vector<LookupTable const*> tables;
  for (auto const& lookup : lookups) tables.push_back(lookup.get());
  for (auto const& read : plan.reads)
    request.columns.push_back({plan.schema.origins[read.schema_column].column, read.form});
  Sink sink(plan, tables, ids, first_worker);
  auto summary = source.scan(request, sink);
  RowScan out;
  out.workers = sink.take();
  for (auto const& worker : out.workers)
    if (worker->values().failed()) return failure(worker->values().take_errors());
  if (!summary) return failure(std::move(summary.error()));
  out.facts = facts_of(dataset, out.workers, lookups);
  out.facts.summary = std::move(*summary);
  return out;
}

void set_facts(Dataset const& dataset, RowFacts facts, DatasetScan& out) {
  out.undated = facts.undated;
  if (facts.dated()) {
    out.first = Date{facts.first_day};
    out.last = Date{facts.last_day};
  }
  for (std::size_t i = 0; i < facts.unmatched.size(); ++i) {
    if (facts.unmatched[i].rows == 0) continue;
    UnmatchedLookup& one = out.unmatched.emplace_back();
    one.lookup = dataset.lookups[i].name;
    one.rows = facts.unmatched[i].rows;
    for (auto& [order, key] : facts.unmatched[i].examples) one.examples.push_back(std::move(key));
  }
  out.summary = std::move(facts.summary);
}

}  // namespace yekun
