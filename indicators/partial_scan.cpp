#include "indicators/partial_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "data-loaders/digest.h"
#include "indicators/file_hashes.h"
#include "indicators/partial_key.h"
#include "indicators/row_scan.h"

namespace yekun {

namespace {

constexpr unsigned kFileOrderBits = 44;  // orders within a file are below 2^44
/// Changes whenever what is kept, or how, does.
constexpr std::string_view kPartialForm = "partial 1";

/// One file, or all of a dataset whose files are not read apart.
struct Part {
  std::vector<std::uint32_t> files{};
  std::vector<HashedFile> hashed{};  // as files
  std::string key{};
  std::uint64_t order = 0;
  std::optional<RowFacts> facts{};
  bool found = false;  // what was kept is loaded
};

/// The facts of all parts, as those of one scan.
class FactsJoiner {
 public:
  void add(RowFacts facts, std::uint64_t order) {
    out_.first_day = std::min(out_.first_day, facts.first_day);
    out_.last_day = std::max(out_.last_day, facts.last_day);
    out_.undated += facts.undated;
    out_.unmatched.resize(std::max(out_.unmatched.size(), facts.unmatched.size()));
    for (std::size_t i = 0; i < facts.unmatched.size(); ++i) {
      out_.unmatched[i].rows += facts.unmatched[i].rows;
      for (auto& [at, key] : facts.unmatched[i].examples)
        out_.unmatched[i].examples.emplace_back(at + order, std::move(key));
    }
    ScanSummary& summary = out_.summary;
    summary.rows += facts.summary.rows;
    for (auto& file : facts.summary.files) summary.files.push_back(std::move(file));
    auto& listed = facts.summary.findings.listed;
    auto const rows = listed.begin() + static_cast<std::ptrdiff_t>(facts.summary.notes);
    notes_.insert(notes_.end(), std::make_move_iterator(listed.begin()), std::make_move_iterator(rows));
    if (of_rows_.size() < Findings::kListed)
      of_rows_.insert(of_rows_.end(), std::make_move_iterator(rows), std::make_move_iterator(listed.end()));
    listed.clear();
    summary.findings.add(facts.summary.findings);
  }

  RowFacts take() {
    for (Unmatched& one : out_.unmatched) keep_first_examples(one);
    auto& listed = out_.summary.findings.listed;
    for (auto* const list : {&notes_, &of_rows_})
      for (Finding& one : *list)
        if (listed.size() < Findings::kListed) listed.push_back(std::move(one));
    out_.summary.notes = std::min(notes_.size(), listed.size());
    return std::move(out_);
  }

 private:
  RowFacts out_{};
  std::vector<Finding> notes_{};
  std::vector<Finding> of_rows_{};
};

class PartialScan {
 public:
  PartialScan(Dataset const& dataset, CompiledPlan const& plan, Source const& source, SourceOpener& sources,
              IdDomains& ids, ScanOptions const& options)
      : dataset_(dataset),
        plan_(plan),
        source_(source),
        sources_(sources),
        options_(options),
        store_(*options.cache->store),
        tables_(tables_of(plan, ids)) {}

  /// False: nothing can be kept.
  bool prepare() {
    auto const files = source_.files();
    if (!options_.hash_files && files.size() < options_.cache->least_files) return false;
    auto lookups = lookup_key();
    if (files.empty() || !lookups) return false;
    common_ = fmt::format("{}\nprogram {}\nspec {}\nplan {}\n{}", kPartialForm, sha256_hex(options_.cache->program),
                          options_.cache->spec, plan_key(plan_.plan), *lookups);
    // Combinations are made of all files before rows are gathered.
    if (plan_.combinations.empty() && source_.reads_apart()) {
      for (std::uint32_t i = 0; i < files.size(); ++i)
        parts_.push_back({{i}, {}, {}, std::uint64_t{i} << kFileOrderBits});
    } else {
      parts_.emplace_back();
      for (std::uint32_t i = 0; i < files.size(); ++i) parts_.front().files.push_back(i);
    }
    return hash(files);
  }

