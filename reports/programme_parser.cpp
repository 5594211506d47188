#include "reports/programme_parser.h"

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "indicators/findings_source.h"
#include "reports/programme_parts.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

void parse_fiscal_year(JsonNode const& node, FiscalYear& out, SpecNotes& notes) {
  static constexpr Word<bool> kNamed[] = {{"start", false}, {"end", true}};
  ObjectReader reader(node, "the fiscal year", notes);
  std::string start;
  if (auto const* at = reader.text("start", start)) {
    auto const day = parse_iso_date("2001-" + start);  // no leap year: 29 February starts no fiscal year
    if (day) {
      out.start_month = to_civil(*day).month;
      out.start_day = to_civil(*day).day;
    } else {
      notes.error(at->place, "bad-date", fmt::format("'{}' is not a day of every year", start),
                  "write month and day: \"04-01\" for 1 April");
    }
  }
  reader.choice<bool>("named", out.named_by_end, kNamed);
  reader.finish();
}

bool is_timezone(std::string const& id) {
  std::unique_ptr<icu::TimeZone> const zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(id)));
  return zone != nullptr && *zone != icu::TimeZone::getUnknown();
}

void parse_languages(ObjectReader& reader, std::vector<std::string>& out) {
  auto& notes = reader.notes();
  auto const* node = reader.texts("languages", out);
  if (node == nullptr) return;
  std::vector<std::string> const known(std::begin(kLanguages), std::end(kLanguages));
  for (auto const& item : node->kind == JsonKind::array ? node->items : std::vector<JsonNode>{*node})
    if (std::find(known.begin(), known.end(), item.text) == known.end())
      notes.error(item.place, "unknown-language", fmt::format("unknown language '{}' in 'languages'", item.text),
                  suggestion(item.text, known));
}

void parse_disclosure(JsonNode const& node, Disclosure& out, SpecNotes& notes) {
  ObjectReader reader(node, "'disclosure'", notes);
  std::int64_t threshold = 0;
  if (reader.whole("threshold", 1, 1'000'000, threshold) != nullptr) out.threshold = threshold;
  reader.boolean("zeros", out.zeros);
  reader.whole("round_to", 0, 1'000'000, out.round_to);
  reader.finish();
}

bool is_file_name(std::string_view id) {
  auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return !id.empty() && id.front() != '-' && std::all_of(id.begin(), id.end(), plain);
}

void parse_head(JsonNode const& node, Programme& out, SpecNotes& notes) {
  ObjectReader reader(node, "'programme'", notes);
  reader.required("id");
  if (auto const* at = reader.text("id", out.id); at != nullptr && !is_file_name(out.id))
    notes.error(at->place, "bad-name", fmt::format("'{}' cannot be a programme's id", out.id),
                "use small letters a-z, digits, - and _");
  reader.required("title");
  reader.local_text("title", out.title);
  parse_languages(reader, out.languages);
  if (auto const* at = reader.text("timezone", out.timezone); at != nullptr && !is_timezone(out.timezone))
    notes.error(at->place, "unknown-timezone", fmt::format("unknown time zone '{}'", out.timezone),
                "write it as in \"Asia/Baku\"");
  if (auto const* fiscal = reader.optional("fiscal_year")) parse_fiscal_year(*fiscal, out.fiscal, notes);
  reader.date("start", out.start);
  reader.text("logo", out.logo);
  if (auto const* partners = reader.optional("partners")) {
    if (partners->kind != JsonKind::array) wrong_type(*partners, "partners", "a list", notes);
    for (auto const& item : partners->items) {
      LocalText partner;
      if (read_local_text(item, "partners", partner, notes)) out.partners.push_back(partner);
    }
  }
  if (auto const* disclosure = reader.optional("disclosure")) parse_disclosure(*disclosure, out.disclosure, notes);
  reader.finish();
}

