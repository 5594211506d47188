// Number styles of ICU messages, and message values as numbers. Used by message.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/locale.h"

namespace yekun {

struct NumberStyle {
  int least_places = 0;
  int most_places = 3;
  bool grouped = true;
  bool percent = false;  // the value is a fraction
};

/// "" (up to three decimals), "integer", "percent", patterns "#,##0.0#%" and skeletons "::.00", "::percent .0",
/// "::group-off"; nullopt for anything else.
std::optional<NumberStyle> parse_number_style(std::string_view style);

/// The value rounded by `style` as ASCII ("-1234.50"), percentages times 100; nullopt if it is missing or no number.
std::optional<std::string> ascii_number(MessageValue const& value, NumberStyle const& style);

std::optional<double> as_double(MessageValue const& value);

}  // namespace yekun
