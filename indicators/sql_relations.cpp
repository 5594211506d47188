#include "indicators/sql_relations.h"

#include <fmt/format.h>

namespace yekun {

std::string SqlRelations::key(SqlWriter& writer, std::size_t lookup) const {
  return writer.typed(lookups.at(lookup), dataset->lookups[lookup].target_columns.front());
}

std::string SqlRelations::from(SqlWriter& writer, std::string_view others) const {
  std::string used(others);
  std::string out;
  for (auto at = lookups.rbegin(); at != lookups.rend(); ++at) {  // a key may be of a lookup before
    auto const& [i, target] = *at;
    if (used.find(target.alias + ".") == std::string::npos) continue;
    std::string const on = match(writer, i);
    used += on;
    out.insert(0, fmt::format("\n  left join {} as {} on {}", target.from, target.alias, on));
  }
  return fmt::format("from {} as r{}", rows.from, out);
}

/// Keys that are equal. Columns stand there as they are where they can: distributed planners join tables where they lie
/// by the columns that they are distributed by.
std::string SqlRelations::match(SqlWriter& writer, std::size_t lookup) const {
  std::size_t const mine = plan->lookup_keys[lookup].front();
  std::string const here = writer.schema_column(mine);
  std::string const there = key(writer, lookup);
  ColumnOrigin const& origin = plan->schema.origins[mine];
  SqlRelation const& target = lookups.at(lookup);
  SqlColumn const* const from = origin.from == ColumnOrigin::From::source ? rows.column(origin.column) : nullptr;
  SqlColumn const* const to = target.column(dataset->lookups[lookup].target_columns.front());
  bool const plain = from != nullptr && to != nullptr && from->type == to->type;
  if (plain && from->type == SqlType::integer && plan->schema.schema.columns[mine].type == Type::integer)
    return fmt::format("{}.{} = r.{}", target.alias, to->written, from->written);
  if (plain && from->type == SqlType::text)  // an empty text is missing
    return fmt::format("{0}.{1} = r.{2} and r.{2} <> ''", target.alias, to->written, from->written);
  return fmt::format("{} = {}", there, here);
}

Result<SqlRelation> sql_relation(SqlTable const& table, std::string alias) {
  auto columns = table.sql_columns();
  if (!columns) return failure(columns.error());
  auto from = table.relation();
  if (!from) return failure(from.error());
  return SqlRelation{std::move(alias), *std::move(from), *std::move(columns), &table.dataset()};
}

}  // namespace yekun
