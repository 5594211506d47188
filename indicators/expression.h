// The expression language: SQL's grammar and three-valued logic, over the columns of a dataset. docs/expressions.md is
// its reference. Text -> Expression (here) -> BoundExpression (bind.h) -> columns (evaluate.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/date.h"
#include "core/decimal.h"
#include "core/diagnostic.h"

namespace yekun {

/// A constant; monostate is null. Numbers written without a point are integers, with one decimals; double never comes
/// from a text, only from folding.
using Constant = std::variant<std::monostate, std::int64_t, Decimal, double, std::string, Date, bool>;

/// One node. A value: trees copy and compare by their text.
///   constant:  `constant`
///   column:    `name`, dotted names joined by "."
///   operation: `name` is one of + - * / % || = <> < <= > >= and or not neg; 1 or 2 parts
///   in:        parts[0] in (parts[1..]); `negated`
///   between:   parts[0] between parts[1] and parts[2]; `negated`
///   like:      parts[0] like parts[1]; `negated`; `escape` is one code point or empty
///   is_null:   parts[0]; `negated`
///   case_when: condition, result, condition, result, ..., and the else part if the number of parts is odd.
///              `case x when v` is read as `case when x = v`, `iif(c, a, b)` as `case when c then a else b end`.
///   call:      `name` (lower case), parts are the arguments
struct Expr {
  enum class Kind { constant, column, operation, in, between, like, is_null, case_when, call };
  Kind kind = Kind::constant;
  bool negated = false;
  std::string name{};
  std::string escape{};
  Constant constant{};
  std::vector<Expr> parts{};
  std::uint32_t at = 0;  // bytes of the text: [at, end)
  std::uint32_t end = 0;
};

/// A parsed text. `place` is that of its first character in the spec (line 0: not from a file).
struct Expression {
  Expr root{};
  std::string text{};
  Place place{};
};

/// Parses the whole text. Names are not looked up yet. Fault::spec, with the place of the offending token.
Result<Expression> parse(std::string_view text, Place const& place = {});

/// The canonical text: one space around operators, only the parentheses that are needed, key words in lower case.
/// parse(to_text(e)) gives the same tree.
std::string to_text(Expr const& expression);
/// A name as it must be written: quoted if it is not plain or is a key word.
std::string quote_name(std::string_view name);

/// The column names used, each once, in the order of the text.
std::vector<std::string> columns_of(Expr const& expression);

/// A diagnostic at byte `at` of `text`, whose first character stands at `place`. Without a line in `place` the text
/// itself becomes the source line under which the caret stands.
Diagnostic error_at(std::string_view text, Place const& place, std::uint32_t at, std::string code, std::string message,
                    std::string hint = {});

}  // namespace yekun
