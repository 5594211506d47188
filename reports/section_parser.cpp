#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/period.h"
#include "reports/report_parts.h"
#include "reports/report_template.h"

namespace yekun {
namespace {

/// A list of names, or `true` for all there are.
void parse_all_or_some(JsonNode const& node, std::string_view key, NameKind kind, std::vector<std::string>& out,
                       SpecNotes& notes) {
  if (node.kind == JsonKind::boolean && node.boolean) return;
  if (node.kind != JsonKind::array) return wrong_type(node, key, "true or a list of names", notes);
  if (read_texts(node, key, out, notes, Empty::allowed)) note_names(node, kind, {}, notes);
}

KpiSection parse_kpis(JsonNode const& node, SpecNotes& notes) {
  KpiSection out;
  if (node.kind == JsonKind::array || node.kind == JsonKind::string) {
    if (read_texts(node, "kpis", out.indicators, notes)) note_names(node, NameKind::indicator, {}, notes);
  } else {
    ObjectReader reader(node, "'kpis'", notes);
    reader.required("indicators");
    reader.names("indicators", NameKind::indicator, out.indicators);
    reader.boolean("sparklines", out.sparklines);
    reader.finish();
  }
  return out;
}

TextSection parse_text_section(JsonNode const& node, SpecNotes& notes) {
  TextSection out;
  if (!read_local_text(node, "text", out.text, notes, true)) return out;
  out.places = notes.texts.back().places;
  return out;
}

ExploreSection parse_explore(JsonNode const& node, SpecNotes& notes) {
  static constexpr std::string_view kKinds[] = {"day", "week", "month", "quarter", "half", "year", "fiscal-year"};
  ExploreSection out;
  ObjectReader reader(node, "'explore'", notes);
  reader.required("indicators");
  reader.names("indicators", NameKind::indicator, out.indicators);
  reader.required("by");
  reader.name("by", NameKind::dimension, out.by);
  std::vector<Word<PeriodKind>> kinds;
  for (auto const word : kKinds) kinds.push_back({word, *parse_period_kind(word)});
  PeriodKind kind = PeriodKind::month;
  if (reader.choice<PeriodKind>("per", kind, kinds) != nullptr) out.per = kind;
  std::int64_t count = 0;
  if (reader.whole("periods", 2, 36, count) != nullptr) out.periods = static_cast<std::size_t>(count);
  reader.finish();
  return out;
}

BreakSection parse_break(JsonNode const& node, SpecNotes& notes) {
  BreakSection out;
  if (node.kind == JsonKind::boolean && node.boolean) return out;
  if (node.kind != JsonKind::string)
    wrong_type(node, "page_break", "true, \"portrait\" or \"landscape\"", notes);
  else if (node.text != "portrait" && node.text != "landscape")
    unknown_word(node, "page_break", {"portrait", "landscape"}, notes);
  out.landscape = node.text == "landscape";
  return out;
}

void parse_content(std::string_view key, JsonNode const& node, Section& out, SpecNotes& notes) {
  if (key == "kpis") out.content = parse_kpis(node, notes);
  if (key == "text") out.content = parse_text_section(node, notes);
  if (key == "table") out.content = parse_table(node, notes);
  if (key == "chart") out.content = parse_chart(node, notes);
  if (key == "explore") out.content = parse_explore(node, notes);
  if (key == "page_break") out.content = parse_break(node, notes);
  if (key == "logframe") {
    LogframeSection section;
    parse_all_or_some(node, key, NameKind::indicator, section.indicators, notes);
    out.content = section;
  }
  if (key == "data_quality") {
    DataQualitySection section;
    parse_all_or_some(node, key, NameKind::dataset, section.datasets, notes);
    out.content = section;
  }
  if (key == "definitions") {
    DefinitionsSection section;
    parse_all_or_some(node, key, NameKind::indicator, section.indicators, notes);
    out.content = section;
  }
  if (key == "provenance") {
    if (node.kind != JsonKind::boolean || !node.boolean) wrong_type(node, key, "true", notes);
    out.content = ProvenanceSection{};
  }
}

/// What references call a section: "results", "by-region".
void parse_id(ObjectReader& reader, std::string& out) {
  std::string id;
  auto const* node = reader.text("id", id);
  if (node == nullptr) return;
  bool const good = std::all_of(id.begin(), id.end(), [](char c) {
    return c == '-' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  if (good)
    out = id;
  else
    reader.notes().error(node->place, "bad-name", fmt::format("'{}' cannot be the id of a section", id),
                         "use letters a-z, digits, - and _");
}

Section parse_section(JsonNode const& node, SpecNotes& notes) {
  Section out;
  out.place = node.place;
  ObjectReader reader(node, "a section", notes);
  parse_id(reader, out.id);
  reader.local_text("heading", out.heading, true);
  std::int64_t level = 1;
  if (reader.whole("level", 1, 2, level) != nullptr) out.level = static_cast<int>(level);
  reader.local_text("title", out.title, true);
  reader.local_text("note", out.note, true);
  std::vector<std::string> found;
  for (auto const& key : section_contents()) {
    auto const* value = reader.optional(key);
    if (value == nullptr) continue;
    found.emplace_back(key);
    parse_content(key, *value, out, notes);
  }
  if (reader.is_object() && found.empty() && node.find("heading") == nullptr)
    notes.error(node.place, "missing-key",
                "a section needs one of 'kpis', 'text', 'table', 'chart', 'logframe', 'data_quality', 'definitions', "
                "'provenance', 'explore', 'page_break', or a 'heading'");
  if (found.size() > 1)
    notes.error(node.place, "two-ways",
                fmt::format("a section shows one thing, found '{}' and '{}'", found[0], found[1]),
                "make two sections of it");
  reader.finish();
  return out;
}

}  // namespace

void parse_sort(ObjectReader& reader, std::string& indicator, bool& descending) {
  std::string written;
  auto const* node = reader.text("sort", written);
  if (node == nullptr) return;
  auto const colon = written.find(':');
  indicator = written.substr(0, colon);
  auto const direction = colon == std::string::npos ? "asc" : written.substr(colon + 1);
  descending = direction == "desc";
  if (direction != "asc" && direction != "desc")
    reader.notes().error(inside(node->place, colon + 1), "unknown-word", fmt::format("'{}' is not an order", direction),
                         "write \"indicator:desc\" or \"indicator:asc\"");
  reader.notes().names.push_back({NameKind::indicator, indicator, {}, node->place});
}

std::vector<Section> parse_sections(JsonNode const& node, SpecNotes& notes) {
  std::vector<Section> out;
  if (node.kind != JsonKind::array) {
    wrong_type(node, "sections", "a list", notes);
    return out;
  }
  if (node.items.empty()) notes.error(node.place, "empty-list", "'sections' is empty");
  std::set<std::string> ids;
  for (auto const& item : node.items) {
    out.push_back(parse_section(item, notes));
    std::string const& id = out.back().id;
    if (!id.empty() && !ids.insert(id).second)
      notes.error(item.find("id")->place, "duplicate-id", fmt::format("two sections are called '{}'", id));
  }
  return out;
}

TableSection parse_table(JsonNode const& node, SpecNotes& notes) {
  TableSection out;
  ObjectReader reader(node, "a table", notes);
  reader.required("indicators");
  reader.names("indicators", NameKind::indicator, out.indicators);
  reader.names("rows", NameKind::grouping, out.rows, {}, Empty::allowed);
  reader.names("columns", NameKind::grouping, out.columns, {}, Empty::allowed);
  reader.boolean("totals", out.totals);
  reader.boolean("comparisons", out.comparisons);
  parse_sort(reader, out.sort, out.descending);
  std::int64_t top = 0;
  if (reader.whole("top", 1, 100'000, top) != nullptr) out.top = static_cast<std::size_t>(top);
  reader.name("where", NameKind::row_filter, out.where);
  reader.finish();
  return out;
}

}  // namespace yekun