  Result<void> run(DatasetScan& out) {
    do {
      spoiled_ = false;
      begin_workers();
      in_parallel(parts_.size(), [&](std::size_t at, unsigned worker) { find(parts_[at], worker); });
    } while (spoiled_);
    if (auto done = read_missing(); !done) return done;
    FactsJoiner joiner;
    for (Part& part : parts_) {
      if (options_.hash_files) set_hashes(part);
      joiner.add(std::move(*part.facts), part.order);
    }
    set_facts(dataset_, joiner.take(), out);
    out.workers = std::move(workers_);
    return {};
  }

 private:
  /// The files of the lookups that are needed; nullopt: one is no file.
  std::optional<std::string> lookup_key() {
    std::string key;
    for (std::size_t i = 0; i < dataset_.lookups.size(); ++i) {
      if (plan_.lookup_keys[i].empty()) continue;
      auto const source = sources_.open(dataset_.lookups[i].target);
      auto const files = source ? (*source)->files() : std::vector<SourceFile>{};
      if (files.empty()) return std::nullopt;
      for (auto const& file : files) {
        auto const hashed = hash_file(file, store_);
        if (!hashed) return std::nullopt;
        looked_up_.push_back(*hashed);
        key += fmt::format("lookup {} {} {}\n", i, hashed->sha256, file.name);
      }
    }
    return key;
  }

  template <class F>
  void in_parallel(std::size_t tasks, F&& f) {
    std::atomic<std::size_t> next{0};
    auto const work = [&](unsigned worker) {
      for (std::size_t at = next.fetch_add(1); at < tasks; at = next.fetch_add(1)) f(at, worker);
    };
    std::vector<std::thread> threads;
    for (unsigned w = 1; w < std::min<std::size_t>(options_.threads, tasks); ++w) threads.emplace_back(work, w);
    work(0);
    for (auto& thread : threads) thread.join();
  }

  bool hash(std::vector<SourceFile> const& files) {
    std::vector<std::optional<HashedFile>> hashed(files.size());
    in_parallel(files.size(), [&](std::size_t at, unsigned) { hashed[at] = hash_file(files[at], store_); });
    if (std::any_of(hashed.begin(), hashed.end(), [](auto const& one) { return !one; })) return false;
    for (Part& part : parts_) {
      part.key = common_;
      // A file is compared with the columns of the first one.
      if (part.files.front() != 0) part.key += fmt::format("after {}\n", hashed.front()->sha256);
      for (std::uint32_t const file : part.files) {
        part.hashed.push_back(*hashed[file]);
        part.key += fmt::format("file {} {}\n", hashed[file]->sha256, files[file].name);
      }
    }
    return true;
  }

  void begin_workers() {
    std::vector<LookupTable const*> const none(dataset_.lookups.size(), nullptr);
    workers_.clear();
    for (unsigned w = 0; w < std::max<std::size_t>(1, std::min<std::size_t>(options_.threads, parts_.size())); ++w)
      workers_.push_back(std::make_unique<ScanWorker>(plan_, none, tables_, w));
  }

  PartialPlace place_of(Part const& part, PartialTime const& time) const {
    return {time.windows, part.facts->first_day, part.order};
  }

  static std::string groups_key(Part const& part, PartialTime const& time) {
    return part.key + "groups of " + time.text + "\n";
  }

  /// Loads what was kept of the part.
  void find(Part& part, unsigned worker) {
    part.found = false;
    auto const bytes = store_.get(part.key);
    if (!bytes) return;
    part.facts = load_facts(*bytes, plan_, tables_, worker, *workers_[worker]);
    if (!part.facts) return spoil(part.key);
    auto const time = partial_time(plan_, *part.facts);
    if (time.any) {
      std::string const key = groups_key(part, time);
      auto const groups = store_.get(key);
      if (!groups) return;
      if (!load_groups(*groups, plan_, tables_, worker, place_of(part, time), *workers_[worker])) return spoil(key);
    }
    part.found = true;
    store_.count({.files_found = part.files.size()});
  }

  /// What an entry holds cannot be used: without it all is begun anew.
  void spoil(std::string const& key) {
    store_.remove(key);
    spoiled_ = true;
  }

