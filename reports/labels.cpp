#include "reports/labels.h"

#include <algorithm>
#include <charconv>

#include "indicators/dimension.h"

namespace yekun {

namespace {

std::string or_id(LocalText const& label, std::string const& language, std::string const& id) {
  std::string_view const text = text_in(label, language);
  return text.empty() ? id : std::string(text);
}

/// 12 of "12-17", 60 of "60+"; a value that starts with no number comes last.
std::int64_t lower_bound_of(std::string const& band) {
  std::int64_t bound = 0;
  auto const read = std::from_chars(band.data(), band.data() + band.size(), bound);
  return read.ec == std::errc() ? bound : INT64_MAX;
}

std::size_t position(std::vector<std::string> const& order, std::string const& value) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), value) - order.begin());
}

}  // namespace

std::string indicator_label(Programme const& programme, std::string const& id, std::string const& language) {
  Indicator const* indicator = programme.indicator(id);
  return indicator == nullptr ? id : or_id(indicator->label, language, id);
}

std::string dimension_label(Programme const& programme, std::string const& id, std::string const& language) {
  Dimension const* dimension = programme.dimension(id);
  return dimension == nullptr ? id : or_id(dimension->label, language, id);
}

std::string value_label(Programme const& programme, std::string const& dimension, std::string const& value,
                        std::string const& language) {
  Dimension const* known = programme.dimension(dimension);
  if (known == nullptr) return value;
  auto const label_of = [&](std::string const& one) {
    auto const found = known->value_labels.find(one);
    return found == known->value_labels.end() ? one : or_id(found->second, language, one);
  };
  if (known->combined_by.empty() || known->value_labels.contains(value)) return label_of(value);
  std::string joined;
  for (auto const& one : combined_values(value))
    joined += (joined.empty() ? "" : std::string(kCombined)) + label_of(one);
  return joined;
}

std::string part_label(Programme const& programme, PlacePart const& part, Catalogue const& catalogue) {
  if (part.unknown) return catalogue.text("label.unknown");
  if (!part.value) return catalogue.text("label.total");
  return value_label(programme, part.dimension, *part.value, catalogue.locale().language());
}

void sort_values(Programme const& programme, std::string const& dimension, Locale const& locale,
                 std::vector<std::string>& values) {
  Dimension const* known = programme.dimension(dimension);
  bool const bands = known != nullptr && (!known->bands.empty() || known->natural);
  auto const before = [&](std::string const& a, std::string const& b) {
    if (known != nullptr && !known->order.empty()) {
      auto const left = position(known->order, a);
      auto const right = position(known->order, b);
      if (left != right) return left < right;
    }
    if (bands && lower_bound_of(a) != lower_bound_of(b)) return lower_bound_of(a) < lower_bound_of(b);
    int const compared = locale.compare(value_label(programme, dimension, a, locale.language()),
                                        value_label(programme, dimension, b, locale.language()));
    return compared != 0 ? compared < 0 : a < b;
  };
  std::sort(values.begin(), values.end(), before);
}

}  // namespace yekun
