#include "indicators/sql_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "indicators/sql_terms.h"

namespace yekun {
namespace {

using Gives = SqlStatement::Gives;

constexpr std::size_t kMostCounts = 24;  // statements that count the different people of one aggregate

class PlanCompiler {
 public:
  PlanCompiler(Dataset const& dataset, CompiledPlan const& plan, SqlTable const& table, SourceOpener& sources,
               FactsOf facts)
      : dataset_(dataset), plan_(plan), table_(table), sources_(sources), facts_of_(facts), terms_{plan} {
    terms_.tables.dataset = &dataset;
    terms_.tables.plan = &plan;
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
    terms_.stretches = sql_stretches(plan_, suppose_);
    supposes_ |= terms_.stretches.is_supposed();
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
    terms_.tables.rows = *std::move(rows);
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
      terms_.tables.lookups.emplace(i, *std::move(joined));
    }
    return {};
  }

  void add_lookup(std::size_t i) {
    SqlRelation const& target = terms_.tables.lookups.at(i);
    LookupSpec const& lookup = dataset_.lookups[i];
    auto const type_of = [&](Dataset const& of, std::string const& name) {
      ColumnSpec const* const spec = of.column(name);
      return spec == nullptr ? Type::text : spec->type;
    };
    Type const here = plan_.schema.schema.columns[plan_.lookup_keys[i].front()].type;
    if (here != type_of(*target.dataset, lookup.target_columns.front()) ||
        (here != Type::text && here != Type::integer))
      return refuse(fmt::format("the keys of lookup '{}' are not both text or both whole numbers", lookup.name));
    SqlWriter doubled = terms_.writer();
    std::string const key = terms_.tables.key(doubled, i);
    add_one(doubled, Gives::obstacle, i,
            fmt::format("-- is a key of '{0}' there twice?\nselect 1\nfrom {1} as {2}\nwhere {3} is not null\ngroup "
                        "by {3}\nhaving count(*) > 1\nlimit 1",
                        lookup.name, target.from, target.alias, key));
    SqlWriter examples = terms_.writer();
    std::string const mine = examples.schema_column(plan_.lookup_keys[i].front());
    std::string const there = terms_.tables.key(examples, i);
    std::string const joined = terms_.tables.from(examples, mine + there);
    add_one(examples, Gives::examples, i,
            fmt::format("-- keys without a match in '{0}'\nselect {1}\n{2}\nwhere {1} is not null and {3} is "
                        "null\ngroup by 1\norder by ({1})::text collate \"C\"\nlimit {4}",
                        lookup.name, mine, joined, there, LookupFinder::kListed));
  }

  void add_values(std::size_t g) {
    for (std::size_t a = 0; a < plan_.groupings[g].aggregates.size(); ++a)
      if (is_counted(g, a))
        add_numbers_of(g, a);
      else if (by_value(g, a))
        add_values_of(g, a);
  }

  /// Citus counts different people faster than it hands over who is in which group. Each set of dimensions and each
  /// layer of windows is a statement, so that few of them are worth it.
  bool is_counted(std::size_t g, std::size_t a) {
    PlanAggregate const& asked = plan_.plan.groupings[g].aggregates[a];
    if (server_ != SqlServer::citus || !suppose_ || asked.asked_windows.empty()) return false;
    if (asked.number_only && terms_.stretches.form != SqlStretches::Form::by_day) return false;  // by the finest groups
    std::size_t const layers = plan_.dates.empty() ? 0 : sql_layers(asked.asked_windows).size();
    bool const few = layers > 0 && layers * asked.asked_sets.size() <= kMostCounts;
    supposes_ |= few;
    return few;
  }

  void add_numbers_of(std::size_t g, std::size_t a) {
    PlanAggregate const& asked = plan_.plan.groupings[g].aggregates[a];
    for (SqlLayer const& layer : sql_layers(asked.asked_windows))
      for (std::uint32_t const set : asked.asked_sets) add_numbers(g, a, layer, set);
  }

