#include "charts/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "charts/ticks.h"

namespace yekun {

namespace {

std::string_view mark_key(State state) {
  switch (state) {
    case State::not_applicable:
      return "mark.not_applicable";
    case State::suppressed:
      return "mark.suppressed";
    default:
      return "mark.missing";
  }
}

std::string plain(Number const& number, int places, double divisor, Locale const& locale) {
  if (divisor == 1) {
    if (auto const* whole = std::get_if<std::int64_t>(&number)) return locale.whole(*whole);
    if (auto const* decimal = std::get_if<Decimal>(&number)) return locale.number(*decimal, places);
  }
  return locale.number(to_double(number) / divisor, places);
}

}  // namespace

std::string number_text(Value const& value, ChartNumbers const& numbers, Catalogue const& catalogue) {
  if (!value.is_value()) return catalogue.text(mark_key(value.state));
  Locale const& locale = catalogue.locale();
  if (numbers.percent) return locale.percent(to_double(value.number), numbers.places);
  return plain(value.number, numbers.places, 1, locale);
}

namespace charts {

namespace {

struct NumberScale {
  double from;
  double divisor;
  std::string_view key;
};
// A scale starts where plain numbers get too long to compare, so that ticks keep at least two digits.
constexpr std::array kScales{NumberScale{5e9, 1e9, "scale.billion"}, NumberScale{5e6, 1e6, "scale.million"},
                             NumberScale{5e4, 1e3, "scale.thousand"}};

}  // namespace

ChartNumbers const& numbers_at(ChartData const& data, ChartSeries const& series, std::size_t category) {
  auto const& own = data.categories[category].numbers;
  return own ? *own : series.numbers;
}

std::string unit_key(std::string_view unit) {
  std::string key = "unit." + std::string(unit);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

AxisNumbers axis_numbers(ChartNumbers const& numbers, double largest, Catalogue const& catalogue) {
  AxisNumbers axis{numbers, 1, numbers.unit_text};
  if (numbers.percent) return axis;
  for (auto const& scale : kScales) {
    if (largest < scale.from) continue;
    axis.divisor = scale.divisor;
    axis.title = catalogue.text(scale.key);
    if (!numbers.unit_text.empty()) axis.title += " " + numbers.unit_text;
    break;
  }
  return axis;
}

std::string tick_text(double value, double step, AxisNumbers const& axis, Catalogue const& catalogue) {
  Locale const& locale = catalogue.locale();
  if (axis.numbers.percent) return locale.percent(value, places_of(step * 100));
  return locale.number(value / axis.divisor, places_of(step / axis.divisor));
}

std::string label_text(Value const& value, AxisNumbers const& axis, Catalogue const& catalogue) {
  if (!value.is_value() || axis.divisor == 1 || axis.numbers.percent)
    return number_text(value, axis.numbers, catalogue);
  double const signed_value = to_double(value.number) / axis.divisor;
  double const scaled = std::abs(signed_value);
  if (scaled > 0 && scaled < 0.05)  // would read as 0.0
    return (signed_value > 0 ? "<" : ">") + catalogue.locale().number(signed_value > 0 ? 0.1 : -0.1, 1);
  return plain(value.number, scaled == 0 || scaled >= 100 ? 0 : 1, axis.divisor, catalogue.locale());
}

std::string worded(Value const& value, ChartNumbers const& numbers, Catalogue const& catalogue) {
  switch (value.state) {
    case State::missing:
      return catalogue.text("state.missing");
    case State::not_applicable:
      return catalogue.text("state.not_applicable");
    case State::suppressed:
      return catalogue.text("state.suppressed");
    case State::value:
      break;
  }
  std::string text = number_text(value, numbers, catalogue);
  if (numbers.percent || numbers.unit_text.empty()) return text;
  std::string const key = unit_key(numbers.unit);
  if (!catalogue.has(key)) return text + "\u00A0" + numbers.unit_text;
  return catalogue.text(key, {{"count", to_double(value.number)}, {"value", text}});
}

}  // namespace charts
}  // namespace yekun
