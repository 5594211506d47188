#include "reports/report_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/period.h"
#include "reports/chart_maps.h"
#include "reports/deliver_parser.h"
#include "reports/report_parts.h"
#include "reports/report_template.h"
#include "reports/spec_file.h"
#include "reports/theme_parser.h"

namespace yekun {
namespace {

constexpr Word<OutputKind> kOutputs[] = {{"xlsx", OutputKind::xlsx}, {"pdf", OutputKind::pdf},
                                         {"png", OutputKind::png},   {"svg", OutputKind::svg},
                                         {"html", OutputKind::html}, {"eml", OutputKind::eml}};

void parse_outputs(ObjectReader& reader, std::vector<OutputKind>& out) {
  std::vector<std::string> words;
  auto const* node = reader.texts("outputs", words, Empty::allowed);
  if (node == nullptr) return;
  std::vector<std::string> known;
  for (auto const& one : kOutputs) known.emplace_back(one.word);
  for (auto const& item : node->kind == JsonKind::array ? node->items : std::vector<JsonNode>{*node}) {
    if (auto const kind = parse_output_kind(item.text))
      out.push_back(*kind);
    else
      unknown_word(item, "outputs", known, reader.notes());
  }
}

void parse_period_kind_of(ObjectReader& reader, std::string& out) {
  static std::vector<std::string> const kinds{"day", "week", "month", "quarter", "half", "year", "fiscal-year"};
  auto const* node = reader.text("period", out);
  if (node != nullptr && !parse_period_kind(out)) unknown_word(*node, "period", kinds, reader.notes());
}

void parse_report_languages(ObjectReader& reader, std::vector<std::string>& out) {
  auto const* node = reader.texts("languages", out);
  if (node == nullptr) return;
  std::vector<std::string> const known(std::begin(kLanguages), std::end(kLanguages));
  for (auto const& item : node->kind == JsonKind::array ? node->items : std::vector<JsonNode>{*node})
    if (std::find(known.begin(), known.end(), item.text) == known.end())
      reader.notes().error(item.place, "unknown-language",
                           fmt::format("unknown language '{}' in 'languages'", item.text),
                           suggestion(item.text, known));
}

void parse_look(ObjectReader& reader, ReportSpec& out) {
  static constexpr Word<std::string_view> kStatus[] = {{"draft", "draft"}, {"final", ""}};
  static constexpr Word<std::string_view> kPaper[] = {{"A4", "A4"}, {"Letter", "Letter"}};
  static constexpr Word<std::string_view> kWorkbook[] = {{"cells", "cells"}, {"rows", "rows"}};
  std::string_view word;
  if (reader.choice<std::string_view>("status", word, kStatus) != nullptr) out.status = word;
  if (auto const* node = reader.text("theme", out.theme)) out.theme_place = node->place;
  if (reader.choice<std::string_view>("paper", word, kPaper) != nullptr) out.paper = word;
  reader.boolean("contents", out.contents);
  reader.boolean("bilingual", out.bilingual);
  if (auto const* node = reader.choice<std::string_view>("workbook", word, kWorkbook)) {
    out.workbook_level = word;
    out.workbook_place = node->place;
  }
}

void parse_root(JsonNode const& root, ReportSpec& out, SpecNotes& notes) {
  ObjectReader reader(root, "a report", notes);
  out.place = root.place;
  reader.optional("$schema");
  reader.required("programme");
  reader.text("programme", out.programme_file);
  reader.text("template", out.template_name);
  parse_period_kind_of(reader, out.period_kind);
  reader.required("title");
  reader.local_text("title", out.title, true);
  reader.local_text("subtitle", out.subtitle, true);
  reader.name("for_each", NameKind::dimension, out.for_each);
  parse_report_languages(reader, out.languages);
  parse_look(reader, out);
  if (auto const* sections = reader.required("sections")) out.sections = parse_sections(*sections, notes);
  parse_outputs(reader, out.outputs);
  if (auto const* deliver = reader.optional("deliver")) out.deliver = parse_deliver(*deliver, notes);
  reader.finish();
}

}  // namespace

std::string_view to_text(OutputKind kind) {
  for (auto const& one : kOutputs)
    if (one.value == kind) return one.word;
  return {};
}

std::optional<OutputKind> parse_output_kind(std::string_view text) {
  for (auto const& one : kOutputs)
    if (one.word == text) return one.value;
  return std::nullopt;
}

ParsedReport parse_report(std::string text, std::string const& file) {
  ParsedReport out;
  out.text = std::move(text);
  out.report.file = file;
  out.report.folder = folder_of(file);
  out.report.id = stem_of(file);
  auto const root = parse_json(out.text, file);
  if (root && root->find("datasets") != nullptr && root->find("sections") == nullptr)
    out.notes.error(root->place, "wrong-spec", fmt::format("'{}' is a programme, a report was expected", file),
                    "a report names its programme and has sections");
  else if (root)
    parse_root(with_template(*root, out.report.folder, out.notes, out.followed), out.report, out.notes);
  else
    out.notes.problems = root.error();
  finish_diagnostics(out.notes.problems, file, out.text);
  return out;
}

Result<ParsedReport> read_report(std::string const& path) {
  auto text = read_spec_file(path);
  if (!text) return failure(std::move(text.error()));
  auto out = parse_report(std::move(*text), path);
  if (out.report.programme_file.empty()) return out;
  auto programme = read_programme(join_path(out.report.folder, out.report.programme_file));
  if (programme) {
    out.programme = std::move(*programme);
    std::size_t const before = out.notes.problems.size();
    load_chart_maps(out);
    out.report.look =
        load_theme(out.report.theme, out.report.theme_place, out.programme->programme.folder, out.notes, out.followed);
    if (out.notes.problems.size() > before) finish_diagnostics(out.notes.problems, path, out.text);
    return out;
  }
  for (auto& problem : programme.error()) {
    auto const root = parse_json(out.text, path);
    auto const* named = root ? root->find("programme") : nullptr;
    if (named != nullptr) problem.place = named->place;
    if (problem.hint.empty()) problem.hint = "the path is relative to the report's folder";
    out.notes.problems.push_back(problem);
  }
  finish_diagnostics(out.notes.problems, path, out.text);
  return out;
}

Result<ReportSpec> load_report(std::string const& path) {
  auto parsed = read_report(path);
  if (!parsed) return failure(std::move(parsed.error()));
  Diagnostics problems = parsed->notes.problems;
  if (parsed->programme) {
    auto const& more = parsed->programme->notes.problems;
    problems.insert(problems.end(), more.begin(), more.end());
  }
  if (has_errors(problems)) return failure(std::move(problems));
  return std::move(parsed->report);
}

SpecKind kind_of_spec(std::string_view text) {
  auto const root = parse_json(text, "");
  if (!root) return SpecKind::programme;
  auto const* programme = root->find("programme");
  if (root->find("jobs") != nullptr && programme == nullptr) return SpecKind::schedule;
  bool const path = programme != nullptr && programme->kind == JsonKind::string;
  return path || root->find("sections") != nullptr ? SpecKind::report : SpecKind::programme;
}

}  // namespace yekun
