// The value of an indicator at one place and period, from cells of the Cube. Pure: cells and targets come by call.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "indicators/figure.h"
#include "indicators/resolve.h"

namespace yekun {

/// A finished cell of the Cube.
struct CubeCell {
  Value value{};
  LineagePtr lineage{};  // Kind::cell
  std::uint64_t rows_used = 0;
  std::uint64_t rows_left_out = 0;
  std::uint64_t units_reported = 0;  // of those expected; 0 of 0: not known
  std::uint64_t units_expected = 0;
  std::int32_t carried_days = 0;  // age of the oldest report from before the window; 0: none
};

/// What an evaluation may ask for, at the one place it is about.
struct FormulaInputs {
  std::function<CubeCell(Need const&)> cell{};
  /// The target that holds for exactly this indicator, period and the place; null: none.
  std::function<Target const*(std::size_t indicator, Period const&)> target{};
  std::vector<PlacePart> place{};  // for the lineage
  bool lineage = true;             // that of formulas; that of cells comes with them
};

struct Evaluated {
  Value value{};
  LineagePtr lineage{};
  std::uint64_t rows_used = 0;  // of a formula: of its first cell (a ratio's numerator)
  std::uint64_t rows_left_out = 0;
  std::uint64_t units_reported = 0;  // as the rows
  std::uint64_t units_expected = 0;
  std::int32_t carried_days = 0;     // the oldest of all parts
  std::vector<std::string> notes{};  // catalogue keys
};

/// Asks for exactly the cells that needs_of() lists. Suppressed beats missing beats not applicable; a division by zero
/// is not applicable; any partial part makes the result partial.
Evaluated evaluate_indicator(IndicatorGraph const& graph, Programme const& programme, std::size_t indicator,
                             Period const& period, FormulaInputs const& inputs);

/// Exact for whole numbers and decimals where the result fits; double otherwise. Divide is always double.
Number add(Number a, Number b);
Number subtract(Number a, Number b);
Number multiply(Number a, Number b);
/// One division, of whole numbers wherever both are exact. `b` is not zero.
double divide(Number a, Number b);
bool is_zero(Number number);
/// -1, 0, 1.
int compare(Number a, Number b);

/// The state that wins when `values` are combined: suppressed, missing, not applicable, value.
State worst_state(std::span<Value const> values);

}  // namespace yekun
