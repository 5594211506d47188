#include "reports/lookup_check.h"

#include "indicators/lookup.h"
#include "indicators/source_cache.h"

namespace yekun {
namespace {

Result<LookupTable> read_keys(LookupSpec const& lookup, SourceCache& sources) {
  auto columns = lookup.target_columns;
  if (!lookup.valid_from.empty()) columns.push_back(lookup.valid_from);
  auto const source = sources.open(lookup.target);
  if (!source) return failure(source.error());
  auto table = read_table(**source, columns);
  if (!table) return failure(table.error());
  return LookupTable::make(lookup, std::move(*table));
}

}  // namespace

Diagnostics check_lookups(Programme const& programme, Dataset const& dataset, SourceContext const& context) {
  Diagnostics problems;
  SourceCache sources(programme, context);
  for (auto const& lookup : dataset.lookups)
    if (auto const keys = read_keys(lookup, sources); !keys)
      problems.insert(problems.end(), keys.error().begin(), keys.error().end());
  return problems;
}

}  // namespace yekun
