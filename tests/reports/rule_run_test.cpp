#include "indicators/rule_run.h"

#include <catch2/catch.hpp>

#include "reports/programme_parser.h"

using namespace yekun;

namespace {

std::string const kFolder = std::string(YEKUN_SOURCE_DIR) + "/tests/specs";

/// "row column rule" of each finding of tests/specs/data/visits.csv under `rules`.
std::vector<std::string> found_by(std::string const& rules, std::string const& more = "") {
  auto const parsed = parse_programme(R"~({"programme": {"id": "p", "title": "P"}, "datasets": {
    "visits": {"source": "data/visits.csv", "date": "date",
      "columns": {"date": "date", "cost": "decimal", "sessions": "integer", "birth_date": "date"},
      "personal": ["person_id", "birth_date"], "lookup": {"region": "regions.name"},
      "derived": {"each": "cost / sessions", "dear": "each > 7"}, "rules": [)~" +
                                          rules + "]" + more +
                                          R"~(},
    "regions": {"source": "data/regions.csv", "columns": {"population": "integer"}}}, "indicators": {}})~",
                                      "p.json");
  REQUIRE(parsed.notes.problems.empty());
  SourceContext context;
  context.folder = kFolder;
  auto const findings = run_rules(parsed.programme, parsed.programme.datasets.front(), context);
  REQUIRE(findings);
  std::vector<std::string> out;
  for (auto const& one : findings->listed)
    out.push_back(std::to_string(one.row) + " " + one.column + " " + one.rule + " " + one.text);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a rule sees looked-up columns", "[reports]") {
  auto const found = found_by(R"~({"id": "big", "expect": "region.population >= 2000"})~");
  REQUIRE(found.size() == 2);
  CHECK(found[0].starts_with("2 "));
  CHECK(found[1].starts_with("4 "));
}

TEST_CASE("a rule sees derived columns, those derived from derived ones too; missing is no finding", "[reports]") {
  auto const found = found_by(R"~({"id": "cheap", "expect": "not dear"})~");
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts_with("4 "));
}

TEST_CASE("a reference is looked for among the other dataset's values", "[reports]") {
  CHECK(found_by(R"~({"id": "known", "reference": {"region": "regions.name"}})~").empty());
  CHECK(found_by(R"~({"id": "known", "reference": {"status": "regions.name"}})~").size() == 3);
}

TEST_CASE("the key of a dataset is a rule, and a personal value in it is masked", "[reports]") {
  CHECK(found_by("", R"~(, "key": ["person_id"])~") == Texts{"4 person_id duplicate-key •••"});
}

TEST_CASE("a dataset without rules and key has no findings", "[reports]") { CHECK(found_by("").empty()); }
