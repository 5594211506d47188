// What a scan of one file has gathered, as bytes: the groups with their states, which belong to windows, and what no
// window changes (facts, first contacts). Bytes of one run are loaded into the groups of another: ids are named by
// their places in a dictionary, days find their stretches, codes their texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data-loaders/source.h"
#include "indicators/partial_ids.h"
#include "indicators/scan_worker.h"

namespace yekun {

/// Keys that a lookup did not find: how many rows, and the first few with their places in input order.
struct Unmatched {
  std::uint64_t rows = 0;
  std::vector<std::pair<std::uint64_t, std::string>> examples{};
};

/// What a scan's rows gave besides groups.
struct RowFacts {
  ScanSummary summary{};
  std::int32_t first_day = std::numeric_limits<std::int32_t>::max();  // above last_day: no row has a date
  std::int32_t last_day = std::numeric_limits<std::int32_t>::min();
  bool has_open = false;  // an interval without an end
  std::uint64_t undated = 0;
  std::vector<Unmatched> unmatched{};  // by lookup of the dataset
  bool dated() const { return first_day <= last_day; }
};

using Workers = std::vector<std::unique_ptr<ScanWorker>>;

std::string facts_bytes(RowFacts const& facts);
/// nullopt: these are not such bytes, or of a plan with other lookups.
std::optional<RowFacts> load_facts(std::string_view bytes, CompiledPlan const& plan);

/// States, and apart from them all lists of ids in the order in which the states refer to them.
struct PartialBytes {
  std::string states{};
  std::string lists{};
};
struct KeptBlock {
  std::string_view states{};
  std::string_view lists{};
};

/// Notes the ids of the workers' groups and first contacts.
void use_ids(CompiledPlan const& plan, Workers const& workers, std::vector<IdPlaces>& ids);

/// The first contacts of the workers, whose ids have places.
PartialBytes contact_bytes(CompiledPlan const& plan, Workers const& workers, std::vector<IdPlaces> const& ids);
/// False: these are not such bytes, and `into` is good for nothing any more. `tables`: by domain of the plan.
bool load_contacts(KeptBlock const& block, CompiledPlan const& plan, IdTables const& tables, IdNumbers const& numbers,
                   ScanWorker& into);

/// Where loaded groups belong: the plan's windows by the number that they have in the bytes, the first day of the file
/// and what is added to its places in input order.
struct PartialPlace {
  std::vector<std::size_t> windows{};
  std::int32_t first_day = 0;
  std::uint64_t order = 0;
};

/// The workers' groups, whose ids have places. nullopt: a group's window is not among those of `place`.
std::optional<PartialBytes> group_bytes(CompiledPlan const& plan, Workers const& workers, PartialPlace const& place,
                                        std::vector<IdPlaces> const& ids);

/// False: these are not such bytes, and `into` is good for nothing any more.
bool load_groups(KeptBlock const& block, CompiledPlan const& plan, IdTables const& tables, IdNumbers const& numbers,
                 PartialPlace const& place, ScanWorker& into);

}  // namespace yekun
