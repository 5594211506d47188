// How values become words: one place, so that every table, card and sentence shows the same number the same way.
#pragma once

#include <string>
#include <string_view>

#include "core/catalogue.h"
#include "indicators/definitions.h"
#include "reports/document.h"

namespace yekun {

/// Shape of an indicator's values: percent units are fractions shown with one place unless the indicator says
/// otherwise, averages and quantiles have one place too, the rest none (currencies as their unit says).
NumberShape shape_of(Indicator const& indicator);

/// Shape of a figure's change: of ratios a difference (percentage points between percentages), of other kinds percent.
NumberShape change_shape(Indicator const& indicator, IndicatorKind kind);

/// What the number rounds to where it is shown: a change of 0.0004 shows as none.
double shown_number(Number const& number, NumberShape const& shape);

/// Achievement of targets: whole percent.
NumberShape achievement_shape();

/// The value as readers see it: grouped and rounded, or the mark of its state ("–", "n/a", "•"). An interval of
/// reported people reads "120–180".
std::string show(Value const& value, NumberShape const& shape, Catalogue const& catalogue);

/// The same for a sentence: a state is a word ("no data", "not applicable", "suppressed").
std::string say(Value const& value, NumberShape const& shape, Catalogue const& catalogue);

/// "person" or "people" as the number asks; a currency is its code; empty for percent and plain numbers. A unit that
/// the catalogue does not know is shown as it is.
std::string unit_word(std::string_view unit, Value const& value, Catalogue const& catalogue);
/// The same for a heading: "people", "days".
std::string unit_heading(std::string_view unit, Catalogue const& catalogue);
/// Days, hours, kilometres, money: units that a column's heading must name. Counts name themselves.
bool is_measured(std::string_view unit);

/// "missing", "not-applicable", "suppressed" by state, "partial" of a value that is; for Cell::marks.
std::vector<std::string> marks_of(Value const& value);

/// A figure's value as a table cell.
Cell value_cell(Value const& value, NumberShape const& shape, Catalogue const& catalogue);
Cell figure_cell(Figure const& figure, NumberShape const& shape, Catalogue const& catalogue);
Cell words(std::string text);

/// Of the target reached: met from 100 %, on track from 90 %, behind from 0 %, away below (farther than the baseline).
/// Without a number, met if the value is on the right side of the target. No target: no_target; no value: none.
inline constexpr double kOnTrack = 0.9;
Status status_of(Figure const& figure, Direction direction);
std::string status_text(Status status, Catalogue const& catalogue);

/// All marks with their explanations, for Document::marks.
std::vector<MarkText> mark_texts(Catalogue const& catalogue);

}  // namespace yekun
