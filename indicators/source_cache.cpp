#include "indicators/source_cache.h"

#include <fmt/format.h>

#include <utility>

#include "indicators/findings_source.h"

namespace yekun {

Result<Source const*> SourceCache::open(std::string const& dataset) {
  auto const at = sources_.find(dataset);
  if (at != sources_.end()) return at->second.get();
  Dataset const* const spec = programme_.dataset(dataset);
  if (spec == nullptr) {
    std::vector<std::string> names;
    for (auto const& one : programme_.datasets) names.push_back(one.id);
    Diagnostic unknown;
    unknown.code = "unknown-dataset";
    unknown.message = fmt::format("unknown dataset '{}'", dataset);
    unknown.hint = suggestion(dataset, names);
    return failure(std::move(unknown));
  }
  if (is_findings(*spec)) return (sources_[dataset] = open_findings(programme_, context_)).get();
  auto source = open_source(*spec, context_);
  if (!source) return failure(std::move(source.error()));
  return (sources_[dataset] = std::move(*source)).get();
}

Result<std::vector<FoundColumn> const*> SourceCache::columns(std::string const& dataset) {
  auto const at = columns_.find(dataset);
  if (at != columns_.end()) return &at->second;
  auto source = open(dataset);
  if (!source) return failure(std::move(source.error()));
  auto found = (*source)->columns();
  if (!found) return failure(std::move(found.error()));
  return &(columns_[dataset] = std::move(*found));
}

Result<RowSchema const*> SourceCache::schema(std::string const& dataset) {
  auto const at = schemas_.find(dataset);
  if (at != schemas_.end()) return &at->second;
  auto found = columns(dataset);
  if (!found) return failure(std::move(found.error()));
  Dataset const& spec = *programme_.dataset(dataset);
  std::vector<std::vector<FoundColumn>> targets;
  for (auto const& lookup : spec.lookups) {
    auto target = columns(lookup.target);
    if (!target) return failure(std::move(target.error()));
    targets.push_back(**target);
  }
  auto schema = make_row_schema(programme_, spec, **found, targets);
  if (!schema) return failure(std::move(schema.error()));
  return &(schemas_[dataset] = std::move(*schema));
}

}  // namespace yekun
