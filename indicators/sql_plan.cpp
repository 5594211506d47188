#include "indicators/sql_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "indicators/sql_relations.h"

namespace yekun {
namespace {

using Gives = SqlStatement::Gives;

class PlanCompiler {
 public:
  PlanCompiler(Dataset const& dataset, CompiledPlan const& plan, SqlTable const& table, SourceOpener& sources,
               FactsOf facts)
      : dataset_(dataset), plan_(plan), table_(table), sources_(sources), facts_of_(facts) {
    tables_.dataset = &dataset;
    tables_.plan = &plan;
  }

  Result<SqlPlan> compile() {
    refuse_whole_plans();
    if (!out_.reason.empty()) return std::move(out_);
    if (auto const found = find_relations(); !found) return failure(found.error());
    if (!out_.reason.empty()) return std::move(out_);
    add_statements();
    if (supposes_ && out_.reason.empty()) {
      std::swap(out_.statements, out_.plain);
      suppose_ = false;
      add_statements();
      std::swap(out_.statements, out_.plain);
    }
    if (!out_.reason.empty()) {
      out_.statements.clear();
      out_.plain.clear();
    }
    return std::move(out_);
  }

 private:
  void add_statements() {
    unfit_.clear();
    stretches_ = sql_stretches(plan_, suppose_);
    supposes_ |= stretches_.is_supposed();
    for (std::size_t i = 0; i < plan_.lookup_keys.size() && out_.reason.empty(); ++i)
      if (!plan_.lookup_keys[i].empty()) add_lookup(i);
    for (std::size_t g = 0; g < plan_.groupings.size() && out_.reason.empty(); ++g) add_values(g);
    for (std::size_t c = 0; c < plan_.contacts.size() && out_.reason.empty(); ++c) add_contact(c);
    // The statement with the facts is written when all others are, and runs first.
    for (std::size_t g = plan_.groupings.size(); g-- > 0 && out_.reason.empty();) add_states(g, g == 0);
    if (plan_.groupings.empty() && out_.reason.empty()) add_facts();
    if (out_.reason.empty()) std::rotate(out_.statements.begin(), out_.statements.end() - 1, out_.statements.end());
  }

  void refuse(std::string const& reason) {
    if (out_.reason.empty()) out_.reason = reason;
  }

  void refuse_whole_plans() {
    if (plan_.dates.size() > 1) return refuse("its date is an interval");
    if (!plan_.combinations.empty()) return refuse("a dimension combines a person's values");
    for (auto const& grouping : plan_.plan.groupings) {
      if (grouping.time == TimeMode::windows || grouping.time == TimeMode::report_windows)
        return refuse("an expression differs from window to window");
      for (auto const& dimension : grouping.by)
        if (!dimension.split.empty()) return refuse("a dimension splits cells into answers");
    }
  }

  Result<void> find_relations() {
    auto rows = sql_relation(table_, "r");
    if (!rows) return failure(rows.error());
    tables_.rows = *std::move(rows);
    auto const encoding = table_.encoding();
    if (!encoding) return failure(encoding.error());
    if (*encoding != "UTF8")
      refuse(fmt::format("its database is in {}, where texts are not in the order of UTF-8", *encoding));
    auto const server = table_.server();
    if (!server) return failure(server.error());
    server_ = *server;
    for (std::size_t i = 0; i < plan_.lookup_keys.size(); ++i) {
      if (plan_.lookup_keys[i].empty()) continue;
      LookupSpec const& lookup = dataset_.lookups[i];
      auto const source = sources_.open(lookup.target);
      if (!source) return failure(source.error());
      SqlTable const* const target = (*source)->sql();
      if (target == nullptr || target->database() != table_.database())
        refuse(fmt::format("the rows of lookup '{}' are not in the same database", lookup.name));
      else if (lookup.columns.size() != 1 || !lookup.valid_from.empty())
        refuse(fmt::format("lookup '{}' goes by several columns or by date", lookup.name));
      if (!out_.reason.empty()) return {};
      auto joined = sql_relation(*target, fmt::format("l{}", i));
      if (!joined) return failure(joined.error());
      tables_.lookups.emplace(i, *std::move(joined));
    }
    return {};
  }

  /// A statement of its own: its parameters are numbered from $1.
  SqlWriter writer() const { return {plan_, tables_.rows, tables_.lookups}; }

