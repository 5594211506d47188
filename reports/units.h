// The closed list of units, plus ISO 4217 currencies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/definitions.h"

namespace yekun {

/// The unit with its usual number of decimals shown: "people" 0, "percent" 1, "AZN" 2. nullopt: not in the list.
std::optional<Unit> find_unit(std::string_view id);

/// The words of the closed list, sorted; currencies are not in it.
std::vector<std::string> unit_words();

/// Three capital letters that ISO 4217 knows as a currency.
bool is_currency(std::string_view id);

}  // namespace yekun