  void add_numbers(std::size_t g, std::size_t a, SqlLayer const& layer, std::uint32_t set) {
    CompiledGrouping const& grouping = plan_.groupings[g];
    CompiledAggregate const& aggregate = grouping.aggregates[a];
    SqlWriter numbers = terms_.writer();
    auto const [stretch, days] = terms_.stretch_of(numbers, layer);
    std::vector<std::string> columns{stretch};
    for (std::size_t i = 0; i < grouping.by.size(); ++i)
      if ((set >> i & 1U) != 0) columns.push_back(terms_.by(numbers, g, i));
    std::size_t const keys = columns.size();
    columns.push_back(fmt::format("count(distinct {}) as number", terms_.key(numbers, *aggregate.argument)));
    std::string const when = terms_.condition(numbers, aggregate.mask);
    SqlStatement statement;
    statement.gives = Gives::numbers;
    statement.grouping = g;
    statement.aggregates = {a};
    statement.set = set;
    statement.layer = layer;
    statement.sql = fmt::format(
        "-- how many different ones there are, a statement for each grouping set and for windows that overlap, since "
        "Citus\n"
        "-- counts where the rows lie faster than it hands over who is in which group\n{}",
        grouped(numbers, columns, keys, days + (days.empty() || when.empty() ? "" : " and ") + when, false));
    add(numbers, std::move(statement));
  }

