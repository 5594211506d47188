#include <fmt/format.h>

#include "reports/programme_parts.h"

namespace yekun {
namespace {

void parse_bands(JsonNode const& node, Dimension& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array || node.items.empty())
    return wrong_type(node, "bands", "a list of lower bounds", notes);
  for (auto const& item : node.items) {
    std::int64_t bound = 0;
    if (!read_whole(item, "bands", -1'000'000'000, 1'000'000'000, bound, notes)) continue;
    if (!out.bands.empty() && bound <= out.bands.back())
      notes.error(item.place, "bad-bands",
                  fmt::format("the bounds of 'bands' must grow, found {} after {}", bound, out.bands.back()));
    out.bands.push_back(bound);
  }
}

void parse_order(JsonNode const& node, Dimension& out, SpecNotes& notes) {
  if (node.kind == JsonKind::string && node.text == "natural") {
    out.natural = true;
  } else if (node.kind == JsonKind::array) {
    if (read_texts(node, "order", out.order, notes, Empty::allowed)) out.natural = true;
  } else if (node.kind == JsonKind::string) {
    unknown_word(node, "order", {"natural"}, notes);
  } else {
    wrong_type(node, "order", "\"natural\" or a list of values", notes);
  }
}

void parse_labels(JsonNode const& node, Dimension& out, SpecNotes& notes) {
  if (node.kind != JsonKind::object) return wrong_type(node, "labels", "an object of value and text", notes);
  for (auto const& member : node.members) {
    if (member.key.starts_with("x-")) continue;
    LocalText label;
    if (read_local_text(member.value, member.key, label, notes)) out.value_labels.emplace(member.key, label);
  }
}

void parse_combination(ObjectReader& reader, Dimension& out, SpecNotes& notes) {
  auto const* by = reader.name("combined_by", NameKind::expression, out.combined_by, out.of_dataset);
  auto const* where = reader.name("where", NameKind::row_filter, out.where, out.of_dataset);
  if (where != nullptr) out.where_place = inside(where->place);
  std::int64_t overlaps = 0;
  auto const* sets = reader.whole("overlaps", 1, 3, overlaps);
  out.overlaps = static_cast<std::uint32_t>(overlaps);
  for (auto const& [key, node] : {std::pair{"where", where}, std::pair{"overlaps", sets}})
    if (node != nullptr && by == nullptr)
      notes.error(node->place, "not-combined",
                  fmt::format("dimension '{}' has '{}' but does not combine values", out.id, key),
                  "add \"combined_by\": the column of the person whose values are combined");
}

}  // namespace

Dimension parse_dimension(std::string const& id, JsonNode const& node, SpecNotes& notes) {
  Dimension out;
  out.id = id;
  out.place = node.place;
  ObjectReader reader(node, fmt::format("dimension '{}'", id), notes);
  reader.local_text("label", out.label);
  reader.name("dataset", NameKind::dataset, out.of_dataset);
  reader.name("of", NameKind::expression, out.of, out.of_dataset);
  auto const* bands = reader.optional("bands");
  if (bands != nullptr) parse_bands(*bands, out, notes);
  if (auto const* map = reader.optional("map")) parse_mapping(*map, "map", out.mapping, notes);
  reader.text("other", out.other);
  auto const* levels = reader.names("levels", NameKind::dimension, out.levels);
  if (auto const* order = reader.optional("order")) parse_order(*order, out, notes);
  reader.boolean("exclusive", out.exclusive);
  reader.text("split", out.split);
  parse_combination(reader, out, notes);
  if (auto const* labels = reader.optional("labels")) parse_labels(*labels, out, notes);
  if (levels != nullptr && (bands != nullptr || node.find("of") != nullptr || node.find("map") != nullptr))
    notes.error(levels->place, "two-ways",
                fmt::format("dimension '{}' has levels, so it takes no 'of', 'bands' or 'map'", id));
  reader.finish();
  return out;
}

}  // namespace yekun
