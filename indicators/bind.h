// Expressions bound to the columns of a dataset: names found, types settled, constants folded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/column.h"
#include "indicators/expression.h"
#include "indicators/functions.h"

namespace yekun {

struct SchemaColumn {
  std::string name;  // "residents", "enterprise.region"
  Type type = Type::text;
  bool personal = false;
};

/// The columns that expressions may use: the dataset's own, its lookups' and derived ones.
struct Schema {
  std::vector<SchemaColumn> columns;
};

/// The column of that name; else, for a bare name, the only one that ends in "." + name. Several or none: an error
/// without place (message and hint).
struct NameProblem {
  std::string message;
  std::string hint;
};
tl::expected<std::size_t, NameProblem> find_column(Schema const& schema, std::string_view name);

enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

/// What a bound node does. The types of its parts say on what.
enum class Op {
  constant,
  column,
  logical_and,
  logical_or,
  logical_not,
  compare,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  to_decimal,
  to_decimal_saturating,
  to_number,
  in_list,
  like,
  is_null,
  case_when,
  call
};

struct BoundNode {
  Op op = Op::constant;
  Type type = Type::text;
  bool untyped = false;  // a null (or a mistake already reported) that takes any type
  bool negated = false;  // in_list, like, is_null
  Comparison comparison = Comparison::equal;
  Function function = Function::coalesce;
  std::uint32_t slot = 0;   // column: index into BoundExpression::columns
  std::int32_t cache = -1;  // >= 0: depends on one text column only; computed once per distinct text
  std::uint32_t cached_slot = 0;
  std::uint32_t at = 0;  // bytes of the text: [at, end)
  std::uint32_t end = 0;
  Constant constant{};           // of a constant, in the node's type
  std::string escape{};          // like
  std::vector<Constant> list{};  // in_list: the constants, sorted, each once, without null
  bool list_has_null = false;
  std::vector<BoundNode> parts{};
};

struct BoundExpression {
  BoundNode root{};
  std::vector<std::size_t> columns{};  // indexes into the schema of the columns it reads, in the order of the text
  std::size_t caches = 0;
  bool personal = false;  // reads a personal column
  std::string text{};
  Place place{};
  Type type() const { return root.type; }
  /// Index into the schema if the expression is nothing but a column.
  std::optional<std::size_t> plain_column() const {
    if (root.op != Op::column) return std::nullopt;
    return columns[root.slot];
  }
  bool is_constant() const { return root.op == Op::constant; }
};

/// All mistakes at once: unknown and ambiguous names, unknown functions, wrong numbers and types of arguments.
Result<BoundExpression> bind(Expression const& expression, Schema const& schema);
/// The same, and the result must be boolean.
Result<BoundExpression> bind_condition(Expression const& expression, Schema const& schema);

}  // namespace yekun
