// What planners see better, or work out faster, than the expression itself: truth, presence, and how large a sum may
// get.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "indicators/sql_expression.h"

namespace yekun {
namespace {

/// A text constant that is not empty.
bool is_some_text(Constant const& value) {
  auto const* const text = std::get_if<std::string>(&value);
  return text != nullptr && !text->empty() && text->find('\0') == std::string::npos;
}

bool is_some_text(BoundNode const& node) { return node.op == Op::constant && is_some_text(node.constant); }

}  // namespace

std::string SqlWriter::unfit_date(std::string const& date) {
  return fmt::format("{0} < '0001-01-01' or {0} > '9999-12-31'", date);
}

std::optional<std::string> SqlWriter::raw_text(BoundNode const& node, BoundExpression const& expression) const {
  if (node.op != Op::column || node.type != Type::text) return std::nullopt;
  ColumnOrigin const& origin = plan_.schema.origins[expression.columns[node.slot]];
  if (origin.from != ColumnOrigin::From::source) return std::nullopt;
  SqlColumn const* const column = rows_.column(origin.column);
  if (column == nullptr || column->type != SqlType::text) return std::nullopt;
  return rows_.alias + "." + column->written;
}

std::string SqlWriter::holds(BoundNode const& node, BoundExpression const& expression) {
  if (node.op == Op::logical_and || node.op == Op::logical_or) {
    std::string out;
    for (auto const& part : node.parts)
      out += (out.empty() ? "" : node.op == Op::logical_and ? " and " : " or ") + holds(part, expression);
    return "(" + out + ")";
  }
  std::string exact = this->node(node, expression);  // and what it refuses
  auto const raw = node.parts.empty() ? std::nullopt : raw_text(node.parts[0], expression);
  if (!raw) return exact;
  if (node.op == Op::compare && node.comparison == Comparison::equal && is_some_text(node.parts[1]))
    return fmt::format("{} = {}", *raw, constant(node.parts[1].constant, Type::text));
  if (node.op != Op::in_list || node.negated) return exact;
  std::string list;
  for (auto const& one : node.list) {
    if (!is_some_text(one)) return exact;
    list += (list.empty() ? "" : ", ") + constant(one, Type::text);
  }
  return list.empty() ? exact : fmt::format("{} in ({})", *raw, list);
}

std::string SqlWriter::all_present(BoundNode const& node, BoundExpression const& expression) {
  (void)this->node(node, expression);  // what it refuses
  std::vector<std::string> all;
  for (auto const& part : node.parts)
    if (auto one = present(part, expression); !one.empty() && std::find(all.begin(), all.end(), one) == all.end())
      all.push_back(std::move(one));
  return fmt::format("{}", fmt::join(all, " and "));
}

std::string SqlWriter::present(BoundNode const& node, BoundExpression const& expression) {
  switch (node.op) {
    case Op::constant:
      if (!std::holds_alternative<std::monostate>(node.constant)) return {};
      break;
    case Op::add:
    case Op::subtract:
    case Op::negate:
      // Whole numbers may overflow, which only working them out tells.
      if (node.type == Type::decimal && greatest(node, expression) <= kMostDecimal)
        return all_present(node, expression);
      break;
    case Op::compare:
      return all_present(node, expression);
    case Op::column:
      if (auto const raw = raw_text(node, expression)) {
        (void)this->node(node, expression);
        return *raw + " <> ''";
      }
      if (auto const& origin = plan_.schema.origins[expression.columns[node.slot]];
          origin.from == ColumnOrigin::From::derived)
        return present(origin.expression);
      break;
    default:
      break;
  }
  return this->node(node, expression) + " is not null";
}

/// No decimal of the expression is greater, by what its columns and literals may hold.
double SqlWriter::greatest(BoundNode const& node, BoundExpression const& expression) const {
  constexpr double kColumn = 1e12;  // unfit() and casts see to it
  double sum = 0;
  switch (node.op) {
    case Op::constant:
      if (auto const* whole = std::get_if<std::int64_t>(&node.constant)) return std::abs(static_cast<double>(*whole));
      if (auto const* decimal = std::get_if<Decimal>(&node.constant))
        return std::abs(static_cast<double>(decimal->micros)) / 1e6;
      return HUGE_VAL;
    case Op::column:
      if (auto const& origin = plan_.schema.origins[expression.columns[node.slot]];
          origin.from == ColumnOrigin::From::derived)
        return greatest(origin.expression.root, origin.expression);
      return kColumn;
    case Op::negate:
      return greatest(node.parts[0], expression);
    case Op::add:
    case Op::subtract:
      for (auto const& part : node.parts) sum += greatest(part, expression);
      return sum <= kMostDecimal ? sum : kColumn;
    case Op::multiply:
    case Op::to_decimal:
    case Op::case_when:
      return kColumn;
    default:
      return HUGE_VAL;
  }
}

}  // namespace yekun
