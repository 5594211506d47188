// The words of a chart's data: labels of values, dimensions and indicators in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "charts/chart_data.h"

namespace yekun::charts {

/// The column a chart groups by: the first level of a hierarchy, else the name itself.
std::string column_of(Programme const& programme, std::string const& dimension);
/// What a chart is joined and asked by: a scatter chart's members are its categories and its two indicators its series;
/// any other spec as it is.
ChartSpec as_joined(ChartSpec spec);
/// The label of a dimension or column; its name if it has none.
std::string dimension_label(Programme const& programme, std::string_view dimension, Catalogue const& catalogue);
/// The label of one value of a dimension; "Unknown" for a missing one.
std::string value_label(Programme const& programme, std::string_view dimension, PlacePart const& part,
                        Catalogue const& catalogue);
std::string indicator_label(Programme const& programme, std::string_view id, Catalogue const& catalogue);
/// How the values of an indicator are written.
ChartNumbers numbers_of(Programme const& programme, std::string_view id, std::optional<int> places,
                        Catalogue const& catalogue);
/// Whether the values of a dimension have an order of their own, which no chart may change.
bool is_ordinal(Programme const& programme, std::string_view dimension);
/// Orders values of a dimension: its declared order, bands by their lower end, else the language's; unknown last.
bool comes_before(Programme const& programme, std::string_view dimension, PlacePart const& a, PlacePart const& b,
                  Locale const& locale);

}  // namespace yekun::charts