  /// Many files side by side, each by one thread; few one after the other, each by all. Of several that fail the first
  /// in order is told.
  Result<void> read_missing() {
    std::vector<Part*> missing;
    for (Part& part : parts_)
      if (!part.found) missing.push_back(&part);
    if (missing.empty()) return {};
    auto lookups = read_lookups(dataset_, plan_, sources_);
    if (!lookups) return failure(std::move(lookups.error()));
    lookups_ = std::move(*lookups);
    std::vector<Diagnostics> problems(missing.size());
    std::atomic<bool> failed{false};
    auto const read_one = [&](std::size_t at, unsigned worker, unsigned threads) {
      if (failed) return;
      auto done = read(*missing[at], worker, threads);
      if (done) return;
      problems[at] = std::move(done.error());
      failed = true;
    };
    if (missing.size() >= options_.threads)
      in_parallel(missing.size(), [&](std::size_t at, unsigned worker) { read_one(at, worker, 1); });
    else
      for (std::size_t at = 0; at < missing.size(); ++at) read_one(at, 0, options_.threads);
    for (auto& one : problems)
      if (!one.empty()) return failure(std::move(one));
    return {};
  }

  /// Reads the part's rows and keeps what they gave.
  Result<void> read(Part& part, unsigned worker, unsigned threads) {
    bool const alone = parts_.size() == 1;
    IdDomains own(std::max(1U, threads));  // so that what is written goes through the ids of this part only
    IdTables const tables = alone ? tables_ : tables_of(plan_, own);
    ScanRequest request = request_of(options_);
    request.hash_files = false;
    request.threads = threads;
    if (!alone) request.only = part.files.front();
    auto rows = scan_rows(dataset_, plan_, source_, lookups_, tables, request);
    if (!rows) return failure(std::move(rows.error()));
    store_.count({.files_read = part.files.size()});
    part.facts = std::move(rows->facts);
    auto const time = partial_time(plan_, *part.facts);
    auto const place = place_of(part, time);
    std::string const facts = facts_bytes(*part.facts, plan_, rows->workers, tables);
    auto const groups = time.any ? group_bytes(plan_, rows->workers, tables, place) : std::string();
    if (groups && is_unchanged(part)) {
      if (time.any) store_.put(groups_key(part, time), *groups);
      store_.put(part.key, facts);
    }
    if (alone) {
      workers_ = std::move(rows->workers);
      return {};
    }
    ScanWorker& into = *workers_[worker];
    bool const loaded = groups && load_facts(facts, plan_, tables_, worker, into) &&
                        (!time.any || load_groups(*groups, plan_, tables_, worker, place, into));
    if (loaded) return {};
    Diagnostic wrong;
    wrong.fault = Fault::internal;
    wrong.code = "partial-states";
    wrong.message = fmt::format("what was gathered from '{}' cannot be put together", part.hashed.front().file.name);
    wrong.hint = "run it with --no-cache";
    return failure(std::move(wrong));
  }

  bool is_unchanged(Part const& part) const {
    auto const same = [](HashedFile const& file) { return file.unchanged(); };
    return std::all_of(part.hashed.begin(), part.hashed.end(), same) &&
           std::all_of(looked_up_.begin(), looked_up_.end(), same);
  }

  static void set_hashes(Part& part) {
    for (FileFacts& facts : part.facts->summary.files)
      for (HashedFile const& hashed : part.hashed)
        if (facts.name == hashed.file.name || facts.name.starts_with(hashed.file.name + "#"))
          facts.sha256 = hashed.sha256;
  }

  Dataset const& dataset_;
  CompiledPlan const& plan_;
  Source const& source_;
  SourceOpener& sources_;
  ScanOptions const& options_;
  CacheStore& store_;
  IdTables tables_;
  std::string common_{};
  std::vector<Part> parts_{};
  std::vector<HashedFile> looked_up_{};
  std::vector<std::unique_ptr<LookupTable>> lookups_{};
  Workers workers_{};
  std::atomic<bool> spoiled_{false};
};

}  // namespace

Result<bool> scan_by_parts(Dataset const& dataset, Source const& source, SourceOpener& sources, IdDomains& ids,
                           ScanOptions const& options, DatasetScan& out) {
  if (options.cache == nullptr || options.cache->store == nullptr) return false;
  PartialScan scan(dataset, *out.plan, source, sources, ids, options);
  if (!scan.prepare()) return false;
  if (auto done = scan.run(out); !done) return failure(std::move(done.error()));
  return true;
}

}  // namespace yekun