  void add_lookup(std::size_t i) {
    SqlRelation const& target = tables_.lookups.at(i);
    LookupSpec const& lookup = dataset_.lookups[i];
    auto const type_of = [&](Dataset const& of, std::string const& name) {
      ColumnSpec const* const spec = of.column(name);
      return spec == nullptr ? Type::text : spec->type;
    };
    Type const here = plan_.schema.schema.columns[plan_.lookup_keys[i].front()].type;
    if (here != type_of(*target.dataset, lookup.target_columns.front()) ||
        (here != Type::text && here != Type::integer))
      return refuse(fmt::format("the keys of lookup '{}' are not both text or both whole numbers", lookup.name));
    SqlWriter doubled = writer();
    std::string const key = tables_.key(doubled, i);
    add_one(doubled, Gives::obstacle, i,
            fmt::format("-- is a key of '{0}' there twice?\nselect 1\nfrom {1} as {2}\nwhere {3} is not null\ngroup "
                        "by {3}\nhaving count(*) > 1\nlimit 1",
                        lookup.name, target.from, target.alias, key));
    SqlWriter examples = writer();
    std::string const mine = examples.schema_column(plan_.lookup_keys[i].front());
    std::string const joined = tables_.from(examples);
    add_one(examples, Gives::examples, i,
            fmt::format("-- keys without a match in '{0}'\nselect {1}\n{2}\nwhere {1} is not null and {3} is "
                        "null\ngroup by 1\norder by ({1})::text collate \"C\"\nlimit {4}",
                        lookup.name, mine, joined, tables_.key(examples, i), LookupFinder::kListed));
  }

  std::string day(SqlWriter& writer) const {
    return plan_.dates.empty() ? std::string("null::date") : writer.schema_column(plan_.dates.front());
  }

  std::string date(SqlWriter& writer, std::int32_t days) const { return writer.parameter(to_iso(Date{days}), "date"); }

  /// Of a grouping's statements.
  SqlStretches stretches(std::size_t g) const {
    return plan_.plan.groupings[g].time == TimeMode::stretches ? stretches_ : SqlStretches{};
  }

  /// The place's first column: the number of boundaries that are not after the day, or the day itself.
  std::string slot(SqlWriter& writer, SqlStretches const& stretches) const {
    if (stretches.form == SqlStretches::Form::whole) return "1 as stretch";
    std::string const at = day(writer);
    if (stretches.form == SqlStretches::Form::by_day) return at + " as day";
    std::vector<std::string> days;
    for (std::int32_t const one : stretches.days) days.push_back(to_iso(Date{one}));
    return fmt::format("width_bucket({}, {}) as stretch", at,
                       writer.parameter(fmt::format("{{{}}}", fmt::join(days, ",")), "date[]"));
  }

  /// Only days of windows; empty: all rows are wanted.
  std::string wanted_days(SqlWriter& writer) const {
    Boundaries const& b = plan_.plan.boundaries;
    bool const inside = !b.days.empty() && b.days.front() >= kFirstDate.days && b.days.back() <= kLastDate.days;
    if (b.outside || !b.kinds.empty() || b.days.size() < 2 || plan_.dates.empty() || !inside) return {};
    std::string const at = day(writer);
    std::string const from = date(writer, b.days.front());
    std::string const in = fmt::format("{0} >= {1} and {0} < {2}", at, from, date(writer, b.days.back()));
    return b.undated ? fmt::format("({} or {} is null)", in, at) : in;
  }

  std::string condition(SqlWriter& writer, std::size_t mask) const {
    CompiledMask const& m = plan_.masks[mask];
    std::vector<std::string> all;
    for (std::size_t const c : m.conditions) all.push_back(writer.holds(plan_.expressions[c].bound));
    if (m.argument) all.push_back(writer.present(plan_.expressions[*m.argument].bound));
    if (m.weight) all.push_back(writer.present(plan_.expressions[*m.weight].bound));
    if (m.dated) all.push_back(day(writer) + " is not null");
    std::erase(all, "");
    return fmt::format("{}", fmt::join(all, " and "));
  }

  /// An expression as a group's key. A column of texts stands there as it is, since planners look for the columns that
  /// tables are partitioned by; that an empty text is missing is known when groups are loaded.
  std::string key(SqlWriter& writer, std::size_t expression) const {
    BoundExpression const& bound = plan_.expressions[expression].bound;
    std::string sql = writer.write(bound);
    auto const column = bound.plain_column();
    if (!column || bound.type() != Type::text) return sql;
    ColumnOrigin const& origin = plan_.schema.origins[*column];
    if (origin.from != ColumnOrigin::From::source) return sql;
    SqlColumn const* const plain = tables_.rows.column(origin.column);
    return plain != nullptr && plain->type == SqlType::text ? "r." + plain->written : sql;
  }

