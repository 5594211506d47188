#include "indicators/functions.h"

#include <array>

namespace yekun {
namespace {

constexpr std::size_t kMany = 200;

constexpr std::array kFunctions{
    FunctionInfo{"coalesce", Function::coalesce, "a", 1, kMany, '=', "coalesce(a, b, ...)"},
    FunctionInfo{"nullif", Function::nullif, "aa", 2, 2, '=', "nullif(a, b)"},
    FunctionInfo{"least", Function::least, "a", 1, kMany, '=', "least(a, b, ...)"},
    FunctionInfo{"greatest", Function::greatest, "a", 1, kMany, '=', "greatest(a, b, ...)"},
    FunctionInfo{"lower", Function::lower, "t", 1, 1, 't', "lower(text)"},
    FunctionInfo{"trim", Function::trim, "t", 1, 1, 't', "trim(text)"},
    FunctionInfo{"length", Function::length, "t", 1, 1, 'i', "length(text)"},
    FunctionInfo{"substr", Function::substr, "tii", 2, 3, 't', "substr(text, start[, count])"},
    FunctionInfo{"replace", Function::replace, "ttt", 3, 3, 't', "replace(text, old, new)"},
    FunctionInfo{"starts_with", Function::starts_with, "tt", 2, 2, 'b', "starts_with(text, start)"},
    FunctionInfo{"ends_with", Function::ends_with, "tt", 2, 2, 'b', "ends_with(text, end)"},
    FunctionInfo{"contains", Function::contains, "tt", 2, 2, 'b', "contains(text, part)"},
    FunctionInfo{"concat", Function::concat, "t", 1, kMany, 't', "concat(a, b, ...)"},
    FunctionInfo{"text", Function::text, "a", 1, 1, 't', "text(value)"},
    FunctionInfo{"round", Function::round, "ni", 1, 2, '=', "round(number[, places])"},
    FunctionInfo{"abs", Function::abs, "n", 1, 1, '=', "abs(number)"},
    FunctionInfo{"floor", Function::floor, "n", 1, 1, 'w', "floor(number)"},
    FunctionInfo{"ceil", Function::ceil, "n", 1, 1, 'w', "ceil(number)"},
    FunctionInfo{"age", Function::age, "dd", 2, 2, 'i', "age(birth, on)"},
    FunctionInfo{"year", Function::year, "d", 1, 1, 'i', "year(date)"},
    FunctionInfo{"month", Function::month, "d", 1, 1, 'i', "month(date)"},
    FunctionInfo{"day", Function::day, "d", 1, 1, 'i', "day(date)"},
    FunctionInfo{"quarter", Function::quarter, "d", 1, 1, 'i', "quarter(date)"},
    FunctionInfo{"week", Function::week, "d", 1, 1, 'i', "week(date)"},
    FunctionInfo{"weekday", Function::weekday, "d", 1, 1, 'i', "weekday(date)"},
    FunctionInfo{"days_between", Function::days_between, "dd", 2, 2, 'i', "days_between(first, second)"},
    FunctionInfo{"date", Function::date, "iii", 3, 3, 'd', "date(year, month, day)"},
    FunctionInfo{"date_add", Function::date_add, "dit", 3, 3, 'd', "date_add(date, count, 'days')"},
    FunctionInfo{"band", Function::band, "ni", 2, kMany, 't', "band(number, lower, lower, ...)"},
    FunctionInfo{"wg_disability", Function::wg_disability, "i", 6, 6, 'b',
                 "wg_disability(seeing, hearing, walking, remembering, self_care, communicating)"},
};

}  // namespace

std::span<FunctionInfo const> all_functions() { return kFunctions; }

FunctionInfo const* find_function(std::string_view name) {
  if (name == "ceiling") name = "ceil";
  for (FunctionInfo const& info : kFunctions)
    if (info.name == name) return &info;
  return nullptr;
}

}  // namespace yekun
