#include "indicators/sql_expression.h"

#include <fmt/format.h>

#include <algorithm>

#include "indicators/dimension.h"

namespace yekun {
namespace {

constexpr std::string_view kDecimal = "numeric(18,6)";

std::string_view type_name(Type type) {
  switch (type) {
    case Type::integer:
      return "bigint";
    case Type::decimal:
      return kDecimal;
    case Type::number:
      return "double precision";
    case Type::date:
      return "date";
    case Type::boolean:
      return "boolean";
    case Type::text:
      break;
  }
  return "text";
}

/// Not by the collation of the database: by code point.
std::string ordered(std::string const& sql, Type type) { return type == Type::text ? sql + " collate \"C\"" : sql; }

/// "(" ... ")"
std::string in_brackets(std::string const& sql) { return "(" + sql + ")"; }

std::string month_and_day(std::string const& date) {
  return fmt::format("(extract(month from {0}) * 100 + extract(day from {0}))", date);
}

}  // namespace

SqlColumn const* SqlRelation::column(std::string_view name) const {
  for (auto const& one : columns)
    if (one.name == name) return &one;
  return nullptr;
}

std::string SqlWriter::refuse(std::string reason) {
  if (reason_.empty()) reason_ = std::move(reason);
  return "null";
}

std::string SqlWriter::parameter(std::string value, std::string_view type) {
  auto const [at, is_new] = known_.try_emplace(std::string(type) + " " + value);
  if (is_new) {
    parameters_.push_back(std::move(value));
    at->second = fmt::format("${}::{}", parameters_.size(), type);
  }
  return at->second;
}

std::string SqlWriter::typed(SqlRelation const& relation, std::string const& name) {
  SqlColumn const* const column = relation.column(name);
  if (column == nullptr) return refuse(fmt::format("column '{}' is not the database's own", name));
  ColumnSpec const* const spec = relation.dataset->column(name);
  Type const type = spec == nullptr ? Type::text : spec->type;
  bool const worked_on = spec != nullptr && (spec->clean || !spec->mapping.empty() || spec->missing);
  if (worked_on || !relation.dataset->missing.empty())
    return refuse(fmt::format("'clean', 'map' or 'missing' of column '{}' is worked out while reading", name));
  std::string written = relation.alias + "." + column->written;
  auto const unfit = [&](std::string const& condition) {
    if (std::find(unfit_.begin(), unfit_.end(), condition) == unfit_.end()) unfit_.push_back(condition);
  };
  bool const is_integer = column->type == SqlType::integer;
  switch (type) {
    case Type::text:
      if (column->folds) return refuse(fmt::format("the collation of column '{}' takes different texts for one", name));
      if (column->type == SqlType::text) return fmt::format("case when {0} <> '' then {0} end", written);
      if (column->type == SqlType::padded_text)
        return fmt::format("case when {0}::text <> '' then {0}::text end", written);
      if (is_integer) return written + "::text";
      break;
    case Type::integer:
      if (is_integer) return written + "::bigint";
      break;
    case Type::decimal:
      if (is_integer) return fmt::format("{}::{}", written, kDecimal);
      if (column->type == SqlType::decimal) {
        unfit(column->fits ? not_a_number(written)
                           : fmt::format("scale({0}) > 6 and {0} <> round({0}, 6) or abs({0}) >= 1e12", written));
        return written;
      }
      break;
    case Type::date:
      if (column->type == SqlType::date) {
        unfit(unfit_date(written));
        return written;
      }
      break;
    case Type::boolean:
      if (column->type == SqlType::boolean) return written;
      break;
    case Type::number:
      break;
  }
  return refuse(fmt::format("column '{}' is declared {}, which its type in the database is not", name, to_text(type)));
}

std::string SqlWriter::schema_column(std::size_t column) {
  ColumnOrigin const& origin = plan_.schema.origins[column];
  switch (origin.from) {
    case ColumnOrigin::From::source:
      return typed(rows_, origin.column);
    case ColumnOrigin::From::lookup:
      return typed(lookups_.at(origin.lookup), origin.column);
    case ColumnOrigin::From::derived:
      return write(origin.expression);
    default:
      return refuse(fmt::format("'{}' differs from window to window", plan_.schema.schema.columns[column].name));
  }
}

std::string SqlWriter::write(BoundExpression const& expression) { return node(expression.root, expression); }

std::string SqlWriter::constant(Constant const& value, Type type) {
  if (std::holds_alternative<std::monostate>(value)) return fmt::format("null::{}", type_name(type));
  if (auto const* whole = std::get_if<std::int64_t>(&value))
    return parameter(std::to_string(*whole), type == Type::decimal ? kDecimal : "bigint");
  if (auto const* decimal = std::get_if<Decimal>(&value)) return parameter(to_text(*decimal), kDecimal);
  if (auto const* text = std::get_if<std::string>(&value))
    return text->find('\0') == std::string::npos ? parameter(*text, "text") : refuse("a text holds a zero byte");
  if (auto const* date = std::get_if<Date>(&value)) return parameter(to_iso(*date), "date");
  if (auto const* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return refuse("floating point is added up exactly only where rows are read");
}

std::string SqlWriter::parts(BoundNode const& node, BoundExpression const& expression, std::string_view between) {
  std::string out;
  for (auto const& part : node.parts) out += (out.empty() ? "" : std::string(between)) + this->node(part, expression);
  return out;
}

std::string SqlWriter::node(BoundNode const& node, BoundExpression const& expression) {
  if (node.type == Type::number) return refuse("floating point is added up exactly only where rows are read");
  bool const decimal = node.type == Type::decimal;
  switch (node.op) {
    case Op::constant:
      return constant(node.constant, node.type);
    case Op::column:
      return schema_column(expression.columns[node.slot]);
    case Op::logical_and:
      return in_brackets(parts(node, expression, " and "));
    case Op::logical_or:
      return in_brackets(parts(node, expression, " or "));
    case Op::logical_not:
      return in_brackets("not " + parts(node, expression, ""));
    case Op::compare:
      return compare(node, expression);
    case Op::add:
    case Op::subtract:
      return sum(node, expression);
    case Op::multiply:
      return in_brackets(parts(node, expression, " * ")) + (decimal ? fmt::format("::{}", kDecimal) : "");
    case Op::modulo:
      if (decimal) return refuse("'%' of decimals");
      return fmt::format("({} % nullif({}, 0))", this->node(node.parts[0], expression),
                         this->node(node.parts[1], expression));
    case Op::negate:
      return in_brackets("- " + parts(node, expression, ""));
    case Op::to_decimal:
    case Op::to_decimal_saturating:
      return fmt::format("{}::{}", in_brackets(parts(node, expression, "")), kDecimal);
    case Op::in_list:
      return in_list(node, expression);
    case Op::like: {
      std::string const sides = parts(node, expression, node.negated ? " not like " : " like ");
      return in_brackets(sides + " escape " +
                         (node.escape.empty() ? std::string("''") : parameter(node.escape, "text")));
    }
    case Op::is_null:
      return in_brackets(parts(node, expression, "") + (node.negated ? " is not null" : " is null"));
    case Op::case_when:
      return case_when(node, expression);
    case Op::call:
      return call(node, expression);
    case Op::divide:
    case Op::to_number:
      break;
  }
  return refuse("floating point is added up exactly only where rows are read");
}

/// Of numbers, the days between two dates, or texts one behind the other.
std::string SqlWriter::sum(BoundNode const& node, BoundExpression const& expression) {
  bool const plus = node.op == Op::add;
  if (node.type == Type::text) return in_brackets(parts(node, expression, " || "));
  if (node.type == Type::date) return refuse("a date plus or minus days may leave the calendar");
  std::string const sql = in_brackets(parts(node, expression, plus ? " + " : " - "));
  if (node.type == Type::decimal)
    return greatest(node, expression) <= kMostDecimal ? sql : fmt::format("{}::{}", sql, kDecimal);
  return node.parts.front().type == Type::date ? sql + "::bigint" : sql;
}

std::string SqlWriter::compare(BoundNode const& node, BoundExpression const& expression) {
  static constexpr std::string_view kSigns[] = {"=", "<>", "<", "<=", ">", ">="};
  bool const by_order = node.comparison != Comparison::equal && node.comparison != Comparison::not_equal;
  std::string const left = this->node(node.parts[0], expression);
  std::string const right = this->node(node.parts[1], expression);
  Type const type = node.parts[0].type;
  return fmt::format("({} {} {})", by_order ? ordered(left, type) : left,
                     kSigns[static_cast<std::size_t>(node.comparison)], by_order ? ordered(right, type) : right);
}

std::string SqlWriter::in_list(BoundNode const& node, BoundExpression const& expression) {
  Type const type = node.parts[0].type;
  std::string list;
  for (auto const& one : node.list) list += (list.empty() ? "" : ", ") + constant(one, type);
  if (node.list_has_null) list += (list.empty() ? "" : ", ") + fmt::format("null::{}", type_name(type));
  return fmt::format("({} {} ({}))", this->node(node.parts[0], expression), node.negated ? "not in" : "in", list);
}

std::string SqlWriter::case_when(BoundNode const& node, BoundExpression const& expression) {
  std::string out = "case";
  std::size_t i = 0;
  for (; i + 1 < node.parts.size(); i += 2) {
    std::string const condition = this->node(node.parts[i], expression);
    out += " when " + condition + " then " + this->node(node.parts[i + 1], expression);
  }
  if (i < node.parts.size()) out += " else " + this->node(node.parts[i], expression);
  return fmt::format("({} end)::{}", out, type_name(node.type));
}

std::string SqlWriter::band(BoundNode const& node, std::string const& value) {
  std::vector<std::int64_t> bounds;
  for (std::size_t k = 1; k < node.parts.size(); ++k)
    if (auto const* whole = std::get_if<std::int64_t>(&node.parts[k].constant)) bounds.push_back(*whole);
  if (bounds.size() + 1 != node.parts.size()) return refuse("'band' with bounds that are no constants");
  auto const names = band_names(bounds);
  std::string out = "case";
  for (std::size_t k = 0; k < bounds.size(); ++k)
    out += fmt::format(" when {} < {} then {}", value, bounds[k],
                       parameter(k == 0 ? "<" + std::to_string(bounds[0]) : names[k - 1], "text"));
  return fmt::format("({} when {} >= {} then {} end)", out, value, bounds.back(), parameter(names.back(), "text"));
}

std::string SqlWriter::date_call(BoundNode const& node, std::vector<std::string> const& arguments) {
  auto const part = [&](std::string_view name) {
    return fmt::format("extract({} from {})::bigint", name, arguments[0]);
  };
  switch (node.function) {
    case Function::year:
      return part("year");
    case Function::month:
      return part("month");
    case Function::day:
      return part("day");
    case Function::quarter:
      return part("quarter");
    case Function::week:
      return part("week");
    case Function::weekday:
      return part("isodow");
    case Function::days_between:
      return fmt::format("({} - {})::bigint", arguments[1], arguments[0]);
    case Function::age:  // not age(): born on 29 February, the birthday is 1 March in other years
      return fmt::format(
          "(case when {1} >= {0} then extract(year from {1}) - extract(year from {0}) - case when {2} < {3} then 1 "
          "else "
          "0 end end)::bigint",
          arguments[0], arguments[1], month_and_day(arguments[1]), month_and_day(arguments[0]));
    default:
      return refuse(
          fmt::format("'{}' works while reading only", all_functions()[static_cast<std::size_t>(node.function)].name));
  }
}

std::string SqlWriter::call(BoundNode const& node, BoundExpression const& expression) {
  std::vector<std::string> arguments;
  if (node.function == Function::band) return band(node, this->node(node.parts[0], expression));
  for (auto const& part : node.parts) arguments.push_back(this->node(part, expression));
  Type const type = node.parts.front().type;
  std::string const list = fmt::format("{}", fmt::join(arguments, ", "));
  switch (node.function) {
    case Function::coalesce:
      return fmt::format("coalesce({})", list);
    case Function::nullif:
      return fmt::format("nullif({})", list);
    case Function::least:
    case Function::greatest:
      if (type == Type::text) return refuse("'least' and 'greatest' of texts");
      return fmt::format("{}({})", node.function == Function::least ? "least" : "greatest", list);
    case Function::length:
      return fmt::format("char_length({})::bigint", list);
    case Function::starts_with:
      return fmt::format("starts_with({})", list);
    case Function::ends_with:
      return fmt::format("(right({0}, char_length({1})) = {1})", arguments[0], arguments[1]);
    case Function::contains:
      return fmt::format("(strpos({}) > 0)", list);
    case Function::text:
      if (type == Type::text) return arguments[0];
      return type == Type::decimal ? fmt::format("trim_scale({})::text", arguments[0]) : "(" + arguments[0] + ")::text";
    case Function::abs:
      return fmt::format("abs({})", list);
    default:
      return date_call(node, arguments);
  }
}

}  // namespace yekun
