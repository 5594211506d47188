#include "indicators/joined_rows.h"

#include <algorithm>

#include "core/column_text.h"
#include "indicators/census.h"
#include "indicators/quality_rules.h"

namespace yekun {
namespace {

using Wanted = std::vector<bool>;  // by column of the schema

void want(RowSchema const& schema, std::size_t column, Wanted& wanted) {
  if (wanted[column]) return;
  wanted[column] = true;
  for (auto const used : schema.origins[column].expression.columns) want(schema, used, wanted);
}

std::size_t position(std::vector<std::string> const& names, std::string const& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void add_once(std::vector<std::string>& names, std::string const& name) {
  if (position(names, name) == names.size()) names.push_back(name);
}

/// The texts of several columns as one key; nullopt where one is missing.
std::optional<std::string> key_of(Table const& table, std::vector<std::string> const& names, std::size_t row) {
  std::string out;
  for (auto const& name : names) {
    auto const& column = table.columns[position(table.names, name)];
    if (!column.has(row)) return std::nullopt;
    out += entry_text(column, row) + '\x1f';
  }
  return out;
}

/// For each row here the row there; nullopt where none matches.
std::vector<std::optional<std::size_t>> join(LookupSpec const& lookup, Table const& here, Table const& there) {
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < there.rows(); ++row)
    if (auto const key = key_of(there, lookup.target_columns, row)) rows[*key].push_back(row);
  std::vector<std::optional<std::size_t>> out(here.rows());
  for (std::size_t row = 0; row < here.rows(); ++row) {
    auto const key = key_of(here, lookup.columns, row);
    auto const found = key ? rows.find(*key) : rows.end();
    if (found == rows.end()) continue;
    if (lookup.valid_from.empty()) {
      out[row] = found->second.front();
      continue;
    }
    auto const& day = here.columns[position(here.names, lookup.date)];
    auto const& from = there.columns[position(there.names, lookup.valid_from)];
    for (auto const candidate : found->second)
      if (day.has(row) && from.has(candidate) && from.whole[candidate] <= day.whole[row] &&
          (!out[row] || from.whole[*out[row]] < from.whole[candidate]))
        out[row] = candidate;
  }
  return out;
}

Column gather(Column const& from, std::vector<std::optional<std::size_t>> const& rows) {
  Column out;
  out.type = from.type;
  out.dictionary = from.dictionary;
  for (auto const& row : rows) {
    bool const has = row && from.has(*row);
    out.present.push_back(has ? 1 : 0);
    if (from.type == Type::text)
      out.codes.push_back(has ? from.codes[*row] : 0);
    else if (from.type == Type::number)
      out.number.push_back(has ? from.number[*row] : 0);
    else
      out.whole.push_back(has ? from.whole[*row] : 0);
  }
  return out;
}

Result<Table> read_columns(std::string const& dataset, std::vector<std::string> const& names, SourceCache& sources) {
  auto const source = sources.open(dataset);
  if (!source) return failure(source.error());
  return read_table(**source, names);
}

/// The source's columns that are wanted, and those that join.
std::vector<std::string> source_names(Dataset const& dataset, RowSchema const& schema, Wanted const& wanted) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto const& origin = schema.origins[i];
    if (!wanted[i]) continue;
    if (origin.from == ColumnOrigin::From::source) add_once(out, origin.column);
    if (origin.from != ColumnOrigin::From::lookup) continue;
    auto const& lookup = dataset.lookups[origin.lookup];
    for (auto const& name : lookup.columns) add_once(out, name);
    if (!lookup.date.empty()) add_once(out, lookup.date);
  }
  return out;
}

/// The columns of a lookup's target that are wanted.
std::vector<std::string> target_names(std::size_t at, RowSchema const& schema, Wanted const& wanted) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] && schema.origins[i].from == ColumnOrigin::From::lookup && schema.origins[i].lookup == at)
      add_once(out, schema.origins[i].column);
  return out;
}

}  // namespace

std::size_t JoinedRows::add(Column column) {
  made_.push_back(std::make_unique<Column>(std::move(column)));
  return made_.size() - 1;
}

Result<JoinedRows> JoinedRows::read(Dataset const& dataset, RowSchema const& schema,
                                    std::vector<std::size_t> const& columns, SourceCache& sources) {
  JoinedRows out;
  Wanted wanted(schema.origins.size(), false);
  for (auto const column : columns) want(schema, column, wanted);
  auto table = read_columns(dataset.id, source_names(dataset, schema, wanted), sources);
  if (!table) return failure(table.error());
  out.table_ = std::move(*table);
  out.columns_.assign(schema.origins.size(), nullptr);
  for (std::size_t at = 0; at < dataset.lookups.size(); ++at) {
    auto const names = target_names(at, schema, wanted);
    if (names.empty()) continue;
    auto const there = read_lookup_target(dataset.lookups[at], names, sources);
    if (!there) return failure(there.error());
    auto const rows = join(dataset.lookups[at], out.table_, *there);
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i] && schema.origins[i].from == ColumnOrigin::From::lookup && schema.origins[i].lookup == at)
        out.columns_[i] =
            out.made_[out.add(gather(there->columns[position(there->names, schema.origins[i].column)], rows))].get();
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto const& origin = schema.origins[i];
    if (!wanted[i] || origin.uses_window) continue;
    if (origin.from == ColumnOrigin::From::source)
      out.columns_[i] = &out.table_.columns[position(out.table_.names, origin.column)];
    if (origin.from != ColumnOrigin::From::derived) continue;
    std::vector<Column const*> inputs;
    for (auto const used : origin.expression.columns) inputs.push_back(out.columns_[used]);
    out.evaluators_.push_back(std::make_unique<Evaluator>(origin.expression));
    auto made = out.evaluators_.back()->evaluate(inputs, out.table_.rows());
    if (!made) return failure(made.error());
    out.columns_[i] = out.made_[out.add(std::move(*made))].get();
  }
  return out;
}

}  // namespace yekun
