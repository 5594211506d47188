#include "reports/lookup_check.h"

#include "indicators/census.h"
#include "indicators/lookup.h"
#include "indicators/source_cache.h"

namespace yekun {
namespace {

Result<LookupTable> read_keys(LookupSpec const& lookup, SourceCache& sources) {
  auto table = read_lookup_target(lookup, {}, sources);
  if (!table) return failure(table.error());
  return LookupTable::make(lookup, std::move(*table));
}

}  // namespace

Diagnostics check_lookups(Programme const& programme, Dataset const& dataset, SourceContext const& context) {
  Diagnostics problems;
  SourceCache sources(programme, context);
  if (dataset.lookups.empty()) return problems;
  if (auto const schema = sources.schema(dataset.id); !schema) return schema.error();
  for (auto const& lookup : dataset.lookups)
    if (auto const keys = read_keys(lookup, sources); !keys)
      problems.insert(problems.end(), keys.error().begin(), keys.error().end());
  return problems;
}

}  // namespace yekun
