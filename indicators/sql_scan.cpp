#include "indicators/sql_scan.h"

#include <algorithm>

#include "indicators/sql_groups.h"

namespace yekun {
namespace {

using Gives = SqlStatement::Gives;

/// What a statement came to: its groups are loaded; it supposed wrongly, so that the plain ones are to be asked; or the
/// rows are to be read.
enum class SqlOutcome { well, again, read };

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
    unmatched_.resize(dataset.lookups.size());
    examples_.resize(dataset.lookups.size());
  }

  Result<SqlOutcome> run(SqlStatement const& statement) {
    if (statement.gives == Gives::examples && unmatched_[statement.grouping] == 0) return SqlOutcome::well;
    std::optional<SqlGroups> groups;
    if (statement.gives == Gives::states || statement.gives == Gives::values || statement.gives == Gives::numbers)
      groups.emplace(*out_.plan, statement, *worker_, ids_, counted(statement));
    auto const done = table_.run(statement.sql, statement.parameters, [&](std::vector<SqlValue> const& row) {
      if (statement.facts_at > 0) well_ = well_ && take_facts(row, statement.facts_at);
      well_ = well_ && (groups ? groups->take(row) : take(statement, row));
      return well_;
    });
    if (!done) {
      std::string const& code = done.error().front().code;
      if (code == kSqlFailed || code == kSqlRefused) return SqlOutcome::read;
      return failure(done.error());
    }
    if (groups) well_ = groups->finish() && well_;
    if (groups && groups->met_twice()) return SqlOutcome::again;
    SqlStretches const& supposed = statement.stretches;
    if (well_ && supposed.is_supposed() && out_.first &&
        (out_.first->days < supposed.from || out_.last->days >= supposed.to))
      return SqlOutcome::again;
    return well_ ? SqlOutcome::well : SqlOutcome::read;
  }

  void finish() {
    out_.summary.files = {{.name = table_.label(), .rows = out_.summary.rows}};
    for (std::size_t i = 0; i < unmatched_.size(); ++i)
      if (unmatched_[i] > 0)
        out_.unmatched.push_back({dataset_.lookups[i].name, unmatched_[i], std::move(examples_[i])});
    out_.workers.clear();
    out_.workers.push_back(std::move(worker_));
  }

 private:
  bool take(SqlStatement const& statement, std::vector<SqlValue> const& row) {
    switch (statement.gives) {
      case Gives::facts:
        return take_facts(row, 0);
      case Gives::contacts:
        return take_contact(statement.grouping, row);
      case Gives::examples:
        return take_example(statement.grouping, row);
      default:
        return false;  // an obstacle
    }
  }

  CountedIds* counted(SqlStatement const& statement) {
    if (statement.gives != Gives::numbers) return nullptr;
    std::size_t const aggregate = statement.aggregates.front();
    CountedIds& out = out_.counted[{statement.grouping, aggregate}];
    PlanAggregate const& asked = out_.plan->plan.groupings[statement.grouping].aggregates[aggregate];
    out.windows = asked.asked_windows;
    out.sets = asked.asked_sets;
    return &out;
  }

  static std::uint64_t count(SqlValue const& value) {
    return value ? static_cast<std::uint64_t>(whole_of(*value, Type::integer).value_or(0)) : 0;
  }

  /// Of all rows, or of a group's. False: some are to be read.
  bool take_facts(std::vector<SqlValue> const& row, std::size_t at) {
    out_.summary.rows += count(row[at]);
    auto const date = [](SqlValue const& value) { return value ? parse_iso_date(*value) : std::nullopt; };
    auto const first = date(row[at + 1]);
    auto const last = date(row[at + 2]);
    if (first.has_value() != row[at + 1].has_value() || last.has_value() != row[at + 2].has_value()) return false;
    DateRange range{out_.first, out_.last};
    range.include(first, last);
    out_.first = range.first;
    out_.last = range.last;
    out_.undated += count(row[at + 3]);
    std::size_t next = at + 5;
    for (std::size_t i = 0; i < unmatched_.size(); ++i)
      if (!out_.plan->lookup_keys[i].empty()) unmatched_[i] += count(row[next++]);
    return count(row[at + 4]) == 0;
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
    if (row[0] && !personal) examples_[lookup].emplace_back(*row[0]);
    return true;
  }

  SqlTable const& table_;
  Dataset const& dataset_;
  IdDomains& ids_;
  DatasetScan& out_;
  std::unique_ptr<ScanWorker> worker_{};
  std::vector<std::uint64_t> unmatched_{};  // by lookup
  std::vector<std::vector<std::string>> examples_{};
  bool well_ = true;
};

/// Runs the statements into `out`, which is as before unless all went well.
Result<SqlOutcome> run_all(std::vector<SqlStatement> const& statements, SqlTable const& table, Dataset const& dataset,
                           IdDomains& ids, DatasetScan& out) {
  DatasetScan fresh;
  std::swap(fresh.plan, out.plan);
  SqlOutcome outcome = SqlOutcome::well;
  {
    Loader loader(table, dataset, ids, fresh);
    for (auto const& statement : statements) {
      auto const loaded = loader.run(statement);
      if (!loaded) return failure(loaded.error());
      outcome = *loaded;
      if (outcome != SqlOutcome::well) break;
    }
    if (outcome == SqlOutcome::well) loader.finish();
  }
  if (outcome == SqlOutcome::well)
    out = std::move(fresh);
  else
    std::swap(out.plan, fresh.plan);
  return outcome;
}

}  // namespace

Result<bool> scan_by_sql(SqlPlan const& statements, SqlTable const& table, Dataset const& dataset, IdDomains& ids,
                         DatasetScan& out) {
  auto outcome = run_all(statements.statements, table, dataset, ids, out);
  if (outcome && *outcome == SqlOutcome::again) outcome = run_all(statements.plain, table, dataset, ids, out);
  if (!outcome) return failure(outcome.error());
  return *outcome == SqlOutcome::well;
}

}  // namespace yekun
