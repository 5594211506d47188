#include "indicators/explain.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

Explanation explained(TestProgramme const& test, ExplainRequest const& request) {
  auto const explanation = explain(test.programme, request, test.environment());
  if (!explanation) FAIL(messages(explanation.error()));
  return *explanation;
}

void add_visits(TestProgramme& test) {
  test.dataset("visits",
               "date,person,region,status,hours\n"
               "2025-01-10,p1,N,done,2\n"
               "2025-01-11,p2,N,done,\n"
               "2025-01-12,p3,N,refused,1\n"
               "2025-01-13,p4,S,done,4\n"
               "2025-04-01,p5,N,done,8\n"
               ",p6,N,done,16\n",
               {{.name = "date", .type = Type::date},
                {.name = "person", .personal = true},
                {.name = "region"},
                {.name = "status"},
                {.name = "hours", .type = Type::integer}},
               {"date"});
  test.indicator("hours", "visits", "sum(hours)", "status = 'done'");
  test.indicator("people", "visits", "count(distinct person)", "status = 'done'");
  test.formula("hours_each", "hours / people");
}

}  // namespace

TEST_CASE("every row of the dataset is accounted for, once", "[explain]") {
  TestProgramme test;
  add_visits(test);
  ExplainRequest request;
  request.indicator = "hours";
  request.period = period("2025-Q1");
  request.place = {{"region", "N", false}};
  Explanation const explanation = explained(test, request);
  CHECK(explanation.figure.id == "hours@2025-Q1[region=N]");
  CHECK(explanation.rule == "the sum of hours in 'visits', where status = 'done'");
  REQUIRE(explanation.parts.size() == 1);
  RowAccount const& rows = explanation.parts[0].rows;
  CHECK(rows.total == 6);
  CHECK(rows.undated == 1);
  CHECK(rows.outside == 1);
  CHECK(rows.other_group == 1);
  CHECK(rows.not_where == 1);
  CHECK(rows.without_value == 1);
  CHECK(rows.used == 1);
  CHECK(explanation.figure.rows_used == 1);
  CHECK(explanation.figure.rows_left_out == 2);
  REQUIRE(explanation.datasets.size() == 1);
  CHECK(explanation.datasets[0].summary.files.at(0).name == "visits.csv");
}

TEST_CASE("a formula is explained by its numerator and denominator", "[explain]") {
  TestProgramme test;
  add_visits(test);
  ExplainRequest request;
  request.indicator = "hours_each";
  request.rows = 2;
  Explanation const explanation = explained(test, request);
  CHECK(explanation.rule == "hours / people");
  REQUIRE(explanation.parts.size() == 2);
  CHECK(std::get<std::int64_t>(explanation.parts[0].value.number) == 30);
  CHECK(std::get<std::int64_t>(explanation.parts[1].value.number) == 5);
  CHECK(explanation.parts[1].rows.used == 5);
  REQUIRE(explanation.parts[1].shown.size() == 2);
  CHECK(explanation.parts[1].shown[0].values == std::vector<std::string>{"2025-01-10", "•••", "N", "done", "2"});
  CHECK(to_text(explanation).find("     5  used") != std::string::npos);
  CHECK(to_json(explanation).find("\"rule\":\"hours / people\"") != std::string::npos);
}

TEST_CASE("reports of other dates are told apart where a stock is explained", "[explain]") {
  TestProgramme test;
  Dataset& dataset = test.dataset(
      "census", "date,home,residents\n2025-01-01,A,10\n2025-01-02,A,11\n2025-01-01,B,5\n",
      {{.name = "date", .type = Type::date}, {.name = "home"}, {.name = "residents", .type = Type::integer}}, {"date"});
  dataset.key = {"date", "home"};
  test.indicator("residents", "census", "sum(residents)").over_time = OverTime::last;
  ExplainRequest request;
  request.indicator = "residents";
  request.period = period("2025-01");
  Explanation const explanation = explained(test, request);
  CHECK(std::get<std::int64_t>(explanation.figure.value.number) == 16);
  CHECK(explanation.parts.at(0).rows.overtaken == 1);
  CHECK(explanation.parts.at(0).rows.used == 2);
  CHECK(explanation.rule == "the sum of residents in 'census', for each home the rows of the last date in the period");
}

