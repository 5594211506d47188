#include "indicators/sql_terms.h"

#include <fmt/format.h>

namespace yekun {

namespace {

/// The number of boundaries that are not after the day.
std::string bucket(SqlWriter& writer, std::string const& at, std::vector<std::int32_t> const& boundaries) {
  std::vector<std::string> days;
  for (std::int32_t const one : boundaries) days.push_back(to_iso(Date{one}));
  return fmt::format("width_bucket({}, {})", at,
                     writer.parameter(fmt::format("{{{}}}", fmt::join(days, ",")), "date[]"));
}

/// Missing where a part is missing, without any other look at what its value is.
bool is_arithmetic(BoundExpression const& expression) {
  Op const op = expression.root.op;
  return expression.type() != Type::text &&
         (op == Op::column || op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::negate);
}

}  // namespace

std::string SqlTerms::day(SqlWriter& writer) const {
  return plan.dates.empty() ? std::string("null::date") : writer.schema_column(plan.dates.front());
}

std::string SqlTerms::date(SqlWriter& writer, std::int32_t days) {
  return writer.parameter(to_iso(Date{days}), "date");
}

SqlStretches SqlTerms::stretches_of(std::size_t grouping) const {
  return plan.plan.groupings[grouping].time == TimeMode::stretches ? stretches : SqlStretches{};
}

/// The place's first column: the number of boundaries that are not after the day, or the day itself.
std::string SqlTerms::slot(SqlWriter& writer, SqlStretches const& of) const {
  if (of.form == SqlStretches::Form::whole) return "1 as stretch";
  std::string const at = day(writer);
  if (of.form == SqlStretches::Form::by_day) return at + " as day";
  return bucket(writer, at, of.days) + " as stretch";
}

std::string SqlTerms::by(SqlWriter& writer, std::size_t grouping, std::size_t dimension) const {
  return fmt::format("{} as by_{}", key(writer, plan.groupings[grouping].by[dimension]), dimension + 1);
}

std::vector<std::string> SqlTerms::place(SqlWriter& writer, std::size_t g) const {
  CompiledGrouping const& grouping = plan.groupings[g];
  std::vector<std::string> out{slot(writer, stretches_of(g))};
  for (std::size_t i = 0; i < grouping.reporters.size(); ++i)
    out.push_back(fmt::format("{} as reporter_{}", key(writer, grouping.reporters[i]), i + 1));
  for (std::size_t i = 0; i < grouping.by.size(); ++i) out.push_back(by(writer, g, i));
  return out;
}

std::string SqlTerms::between(SqlWriter& writer, std::int32_t from, std::int32_t end) const {
  std::string const at = day(writer);
  std::string const first = date(writer, from);
  return fmt::format("{0} >= {1} and {0} < {2}", at, first, date(writer, end));
}

std::pair<std::string, std::string> SqlTerms::stretch_of(SqlWriter& writer, SqlLayer const& layer) const {
  if (layer.days.empty()) return {"1 as stretch", ""};
  std::string const number = layer.windows.size() == 1 ? "1" : bucket(writer, day(writer), layer.days);
  return {number + " as stretch", between(writer, layer.days.front(), layer.days.back())};
}

bool SqlTerms::wants_some_days() const {
  Boundaries const& b = plan.plan.boundaries;
  bool const inside = !b.days.empty() && b.days.front() >= kFirstDate.days && b.days.back() <= kLastDate.days;
  return !b.outside && b.kinds.empty() && b.days.size() > 1 && !plan.dates.empty() && inside;
}

bool SqlTerms::leaves_undated_out() const { return wants_some_days() && !plan.plan.boundaries.undated; }

std::string SqlTerms::wanted_days(SqlWriter& writer) const {
  Boundaries const& b = plan.plan.boundaries;
  if (!wants_some_days()) return {};
  std::string const in = between(writer, b.days.front(), b.days.back());
  return b.undated ? fmt::format("({} or {} is null)", in, day(writer)) : in;
}

std::vector<std::string> SqlTerms::conditions(SqlWriter& writer, CompiledMask const& mask) const {
  std::vector<std::string> all;
  for (std::size_t const c : mask.conditions) all.push_back(writer.holds(plan.expressions[c].bound));
  std::erase(all, "");
  return all;
}

std::string SqlTerms::condition(SqlWriter& writer, std::size_t mask) const {
  CompiledMask const& m = plan.masks[mask];
  std::vector<std::string> all = conditions(writer, m);
  if (m.argument) all.push_back(writer.present(plan.expressions[*m.argument].bound));
  if (m.weight) all.push_back(writer.present(plan.expressions[*m.weight].bound));
  if (m.dated) all.push_back(day(writer) + " is not null");
  std::erase(all, "");
  return fmt::format("{}", fmt::join(all, " and "));
}

SqlTerms::Rows SqlTerms::rows(SqlWriter& writer, CompiledAggregate const& aggregate) const {
  CompiledMask const& mask = plan.masks[aggregate.mask];
  auto const filter = [](std::string const& when) {
    return when.empty() ? std::string() : fmt::format(" filter (where {})", when);
  };
  std::string const count_of = filter(condition(writer, aggregate.mask));
  bool const value_is_all = aggregate.argument && mask.argument == aggregate.argument && !mask.weight && !mask.dated;
  if (!value_is_all || !is_arithmetic(plan.expressions[*aggregate.argument].bound))
    return {"count(*)" + count_of, count_of};
  BoundExpression const& argument = plan.expressions[*aggregate.argument].bound;
  std::string const only = filter(fmt::format("{}", fmt::join(conditions(writer, mask), " and ")));
  if (argument.plain_column()) return {fmt::format("count({}){}", writer.write(argument), only), only};
  return {"count(*)" + count_of, only};
}

std::string SqlTerms::key(SqlWriter& writer, std::size_t expression) const {
  BoundExpression const& bound = plan.expressions[expression].bound;
  std::string sql = writer.write(bound);
  auto const column = bound.plain_column();
  if (!column || bound.type() != Type::text) return sql;
  ColumnOrigin const& origin = plan.schema.origins[*column];
  if (origin.from != ColumnOrigin::From::source) return sql;
  SqlColumn const* const plain = tables.rows.column(origin.column);
  return plain != nullptr && plain->type == SqlType::text ? "r." + plain->written : sql;
}

}  // namespace yekun
