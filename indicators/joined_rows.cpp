#include "indicators/joined_rows.h"

#include <algorithm>

#include "indicators/census.h"
#include "indicators/quality_rules.h"

namespace yekun {
namespace {

std::size_t position(std::vector<std::string> const& names, std::string const& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// The columns that the wanted ones are made of, before them.
class Order {
 public:
  Order(Dataset const& dataset, RowSchema const& schema)
      : dataset_(dataset), schema_(schema), seen_(schema.origins.size(), false) {}

  void want(std::size_t column) {
    if (seen_[column]) return;
    seen_[column] = true;
    auto const& origin = schema_.origins[column];
    for (auto const used : origin.expression.columns) want(used);
    if (origin.from == ColumnOrigin::From::lookup)
      for (auto const used : join_columns(dataset_.lookups[origin.lookup], schema_.schema)) want(used);
    columns_.push_back(column);
  }
  std::vector<std::size_t> const& columns() const { return columns_; }

  /// The names in the source, or in the target of lookup `at`, of what is wanted from there.
  std::vector<std::string> names(ColumnOrigin::From from, std::size_t at) const {
    std::vector<std::string> out;
    for (auto const column : columns_) {
      auto const& origin = schema_.origins[column];
      if (origin.from == from && origin.lookup == at && position(out, origin.column) == out.size())
        out.push_back(origin.column);
    }
    return out;
  }

 private:
  Dataset const& dataset_;
  RowSchema const& schema_;
  std::vector<bool> seen_;
  std::vector<std::size_t> columns_{};
};

Result<Table> read_columns(std::string const& dataset, std::vector<std::string> const& names, SourceCache& sources) {
  auto const source = sources.open(dataset);
  if (!source) return failure(source.error());
  return read_table(**source, names);
}

}  // namespace

std::size_t JoinedRows::add(Column column) {
  made_.push_back(std::make_unique<Column>(std::move(column)));
  return made_.size() - 1;
}

Result<void> JoinedRows::look_up(Dataset const& dataset, RowSchema const& schema, std::size_t column,
                                 std::vector<std::string> const& wanted, SourceCache& sources) {
  ColumnOrigin const& origin = schema.origins[column];
  LookupSpec const& spec = dataset.lookups[origin.lookup];
  auto at = found_.find(origin.lookup);
  if (at == found_.end()) {
    auto there = read_lookup_target(spec, wanted, sources);
    if (!there) return failure(std::move(there.error()));
    auto lookup = LookupTable::make(spec, std::move(*there));
    if (!lookup) return failure(std::move(lookup.error()));
    at = found_.emplace(origin.lookup, Found{std::move(*lookup), {}}).first;
    std::vector<Column const*> keys;
    for (auto const key : join_columns(spec, schema.schema)) keys.push_back(columns_[key]);
    Column const* const date = spec.valid_from.empty() ? nullptr : keys.back();
    if (date != nullptr) keys.pop_back();
    LookupFinder(at->second.table).find(keys, date, table_.rows(), at->second.rows);
  }
  auto const& [table, rows] = at->second;
  columns_[column] = made_[add(table.gather(table.column_index(origin.column), rows))].get();
  return {};
}

Result<void> JoinedRows::derive(BoundExpression const& expression, std::size_t column) {
  std::vector<Column const*> inputs;
  for (auto const used : expression.columns) inputs.push_back(columns_[used]);
  evaluators_.push_back(std::make_unique<Evaluator>(expression));
  auto made = evaluators_.back()->evaluate(inputs, table_.rows());
  if (!made) return failure(std::move(made.error()));
  columns_[column] = made_[add(std::move(*made))].get();
  return {};
}

Result<JoinedRows> JoinedRows::read(Dataset const& dataset, RowSchema const& schema,
                                    std::vector<std::size_t> const& columns, SourceCache& sources) {
  using From = ColumnOrigin::From;
  JoinedRows out;
  Order order(dataset, schema);
  for (auto const column : columns) order.want(column);
  auto table = read_columns(dataset.id, order.names(From::source, 0), sources);
  if (!table) return failure(table.error());
  out.table_ = std::move(*table);
  out.columns_.assign(schema.origins.size(), nullptr);
  for (auto const column : order.columns()) {
    auto const& origin = schema.origins[column];
    if (origin.uses_window) continue;
    Result<void> made{};
    if (origin.from == From::source)
      out.columns_[column] = &out.table_.columns[position(out.table_.names, origin.column)];
    else if (origin.from == From::lookup)
      made = out.look_up(dataset, schema, column, order.names(From::lookup, origin.lookup), sources);
    else if (origin.from == From::derived)
      made = out.derive(origin.expression, column);
    if (!made) return failure(std::move(made.error()));
  }
  return out;
}

}  // namespace yekun
