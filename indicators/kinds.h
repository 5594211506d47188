// What kind of number an indicator is, and what may be added. The table stands in docs/formulas.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "indicators/definitions.h"
#include "indicators/measure.h"

namespace yekun {

/// "flow", "stock", "reported people", "people", "new people", "ratio", "average", "quantile", "other".
std::string_view to_text(IndicatorKind kind);

/// The kind of a measure. `over_time` decides between flow and stock for sums and counts.
IndicatorKind kind_of(MeasureKind measure, OverTime over_time);

/// Whether values of this kind add up over periods, and over the groups of a dimension whose groups do not overlap.
/// Stocks add over place, not over time; people add over neither.
bool adds_over_time(IndicatorKind kind);
bool adds_over_place(IndicatorKind kind);
/// The same value is worked out again from the data for every total.
bool is_recounted(IndicatorKind kind);
/// Counts of persons: people, new people, reported people, and whatever is measured in people.
bool counts_people(IndicatorKind kind, Unit const& unit);

/// What is to be added: values of several periods, of several groups, or of two indicators.
enum class Along { time, place, indicators };

/// Why values may not be added and what to do instead, as one message and one hint.
struct Refusal {
  std::string message;
  std::string hint;
};

/// nullopt: they may be added. For charts that stack, donuts, waterfalls, targets that are rolled up and formulas.
/// `exclusive`: the groups are declared exclusive (people stack over such dimensions only).
std::optional<Refusal> refuse_addition(std::string_view indicator, IndicatorKind kind, Along along,
                                       bool exclusive = false);

}  // namespace yekun
