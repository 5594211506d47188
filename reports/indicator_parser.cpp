#include <fmt/format.h>

#include "core/period.h"
#include "reports/programme_parts.h"
#include "reports/units.h"

namespace yekun {
namespace {

constexpr Word<OverTime> kOverTime[] = {
    {"sum", OverTime::sum}, {"last", OverTime::last}, {"first", OverTime::first},    {"average", OverTime::average},
    {"min", OverTime::min}, {"max", OverTime::max},   {"recount", OverTime::recount}};
constexpr Word<IndicatorKind> kKinds[] = {{"flow", IndicatorKind::flow},
                                          {"stock", IndicatorKind::stock},
                                          {"reported-people", IndicatorKind::reported_people},
                                          {"people", IndicatorKind::people},
                                          {"new-people", IndicatorKind::new_people},
                                          {"ratio", IndicatorKind::ratio},
                                          {"average", IndicatorKind::average},
                                          {"quantile", IndicatorKind::quantile}};
constexpr Word<Direction> kDirections[] = {
    {"increase", Direction::increase}, {"decrease", Direction::decrease}, {"none", Direction::none}};
constexpr Word<TargetIs> kTargetIs[] = {{"per_period", TargetIs::per_period}, {"to_date", TargetIs::to_date}};

/// A fixed period's canonical label; relative periods are refused.
std::string period_label(std::string const& written, Place const& place, FiscalYear const& fiscal, SpecNotes& notes) {
  bool const fixed = !written.empty() && (written.starts_with("FY") || (written[0] >= '0' && written[0] <= '9'));
  auto const period =
      fixed ? parse_period(written, PeriodContext{fiscal, {}}) : tl::expected<Period, std::string>(tl::unexpect, "");
  if (period) return period->label;
  notes.error(place, "bad-period", fmt::format("'{}' is not a fixed period", written),
              "write it as 2025, 2025-H1, 2025-Q3, 2025-07, FY2025 or a range a..b");
  return {};
}

void parse_baseline(JsonNode const& node, FiscalYear const& fiscal, Indicator& out, SpecNotes& notes) {
  Decimal value;
  if (node.kind != JsonKind::object) {
    if (read_decimal(node, "baseline", value, notes)) out.baseline = value;
    return;
  }
  for (auto const& member : node.members) {
    auto const label = period_label(member.key, member.key_place, fiscal, notes);
    if (!read_decimal(member.value, "baseline", value, notes) || out.baseline) continue;
    out.baseline = value;  // the one named first
    out.baseline_period = label;
  }
}

Target parse_target(JsonNode const& node, FiscalYear const& fiscal, SpecNotes& notes) {
  Target out;
  out.place = node.place;
  ObjectReader reader(node, "a target", notes);
  std::string written;
  reader.required("period");
  if (auto const* at = reader.text("period", written)) out.period = period_label(written, at->place, fiscal, notes);
  if (auto const* group = reader.optional("group")) {
    parse_mapping(*group, "group", out.group, notes);
    for (auto const& member : group->members)
      notes.names.push_back({NameKind::dimension, member.key, {}, member.key_place});
  }
  reader.decimal("target", out.target);
  reader.decimal("baseline", out.baseline);
  if (reader.is_object() && node.find("target") == nullptr && node.find("baseline") == nullptr)
    notes.error(node.place, "missing-key", "a target needs 'target', 'baseline' or both");
  reader.finish();
  return out;
}

/// A file, an object of period and number, or a list of targets with groups.
void parse_targets(JsonNode const& node, FiscalYear const& fiscal, Indicator& out, SpecNotes& notes) {
  if (node.kind == JsonKind::string) {
    read_text(node, "targets", out.targets_file, notes);
  } else if (node.kind == JsonKind::object) {
    for (auto const& member : node.members) {
      Target target;
      Decimal value;
      target.place = member.value.place;
      target.period = period_label(member.key, member.key_place, fiscal, notes);
      if (read_decimal(member.value, "targets", value, notes)) target.target = value;
      out.targets.push_back(std::move(target));
    }
  } else if (node.kind == JsonKind::array) {
    for (auto const& item : node.items) out.targets.push_back(parse_target(item, fiscal, notes));
  } else {
    wrong_type(node, "targets", "a file, an object of period and number, or a list", notes);
  }
}

std::string hint_for_unit(std::string const& id) {
  auto units = unit_words();
  units.insert(units.end(), {"AZN", "GEL"});  // for their names in words
  auto const hint = suggestion(id, units);
  return hint.starts_with("did") ? hint
                                 : fmt::format("{}; or an ISO currency such as AZN", suggestion(id, unit_words()));
}

void parse_unit(ObjectReader& reader, Unit& out) {
  std::string id;
  auto const* node = reader.text("unit", id);
  if (node == nullptr) return;
  if (auto const unit = find_unit(id))
    out = *unit;
  else
    reader.notes().error(node->place, "unknown-unit", fmt::format("unknown unit '{}'", id), hint_for_unit(id));
}

/// Measure, formula or people: exactly one, each with what belongs to it.
void check_ways(ObjectReader& reader, std::string const& id) {
  auto& notes = reader.notes();
  auto const& node = reader.node();
  if (!reader.is_object()) return;
  auto const has = [&](std::string_view key) { return node.find(key) != nullptr; };
  int const ways = int{has("measure")} + int{has("formula")} + int{has("people")};
  if (ways == 0 && !reader.misspelt("measure") && !reader.misspelt("formula") && !reader.misspelt("people"))
    notes.error(node.place, "missing-key", fmt::format("indicator '{}' needs 'measure', 'formula' or 'people'", id));
  if (ways > 1)
    notes.error(node.place, "two-ways",
                fmt::format("indicator '{}' has one of 'measure', 'formula' and 'people', not several", id));
  if (ways != 1) return;
  if (has("measure") && !has("dataset"))
    notes.error(node.place, "missing-key", fmt::format("'dataset' is missing in indicator '{}'", id));
  if (!has("measure") && has("dataset"))
    notes.error(node.find("dataset")->place, "two-ways",
                fmt::format("indicator '{}' takes no 'dataset': only a measure has one", id));
  if (has("formula") && has("where"))
    notes.error(node.find("where")->place, "two-ways",
                fmt::format("indicator '{}' takes no 'where': it is a formula over indicators", id),
                "put 'where' into the indicators of the formula");
}

void parse_rule_of(ObjectReader& reader, Indicator& out) {
  auto& notes = reader.notes();
  reader.name("dataset", NameKind::dataset, out.dataset);
  reader.names("people", NameKind::dataset_column, out.union_of);
  if (auto const* at = reader.name("measure", NameKind::measure, out.measure, out.dataset))
    out.measure_place = inside(at->place);
  if (auto const* at = reader.name("formula", NameKind::formula, out.formula)) out.measure_place = inside(at->place);
  auto const* where = reader.text("where", out.where);
  if (where == nullptr) return;
  out.where_place = inside(where->place);
  if (!out.dataset.empty()) notes.names.push_back({NameKind::expression, out.where, out.dataset, out.where_place});
  for (auto const& part : out.union_of) {
    auto const dataset = split_dataset_columns(part).dataset;
    if (!dataset.empty()) notes.names.push_back({NameKind::expression, out.where, dataset, out.where_place});
  }
}

void parse_days(ObjectReader& reader, std::string_view key, std::int64_t least, std::int32_t& out) {
  std::int64_t days = out;
  if (reader.whole(key, least, 36600, days) != nullptr) out = static_cast<std::int32_t>(days);
}

}  // namespace

Indicator parse_indicator(std::string const& id, JsonNode const& node, FiscalYear const& fiscal, SpecNotes& notes) {
  Indicator out;
  out.id = id;
  out.place = node.place;
  ObjectReader reader(node, fmt::format("indicator '{}'", id), notes);
  reader.local_text("label", out.label);
  reader.local_text("description", out.description);
  parse_rule_of(reader, out);
  reader.choice<OverTime>("over_time", out.over_time, kOverTime);
  IndicatorKind kind = IndicatorKind::other;
  if (reader.choice<IndicatorKind>("kind", kind, kKinds) != nullptr) out.kind = kind;
  parse_days(reader, "carry", 0, out.carry_days);
  parse_days(reader, "holds", 1, out.holds_days);
  reader.boolean("pairs", out.pairs);
  reader.text("weight", out.weight);
  parse_unit(reader, out.unit);
  std::int64_t places = 0;
  if (reader.whole("places", 0, 6, places) != nullptr) out.places = static_cast<int>(places);
  reader.choice<Direction>("direction", out.direction, kDirections);
  reader.choice<TargetIs>("target_is", out.target_is, kTargetIs);
  if (auto const* baseline = reader.optional("baseline")) parse_baseline(*baseline, fiscal, out, notes);
  if (auto const* targets = reader.optional("targets")) parse_targets(*targets, fiscal, out, notes);
  reader.local_text("source_of_verification", out.source_of_verification);
  reader.local_text("assumptions", out.assumptions);
  check_ways(reader, id);
  reader.finish();
  return out;
}

}  // namespace yekun
