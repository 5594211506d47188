// The functions of the expression language. docs/expressions.md describes each.
#pragma once

#include <span>
#include <string_view>

namespace yekun {

enum class Function {
  coalesce,
  nullif,
  least,
  greatest,
  lower,
  trim,
  length,
  substr,
  replace,
  starts_with,
  ends_with,
  contains,
  concat,
  text,
  round,
  abs,
  floor,
  ceil,
  age,
  year,
  month,
  day,
  quarter,
  week,
  weekday,
  days_between,
  date,
  date_add,
  band,
  wg_disability
};

/// Arguments and result: t text, i integer, n any numeric, d date, a anything (all alike where several).
/// The last letter repeats up to `most` arguments. Result '=' is the type of the first argument.
struct FunctionInfo {
  std::string_view name;
  Function function;
  std::string_view arguments;
  std::size_t least;
  std::size_t most;
  char result;
  std::string_view usage;  // "age(birth, on)"
};

std::span<FunctionInfo const> all_functions();
/// Null if there is none. `name` is lower case.
FunctionInfo const* find_function(std::string_view name);

}  // namespace yekun
