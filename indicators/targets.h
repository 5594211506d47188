// Targets and baselines, achievement and change: the definitions of docs/formulas.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/source.h"
#include "indicators/definitions.h"
#include "indicators/figure.h"

namespace yekun {

/// Reads the targets files of all indicators and adds their rows to the indicators' targets. A file's header is
/// indicator,period,<dimensions...>,target,baseline; an empty dimension is the whole. Mistakes name file, row and
/// column.
Diagnostics read_targets(Programme& programme, SourceContext const& context);

/// The target that holds for exactly this period's label and this group; null: none. Parts of `place` without a value
/// are left out; an unknown value matches no target.
Target const* find_target(Indicator const& indicator, Period const& period, std::vector<PlacePart> const& place);

/// A fraction, or a verdict where there is no number; `note` is a catalogue key or empty: "verdict.met",
/// "verdict.not_met" (value not applicable), "verdict.moving_away" (value below zero).
struct Judgement {
  Value value{};
  std::string note{};
};

/// With baseline B, target T, actual A: (A - B) / (T - B). Without baseline A / T, for a falling indicator T / A.
/// T = B or a zero divisor: met or not met.
Judgement achievement(Value const& actual, std::optional<Number> const& target, std::optional<Number> const& baseline,
                      Direction direction);

/// Points between percentages; a cost a person or a length of stay, ratios too, changes by so many percent.
inline IndicatorKind kind_of_change(IndicatorKind kind, Unit const& unit) {
  return kind == IndicatorKind::ratio && unit.id != "percent" ? IndicatorKind::other : kind;
}

/// now / before - 1 of counts; now - before of ratios (percentage points, as a fraction). From zero: not applicable,
/// with note "verdict.new" (nothing if both are zero).
Judgement change(Value const& now, Value const& before, IndicatorKind kind);

/// The baseline for a figure: the target's own, else, for the whole, the indicator's.
std::optional<Number> baseline_of(Indicator const& indicator, Target const* target,
                                  std::vector<PlacePart> const& place);

}  // namespace yekun
