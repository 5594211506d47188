// The inside of bind(): one object per expression.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "indicators/bind.h"

namespace yekun {

class Binder {
 public:
  Binder(Expression const& expression, Schema const& schema) : source_(expression), schema_(schema) {}
  Result<BoundExpression> run(bool condition);

 private:
  BoundNode bind(Expr const& e);
  BoundNode bind_column(Expr const& e);
  BoundNode bind_operation(Expr const& e);
  BoundNode bind_logical(Expr const& e);
  BoundNode bind_comparison(Expr const& e);
  BoundNode bind_arithmetic(Expr const& e);
  BoundNode date_arithmetic(Expr const& e, BoundNode left, BoundNode right);
  BoundNode bind_in(Expr const& e);
  BoundNode bind_between(Expr const& e);
  BoundNode bind_like(Expr const& e);
  BoundNode bind_case(Expr const& e);
  BoundNode bind_call(Expr const& e);
  BoundNode unknown_function(Expr const& e);
  bool check_written_arguments(FunctionInfo const& info, std::vector<BoundNode> const& parts);
  BoundNode list_of_constants(BoundNode subject, std::vector<BoundNode> items, Expr const& e);

  BoundNode compared(Comparison comparison, BoundNode left, BoundNode right, Expr const& e);
  BoundNode negated(BoundNode node, Expr const& e);
  BoundNode node(Op op, Type type, std::vector<BoundNode> parts, Expr const& e);
  BoundNode mistake(Expr const& e);
  BoundNode fold(BoundNode node);

  bool check_bounds(FunctionInfo const& info, std::vector<BoundNode> const& parts);

  bool require_boolean(BoundNode& node, std::string const& what);
  bool require(BoundNode& node, char letter, std::string_view function);
  /// Brings all to one type, or reports that they have none in common.
  bool unify(std::vector<BoundNode>& nodes, bool comparing, Expr const& e, std::string const& doing);
  bool to_date_constant(BoundNode& node);
  void convert(BoundNode& node, Type type, bool comparing);
  std::string words(BoundNode const& node) const;
  void report(std::uint32_t at, std::string code, std::string message, std::string hint = {});

  Expression const& source_;
  Schema const& schema_;
  BoundExpression result_;
  Diagnostics errors_;
};

/// "a text", "an integer", ...
std::string with_article(Type type);
bool is_numeric(Type type);
/// The value of a constant expression's root.
Result<Constant> fold_constant(BoundExpression const& bound);

}  // namespace yekun
