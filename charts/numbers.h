// How a chart writes numbers: the axis in thousands or millions where they are large, values with their own decimals.
#pragma once

#include <string>
#include <string_view>

#include "charts/chart_data.h"
#include "core/catalogue.h"

namespace yekun::charts {

/// The numbers of one axis. `divisor` 1000 goes with the word "thousand" in the axis title.
struct AxisNumbers {
  ChartNumbers numbers{};
  double divisor = 1;
  std::string title{};  // "thousand people", "people", "%"; may be empty
};

/// `largest`: the greatest absolute value on the axis.
AxisNumbers axis_numbers(ChartNumbers const& numbers, double largest, Catalogue const& catalogue);

/// A tick at `value` of an axis whose ticks are `step` apart.
std::string tick_text(double value, double step, AxisNumbers const& axis, Catalogue const& catalogue);

/// A value as a label inside the picture, in the axis's scale; the state's mark if it is not a value.
std::string label_text(Value const& value, AxisNumbers const& axis, Catalogue const& catalogue);

/// The catalogue's key of a unit's counted form: "unit.person_sessions"; its plain name is at key + ".name".
std::string unit_key(std::string_view unit);

/// How the values of a category are written: its own unit where categories are indicators, else the series's.
ChartNumbers const& numbers_at(ChartData const& data, ChartSeries const& series, std::size_t category);

/// With its unit, for tooltips and alt text: "1,204 people", "93.4%"; the state in words if it is not a value.
std::string worded(Value const& value, ChartNumbers const& numbers, Catalogue const& catalogue);

}  // namespace yekun::charts
