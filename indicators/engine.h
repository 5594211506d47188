// The local engine: runs an aggregation plan over the batches of a source.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/source.h"
#include "indicators/compiled_plan.h"
#include "indicators/counted_ids.h"
#include "indicators/id_table.h"
#include "indicators/lookup.h"
#include "indicators/partial_cache.h"
#include "indicators/scan_worker.h"

namespace yekun {

/// The id tables of a run, by domain; datasets that share people share a domain.
class IdDomains {
 public:
  explicit IdDomains(unsigned workers) : workers_(workers) {}
  IdTable& domain(std::string const& name);

 private:
  unsigned workers_;
  std::map<std::string, std::unique_ptr<IdTable>> tables_{};
};

/// A lookup's keys that were not found.
struct UnmatchedLookup {
  std::string lookup;
  std::uint64_t rows = 0;
  std::vector<std::string> examples{};  // the first few keys, in input order; empty where the key is personal
};

/// What a scan has gathered: the groups of every worker, to be made up into cells.
struct DatasetScan {
  std::unique_ptr<CompiledPlan> plan{};
  std::vector<std::unique_ptr<LookupTable>> lookups{};
  std::vector<std::unique_ptr<ScanWorker>> workers{};
  ScanSummary summary{};
  std::optional<Date> first{};  // earliest and latest date (intervals: ends too); none if no row has one
  std::optional<Date> last{};
  std::uint64_t undated = 0;
  std::vector<UnmatchedLookup> unmatched{};
  /// By grouping and aggregate: ids that stay in a database, which counted them. Groups have rows only.
  std::map<std::pair<std::size_t, std::size_t>, CountedIds> counted{};
};

/// Gives the source of any dataset of the programme.
class SourceOpener {
 public:
  SourceOpener() = default;
  SourceOpener(SourceOpener const&) = delete;
  SourceOpener& operator=(SourceOpener const&) = delete;
  virtual ~SourceOpener() = default;
  virtual Result<Source const*> open(std::string const& dataset) = 0;
};

/// The tables of the dataset's lookups that the plan needs; null where it does not.
Result<std::vector<std::unique_ptr<LookupTable>>> read_lookups(Dataset const& dataset, CompiledPlan const& plan,
                                                               SourceOpener& sources);

/// Which rows a database's summary is about; files are always read to the end.
enum class FactsOf {
  all,     // all of the dataset
  windows  // those of the plan's windows will do: a period's statement then reads the period's rows only
};

struct ScanOptions {
  unsigned threads = 1;
  bool hash_files = false;
  std::size_t batch_rows = 4096;
  FactsOf facts = FactsOf::all;
  PartialCache const* cache = nullptr;  // none: all rows are read
};

/// Failures: an unreadable source, a duplicate lookup key, an overflow (Fault::data).
Result<DatasetScan> scan(Dataset const& dataset, CompiledPlan plan, SourceOpener& sources, IdDomains& ids,
                         ScanOptions const& options);

/// The first and last dates in a dataset, by a scan of its date columns alone; none if no row has one.
struct DateRange {
  std::optional<Date> first{};
  std::optional<Date> last{};
  void include(std::optional<Date> from, std::optional<Date> to);
};
Result<DateRange> date_range(Dataset const& dataset, RowSchema const& schema, SourceOpener& sources,
                             ScanOptions const& options);

}  // namespace yekun
