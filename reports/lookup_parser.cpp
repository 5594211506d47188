#include <fmt/format.h>

#include "indicators/census.h"
#include "reports/programme_parts.h"

namespace yekun {
namespace {

void parse_target(JsonNode const& node, LookupSpec& out, SpecNotes& notes) {
  std::string written;
  if (!read_text(node, "lookup", written, notes)) return;
  auto const target = split_dataset_columns(written);
  if (target.dataset.empty()) {
    notes.error(node.place, "bad-lookup", fmt::format("'{}' is not a dataset and its column", written),
                "write \"dataset.column\"");
    return;
  }
  out.target = target.dataset;
  out.target_columns = target.columns;
  notes.names.push_back({NameKind::dataset_column, written, {}, node.place});
}

/// The columns here: named by `on`, else by the key.
void note_columns(LookupSpec const& lookup, std::string const& dataset, Place const& place, SpecNotes& notes) {
  for (auto const& column : lookup.columns) notes.names.push_back({NameKind::column, column, dataset, place});
}

/// A census is dated: it looks up the latest change of the number present.
void check_census(JsonNode const& node, LookupSpec& out, SpecNotes& notes) {
  if (!out.valid_from.empty())
    notes.error(node.place, "two-ways", "a lookup has 'valid_from' or 'census', not both");
  else if (out.census.size() != 2)
    notes.error(node.place, "bad-list",
                fmt::format("'census' is two columns (day of admission, day of leaving), found {}", out.census.size()));
  out.valid_from = kSince;
}

LookupSpec parse_lookup(JsonMember const& member, std::string const& dataset, SpecNotes& notes) {
  LookupSpec out;
  out.place = member.value.place;
  out.name = member.key;
  out.columns = split_names(member.key);
  if (member.value.kind == JsonKind::string) {
    parse_target(member.value, out, notes);
    note_columns(out, dataset, member.key_place, notes);
  } else if (member.value.kind != JsonKind::object) {
    wrong_type(member.value, member.key, "\"dataset.column\" or an object", notes);
  } else {
    ObjectReader reader(member.value, fmt::format("lookup '{}'", member.key), notes);
    if (auto const* to = reader.required("to")) parse_target(*to, out, notes);
    if (reader.names("on", NameKind::column, out.columns, dataset) == nullptr)
      note_columns(out, dataset, member.key_place, notes);
    reader.name("date", NameKind::date, out.date, dataset);
    reader.name("valid_from", NameKind::date, out.valid_from, out.target);
    auto const* census = reader.names("census", NameKind::date, out.census, out.target);
    if (census != nullptr) check_census(*census, out, notes);
    if (out.valid_from.empty() != out.date.empty())
      notes.error(member.value.place, "missing-key",
                  fmt::format("'date' and '{}' go together in lookup '{}'", census == nullptr ? "valid_from" : "census",
                              member.key));
    reader.finish();
  }
  if (!is_identifier(out.name)) out.name = out.target;  // a composite key is called by the dataset it leads to
  if (!out.target.empty() && out.columns.size() != out.target_columns.size())
    notes.error(
        member.value.place, "bad-lookup",
        fmt::format("lookup '{}' joins {} column(s) to {}", member.key, out.columns.size(), out.target_columns.size()));
  return out;
}

}  // namespace

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    auto const comma = text.find(',');
    auto part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    out.emplace_back(part);
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

DatasetColumns split_dataset_columns(std::string_view text) {
  auto const dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return {};
  return {std::string(text.substr(0, dot)), split_names(text.substr(dot + 1))};
}

std::vector<LookupSpec> parse_lookups(JsonNode const& node, std::string const& dataset, SpecNotes& notes) {
  std::vector<LookupSpec> out;
  if (node.kind != JsonKind::object) {
    wrong_type(node, "lookup", "an object of column and \"dataset.column\"", notes);
    return out;
  }
  for (auto const& member : node.members)
    if (!member.key.starts_with("x-")) out.push_back(parse_lookup(member, dataset, notes));
  return out;
}

}  // namespace yekun
