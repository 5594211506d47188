#include "indicators/row_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "indicators/census.h"
#include "indicators/plan.h"

namespace yekun {

namespace {

SchemaColumn described(Dataset const* dataset, std::string const& name) {
  ColumnSpec const* const spec = dataset == nullptr ? nullptr : dataset->column(name);
  return spec == nullptr ? SchemaColumn{name, Type::text, false} : SchemaColumn{name, spec->type, spec->personal};
}

void add(RowSchema& schema, SchemaColumn column, ColumnOrigin origin) {
  schema.schema.columns.push_back(std::move(column));
  schema.origins.push_back(std::move(origin));
}

/// Declared columns first, in their order, then what else the source has.
std::vector<std::string> names_of(Dataset const* dataset, std::vector<FoundColumn> const& found) {
  std::vector<std::string> names;
  if (dataset != nullptr)
    for (auto const& column : dataset->columns) names.push_back(column.name);
  for (auto const& column : found)
    if (std::find(names.begin(), names.end(), column.name) == names.end()) names.push_back(column.name);
  return names;
}

/// Of the dimensions whose columns are all there; asking for another one is refused by resolve_dimension.
void add_combinations(RowSchema& schema, Programme const& programme, Dataset const& dataset) {
  std::vector<std::pair<SchemaColumn, Combination>> found;
  for (auto const& dimension : programme.dimensions) {
    if (dimension.combined_by.empty()) continue;
    if (!dimension.of_dataset.empty() && dimension.of_dataset != dataset.id) continue;
    auto combination = resolve_combination(dimension, schema.schema);
    if (!combination) continue;
    auto const value =
        parse(combination->value.expression).and_then([&](Expression const& e) { return bind(e, schema.schema); });
    bool const personal = value && value->plain_column() && value->personal;
    found.emplace_back(SchemaColumn{combination_column(dimension), Type::text, personal}, std::move(*combination));
  }
  for (auto& [column, combination] : found) {
    add(schema, std::move(column), {ColumnOrigin::From::combination, schema.combinations.size(), {}, {}, true});
    schema.combinations.push_back(std::move(combination));
  }
}

bool needs_lookup(RowSchema const& schema, Dataset const& dataset, std::size_t column, std::size_t lookup,
                  std::set<std::size_t>& seen) {
  if (!seen.insert(column).second) return false;
  ColumnOrigin const& origin = schema.origins[column];
  auto used = origin.expression.columns;
  if (origin.from == ColumnOrigin::From::lookup) {
    if (origin.lookup == lookup) return true;
    used = join_columns(dataset.lookups[origin.lookup], schema.schema);
  }
  return std::any_of(used.begin(), used.end(),
                     [&](std::size_t one) { return needs_lookup(schema, dataset, one, lookup, seen); });
}

void check_joins(RowSchema const& schema, Dataset const& dataset, Diagnostics& errors) {
  for (std::size_t at = 0; at < dataset.lookups.size(); ++at) {
    LookupSpec const& lookup = dataset.lookups[at];
    for (std::size_t const column : join_columns(lookup, schema.schema)) {
      std::set<std::size_t> seen;
      bool const circle = needs_lookup(schema, dataset, column, at, seen);
      bool const windowed =
          std::any_of(seen.begin(), seen.end(), [&](auto one) { return schema.origins[one].uses_window; });
      if (!circle && !windowed) continue;
      Diagnostic one;
      one.code = "lookup-column";
      one.place = lookup.place;
      one.message =
          fmt::format("lookup '{}' finds its row by '{}', which {}", lookup.name, schema.schema.columns[column].name,
                      circle ? "is looked up by it" : "depends on the period");
      one.hint = "name a column of the dataset itself";
      errors.push_back(std::move(one));
    }
  }
}

}  // namespace

std::vector<std::size_t> join_columns(LookupSpec const& lookup, Schema const& schema) {
  std::vector<std::size_t> out;
  auto names = lookup.columns;
  if (!lookup.valid_from.empty()) names.push_back(lookup.date);
  for (auto const& name : names)
    if (auto const column = find_column(schema, name)) out.push_back(*column);
  return out;
}

bool RowSchema::uses_window(BoundExpression const& expression) const {
  return std::any_of(expression.columns.begin(), expression.columns.end(),
                     [&](std::size_t column) { return origins[column].uses_window; });
}

Result<RowSchema> make_row_schema(Programme const& programme, Dataset const& dataset,
                                  std::vector<FoundColumn> const& found,
                                  std::vector<std::vector<FoundColumn>> const& targets) {
  RowSchema schema;
  using From = ColumnOrigin::From;
  for (auto const& name : names_of(&dataset, found))
    add(schema, described(&dataset, name), {From::source, 0, name, {}, false});
  for (std::size_t i = 0; i < dataset.lookups.size(); ++i) {
    LookupSpec const& lookup = dataset.lookups[i];
    if (!lookup.census.empty()) {
      add(schema, {lookup.name + "." + std::string(kPresent), Type::integer, false},
          {From::lookup, i, std::string(kPresent), {}, false});
      continue;
    }
    Dataset const* const target = programme.dataset(lookup.target);
    for (auto const& name : names_of(target, i < targets.size() ? targets[i] : std::vector<FoundColumn>{})) {
      SchemaColumn column = described(target, name);
      column.name = lookup.name + "." + name;
      add(schema, std::move(column), {From::lookup, i, name, {}, false});
    }
  }
  Schema window;
  window.columns = {{std::string(kWindowFirst), Type::date, false}, {std::string(kWindowEnd), Type::date, false}};
  add(schema, window.columns[0], {From::window_first, 0, {}, {}, true});
  add(schema, window.columns[1], {From::window_end, 0, {}, {}, true});
  Diagnostics errors;
  for (auto const& derived : dataset.derived) {
    auto bound =
        parse(derived.expression, derived.place).and_then([&](Expression const& e) { return bind(e, schema.schema); });
    if (!bound) {
      errors.insert(errors.end(), bound.error().begin(), bound.error().end());
      continue;
    }
    bool const windowed = schema.uses_window(*bound);
    SchemaColumn column{derived.name, bound->type(), bound->personal};
    add(schema, std::move(column), {From::derived, 0, {}, std::move(*bound), windowed});
  }
  check_joins(schema, dataset, errors);
  if (!errors.empty()) return failure(std::move(errors));
  add_combinations(schema, programme, dataset);
  return schema;
}

}  // namespace yekun