void parse_results(JsonNode const& node, std::vector<ResultLevel>& out, SpecNotes& notes) {
  static constexpr Word<std::string_view> kLevels[] = {
      {"goal", "goal"}, {"outcome", "outcome"}, {"output", "output"}, {"activity", "activity"}};
  if (node.kind != JsonKind::array) return wrong_type(node, "results", "a list", notes);
  for (auto const& item : node.items) {
    ObjectReader reader(item, "a level of 'results'", notes);
    ResultLevel level;
    level.place = item.place;
    std::string_view word;
    reader.required("level");
    reader.choice<std::string_view>("level", word, kLevels);
    level.level = word;
    reader.required("title");
    reader.local_text("title", level.title);
    reader.names("indicators", NameKind::indicator, level.indicators, {}, Empty::allowed);
    reader.finish();
    out.push_back(std::move(level));
  }
}

void parse_root(JsonNode const& root, Programme& out, SpecNotes& notes) {
  ObjectReader reader(root, "a programme", notes);
  reader.optional("$schema");
  if (auto const* head = reader.required("programme")) parse_head(*head, out, notes);
  if (auto const* datasets = reader.required("datasets"))
    for (auto const* member : read_ids(*datasets, "datasets", notes))
      out.datasets.push_back(parse_dataset(member->key, member->value, notes));
  if (auto const* dimensions = reader.optional("dimensions"))
    for (auto const* member : read_ids(*dimensions, "dimensions", notes))
      out.dimensions.push_back(parse_dimension(member->key, member->value, notes));
  if (auto const* indicators = reader.required("indicators"))
    for (auto const* member : read_ids(*indicators, "indicators", notes))
      out.indicators.push_back(parse_indicator(member->key, member->value, out.fiscal, notes));
  if (auto const* packs = reader.optional("packs")) parse_packs(*packs, out, notes);
  if (auto const* results = reader.optional("results")) parse_results(*results, out.results, notes);
  bool const counts_findings = std::any_of(out.indicators.begin(), out.indicators.end(),
                                           [](Indicator const& one) { return one.dataset == kFindings; });
  if (counts_findings && out.dataset(kFindings) == nullptr) out.datasets.push_back(findings_dataset());
  for (auto& dataset : out.datasets) dataset.timezone = out.timezone;
  reader.name("comments", NameKind::dataset, out.comments_dataset);
  if (auto const* disclosure = reader.optional("disclosure")) parse_disclosure(*disclosure, out.disclosure, notes);
  reader.finish();
}

/// Both kinds of spec end in .json; each is told from the other by what it holds.
void tell_report(JsonNode const& root, std::string const& file, SpecNotes& notes) {
  auto const* const named = root.find("programme");
  bool const has_name = named != nullptr && named->kind == JsonKind::string;
  notes.error(root.place, "wrong-spec", fmt::format("'{}' is a report, a programme was expected", file),
              has_name ? fmt::format("its programme is '{}'", join_path(folder_of(file), named->text)) : "");
}

}  // namespace

ParsedProgramme parse_programme(std::string text, std::string const& file) {
  ParsedProgramme out;
  out.text = std::move(text);
  out.programme.file = file;
  out.programme.folder = folder_of(file);
  auto const root = parse_json(out.text, file);
  if (root && root->find("sections") != nullptr && root->find("datasets") == nullptr)
    tell_report(*root, file, out.notes);
  else if (root)
    parse_root(*root, out.programme, out.notes);
  else
    out.notes.problems = root.error();
  finish_diagnostics(out.notes.problems, file, out.text);
  return out;
}

Result<ParsedProgramme> read_programme(std::string const& path) {
  auto text = read_spec_file(path);
  if (!text) return failure(std::move(text.error()));
  return parse_programme(std::move(*text), path);
}

Result<Programme> load_programme(std::string const& path) {
  auto parsed = read_programme(path);
  if (!parsed) return failure(std::move(parsed.error()));
  if (has_errors(parsed->notes.problems)) return failure(std::move(parsed->notes.problems));
  return std::move(parsed->programme);
}

}  // namespace yekun
