#include "indicators/lineage_text.h"

#include <fmt/format.h>

#include "core/json_tree.h"

namespace yekun {

namespace {

std::string_view name_of(Lineage::Kind kind) {
  using Kind = Lineage::Kind;
  switch (kind) {
    case Kind::cell:
      return "cell";
    case Kind::constant:
      return "constant";
    case Kind::add:
      return "add";
    case Kind::subtract:
      return "subtract";
    case Kind::multiply:
      return "multiply";
    case Kind::divide:
      return "divide";
    case Kind::negate:
      return "negate";
    case Kind::function:
      return "function";
    case Kind::target:
      return "target";
    case Kind::baseline:
      return "baseline";
  }
  return "";
}

void add_text(std::string& out, std::string_view key, std::string const& text) {
  if (!text.empty()) out += fmt::format(",\"{}\":{}", key, quote_json(text));
}

void add_place(std::string& out, std::vector<PlacePart> const& place) {
  if (place.empty()) return;
  out += ",\"place\":{";
  for (std::size_t i = 0; i < place.size(); ++i)
    out += fmt::format("{}{}:{}", i == 0 ? "" : ",", quote_json(place[i].dimension),
                       place[i].value ? quote_json(*place[i].value) : "null");
  out += '}';
}

}  // namespace

std::string_view name_of(State state) {
  switch (state) {
    case State::value:
      return "value";
    case State::missing:
      return "missing";
    case State::not_applicable:
      return "not_applicable";
    case State::suppressed:
      return "suppressed";
  }
  return "";
}

std::string to_json(Lineage const& lineage) {
  using Kind = Lineage::Kind;
  std::string out = fmt::format("{{\"op\":\"{}\"", name_of(lineage.kind));
  add_text(out, "name", lineage.name);
  add_text(out, "indicator", lineage.indicator);
  add_text(out, "measure", lineage.measure);
  add_text(out, "where", lineage.predicate);
  if (lineage.kind == Kind::cell || lineage.kind == Kind::target || lineage.kind == Kind::baseline) {
    add_text(out, "period", lineage.period.label);
    add_place(out, lineage.place);
  }
  if (lineage.value.is_value())
    out += ",\"value\":" + to_text(lineage.value.number);
  else
    out += fmt::format(",\"state\":\"{}\"", name_of(lineage.value.state));
  if (!lineage.parts.empty()) {
    out += ",\"parts\":[";
    for (std::size_t i = 0; i < lineage.parts.size(); ++i)
      out += (i == 0 ? "" : ",") + (lineage.parts[i] ? to_json(*lineage.parts[i]) : std::string("null"));
    out += ']';
  }
  return out + '}';
}

}  // namespace yekun