  /// The columns that say where a group belongs.
  std::vector<std::string> place(SqlWriter& writer, std::size_t g) const {
    CompiledGrouping const& grouping = plan_.groupings[g];
    std::vector<std::string> out{slot(writer, stretches(g))};
    for (std::size_t i = 0; i < grouping.reporters.size(); ++i)
      out.push_back(fmt::format("{} as reporter_{}", key(writer, grouping.reporters[i]), i + 1));
    for (std::size_t i = 0; i < grouping.by.size(); ++i)
      out.push_back(fmt::format("{} as by_{}", key(writer, grouping.by[i]), i + 1));
    return out;
  }

  void add_values(std::size_t g) {
    for (std::size_t a = 0; a < plan_.groupings[g].aggregates.size(); ++a)
      if (by_value(g, a)) add_values_of(g, a);
  }

  void add_states(std::size_t g, bool with_facts) {
    SqlWriter states = writer();
    auto columns = place(states, g);
    std::size_t const keys = columns.size();
    SqlStatement statement;
    statement.grouping = g;
    statement.stretches = stretches(g);
    for (std::size_t a = 0; a < plan_.groupings[g].aggregates.size(); ++a) {
      if (by_value(g, a)) continue;
      statement.once |= plan_.groupings[g].aggregates[a].kind == AggregateKind::distinct;
      add_state(states, columns, plan_.groupings[g].aggregates[a]);
      statement.aggregates.push_back(a);
    }
    if (with_facts) {
      statement.facts_at = columns.size();
      for (auto& fact : facts(states)) columns.push_back(std::move(fact));
    } else if (statement.aggregates.empty()) {
      return;
    }
    std::string_view const people =
        statement.once ? "-- people are counted there, since no group is a part of another that is asked for\n" : "";
    statement.sql = fmt::format("{}{}{}", why_finest(), people,
                                grouped(states, columns, keys, {}, !with_facts || facts_of_ == FactsOf::windows));
    add(states, std::move(statement));
  }

  std::string_view why_finest() const {
    if (server_ == SqlServer::citus)
      return "-- the finest groups; coarser ones, windows and totals are made up from them, since Citus has grouping\n"
             "-- sets within one shard only\n";
    return "-- the finest groups; coarser ones, windows and totals are made up from them, since grouping sets keep\n"
           "-- PostgreSQL from aggregating partitions where they lie\n";
  }

  /// The values themselves are needed. Where only their number is, it is supposed that no two groups are one place.
  bool by_value(std::size_t g, std::size_t a) {
    AggregateKind const kind = plan_.groupings[g].aggregates[a].kind;
    bool const slots = stretches_.form != SqlStretches::Form::by_day;
    if (suppose_ && slots && plan_.plan.groupings[g].aggregates[a].number_only) {
      supposes_ = true;
      return false;
    }
    return kind == AggregateKind::distinct || kind == AggregateKind::values || kind == AggregateKind::moments ||
           kind == AggregateKind::id_counts || kind == AggregateKind::id_pairs;
  }

  std::string grouped(SqlWriter& writer, std::vector<std::string> const& columns, std::size_t keys,
                      std::string const& only, bool some_days = true) {
    std::string sql = fmt::format("select\n  {}\n{}", fmt::join(columns, ",\n  "), tables_.from(writer));
    std::string const days = some_days ? wanted_days(writer) : "";
    if (!days.empty() || !only.empty())
      sql += fmt::format("\nwhere {}{}{}", days, !days.empty() && !only.empty() ? " and " : "", only);
    for (std::size_t k = 1; k <= keys; ++k) sql += fmt::format("{}{}", k == 1 ? "\ngroup by " : ", ", k);
    return sql;
  }

  void add_state(SqlWriter& writer, std::vector<std::string>& columns, CompiledAggregate const& aggregate) {
    std::string const when = condition(writer, aggregate.mask);
    std::string const filter = when.empty() ? "" : fmt::format(" filter (where {})", when);
    columns.push_back("count(*)" + filter);
    if (aggregate.kind == AggregateKind::count) return;
    if (aggregate.kind == AggregateKind::distinct) {
      columns.push_back("count(distinct " + key(writer, *aggregate.argument) + ")" + filter);
      return;
    }
    if (!aggregate.argument || aggregate.kind == AggregateKind::first || aggregate.kind == AggregateKind::last)
      return refuse("'first' and 'last' go by the order in which rows are read");
    std::string const value = writer.write(plan_.expressions[*aggregate.argument].bound);
    if (aggregate.kind == AggregateKind::minimum || aggregate.kind == AggregateKind::maximum) {
      columns.push_back((aggregate.kind == AggregateKind::minimum ? "min(" : "max(") + value + ")" + filter);
    } else if (aggregate.kind == AggregateKind::sum) {
      columns.push_back("sum(" + value + ")" + filter);
    } else {
      std::string const weight = writer.write(plan_.expressions[*aggregate.weight].bound);
      columns.push_back(fmt::format("sum({}::numeric * {}){}", value, weight, filter));
      columns.push_back(fmt::format("sum({}){}", weight, filter));
    }
  }

