#include <fmt/format.h>

#include <algorithm>

#include "data-loaders/date_format.h"
#include "reports/programme_parts.h"

namespace yekun {
namespace {

constexpr Word<Type> kTypes[] = {{"text", Type::text},     {"integer", Type::integer}, {"decimal", Type::decimal},
                                 {"number", Type::number}, {"date", Type::date},       {"boolean", Type::boolean}};

Type type_of(JsonNode const& node, SpecNotes& notes) {
  for (auto const& one : kTypes)
    if (one.word == node.text) return one.value;
  std::vector<std::string> words;
  for (auto const& one : kTypes) words.emplace_back(one.word);
  unknown_word(node, "type", words, notes);
  return Type::text;
}

ColumnSpec parse_column(std::string const& name, JsonNode const& node, SpecNotes& notes) {
  ColumnSpec out;
  out.name = name;
  out.place = node.place;
  if (node.kind == JsonKind::string) {
    out.type = type_of(node, notes);
    return out;
  }
  if (node.kind != JsonKind::object) {
    wrong_type(node, name, "a type or an object", notes);
    return out;
  }
  ObjectReader reader(node, fmt::format("column '{}'", name), notes);
  reader.choice<Type>("type", out.type, kTypes);
  reader.text("from", out.from);
  reader.text("format", out.date_format);
  reader.boolean("clean", out.clean);
  reader.boolean("personal", out.personal);
  if (auto const* map = reader.optional("map")) parse_mapping(*map, "map", out.mapping, notes);
  std::vector<std::string> missing;
  if (reader.texts("missing", missing, Empty::allowed) != nullptr) out.missing = missing;
  reader.text("split", out.split);
  if (!out.date_format.empty() && out.type != Type::date)
    notes.error(node.find("format")->place, "wrong-type",
                fmt::format("'format' is for dates; column '{}' is {}", name, to_text(out.type)));
  else if (auto const form = DateFormats::compile(out.date_format); !form)
    notes.error(node.find("format")->place, "bad-date-form", form.error(),
                "write it as in \"dd.mm.yyyy\", \"mm/dd/yyyy\" or \"d mmmm yyyy\"");
  reader.finish();
  return out;
}

void parse_columns(JsonNode const& node, Dataset& out, SpecNotes& notes) {
  if (node.kind != JsonKind::object) return wrong_type(node, "columns", "an object of name and type", notes);
  for (auto const& member : node.members)
    if (!member.key.starts_with("x-")) {
      auto const before = notes.problems.size();
      out.columns.push_back(parse_column(member.key, member.value, notes));
      if (notes.problems.size() > before)
        notes.broken.push_back({NameKind::column, member.key, out.id, member.key_place});
      notes.names.push_back({NameKind::column, member.key, out.id, member.key_place});
    }
}

/// Personal columns that are not declared become text columns.
void mark_personal(JsonNode const& node, std::vector<std::string> const& names, Dataset& out) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const found = std::find_if(out.columns.begin(), out.columns.end(),
                                    [&](ColumnSpec const& column) { return column.name == names[i]; });
    if (found != out.columns.end()) {
      found->personal = true;
      continue;
    }
    ColumnSpec column;
    column.name = names[i];
    column.personal = true;
    column.place = node.kind == JsonKind::array ? node.items[i].place : node.place;
    out.columns.push_back(std::move(column));
  }
}

void parse_derived(JsonNode const& node, Dataset& out, SpecNotes& notes) {
  for (auto const* member : read_ids(node, "derived", notes)) {
    DerivedColumn derived;
    derived.name = member->key;
    if (!read_text(member->value, member->key, derived.expression, notes)) continue;
    derived.place = inside(member->value.place);
    notes.names.push_back({NameKind::expression, derived.expression, out.id, derived.place});
    out.derived.push_back(std::move(derived));
  }
}

void parse_expected(ObjectReader& reader, Dataset& out) {
  auto const* node = reader.optional("expected");
  if (node == nullptr) return;
  if (node->kind != JsonKind::string) {
    read_texts(*node, "expected", out.expected, reader.notes(), Empty::allowed);
    return;
  }
  if (!read_text(*node, "expected", out.expected_from, reader.notes())) return;
  note_names(*node, NameKind::dataset_column, out.id, reader.notes());
}

void parse_dates(ObjectReader& reader, Dataset& out) {
  auto const* node = reader.names("date", NameKind::date, out.date, out.id);
  if (node == nullptr || (!out.date.empty() && out.date.size() <= 2)) return;
  reader.notes().error(node->place, "bad-list",
                       fmt::format("'date' is one column or two (first and last day), found {}", out.date.size()));
}

}  // namespace

void parse_mapping(JsonNode const& node, std::string_view key, std::map<std::string, std::string>& out,
                   SpecNotes& notes) {
  if (node.kind != JsonKind::object) return wrong_type(node, key, "an object of text and text", notes);
  for (auto const& member : node.members) {
    std::string value;
    if (read_any_text(member.value, member.key, value, notes)) out.emplace(member.key, value);
  }
}

Dataset parse_dataset(std::string const& id, JsonNode const& node, SpecNotes& notes) {
  static constexpr Word<bool> kRows[] = {{"pseudonymous", true}};
  Dataset out;
  out.id = id;
  out.place = node.place;
  ObjectReader reader(node, fmt::format("dataset '{}'", id), notes);
  if (auto const* source = reader.required("source")) out.source = parse_source(*source, notes);
  parse_dates(reader, out);
  reader.names("key", NameKind::column, out.key, id, Empty::allowed);
  std::vector<std::string> reporters;
  if (reader.names("reported_by", NameKind::column, reporters, id, Empty::allowed) != nullptr)
    out.reported_by = reporters;
  if (auto const* columns = reader.optional("columns")) parse_columns(*columns, out, notes);
  std::vector<std::string> personal;
  if (auto const* at = reader.names("personal", NameKind::column, personal, id, Empty::allowed))
    mark_personal(*at, personal, out);
  reader.texts("missing", out.missing, Empty::allowed);
  if (auto const* lookups = reader.optional("lookup")) out.lookups = parse_lookups(*lookups, id, notes);
  if (auto const* derived = reader.optional("derived")) parse_derived(*derived, out, notes);
  if (auto const* rules = reader.optional("rules")) out.rules = parse_rules(*rules, id, notes);
  parse_expected(reader, out);
  reader.name("submitted", NameKind::date, out.submitted, id);
  std::int64_t due = 0;
  if (reader.whole("due_days", 0, 3660, due) != nullptr) out.due_days = static_cast<std::int32_t>(due);
  reader.choice<bool>("rows", out.pseudonymous_rows, kRows);
  reader.finish();
  return out;
}

}  // namespace yekun
