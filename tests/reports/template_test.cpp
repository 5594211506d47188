#include <catch2/catch.hpp>

#include "core/assets.h"
#include "core/json_tree.h"
#include "reports/report_parser.h"
#include "reports/report_template.h"

using namespace yekun;

namespace {

std::string said(SpecNotes const& notes) {
  std::string out;
  for (auto one : notes.problems) {
    one.source_line.clear();
    out += to_text(one, false);
  }
  return out;
}

std::string const kBrief = R"({"programme": "p.json", "template": "one-page-brief",)";
std::string const kWith = R"("with": {"headline": ["a", "b"], "focus": "a"})";

std::vector<std::string> ids_of(ReportSpec const& report) {
  std::vector<std::string> ids;
  for (auto const& section : report.sections) ids.push_back(section.id);
  return ids;
}

}  // namespace

TEST_CASE("a report takes from its template what it does not say itself", "[reports][template]") {
  auto const parsed = parse_report(kBrief + R"("title": "Mine",)" + kWith + "}", "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(parsed.report.title == LocalText{{"", "Mine"}});
  CHECK(parsed.report.period_kind == "quarter");
  CHECK(parsed.report.outputs == std::vector<OutputKind>{OutputKind::pdf, OutputKind::png});
  CHECK(parsed.report.programme_file == "p.json");
  CHECK(ids_of(parsed.report) == std::vector<std::string>{"key-figures", "trend"});
  CHECK(std::get<KpiSection>(parsed.report.sections[0].content).indicators == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a section with the template's id replaces what it names, others follow the one before them",
          "[reports][template]") {
  auto const parsed = parse_report(kBrief + kWith + R"(, "sections": [
      {"id": "key-figures", "heading": "First"},
      {"text": "after the figures"},
      {"id": "trend", "table": {"indicators": "a"}},
      {"after": "trend", "id": "mine", "text": "last"},
      {"text": "very last"}]})",
                                   "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(ids_of(parsed.report) == std::vector<std::string>{"key-figures", "", "trend", "mine", ""});
  CHECK(parsed.report.sections[0].heading == LocalText{{"", "First"}});
  CHECK(std::holds_alternative<KpiSection>(parsed.report.sections[0].content));
  CHECK(std::holds_alternative<TableSection>(parsed.report.sections[2].content));
}

TEST_CASE("sections that name none of the template's stand instead of them", "[reports][template]") {
  auto const parsed = parse_report(kBrief + R"("sections": [{"text": "one"}, {"kpis": "a"}]})", "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(ids_of(parsed.report) == std::vector<std::string>{"", ""});
  CHECK(parsed.report.period_kind == "quarter");
}

TEST_CASE("a section is removed by its id", "[reports][template]") {
  auto const parsed = parse_report(kBrief + kWith + R"(, "sections": [{"id": "trend", "remove": true}]})", "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(ids_of(parsed.report) == std::vector<std::string>{"key-figures"});
}

TEST_CASE("an optional section is left out without its value and stays with it", "[reports][template]") {
  auto const parsed = parse_report(
      kBrief + R"("with": {"headline": "a", "focus": "a", "summary": "In short", "place": "region"}})", "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(ids_of(parsed.report) == std::vector<std::string>{"key-figures", "summary", "trend", "by-place"});
  CHECK(std::get<TextSection>(parsed.report.sections[1].content).text == LocalText{{"", "In short"}});
}

TEST_CASE("values are set into lists and into reports without a template", "[reports][template]") {
  auto const parsed = parse_report(
      R"({"programme": "p.json", "title": "T", "with": {"main": ["a", "b"]},
          "sections": [{"kpis": ["$main", "c"]}, {"text": "$ 5 and $main stay"}]})",
      "r.json");
  CHECK(said(parsed.notes).empty());
  CHECK(std::get<KpiSection>(parsed.report.sections[0].content).indicators == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("mistakes about templates are named where they stand", "[reports][template]") {
  auto const said_of = [](std::string const& text) { return said(parse_report(text, "r.json").notes); };
  CHECK(said_of(R"({"programme": "p.json", "template": "one-page-breif"})")
            .find("r.json:1:37: error[unknown-template]: unknown template 'one-page-breif'\n  hint: did you mean "
                  "'one-page-brief'?\n") != std::string::npos);
  CHECK(said_of(kBrief + R"("with": {"headline": "a"}})") ==
        "r.json:1:37: error[missing-parameter]: the parameter 'focus' has no value\n  hint: write \"with\": "
        "{\"focus\": ...}\n");
  CHECK(said_of(kBrief + R"("with": {"headline": "a", "focus": "a", "plaice": "b"}})") ==
        "r.json:1:94: error[unknown-parameter]: nothing uses the parameter 'plaice'\n  hint: did you mean 'place'?\n");
  CHECK(said_of(kBrief + kWith + R"(, "sections": [{"id": "trends", "remove": true}]})") ==
        "r.json:1:142: error[unknown-section]: no section 'trends' to remove\n  hint: did you mean 'trend'?\n");
  CHECK(said_of(kBrief + kWith + R"(, "sections": [{"id": "trends", "text": "x"}]})") ==
        "r.json:1:122: warning[new-section]: 'trends' is no section of the template and is added to it\n  hint: did "
        "you mean 'trend'?\n");
  CHECK(
      said_of(
          R"({"programme": "p.json", "title": "T", "sections": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]})") ==
      "r.json:1:85: error[duplicate-id]: two sections are called 'a'\n");
}

TEST_CASE("every carried template becomes a right report once its parameters are given", "[reports][template]") {
  CHECK(template_names() ==
        std::vector<std::string>{"donor-progress", "email-dashboard", "ministry-quarterly", "one-page-brief"});
  for (auto const& name : template_names()) {
    INFO(name);
    auto const root = parse_json(*asset("reports/" + name + ".json"), name);
    REQUIRE(root);
    std::string with;
    for (auto const& one : root->find("with")->members)
      if (one.key != "results") with += (with.empty() ? "\"" : ", \"") + one.key + "\": \"x\"";
    auto const parsed =
        parse_report(R"({"programme": "p.json", "template": ")" + name + R"(", "with": {)" + with + "}}", "r.json");
    CHECK(said(parsed.notes).empty());
    CHECK(parsed.report.sections.size() == root->find("sections")->items.size());
    for (auto const& use : parsed.notes.texts)
      if (use.text.count("") == 0)
        for (auto const& language : kLanguages) CHECK(use.text.count(std::string(language)) == 1);
  }
}
