// Formulas over indicators: "resident_days / place_days", "a - previous(a)". Grammar: expressions' arithmetic, with
// indicators for columns and the functions of FormulaNode. docs/formulas.md is the reference.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "indicators/definitions.h"
#include "indicators/expression.h"
#include "indicators/figure.h"

namespace yekun {

/// A node of a formula. One argument unless said otherwise.
///   previous, last_year:  the argument in the period before, in the same period of the year before
///   cumulative:           the argument from the programme's (or fiscal year's) start to the period's end
///   target, baseline:     of an indicator, for exactly the period and group
///   achievement, change:  of an indicator against its target; of the argument since the previous period
///   coalesce, least, greatest: several arguments
struct FormulaNode {
  enum class Kind {
    constant,
    indicator,
    add,
    subtract,
    multiply,
    divide,
    negate,
    coalesce,
    least,
    greatest,
    abs,
    round,
    previous,
    last_year,
    cumulative,
    target,
    baseline,
    achievement,
    change
  };
  Kind kind = Kind::constant;
  Number constant{std::int64_t{0}};
  std::size_t indicator = 0;  // index into Programme::indicators
  bool fiscal = false;        // cumulative: from the fiscal year's start
  int places = 0;             // round
  std::uint32_t at = 0;       // bytes of the text: [at, end)
  std::uint32_t end = 0;
  std::vector<FormulaNode> parts{};
};

struct Formula {
  FormulaNode root{};
  std::string text{};
  Place place{};
};

/// Finds the indicators and checks the functions. All mistakes at once; cycles, units and kinds are resolve's business.
Result<Formula> bind_formula(Expression const& expression, Programme const& programme);

std::string_view to_text(FormulaNode::Kind kind);

/// The window of cumulative(): from the fiscal year's start or the programme's (without one: from the first day there
/// is) to the end of `period`.
Period cumulative_window(Period const& period, Programme const& programme, bool fiscal);

}  // namespace yekun
