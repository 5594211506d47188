#include "indicators/partial_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "data-loaders/digest.h"
#include "indicators/joined_facts.h"
#include "indicators/partial_keep.h"
#include "indicators/row_scan.h"

namespace yekun {

namespace {

/// So many files, or of so many bytes, are read before what they gave is kept and put together: until then it takes
/// memory of its own.
constexpr std::size_t kTogether = 64;
constexpr std::uint64_t kBytesTogether = std::uint64_t{1} << 29;
constexpr unsigned kFileOrderBits = 44;  // orders within a file are below 2^44
/// Changes whenever what is kept, or how, does.
constexpr std::string_view kPartialForm = "partial 2";

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
      for (std::uint32_t i = 0; i < files.size(); ++i) {
        parts_.emplace_back().files = {i};
        parts_.back().order = std::uint64_t{i} << kFileOrderBits;
      }
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
      in_parallel(parts_.size(), [&](std::size_t at, unsigned) { find(parts_[at]); });
      read_segments();
      in_parallel(parts_.size(), [&](std::size_t at, unsigned worker) { load(parts_[at], worker); });
    } while (spoiled_);
    for (Part const& part : parts_)
      if (part.found) store_.count({.files_found = part.files.size()});
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
        auto const hashed = hash_file(file, false, store_);
        if (!hashed) return std::nullopt;
        looked_up_.push_back(*hashed);
        key += fmt::format("lookup {} {} {}\n", i, hashed->fingerprint, file.name);
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
    in_parallel(files.size(),
                [&](std::size_t at, unsigned) { hashed[at] = hash_file(files[at], options_.hash_files, store_); });
    if (std::any_of(hashed.begin(), hashed.end(), [](auto const& one) { return !one; })) return false;
    for (Part& part : parts_) {
      part.key = common_;
      // A file is compared with the columns of the first one.
      if (part.files.front() != 0) part.key += fmt::format("after {}\n", hashed.front()->fingerprint);
      for (std::uint32_t const file : part.files) {
        part.hashed.push_back(*hashed[file]);
        part.key += fmt::format("file {} {}\n", hashed[file]->fingerprint, files[file].name);
      }
    }
    return true;
  }

  /// One for each thread, of which some may have nothing to do.
  void begin_workers() {
    std::vector<LookupTable const*> const none(dataset_.lookups.size(), nullptr);
    workers_.clear();
    for (unsigned w = 0; w < std::max(1U, options_.threads); ++w)
      workers_.push_back(std::make_unique<ScanWorker>(plan_, none, tables_, w));
  }

  /// The facts of the part, and where the rest is kept.
  void find(Part& part) {
    part.found = false;
    part.groups.reset();
    part.contacts.reset();
    auto const bytes = store_.get(part.key);
    if (!bytes) return;
    part.facts = load_facts(*bytes, plan_);
    if (!part.facts) return store_.remove(part.key);
    part.time = partial_time(plan_, *part.facts);
    if (!plan_.contacts.empty()) part.contacts = place_at(part.contacts_key());
    if (part.time.any) part.groups = place_at(part.groups_key());
    part.found = part.contacts.has_value() == !plan_.contacts.empty() && part.groups.has_value() == part.time.any;
  }

  std::optional<BlockPlace> place_at(std::string const& key) {
    auto const bytes = store_.get(key);
    auto place = bytes ? read_block_place(*bytes) : std::nullopt;
    if (bytes && !place) store_.remove(key);
    return place;
  }

  /// The segments of all parts that were found. The largest one comes first, since its ids need not be looked at as
  /// long as nothing else has any.
  void read_segments() {
    segments_.clear();
    std::set<std::string> wanted;
    for (Part const& part : parts_)
      for (auto const* const place : {&part.contacts, &part.groups})
        if (part.found && *place && !refused_.contains((*place)->segment)) wanted.insert((*place)->segment);
    std::vector<std::string> const keys(wanted.begin(), wanted.end());
    std::vector<std::optional<Segment>> read(keys.size());
    in_parallel(keys.size(), [&](std::size_t at, unsigned) {
      auto bytes = store_.get(keys[at]);
      if (bytes) read[at] = Segment::read(std::move(*bytes), plan_);
      if (bytes && !read[at]) store_.remove(keys[at]);
    });
    std::vector<Segment*> segments;
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (read[i]) segments.push_back(&segments_.emplace(keys[i], std::move(*read[i])).first->second);
    std::sort(segments.begin(), segments.end(),
              [](Segment const* a, Segment const* b) { return a->bytes() > b->bytes(); });
    if (!segments.empty()) segments.front()->number(tables_, 0, true);
    if (segments.size() > 1)
      in_parallel(segments.size() - 1,
                  [&](std::size_t at, unsigned worker) { segments[at + 1]->number(tables_, worker, false); });
  }

  /// nullptr: it is not there, or has no such block.
  Segment const* segment_of(BlockPlace const& place) const {
    auto const found = segments_.find(place.segment);
    return found != segments_.end() && found->second.block(place.block) != nullptr ? &found->second : nullptr;
  }

  /// Puts what was kept of the part to the rest.
  void load(Part& part, unsigned worker) {
    for (auto const* const place : {&part.contacts, &part.groups})
      part.found = part.found && (!*place || segment_of(**place) != nullptr);
    if (!part.found) return;
    ScanWorker& into = *workers_[worker];
    if (part.contacts) {
      Segment const& segment = *segment_of(*part.contacts);
      if (!load_contacts(*segment.block(part.contacts->block), plan_, tables_, segment.numbers(), into))
        return spoil(part.contacts->segment);
    }
    if (part.groups) {
      Segment const& segment = *segment_of(*part.groups);
      if (!load_groups(*segment.block(part.groups->block), plan_, tables_, segment.numbers(), part.place(), into))
        return spoil(part.groups->segment);
    }
  }

  /// What a segment holds cannot be used: without it all is begun anew.
  void spoil(std::string const& key) {
    store_.remove(key);
    std::lock_guard const lock(refused_lock_);
    refused_.insert(key);
    spoiled_ = true;
  }

  Result<void> read_missing() {
    std::vector<Part*> missing;
    for (Part& part : parts_)
      if (!part.found) missing.push_back(&part);
    if (missing.empty()) return {};
    auto lookups = read_lookups(dataset_, plan_, sources_);
    if (!lookups) return failure(std::move(lookups.error()));
    lookups_ = std::move(*lookups);
    PartialKeeper keeper(
        plan_, tables_, store_, [&](std::size_t tasks, auto const& f) { in_parallel(tasks, f); },
        [&](Part const& part) { return is_unchanged(part); });
    bool const alone = parts_.size() == 1;
    Workers const nowhere;
    for (std::size_t from = 0; from < missing.size();) {
      std::vector<Part*> some;
      for (std::uint64_t bytes = 0; from < missing.size() && some.size() < kTogether && bytes < kBytesTogether;
           bytes += bytes_of(*some.back()))
        some.push_back(missing[from++]);
      if (auto done = read(some); !done) return done;
      bool const last = from == missing.size();
      auto const others = last ? parts_to_merge(parts_, some.size()) : std::vector<Part*>{};
      if (!keeper.keep(some, others, segments_, alone ? nowhere : workers_)) return not_together(*some.front());
    }
    if (alone) workers_ = std::move(missing.front()->workers);
    return {};
  }

  static std::uint64_t bytes_of(Part const& part) {
    std::uint64_t bytes = 0;
    for (HashedFile const& file : part.hashed) bytes += file.stamp.bytes;
    return bytes;
  }

  /// Many files side by side, each by one thread; few one after the other, each by all. Of several that fail the first
  /// in order is told.
  Result<void> read(std::vector<Part*> const& parts) {
    std::vector<Diagnostics> problems(parts.size());
    std::atomic<bool> failed{false};
    auto const read_one = [&](std::size_t at, unsigned worker, unsigned threads) {
      if (failed) return;
      auto done = read(*parts[at], worker, threads);
      if (done) return;
      problems[at] = std::move(done.error());
      failed = true;
    };
    if (parts.size() >= options_.threads)
      in_parallel(parts.size(), [&](std::size_t at, unsigned worker) { read_one(at, worker, 1); });
    else
      for (std::size_t at = 0; at < parts.size(); ++at) read_one(at, 0, options_.threads);
    for (auto& one : problems)
      if (!one.empty()) return failure(std::move(one));
    return {};
  }

  Result<void> read(Part& part, unsigned worker, unsigned threads) {
    ScanRequest request = request_of(options_);
    request.hash_files = false;
    request.threads = threads;
    if (parts_.size() > 1) request.only = part.files.front();
    auto rows = scan_rows(dataset_, plan_, source_, lookups_, tables_, request, worker);
    if (!rows) return failure(std::move(rows.error()));
    store_.count({.files_read = part.files.size()});
    part.facts = std::move(rows->facts);
    part.time = partial_time(plan_, *part.facts);
    part.workers = std::move(rows->workers);
    return {};
  }

  static Result<void> not_together(Part const& part) {
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
  Segments segments_{};
  std::atomic<bool> spoiled_{false};
  std::mutex refused_lock_{};
  std::set<std::string> refused_{};  // keys of segments that cannot be used, though they may still be there
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