  void add_states(std::size_t g, bool with_facts) {
    SqlWriter states = terms_.writer();
    told_.clear();
    auto columns = terms_.place(states, g);
    std::size_t const keys = columns.size();
    SqlStatement statement;
    statement.grouping = g;
    statement.stretches = terms_.stretches_of(g);
    for (std::size_t a = 0; a < plan_.groupings[g].aggregates.size(); ++a) {
      if (is_counted(g, a)) {
        statement.rows_only.push_back(a);
        columns.push_back(terms_.rows(states, plan_.groupings[g].aggregates[a]).count);
        statement.aggregates.push_back(a);
        continue;
      }
      if (by_value(g, a)) continue;
      statement.once |= plan_.groupings[g].aggregates[a].kind == AggregateKind::distinct;
      add_state(states, columns, plan_.groupings[g].aggregates[a]);
      statement.aggregates.push_back(a);
    }
    if (with_facts) {
      statement.facts_at = columns.size();
      for (auto& fact : facts(states, facts_of_ == FactsOf::windows && terms_.leaves_undated_out()))
        columns.push_back(std::move(fact));
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
    bool const slots = terms_.stretches.form != SqlStretches::Form::by_day;
    if (suppose_ && slots && plan_.plan.groupings[g].aggregates[a].number_only) {
      supposes_ = true;
      return false;
    }
    return kind == AggregateKind::distinct || kind == AggregateKind::values || kind == AggregateKind::moments ||
           kind == AggregateKind::id_counts || kind == AggregateKind::id_pairs;
  }

  std::string grouped(SqlWriter& writer, std::vector<std::string> const& columns, std::size_t keys,
                      std::string const& only, bool some_days = true) {
    std::string const shown = fmt::format("{}", fmt::join(columns, ",\n  "));
    std::string const joined = terms_.tables.from(writer, shown + only + terms_.day(writer));
    std::string sql = fmt::format("select\n  {}\n{}", shown, joined);
    std::string const days = some_days ? terms_.wanted_days(writer) : "";
    if (!days.empty() || !only.empty())
      sql += fmt::format("\nwhere {}{}{}", days, !days.empty() && !only.empty() ? " and " : "", only);
    for (std::size_t k = 1; k <= keys; ++k) sql += fmt::format("{}{}", k == 1 ? "\ngroup by " : ", ", k);
    return sql;
  }

  void add_state(SqlWriter& writer, std::vector<std::string>& columns, CompiledAggregate const& aggregate) {
    auto const rows = terms_.rows(writer, aggregate);
    std::string const& filter = rows.filter;
    columns.push_back(rows.count);
    if (aggregate.kind == AggregateKind::count) return;
    if (aggregate.kind == AggregateKind::distinct) {
      columns.push_back("count(distinct " + terms_.key(writer, *aggregate.argument) + ")" + filter);
      return;
    }
    if (!aggregate.argument || aggregate.kind == AggregateKind::first || aggregate.kind == AggregateKind::last)
      return refuse("'first' and 'last' go by the order in which rows are read");
    std::string const value = writer.write(plan_.expressions[*aggregate.argument].bound);
    if (aggregate.kind == AggregateKind::minimum || aggregate.kind == AggregateKind::maximum) {
      columns.push_back((aggregate.kind == AggregateKind::minimum ? "min(" : "max(") + value + ")" + filter);
    } else if (aggregate.kind == AggregateKind::sum) {
      columns.push_back("sum(" + value + ")" + filter);
      if (filter.empty()) told_.push_back(SqlWriter::not_a_number(value));
    } else {
      std::string const weight = writer.write(plan_.expressions[*aggregate.weight].bound);
      columns.push_back(fmt::format("sum({}::numeric * {}){}", value, weight, filter));
      columns.push_back(fmt::format("sum({}){}", weight, filter));
    }
  }

  void add_values_of(std::size_t g, std::size_t a) {
    CompiledAggregate const& aggregate = plan_.groupings[g].aggregates[a];
    SqlWriter values = terms_.writer();
    auto columns = terms_.place(values, g);
    columns.push_back(terms_.key(values, *aggregate.argument) + " as value");
    if (aggregate.others) columns.push_back(values.write(plan_.expressions[*aggregate.weight].bound) + " as other");
    std::size_t const keys = columns.size();
    columns.emplace_back("count(*) as rows");
    std::string const what =
        aggregate.ids ? "each thing that is counted once, in each of the finest groups: numbers would not add up"
                      : "the values that medians and the like are worked out from";
    std::string const sql = grouped(values, columns, keys, terms_.condition(values, aggregate.mask));
    SqlStatement statement;
    statement.gives = Gives::values;
    statement.grouping = g;
    statement.aggregates = {a};
    statement.stretches = terms_.stretches_of(g);
    statement.sql = fmt::format("-- {}\n{}", what, sql);
    add(values, std::move(statement));
  }

  void add_contact(std::size_t c) {
    CompiledContact const& contact = plan_.contacts[c];
    SqlWriter first = terms_.writer();
    std::string const id = first.write(plan_.expressions[plan_.ids[contact.ids].expression].bound);
    std::string const day = terms_.day(first);
    std::string const when = terms_.condition(first, contact.mask);
    std::string const sql = fmt::format(
        "-- the first date of each person\nselect\n  {} as id,\n  min({}) as first\n{}\nwhere {}\ngroup by 1", id, day,
        terms_.tables.from(first, id + day + when), when);
    add_one(first, Gives::contacts, c, sql);
  }

  /// What is to be known about all rows (SqlStatement::Gives::facts).
  std::vector<std::string> facts(SqlWriter& writer, bool all_dated) {
    std::string const at = terms_.day(writer);
    std::vector<std::string> keys;
    for (auto const& [i, target] : terms_.tables.lookups)
      keys.push_back(fmt::format("count(*) filter (where {} is not null and {} is null) as unmatched_{}",
                                 writer.schema_column(plan_.lookup_keys[i].front()), terms_.tables.key(writer, i), i));
    note_unfit(writer);
    std::erase(unfit_, SqlWriter::unfit_date(at));  // the first and last date tell
    for (auto const& condition : told_) std::erase(unfit_, condition);
    std::vector<std::string> out{
        "count(*) as rows", fmt::format("min({}) as first", at), fmt::format("max({}) as last", at),
        all_dated ? std::string("0 as undated") : fmt::format("count(*) filter (where {} is null) as undated", at),
        unfit_.empty() ? std::string("0 as to_read")
                       : fmt::format("count(*) filter (where {}) as to_read", fmt::join(unfit_, " or "))};
    out.insert(out.end(), keys.begin(), keys.end());
    return out;
  }

  void add_facts() {
    SqlWriter all = terms_.writer();
    auto const columns = facts(all, false);
    SqlStatement statement;
    statement.gives = Gives::facts;
    std::string const shown = fmt::format("{}", fmt::join(columns, ",\n  "));
    statement.sql = fmt::format("select\n  {}\n{}", shown, terms_.tables.from(all, shown));
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
  FactsOf facts_of_;
  SqlServer server_ = SqlServer::postgresql;
  bool suppose_ = true;    // boundaries, and that groups come once
  bool supposes_ = false;  // it did
  SqlTerms terms_;
  std::vector<std::string> unfit_{};
  std::vector<std::string> told_{};  // of those: what a sum of all rows tells, which is no number then
  SqlPlan out_{};
};

}  // namespace

Result<SqlPlan> compile_sql(Dataset const& dataset, CompiledPlan const& plan, SqlTable const& table,
                            SourceOpener& sources, FactsOf facts) {
  return PlanCompiler(dataset, plan, table, sources, facts).compile();
}

}  // namespace yekun
