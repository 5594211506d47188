#include "indicators/figure.h"

namespace yekun {

double to_double(Number number) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) return static_cast<double>(*whole);
  if (auto const* decimal = std::get_if<Decimal>(&number)) return static_cast<double>(decimal->micros) / kMicro;
  return std::get<double>(number);
}

std::string to_text(Number number) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) return std::to_string(*whole);
  if (auto const* decimal = std::get_if<Decimal>(&number)) return to_text(*decimal);
  return to_shortest(std::get<double>(number));
}

LineagePtr goal_lineage(Lineage::Kind kind, Figure const& figure) {
  Seldom<Value> const& value = kind == Lineage::Kind::target ? figure.target : figure.baseline;
  if (!value || !value->is_value()) return {};
  auto node = std::make_shared<Lineage>();
  node->kind = kind;
  node->indicator = figure.indicator;
  node->period = figure.period;
  node->place = figure.place;
  node->value = *value;
  return node;
}

std::string figure_id(std::string_view indicator, Period const& period, std::vector<PlacePart> const& place) {
  std::string parts;
  for (auto const& part : place) {
    if (!part.value && !part.unknown) continue;
    parts += (parts.empty() ? "" : ",") + part.dimension + "=" + (part.unknown ? "(unknown)" : *part.value);
  }
  std::string id = std::string(indicator) + "@" + period.label;
  return parts.empty() ? id : id + "[" + parts + "]";
}

}  // namespace yekun