  void add_values_of(std::size_t g, std::size_t a) {
    CompiledAggregate const& aggregate = plan_.groupings[g].aggregates[a];
    SqlWriter values = writer();
    auto columns = place(values, g);
    columns.push_back(key(values, *aggregate.argument) + " as value");
    if (aggregate.others) columns.push_back(values.write(plan_.expressions[*aggregate.weight].bound) + " as other");
    std::size_t const keys = columns.size();
    columns.emplace_back("count(*) as rows");
    std::string const what =
        aggregate.ids ? "each thing that is counted once, in each of the finest groups: numbers would not add up"
                      : "the values that medians and the like are worked out from";
    std::string const sql = grouped(values, columns, keys, condition(values, aggregate.mask));
    SqlStatement statement;
    statement.gives = Gives::values;
    statement.grouping = g;
    statement.aggregates = {a};
    statement.stretches = stretches(g);
    statement.sql = fmt::format("-- {}\n{}", what, sql);
    add(values, std::move(statement));
  }

  void add_contact(std::size_t c) {
    CompiledContact const& contact = plan_.contacts[c];
    SqlWriter first = writer();
    std::string const id = first.write(plan_.expressions[plan_.ids[contact.ids].expression].bound);
    std::string const joined = tables_.from(first);
    std::string const sql = fmt::format(
        "-- the first date of each person\nselect\n  {} as id,\n  min({}) as first\n{}\nwhere {}\ngroup by 1", id,
        day(first), joined, condition(first, contact.mask));
    add_one(first, Gives::contacts, c, sql);
  }

  /// What is to be known about all rows (SqlStatement::Gives::facts).
  std::vector<std::string> facts(SqlWriter& writer) {
    std::string const at = day(writer);
    std::vector<std::string> keys;
    for (auto const& [i, target] : tables_.lookups)
      keys.push_back(fmt::format("count(*) filter (where {} is not null and {} is null) as unmatched_{}",
                                 writer.schema_column(plan_.lookup_keys[i].front()), tables_.key(writer, i), i));
    note_unfit(writer);
    std::erase(unfit_, SqlWriter::unfit_date(at));  // the first and last date tell
    std::vector<std::string> out{
        "count(*) as rows", fmt::format("min({}) as first", at), fmt::format("max({}) as last", at),
        fmt::format("count(*) filter (where {} is null) as undated", at),
        unfit_.empty() ? std::string("0 as to_read")
                       : fmt::format("count(*) filter (where {}) as to_read", fmt::join(unfit_, " or "))};
    out.insert(out.end(), keys.begin(), keys.end());
    return out;
  }

  void add_facts() {
    SqlWriter all = writer();
    auto const columns = facts(all);
    SqlStatement statement;
    statement.gives = Gives::facts;
    statement.sql = fmt::format("select\n  {}\n{}", fmt::join(columns, ",\n  "), tables_.from(all));
    add(all, std::move(statement));
  }

  void note_unfit(SqlWriter const& writer) {
    for (auto const& condition : writer.unfit())
      if (std::find(unfit_.begin(), unfit_.end(), condition) == unfit_.end()) unfit_.push_back(condition);
  }

  void add_one(SqlWriter const& writer, Gives gives, std::size_t of, std::string sql) {
    SqlStatement statement;
    statement.gives = gives;
    statement.grouping = of;
    statement.sql = std::move(sql);
    add(writer, std::move(statement));
  }

  void add(SqlWriter const& writer, SqlStatement statement) {
    if (!writer.reason().empty()) refuse(writer.reason());
    note_unfit(writer);
    statement.parameters = writer.parameters();
    out_.statements.push_back(std::move(statement));
  }

  Dataset const& dataset_;
  CompiledPlan const& plan_;
  SqlTable const& table_;
  SourceOpener& sources_;
  SqlRelations tables_{};
  FactsOf facts_of_;
  SqlServer server_ = SqlServer::postgresql;
  bool suppose_ = true;    // boundaries, and that groups come once
  bool supposes_ = false;  // it did
  SqlStretches stretches_{};
  std::vector<std::string> unfit_{};
  SqlPlan out_{};
};

}  // namespace

Result<SqlPlan> compile_sql(Dataset const& dataset, CompiledPlan const& plan, SqlTable const& table,
                            SourceOpener& sources, FactsOf facts) {
  return PlanCompiler(dataset, plan, table, sources, facts).compile();
}

}  // namespace yekun
