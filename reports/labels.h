// What readers see instead of ids: labels of indicators, dimensions and values, and the order of values.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue.h"
#include "indicators/definitions.h"
#include "indicators/figure.h"

namespace yekun {

std::string indicator_label(Programme const& programme, std::string const& id, std::string const& language);
std::string dimension_label(Programme const& programme, std::string const& id, std::string const& language);
/// A value of a dimension: its label, or the value itself.
std::string value_label(Programme const& programme, std::string const& dimension, std::string const& value,
                        std::string const& language);
/// The same for a place: a total reads "Total", a missing value "unknown".
std::string part_label(Programme const& programme, PlacePart const& part, Catalogue const& catalogue);

/// By the dimension's declared order, bands by their lower bound, else by label in the language's collation.
void sort_values(Programme const& programme, std::string const& dimension, Locale const& locale,
                 std::vector<std::string>& values);

}  // namespace yekun
