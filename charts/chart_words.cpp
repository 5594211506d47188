#include "charts/chart_words.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "charts/numbers.h"

namespace yekun::charts {

ChartSpec as_joined(ChartSpec spec) {
  if (spec.type != ChartType::scatter) return spec;
  spec.y.insert(spec.y.begin(), spec.x);
  spec.x = std::move(spec.color);
  spec.color.clear();
  return spec;
}

std::string column_of(Programme const& programme, std::string const& dimension) {
  auto const* known = programme.dimension(dimension);
  return known != nullptr && !known->levels.empty() ? known->levels.front() : dimension;
}

std::string dimension_label(Programme const& programme, std::string_view dimension, Catalogue const& catalogue) {
  if (dimension == "period") return catalogue.text("label.period");
  if (dimension.empty()) return catalogue.text("heading.indicator");
  auto const* known = programme.dimension(dimension);
  auto const label = known != nullptr ? text_in(known->label, catalogue.locale().language()) : std::string_view{};
  return std::string(label.empty() ? dimension : label);
}

std::string value_label(Programme const& programme, std::string_view dimension, PlacePart const& part,
                        Catalogue const& catalogue) {
  if (part.unknown || !part.value) return catalogue.text("label.unknown");
  auto const* known = programme.dimension(dimension);
  if (known == nullptr) return *part.value;
  if (auto const found = known->value_labels.find(*part.value); found != known->value_labels.end()) {
    auto const label = text_in(found->second, catalogue.locale().language());
    if (!label.empty()) return std::string(label);
  }
  std::string label = *part.value;
  if (auto const dash = label.find('-'); !known->bands.empty() && dash != std::string::npos && dash > 0)
    label.replace(dash, 1, "–");
  return label;
}

std::string indicator_label(Programme const& programme, std::string_view id, Catalogue const& catalogue) {
  auto const* known = programme.indicator(id);
  auto const label = known != nullptr ? text_in(known->label, catalogue.locale().language()) : std::string_view{};
  return std::string(label.empty() ? id : label);
}

ChartNumbers numbers_of(Programme const& programme, std::string_view id, std::optional<int> places,
                        Catalogue const& catalogue) {
  auto const* known = programme.indicator(id);
  Unit const unit = known != nullptr ? known->unit : Unit{};
  ChartNumbers numbers;
  numbers.percent = unit.id == "percent";
  numbers.unit = unit.id;
  numbers.places = places ? *places : known != nullptr && known->places ? *known->places : unit.places;
  std::string const key = unit_key(unit.id) + ".name";
  if (numbers.percent)
    numbers.unit_text = "%";
  else if (unit.id == "number" || unit.id == "ratio")
    numbers.unit_text = "";
  else
    numbers.unit_text = catalogue.has(key) ? catalogue.text(key) : unit.id;
  return numbers;
}

bool is_ordinal(Programme const& programme, std::string_view dimension) {
  auto const* known = programme.dimension(dimension);
  return known != nullptr && (known->natural || !known->bands.empty() || !known->order.empty());
}

namespace {

/// Place in a declared order; the lower end of a band; the greatest number for anything else.
std::int64_t rank_of(Dimension const* dimension, std::string const& value) {
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  if (dimension == nullptr) return kLast;
  auto const& order = dimension->order;
  if (auto const found = std::find(order.begin(), order.end(), value); found != order.end())
    return found - order.begin();
  if (dimension->bands.empty() && !dimension->natural) return kLast;
  std::int64_t low = kLast;
  auto const read = std::from_chars(value.data(), value.data() + value.size(), low);
  return read.ec == std::errc{} ? low : kLast;
}

}  // namespace

bool comes_before(Programme const& programme, std::string_view dimension, PlacePart const& a, PlacePart const& b,
                  Locale const& locale) {
  bool const a_known = a.value && !a.unknown;
  bool const b_known = b.value && !b.unknown;
  if (a_known != b_known) return a_known;
  if (!a_known) return false;
  auto const* known = programme.dimension(dimension);
  auto const rank_a = rank_of(known, *a.value);
  auto const rank_b = rank_of(known, *b.value);
  if (rank_a != rank_b) return rank_a < rank_b;
  return locale.compare(*a.value, *b.value) < 0;
}

}  // namespace yekun::charts
