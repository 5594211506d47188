#include <fmt/format.h>

#include <algorithm>

#include "reports/programme_parts.h"

namespace yekun {
namespace {

constexpr Word<RuleKind> kKinds[] = {{"expect", RuleKind::expect},        {"unique", RuleKind::unique},
                                     {"allowed", RuleKind::allowed},      {"range", RuleKind::range},
                                     {"reference", RuleKind::reference},  {"outlier", RuleKind::outlier},
                                     {"daily_gaps", RuleKind::daily_gaps}};
constexpr Word<Severity> kSeverities[] = {
    {"error", Severity::error}, {"warning", Severity::warning}, {"note", Severity::note}};

bool needs_columns(RuleKind kind) {
  return kind == RuleKind::allowed || kind == RuleKind::range || kind == RuleKind::reference ||
         kind == RuleKind::outlier;
}

/// {"status": ...}: the column is the key of the check's value; null where the value is none of this kind.
JsonNode const* keyed_by_column(JsonNode const& node, std::string const& dataset, RuleSpec& out, SpecNotes& notes) {
  if (node.kind != JsonKind::object || node.members.size() != 1) return nullptr;
  auto const& only = node.members.front();
  out.columns.push_back(only.key);
  notes.names.push_back({NameKind::column, only.key, dataset, only.key_place});
  return &only.value;
}

/// Values may be written as texts or numbers; they are compared as text.
void parse_allowed(JsonNode const& node, RuleSpec& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array) return wrong_type(node, "allowed", "a list of values", notes);
  for (auto const& item : node.items) {
    if (item.kind == JsonKind::string || item.kind == JsonKind::integer || item.kind == JsonKind::number)
      out.allowed.push_back(item.text);
    else
      wrong_type(item, "allowed", "a text or a number", notes);
  }
}

void parse_range(JsonNode const& node, RuleSpec& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array || node.items.size() != 2)
    return wrong_type(node, "range", "[least, most], null for an open end,", notes);
  auto const end = [&](JsonNode const& item, std::optional<double>& bound) {
    if (item.kind == JsonKind::null) return;
    if (item.kind == JsonKind::integer || item.kind == JsonKind::number)
      bound = item.number;
    else
      wrong_type(item, "range", "a number or null", notes);
  };
  end(node.items[0], out.least);
  end(node.items[1], out.most);
  if (out.least && out.most && *out.least > *out.most)
    notes.error(node.place, "bad-range", "the range's least value is above its most");
}

/// "outlier": "cost" names the column, "outlier": 3.5 the threshold, "outlier": true takes the usual one.
void parse_outlier(JsonNode const& node, std::string const& dataset, RuleSpec& out, SpecNotes& notes) {
  if (node.kind == JsonKind::string) {
    out.columns.push_back(node.text);
    notes.names.push_back({NameKind::column, node.text, dataset, node.place});
  } else if (node.kind == JsonKind::integer || node.kind == JsonKind::number) {
    out.threshold = node.number;
    if (node.number <= 0)
      notes.error(node.place, "out-of-range", fmt::format("'outlier' must be above 0, found {}", node.text));
  } else if (node.kind != JsonKind::boolean || !node.boolean) {
    wrong_type(node, "outlier", "a column, a threshold or true", notes);
  }
}

void parse_gaps(JsonNode const& node, std::string const& dataset, RuleSpec& out, SpecNotes& notes) {
  if (node.kind == JsonKind::boolean && node.boolean) return;
  if (node.kind == JsonKind::boolean) return wrong_type(node, "daily_gaps", "the series' columns or true", notes);
  if (read_texts(node, "daily_gaps", out.by, notes, Empty::allowed)) note_names(node, NameKind::column, dataset, notes);
}

void parse_kind(ObjectReader& reader, JsonNode const& node, std::string const& dataset, RuleSpec& out) {
  auto& notes = reader.notes();
  auto const* keyed = needs_columns(out.kind) ? keyed_by_column(node, dataset, out, notes) : nullptr;
  switch (out.kind) {
    case RuleKind::expect:
      if (auto const* text = reader.name("expect", NameKind::row_filter, out.expression, dataset))
        out.place = inside(text->place);
      break;
    case RuleKind::unique:
      reader.names("unique", NameKind::column, out.columns, dataset);
      break;
    case RuleKind::reference:
      if (read_text(keyed != nullptr ? *keyed : node, "reference", out.reference, notes))
        note_names(keyed != nullptr ? *keyed : node, NameKind::dataset_column, {}, notes);
      break;
    case RuleKind::allowed:
      parse_allowed(keyed != nullptr ? *keyed : node, out, notes);
      break;
    case RuleKind::range:
      parse_range(keyed != nullptr ? *keyed : node, out, notes);
      break;
    case RuleKind::outlier:
      parse_outlier(keyed != nullptr ? *keyed : node, dataset, out, notes);
      break;
    case RuleKind::daily_gaps:
      parse_gaps(node, dataset, out, notes);
      break;
  }
}

RuleSpec parse_rule(JsonNode const& node, std::string const& dataset, SpecNotes& notes) {
  RuleSpec out;
  out.place = node.place;
  ObjectReader reader(node, "a rule", notes);
  reader.required("id");
  reader.text("id", out.id);
  std::vector<std::string> found;
  for (auto const& kind : kKinds) {
    auto const* value = reader.optional(kind.word);
    if (value == nullptr) continue;
    found.emplace_back(kind.word);
    out.kind = kind.value;
    if (found.size() == 1) parse_kind(reader, *value, dataset, out);
  }
  reader.names("column", NameKind::column, out.columns, dataset);
  reader.names("columns", NameKind::column, out.columns, dataset);
  reader.names("by", NameKind::column, out.by, dataset, Empty::allowed);
  reader.choice<Severity>("severity", out.severity, kSeverities);
  reader.local_text("message", out.message);
  if (reader.is_object() && found.size() != 1)
    notes.error(node.place, found.empty() ? "missing-key" : "two-ways",
                found.empty()
                    ? "a rule needs one of 'expect', 'unique', 'allowed', 'range', 'reference', 'outlier', 'daily_gaps'"
                    : fmt::format("a rule checks one thing, found '{}' and '{}'", found[0], found[1]));
  if (found.size() == 1 && needs_columns(out.kind) && out.columns.empty() && reader.node().find("column") == nullptr &&
      reader.node().find("columns") == nullptr)
    notes.error(node.place, "missing-key", fmt::format("'column' is missing in a rule with '{}'", found.front()));
  reader.finish();
  return out;
}

}  // namespace

std::vector<RuleSpec> parse_rules(JsonNode const& node, std::string const& dataset, SpecNotes& notes) {
  std::vector<RuleSpec> out;
  if (node.kind != JsonKind::array) {
    wrong_type(node, "rules", "a list", notes);
    return out;
  }
  for (auto const& item : node.items) {
    auto rule = parse_rule(item, dataset, notes);
    bool const repeated =
        !rule.id.empty() && std::any_of(out.begin(), out.end(), [&](RuleSpec const& one) { return one.id == rule.id; });
    if (repeated)
      notes.error(item.place, "duplicate-rule", fmt::format("rule '{}' is defined twice in '{}'", rule.id, dataset));
    out.push_back(std::move(rule));
  }
  return out;
}

}  // namespace yekun
