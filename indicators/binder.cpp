#include "indicators/binder.h"

#include <algorithm>

namespace yekun {
namespace {

Type type_of(Constant const& constant) {
  struct Visitor {
    Type operator()(std::monostate) const { return Type::text; }
    Type operator()(std::int64_t) const { return Type::integer; }
    Type operator()(Decimal) const { return Type::decimal; }
    Type operator()(double) const { return Type::number; }
    Type operator()(std::string const&) const { return Type::text; }
    Type operator()(Date) const { return Type::date; }
    Type operator()(bool) const { return Type::boolean; }
  };
  return std::visit(Visitor{}, constant);
}

Comparison comparison_of(std::string_view op) {
  if (op == "=") return Comparison::equal;
  if (op == "<>") return Comparison::not_equal;
  if (op == "<") return Comparison::less;
  if (op == "<=") return Comparison::less_equal;
  return op == ">" ? Comparison::greater : Comparison::greater_equal;
}

bool is_null_constant(Expr const& e) {
  return e.kind == Expr::Kind::constant && std::holds_alternative<std::monostate>(e.constant);
}

}  // namespace

BoundNode Binder::node(Op op, Type type, std::vector<BoundNode> parts, Expr const& e) {
  BoundNode n;
  n.op = op;
  n.type = type;
  n.parts = std::move(parts);
  n.at = e.at;
  n.end = e.end;
  return n;
}

BoundNode Binder::mistake(Expr const& e) {
  BoundNode n = node(Op::constant, Type::text, {}, e);
  n.untyped = true;
  return n;
}

void Binder::report(std::uint32_t at, std::string code, std::string message, std::string hint) {
  errors_.push_back(error_at(source_.text, source_.place, at, std::move(code), std::move(message), std::move(hint)));
}

/// A node whose parts are all constants becomes their value.
BoundNode Binder::fold(BoundNode n) {
  if (n.op == Op::constant || n.op == Op::column || !errors_.empty()) return n;
  for (BoundNode const& part : n.parts)
    if (part.op != Op::constant) return n;
  BoundExpression alone;
  alone.root = n;
  alone.text = source_.text;
  alone.place = source_.place;
  auto value = fold_constant(alone);
  if (!value) {
    for (Diagnostic& d : value.error()) errors_.push_back(std::move(d));
    n.op = Op::constant;
    n.parts.clear();
    return n;
  }
  n.op = Op::constant;
  n.constant = std::move(*value);
  n.parts.clear();
  return n;
}

BoundNode Binder::bind(Expr const& e) {
  switch (e.kind) {
    case Expr::Kind::constant: {
      BoundNode n = node(Op::constant, type_of(e.constant), {}, e);
      n.constant = e.constant;
      n.untyped = is_null_constant(e);
      return n;
    }
    case Expr::Kind::column:
      return bind_column(e);
    case Expr::Kind::operation:
      return fold(bind_operation(e));
    case Expr::Kind::in:
      return fold(bind_in(e));
    case Expr::Kind::between:
      return fold(bind_between(e));
    case Expr::Kind::like:
      return fold(bind_like(e));
    case Expr::Kind::is_null: {
      std::vector<BoundNode> parts;
      parts.push_back(bind(e.parts[0]));
      BoundNode n = node(Op::is_null, Type::boolean, std::move(parts), e);
      n.negated = e.negated;
      return fold(std::move(n));
    }
    case Expr::Kind::case_when:
      return fold(bind_case(e));
    case Expr::Kind::call:
      return fold(bind_call(e));
  }
  return mistake(e);
}

BoundNode Binder::bind_column(Expr const& e) {
  auto const found = find_column(schema_, e.name);
  if (!found) {
    std::string hint = found.error().hint;
    if (hint.starts_with("one of: ") && e.name.find('.') == std::string::npos)
      hint += "; a text is written in single quotes: '" + e.name + "'";
    report(e.at, "unknown-column", found.error().message, hint);
    return mistake(e);
  }
  auto const known = std::find(result_.columns.begin(), result_.columns.end(), *found);
  BoundNode n = node(Op::column, schema_.columns[*found].type, {}, e);
  n.slot = static_cast<std::uint32_t>(known - result_.columns.begin());
  if (known == result_.columns.end()) result_.columns.push_back(*found);
  if (schema_.columns[*found].personal) result_.personal = true;
  return n;
}

BoundNode Binder::bind_operation(Expr const& e) {
  if (e.name == "and" || e.name == "or" || e.name == "not") return bind_logical(e);
  if (e.name == "=" || e.name.front() == '<' || e.name.front() == '>') return bind_comparison(e);
  return bind_arithmetic(e);
}

BoundNode Binder::bind_logical(Expr const& e) {
  std::vector<BoundNode> parts;
  for (Expr const& part : e.parts) {
    parts.push_back(bind(part));
    require_boolean(parts.back(), "what '" + e.name + "' joins");
  }
  Op const op = e.name == "and" ? Op::logical_and : e.name == "or" ? Op::logical_or : Op::logical_not;
  return node(op, Type::boolean, std::move(parts), e);
}

BoundNode Binder::bind_comparison(Expr const& e) {
  for (Expr const& part : e.parts) {
    if (!is_null_constant(part)) continue;
    report(e.at, "compare-null", "a comparison with null is never true", "write is null or is not null");
    return mistake(e);
  }
  BoundNode left = bind(e.parts[0]);
  BoundNode right = bind(e.parts[1]);
  return compared(comparison_of(e.name), std::move(left), std::move(right), e);
}

BoundNode Binder::compared(Comparison comparison, BoundNode left, BoundNode right, Expr const& e) {
  std::vector<BoundNode> parts;
  parts.push_back(std::move(left));
  parts.push_back(std::move(right));
  if (!unify(parts, true, e, "compare")) return mistake(e);
  BoundNode n = node(Op::compare, Type::boolean, std::move(parts), e);
  n.comparison = comparison;
  return n;
}

BoundNode Binder::negated(BoundNode inner, Expr const& e) {
  if (!e.negated) return inner;
  std::vector<BoundNode> parts;
  parts.push_back(std::move(inner));
  return node(Op::logical_not, Type::boolean, std::move(parts), e);
}

BoundNode Binder::bind_in(Expr const& e) {
  std::vector<BoundNode> all;
  for (Expr const& part : e.parts) all.push_back(bind(part));
  if (!unify(all, true, e, "compare")) return mistake(e);
  bool const constants =
      std::all_of(all.begin() + 1, all.end(), [](BoundNode const& n) { return n.op == Op::constant; });
  BoundNode subject = std::move(all.front());
  all.erase(all.begin());
  if (constants) return list_of_constants(std::move(subject), std::move(all), e);
  BoundNode any;
  for (std::size_t i = 0; i < all.size(); ++i) {
    BoundNode equal = compared(Comparison::equal, subject, std::move(all[i]), e);
    if (i == 0) {
      any = std::move(equal);
      continue;
    }
    std::vector<BoundNode> parts;
    parts.push_back(std::move(any));
    parts.push_back(std::move(equal));
    any = node(Op::logical_or, Type::boolean, std::move(parts), e);
  }
  return negated(std::move(any), e);
}

BoundNode Binder::list_of_constants(BoundNode subject, std::vector<BoundNode> items, Expr const& e) {
  std::vector<BoundNode> parts;
  parts.push_back(std::move(subject));
  BoundNode n = node(Op::in_list, Type::boolean, std::move(parts), e);
  n.negated = e.negated;
  for (BoundNode& item : items) {
    if (std::holds_alternative<std::monostate>(item.constant))
      n.list_has_null = true;
    else
      n.list.push_back(std::move(item.constant));
  }
  std::sort(n.list.begin(), n.list.end());
  n.list.erase(std::unique(n.list.begin(), n.list.end()), n.list.end());
  return n;
}

BoundNode Binder::bind_between(Expr const& e) {
  BoundNode const subject = bind(e.parts[0]);
  BoundNode low = compared(Comparison::greater_equal, subject, bind(e.parts[1]), e);
  BoundNode high = compared(Comparison::less_equal, subject, bind(e.parts[2]), e);
  std::vector<BoundNode> parts;
  parts.push_back(fold(std::move(low)));
  parts.push_back(fold(std::move(high)));
  return negated(fold(node(Op::logical_and, Type::boolean, std::move(parts), e)), e);
}

BoundNode Binder::bind_like(Expr const& e) {
  std::vector<BoundNode> parts;
  for (Expr const& part : e.parts) {
    parts.push_back(bind(part));
    if (!require(parts.back(), 't', "like")) return mistake(e);
  }
  BoundNode n = node(Op::like, Type::boolean, std::move(parts), e);
  n.negated = e.negated;
  n.escape = e.escape;
  return n;
}

BoundNode Binder::bind_case(Expr const& e) {
  std::vector<BoundNode> conditions;
  std::vector<BoundNode> results;
  for (std::size_t i = 0; i < e.parts.size(); ++i) {
    bool const is_else = i + 1 == e.parts.size() && i % 2 == 0;
    BoundNode part = bind(e.parts[i]);
    if (i % 2 == 0 && !is_else) {
      require_boolean(part, "what follows 'when'");
      conditions.push_back(std::move(part));
    } else {
      results.push_back(std::move(part));
    }
  }
  if (!unify(results, false, e, "give in one case")) return mistake(e);
  Type const type = results.front().type;
  bool const untyped = std::all_of(results.begin(), results.end(), [](BoundNode const& n) { return n.untyped; });
  std::vector<BoundNode> parts;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i < conditions.size()) parts.push_back(std::move(conditions[i]));
    parts.push_back(std::move(results[i]));
  }
  BoundNode n = node(Op::case_when, type, std::move(parts), e);
  n.untyped = untyped;
  return n;
}

}  // namespace yekun