TEST_CASE("the census of intervals accounts for those who were there that day", "[explain]") {
  TestProgramme test;
  test.dataset(
      "stays", "person,in,out\na,2025-01-01,2025-01-31\nb,2025-01-10,2025-02-01\nc,2025-01-31,2025-01-31\n",
      {{.name = "person", .personal = true}, {.name = "in", .type = Type::date}, {.name = "out", .type = Type::date}},
      {"in", "out"});
  test.indicator("residents", "stays", "count(distinct person)").over_time = OverTime::last;
  ExplainRequest request;
  request.indicator = "residents";
  request.period = period("2025-01");
  Explanation const explanation = explained(test, request);
  CHECK(to_text(explanation.figure.value.number) == "2");  // b, and c who came and left on the 31st
  CHECK(explanation.parts[0].rows.used == 2);
  CHECK(explanation.parts[0].rows.not_where == 1);
  CHECK(explanation.figure.rows_used == 2);
}

TEST_CASE("explain names files of lookups and only findings in the figure's rows", "[explain]") {
  TestProgramme test;
  Dataset& visits = test.dataset(
      "visits", "date,site,hours\n2025-01-10,x,2\n2025-01-11,y,oops\n2025-04-01,y,bad\n",
      {{.name = "date", .type = Type::date}, {.name = "site"}, {.name = "hours", .type = Type::integer}}, {"date"});
  visits.lookups.push_back({"site", {"site"}, "sites", {"code"}, {}, {}, {}});
  test.dataset("sites", "code,region\nx,N\ny,S\n", {{.name = "code"}, {.name = "region"}}, {});
  test.indicator("hours", "visits", "sum(hours)");
  ExplainRequest request;
  request.indicator = "hours";
  request.period = period("2025-Q1");
  Explanation const explanation = explained(test, request);
  REQUIRE(explanation.parts.size() == 1);
  REQUIRE(explanation.parts[0].findings.size() == 1);
  CHECK(explanation.parts[0].findings[0].row == 3);
  REQUIRE(explanation.datasets.size() == 2);
  CHECK(explanation.datasets[1].dataset == "sites");
  CHECK(explanation.datasets[1].summary.files.at(0).rows == 2);
  CHECK(explanation.datasets[1].summary.files.at(0).sha256.size() == 64);
}

TEST_CASE("an achievement is explained by its target, its baseline and its verdict", "[explain]") {
  TestProgramme test;
  add_visits(test);
  Indicator& people = *std::find_if(test.programme.indicators.begin(), test.programme.indicators.end(),
                                    [](Indicator const& one) { return one.id == "people"; });
  people.direction = Direction::decrease;
  people.baseline = Decimal{30'000'000};
  people.targets = {{.period = "2025-Q1", .target = Decimal{1'000'000}}};
  test.formula("progress", "achievement(people)");
  ExplainRequest request;
  request.indicator = "progress";
  request.period = period("2025-Q1");
  auto const text = to_text(explained(test, request));
  CAPTURE(text);
  CHECK(
      text.starts_with("progress@2025-Q1\n"
                       "  value: 0.9310344827586207\n"  // (3 - 30) / (1 - 30)
                       "  rule: achievement(people)\n"
                       "  target of people: 1 for 2025-Q1\n"
                       "  baseline of people: 30\n"));
  people.targets[0].target = Decimal{30'000'000};
  CHECK(to_text(explained(test, request)).starts_with("progress@2025-Q1\n  value: not applicable, met\n"));
  auto const json = to_json(explained(test, request));
  CHECK(json.find(R"("aims":[{"what":"target","indicator":"people","period":"2025-Q1","value":30},)") !=
        std::string::npos);
}
