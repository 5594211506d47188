#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// Six contacts of four people in two regions; one contact has no date, one no region.
void add_services(TestProgramme& test) {
  test.dataset("services",
               "date,person,region,status,hours,cost\n"
               "2025-01-10,p1,North,delivered,2,10.10\n"
               "2025-02-11,p1,South,delivered,3,0.20\n"
               "2025-04-01,p2,North,refused,,5\n"
               "2025-05-20,p3,North,delivered,4,\n"
               "2025-06-30,p1,,delivered,1,0.30\n"
               ",p4,South,delivered,9,1\n",
               {{.name = "date", .type = Type::date},
                {.name = "person", .personal = true},
                {.name = "region"},
                {.name = "status"},
                {.name = "hours", .type = Type::integer},
                {.name = "cost", .type = Type::decimal}},
               {"date"});
  test.indicator("contacts", "services", "count()");
  test.indicator("delivered", "services", "count()", "status = 'delivered'");
  test.indicator("people", "services", "count(distinct person)", "status = 'delivered'");
  test.indicator("hours", "services", "sum(hours)");
  test.indicator("cost", "services", "sum(cost)");
  test.indicator("mean_hours", "services", "average(hours)");
  test.formula("delivered_share", "delivered / contacts");
}

}  // namespace

TEST_CASE("flows, people and ratios are counted per period and group", "[answer]") {
  TestProgramme test;
  add_services(test);
  Question question;
  question.indicators = {"contacts", "delivered", "people", "hours", "cost", "mean_hours", "delivered_share"};
  question.by = {"region"};
  question.period = period("2025-Q1..2025-Q2");
  question.per = PeriodKind::quarter;
  CHECK(ask_csv(test, question) ==
        "period,region,contacts,delivered,people,hours,cost,mean_hours,delivered_share\n"
        "2025-Q1,North,1,1,1,2,10.1,2,1\n"
        "2025-Q1,South,1,1,1,3,0.2,3,1\n"
        "2025-Q2,(unknown),1,1,1,1,0.3,1,1\n"
        "2025-Q2,North,2,1,1,4,5,4,0.5\n");
}

TEST_CASE("totals are recounted from the data for all subsets, per period and for the whole", "[answer]") {
  TestProgramme test;
  add_services(test);
  Question question;
  question.indicators = {"people", "contacts"};
  question.by = {"region"};
  question.period = period("2025-Q1..2025-Q2");
  question.per = PeriodKind::quarter;
  question.totals = true;
  CHECK(ask_csv(test, question) ==
        "period,region,people,contacts\n"
        ",,2,5\n"
        ",(unknown),1,1\n"
        ",North,2,3\n"
        ",South,1,1\n"
        "2025-Q1,,1,2\n"
        "2025-Q1,North,1,1\n"
        "2025-Q1,South,1,1\n"
        "2025-Q2,,2,3\n"
        "2025-Q2,(unknown),1,1\n"
        "2025-Q2,North,1,2\n");
}

TEST_CASE("without a period everything counts, undated rows too", "[answer]") {
  TestProgramme test;
  add_services(test);
  Question question;
  question.indicators = {"people", "hours"};
  CHECK(ask_csv(test, question) == "period,people,hours\nall,3,19\n");
}

TEST_CASE("without a period, periods run from the first to the last date, gaps included", "[answer]") {
  TestProgramme test;
  add_services(test);
  Question question;
  question.indicators = {"contacts", "hours"};
  question.per = PeriodKind::month;
  CHECK(ask_csv(test, question) ==
        "period,contacts,hours\n2025-01,1,2\n2025-02,1,3\n2025-03,,\n2025-04,1,\n2025-05,1,4\n2025-06,1,1\n");
  question.totals = true;
  CHECK(ask_csv(test, question).substr(0, 30) == "period,contacts,hours\n,6,19\n20");
}

TEST_CASE("targets alone are compared where like is compared with like, and nothing else is computed", "[indicators]") {
  TestProgramme test;
  test.dataset("visits", "day,place\n2025-01-05,A\n2025-01-06,B\n2025-02-01,A\n",
               {{.name = "day", .type = Type::date}, {.name = "place"}}, {"day"});
  test.indicator("visits", "visits", "count()").targets = {
      {.period = "2025-01", .target = Decimal{4'000'000}},
      {.period = "2025-01", .group = {{"place", "A"}}, .target = Decimal{2'000'000}}};
  Indicator& to_date = test.indicator("so_far", "visits", "count()");
  to_date.targets = {{.period = "2025-01", .target = Decimal{4'000'000}}};
  to_date.target_is = TargetIs::to_date;
  Question question;
  question.indicators = {"visits", "so_far"};
  question.by = {"place"};
  question.per = PeriodKind::month;
  question.period = period("2025-01..2025-02");
  question.totals = true;
  question.targets = true;
  auto const answer = ask(test, question);
  std::string seen;
  for (auto const& row : answer.rows)
    for (auto const& figure : row.figures)
      if (figure.target) seen += figure.id + " " + to_text(figure.achievement->number) + "\n";
  CHECK(seen == "visits@2025-01 0.5\nvisits@2025-01[place=A] 0.5\n");
  CHECK_FALSE(answer.rows.front().figures.front().previous);
}

TEST_CASE("more dimensions than a grouping set holds are refused, never shown empty", "[answer]") {
  TestProgramme test;
  std::string head = "n";
  std::string row = "1";
  std::vector<ColumnSpec> columns{{.name = "n", .type = Type::integer}};
  Question question;
  question.indicators = {"rows"};
  for (int i = 0; i < 32; ++i) {
    std::string const name = "k" + std::to_string(i);
    head += "," + name;
    row += ",v" + std::to_string(i);
    columns.push_back({.name = name});
    question.by.push_back(name);
  }
  test.dataset("wide", head + "\n" + row + "\n", columns, {});
  test.indicator("rows", "wide", "count()");
  CHECK_THAT(refusal(test, question), Catch::Contains("32 dimensions are asked for, at most 31 can be"));
  question.by.pop_back();
  std::string const all = ask_csv(test, question);
  for (int i = 0; i < 31; ++i) CHECK_THAT(all, Catch::Contains(",v" + std::to_string(i) + ","));
  question.totals = true;
  CHECK_THAT(refusal(test, question), Catch::Contains("31 dimensions are asked for with totals, at most 12 can be") &&
                                          Catch::Contains("ask for fewer at a time"));
}
