#include "indicators/sql_scan.h"

#include <algorithm>

#include "indicators/sql_groups.h"

namespace yekun {
namespace {

using Gives = SqlStatement::Gives;

class Loader {
 public:
  Loader(SqlTable const& table, Dataset const& dataset, IdDomains& ids, DatasetScan& out)
      : table_(table), dataset_(dataset), ids_(ids), out_(out) {
    out_.lookups.clear();
    for (std::size_t i = 0; i < dataset.lookups.size(); ++i) out_.lookups.emplace_back();
    std::vector<LookupTable const*> const none(dataset.lookups.size(), nullptr);
    std::vector<IdTable*> tables;
    for (auto const& domain : out_.plan->domains) tables.push_back(&ids.domain(domain));
    worker_ = std::make_unique<ScanWorker>(*out_.plan, none, tables, 0);
  }

  /// False: the rows are to be read.
  Result<bool> run(SqlStatement const& statement) {
    std::optional<SqlGroups> groups;
    if (statement.gives == Gives::states || statement.gives == Gives::values)
      groups.emplace(*out_.plan, statement, *worker_, ids_);
    auto const done = table_.run(statement.sql, statement.parameters, [&](std::vector<SqlValue> const& row) {
      well_ = well_ && (groups ? groups->take(row) : take(statement, row));
      return well_;
    });
    if (!done) {
      std::string const& code = done.error().front().code;
      if (code == kSqlFailed || code == kSqlRefused) return false;
      return failure(done.error());
    }
    if (groups) well_ = groups->finish() && well_;
    return well_;
  }

  void finish() {
    out_.workers.clear();
    out_.workers.push_back(std::move(worker_));
  }

 private:
  bool take(SqlStatement const& statement, std::vector<SqlValue> const& row) {
    switch (statement.gives) {
      case Gives::facts:
        return take_facts(row);
      case Gives::contacts:
        return take_contact(statement.grouping, row);
      case Gives::examples:
        return take_example(statement.grouping, row);
      default:
        return false;  // a doubled key: reading says where
    }
  }

  static std::uint64_t count(SqlValue const& value) {
    return value ? static_cast<std::uint64_t>(whole_of(*value, Type::integer).value_or(0)) : 0;
  }

  bool take_facts(std::vector<SqlValue> const& row) {
    out_.summary.rows = count(row[0]);
    out_.summary.files = {{.name = table_.label(), .rows = out_.summary.rows}};
    auto const date = [](SqlValue const& value) { return value ? parse_iso_date(*value) : std::nullopt; };
    out_.first = date(row[1]);
    out_.last = date(row[2]);
    out_.undated = count(row[3]);
    std::size_t at = 5;
    for (std::size_t i = 0; i < dataset_.lookups.size(); ++i)
      if (!out_.plan->lookup_keys[i].empty())
        if (auto const rows = count(row[at++]); rows > 0)
          out_.unmatched.push_back({dataset_.lookups[i].name, rows, {}});
    return count(row[4]) == 0;
  }

  bool take_contact(std::size_t contact, std::vector<SqlValue> const& row) {
    auto const& compiled = out_.plan->ids[out_.plan->contacts[contact].ids];
    IdTable& table = ids_.domain(out_.plan->domains[compiled.domain]);
    Type const type = out_.plan->expressions[compiled.expression].bound.type();
    auto const day = row[1] ? parse_iso_date(*row[1]) : std::nullopt;
    if (!row[0] || !day) return false;
    std::uint8_t const wanted = 1;
    std::uint32_t id = 0;
    if (type == Type::text) {
      table.number(0, std::span(&*row[0], 1), &wanted, &id);
    } else {
      auto const whole = whole_of(*row[0], type);
      if (!whole) return false;
      table.number(0, std::span(&*whole, 1), &wanted, &id);
    }
    auto& first = worker_->loaded_contacts()[contact];
    if (first.size() <= id) first.resize(std::size_t{id} + id / 2 + 64, ScanWorker::kNever);
    first[id] = std::min(first[id], day->days);
    return true;
  }

  bool take_example(std::size_t lookup, std::vector<SqlValue> const& row) {
    auto const& columns = dataset_.lookups[lookup].columns;
    bool const personal = std::any_of(columns.begin(), columns.end(), [&](std::string const& name) {
      ColumnSpec const* const spec = dataset_.column(name);
      return spec != nullptr && spec->personal;
    });
    for (auto& one : out_.unmatched)
      if (one.lookup == dataset_.lookups[lookup].name && row[0] && !personal) one.examples.emplace_back(*row[0]);
    return true;
  }

  SqlTable const& table_;
  Dataset const& dataset_;
  IdDomains& ids_;
  DatasetScan& out_;
  std::unique_ptr<ScanWorker> worker_{};
  bool well_ = true;
};

}  // namespace

Result<bool> scan_by_sql(SqlPlan const& statements, SqlTable const& table, Dataset const& dataset, IdDomains& ids,
                         DatasetScan& out) {
  DatasetScan fresh;
  std::swap(fresh.plan, out.plan);
  bool well = true;
  {
    Loader loader(table, dataset, ids, fresh);
    for (auto const& statement : statements.statements) {
      auto const loaded = loader.run(statement);
      if (!loaded) return failure(loaded.error());
      well = *loaded;
      if (!well) break;
    }
    if (well) loader.finish();
  }
  if (well) {
    out = std::move(fresh);
  } else {
    std::swap(out.plan, fresh.plan);
  }
  return well;
}

}  // namespace yekun
