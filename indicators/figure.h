// A computed number with its state, its place and where it came from. Renderers print figures; they never compute.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/decimal.h"
#include "core/period.h"
#include "core/seldom.h"
#include "indicators/definitions.h"

namespace yekun {

enum class State { value, missing, not_applicable, suppressed };

/// Exact where it can be: counts are int64, sums of decimals Decimal; ratios and means are double (divided once).
using Number = std::variant<std::int64_t, Decimal, double>;

double to_double(Number number);
/// As the query contract prints it: exact decimals, shortest round-trip doubles.
std::string to_text(Number number);

struct Value {
  State state = State::missing;
  Number number{std::int64_t{0}};  // of a value
  bool partial = false;            // part of the expected data is absent, or the period is clipped or running
  std::optional<Number> low{};     // reported people: the interval's lower end (number is the upper end)
  bool is_value() const { return state == State::value; }
  static Value of(Number n) { return {State::value, n, false, {}}; }
  static Value missing() { return {}; }
  static Value not_applicable() { return {State::not_applicable, std::int64_t{0}, false, {}}; }
};

/// One dimension of a figure's place. `value` nullopt: the dimension is rolled up (total).
/// `unknown`: the rows' dimension value is missing.
struct PlacePart {
  std::string dimension;
  std::optional<std::string> value{};
  bool unknown = false;
  friend bool operator==(PlacePart const&, PlacePart const&) = default;
};

/// How a figure was made, down to cells of the Cube: renderers write formulas from it, explain reads it.
struct Lineage;
using LineagePtr = std::shared_ptr<Lineage const>;  // shared: one cell feeds several figures

struct Lineage {
  enum class Kind { cell, constant, add, subtract, multiply, divide, negate, function, target, baseline };
  Kind kind = Kind::constant;
  std::string indicator{};  // cell: the indicator (or part "x.numerator") the cell belongs to
  std::string measure{};    // cell: the measure in the field's words: "sum(residents)"
  std::string predicate{};  // cell: dataset filter as an expression text
  Period period{};          // cell, target, baseline
  std::vector<PlacePart> place{};
  std::string name{};      // function: coalesce, previous, ...
  Value value{};           // of this node
  bool additive = false;   // cell: equals the sum of the finest groups' cells
  std::uint64_t rows = 0;  // cell: rows used
  std::vector<LineagePtr> parts{};
};

struct Figure {
  std::string id;  // people_served@2025-Q3[region=Quba]
  std::string indicator;
  Period period{};
  std::vector<PlacePart> place{};  // in the order asked for
  Value value{};
  IndicatorKind kind = IndicatorKind::other;
  std::uint64_t rows_used = 0;
  std::uint64_t rows_left_out = 0;   // in the window and group, but without a value for the measure or not in `where`
  std::uint64_t units_reported = 0;  // of the units that were expected to report; 0 of 0: not known
  std::uint64_t units_expected = 0;
  std::int32_t carried_days = 0;  // stocks: how long before the period the oldest report that counts was made
  Seldom<Value> previous{};       // where asked for
  Seldom<Value> last_year{};
  Seldom<Value> target{};
  Seldom<Value> baseline{};
  Seldom<Value> cumulative{};
  Seldom<Value> achievement{};       // fraction: 0.75
  Seldom<Value> change{};            // fraction, or difference of fractions for ratios (percentage points)
  std::vector<std::string> notes{};  // catalogue keys: "note.people-do-not-add", ...
  LineagePtr lineage{};              // null where the question asks for none
  LineagePtr previous_lineage{};     // of `previous`, last_year and cumulative, where these are
  LineagePtr last_year_lineage{};
  LineagePtr cumulative_lineage{};
};

/// The lineage of a figure's target or baseline (`kind`); null where it has none.
LineagePtr goal_lineage(Lineage::Kind kind, Figure const& figure);

/// people_served@2025-Q3[region=Quba,sex=female]; a total leaves its dimension out; an unknown value is "(unknown)".
std::string figure_id(std::string_view indicator, Period const& period, std::vector<PlacePart> const& place);

}  // namespace yekun
