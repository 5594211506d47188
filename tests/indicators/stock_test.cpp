#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

Question ask_for(std::vector<std::string> indicators, std::string const& of, std::optional<PeriodKind> per = {}) {
  Question question;
  question.indicators = std::move(indicators);
  question.period = period(of);
  question.per = per;
  return question;
}

/// Two homes report residents by sex. A stops on 30 January; B's last report lacks the women's number.
Dataset& add_census(TestProgramme& test) {
  Dataset& dataset = test.dataset("census",
                                  "date,home,sex,residents\n"
                                  "2025-01-29,A,f,10\n"
                                  "2025-01-29,A,m,4\n"
                                  "2025-01-30,A,f,12\n"
                                  "2025-01-30,A,m,3\n"
                                  "2025-01-31,B,f,\n"
                                  "2025-01-31,B,m,7\n"
                                  "2025-01-30,B,f,5\n"
                                  "2025-01-30,B,m,6\n"
                                  "2025-02-10,A,f,11\n",
                                  {{.name = "date", .type = Type::date},
                                   {.name = "home"},
                                   {.name = "sex"},
                                   {.name = "residents", .type = Type::integer}},
                                  {"date"});
  dataset.key = {"date", "home", "sex"};
  dataset.reported_by = std::vector<std::string>{"home"};
  return dataset;
}

}  // namespace

TEST_CASE("a stock takes each reporter's rows on its last date, then where, groups and adds", "[answer][stock]") {
  TestProgramme test;
  add_census(test);
  test.indicator("residents", "census", "sum(residents)").over_time = OverTime::last;
  test.indicator("women", "census", "sum(residents)", "sex = 'f'").over_time = OverTime::last;
  auto question = ask_for({"residents", "women"}, "2025-01..2025-02", PeriodKind::month);
  // January: A 12 + 3 on the 30th, B missing + 7 on the 31st. B's 5 women of the 30th are overtaken.
  CHECK(ask_csv(test, question) == "period,residents,women\n2025-01,22,12\n2025-02,11,11\n");
  question.by = {"sex"};
  CHECK(ask_csv(test, question) == "period,sex,residents,women\n2025-01,f,12,12\n2025-01,m,10,\n2025-02,f,11,11\n");
}

TEST_CASE("a where of the question does not change which rows are last", "[answer][stock]") {
  TestProgramme test;
  add_census(test);
  test.indicator("residents", "census", "sum(residents)").over_time = OverTime::last;
  auto question = ask_for({"residents"}, "2025-01");
  question.where = "residents < 12";
  CHECK(ask_csv(test, question) == "period,residents\n2025-01,10\n");
}

TEST_CASE("a carried stock takes an earlier report within the days allowed", "[answer][stock]") {
  TestProgramme test;
  add_census(test);
  auto& carried = test.indicator("carried", "census", "sum(residents)");
  carried.over_time = OverTime::last;
  carried.carry_days = 1;
  auto question = ask_for({"carried"}, "2025-02");
  // B's report of 31 January is a day before the window; A's own report in the window overtakes its older ones.
  CHECK(ask_csv(test, question) == "period,carried\n2025-02,18\n");
  CHECK(ask(test, question).rows.front().figures.front().carried_days == 1);
  CHECK(to_json(ask(test, question)).find("\"carried_days\":1") != std::string::npos);
  auto const january = ask(test, ask_for({"carried"}, "2025-01"));
  CHECK(january.rows.front().figures.front().carried_days == 0);
  // A formula is as old as its oldest part.
  test.formula("doubled", "carried * 2");
  CHECK(ask(test, ask_for({"doubled"}, "2025-02")).rows.front().figures.front().carried_days == 1);
}

TEST_CASE("first, least and most of a stock are taken for each reporter and added", "[answer][stock]") {
  TestProgramme test;
  add_census(test);
  test.indicator("first", "census", "sum(residents)").over_time = OverTime::first;
  test.indicator("least", "census", "sum(residents)").over_time = OverTime::min;
  test.indicator("most", "census", "sum(residents)").over_time = OverTime::max;
  // A: 14, 15. B: 11, 7.
  CHECK(ask_csv(test, ask_for({"first", "least", "most"}, "2025-01")) == "period,first,least,most\n2025-01,25,21,26\n");
}

TEST_CASE("a stock's average is over days with data, each value held until the next report", "[answer][stock]") {
  TestProgramme test;
  Dataset& dataset = test.dataset(
      "census", "date,home,residents\n2025-01-01,A,10\n2025-01-11,A,20\n2025-01-25,B,6\n2024-12-28,B,3\n",
      {{.name = "date", .type = Type::date}, {.name = "home"}, {.name = "residents", .type = Type::integer}}, {"date"});
  dataset.key = {"date", "home"};
  auto& daily = test.indicator("daily", "census", "sum(residents)");
  daily.over_time = OverTime::average;
  auto& monthly = test.indicator("monthly", "census", "sum(residents)");
  monthly.over_time = OverTime::average;
  monthly.holds_days = 31;
  // Held a day each: A (10 + 20) / 2, B 6. Held 31 days: A 10 for 10 days and 20 for 21; B 3 for 24 days (from
  // December) and 6 for 7.
  auto const csv = ask_csv(test, ask_for({"daily", "monthly"}, "2025-01"));
  CHECK(csv == "period,daily,monthly\n2025-01,21,20.451612903225808\n");
  CHECK(520.0 / 31 + (24 * 3 + 7 * 6) / 31.0 == Approx(20.451612903225808));
}

TEST_CASE("a stock summed over time gives the resident-days", "[answer][stock]") {
  TestProgramme test;
  add_census(test);
  test.indicator("resident_days", "census", "sum(residents)").over_time = OverTime::sum;
  CHECK(ask_csv(test, ask_for({"resident_days"}, "2025-01")) == "period,resident_days\n2025-01,47\n");
}

TEST_CASE("with no reporters named the last date is one snapshot of all rows", "[answer][stock]") {
  TestProgramme test;
  add_census(test).reported_by = std::vector<std::string>{};
  test.indicator("residents", "census", "sum(residents)").over_time = OverTime::last;
  CHECK(ask_csv(test, ask_for({"residents"}, "2025-01")) == "period,residents\n2025-01,7\n");
}

TEST_CASE("people that partners report without ids lie between the largest report and the sum", "[answer]") {
  TestProgramme test;
  Dataset& dataset = test.dataset(
      "reports", "date,partner,people\n2025-01-10,A,100\n2025-01-20,B,70\n2025-01-20,C,\n",
      {{.name = "date", .type = Type::date}, {.name = "partner"}, {.name = "people", .type = Type::integer}}, {"date"});
  dataset.key = {"date", "partner"};
  auto& reached = test.indicator("reached", "reports", "sum(people)");
  reached.kind = IndicatorKind::reported_people;
  reached.over_time = OverTime::sum;
  Answer const answer = ask(test, ask_for({"reached"}, "2025-01"));
  Value const& value = answer.rows.at(0).figures.at(0).value;
  CHECK(std::get<std::int64_t>(value.number) == 170);
  REQUIRE(value.low);
  CHECK(std::get<std::int64_t>(*value.low) == 100);
}

TEST_CASE("stocks that use the window's end are worked out for every window", "[answer][stock]") {
  TestProgramme test;
  Dataset& dataset = test.dataset(
      "members", "date,member,birth\n2025-01-31,a,2000-02-15\n2025-01-31,b,1990-01-01\n2025-02-28,a,2000-02-15\n",
      {{.name = "date", .type = Type::date}, {.name = "member"}, {.name = "birth", .type = Type::date}}, {"date"});
  dataset.key = {"date", "member"};
  dataset.reported_by = std::vector<std::string>{};
  auto& young =
      test.indicator("young", "members", "count(distinct member)", "age(birth, date_add(window_end, -1, 'days')) < 25");
  young.over_time = OverTime::last;
  CHECK(ask_csv(test, ask_for({"young"}, "2025-01..2025-02", PeriodKind::month)) ==
        "period,young\n2025-01,1\n2025-02,0\n");
}

namespace {

/// p1 ten days of January, p2 from the 6th on, p3 came and left on the 20th, p4 since December until the 16th, p5 left
/// before it came, p6 came on no known day.
void add_stays(TestProgramme& test) {
  test.dataset(
      "stays",
      "came,went,person,home,n\n2025-01-01,2025-01-11,p1,A,2\n2025-01-06,,p2,A,3\n2025-01-20,2025-01-20,p3,B,5\n"
      "2024-12-01,2025-01-16,p4,B,1.5\n2025-01-09,2025-01-05,p5,B,7\n,2025-01-31,p6,B,9\n",
      {{.name = "came", .type = Type::date},
       {.name = "went", .type = Type::date},
       {.name = "person"},
       {.name = "home"},
       {.name = "n", .type = Type::decimal}},
      {"came", "went"});
  for (auto const& [name, over_time] :
       {std::pair{"average", OverTime::average}, {"least", OverTime::min}, {"most", OverTime::max}}) {
    test.indicator(std::string(name) + "_there", "stays", "count()").over_time = over_time;
    test.indicator(std::string(name) + "_n", "stays", "sum(n)").over_time = over_time;
  }
}

}  // namespace

TEST_CASE("levels over time of stays are those of the days", "[answer][stock]") {
  TestProgramme test;
  add_stays(test);
  // Days there in January: p1 10, p2 26, p3 1, p4 15 = 52. Days 1-5: 2, 6-10: 3, 11-15: 2, 16-19: 1, 20: 2, 21-31: 1.
  CHECK(ask_csv(test, ask_for({"average_there", "least_there", "most_there"}, "2025-01")) ==
        "period,average_there,least_there,most_there\n2025-01,1.6774193548387097,1,3\n");
  // 2 x 10 + 3 x 26 + 5 + 1.5 x 15 = 125.5; days 1-5: 3.5, 6-10: 6.5, 11-15: 4.5, 16-19: 3, 20: 8, 21-31: 3.
  CHECK(ask_csv(test, ask_for({"average_n", "least_n", "most_n"}, "2025-01")) ==
        "period,average_n,least_n,most_n\n2025-01,4.048387096774194,3,8\n");
  auto by_home = ask_for({"average_there", "least_there", "most_there"}, "2025-01");
  by_home.by = {"home"};
  by_home.totals = true;
  // The most of all homes is that of one day, not the sum of each home's.
  CHECK(ask_csv(test, by_home) ==
        "period,home,average_there,least_there,most_there\n2025-01,,1.6774193548387097,1,3\n"
        "2025-01,A,1.1612903225806452,1,2\n2025-01,B,0.5161290322580645,0,1\n");
}

TEST_CASE("levels of stays in windows of several lengths and none", "[answer][stock]") {
  TestProgramme test;
  add_stays(test);
  auto question = ask_for({"average_there", "least_there", "most_there"}, "2024-11..2025-02");
  question.per = PeriodKind::month;
  question.totals = true;
  // December: p4 alone, 31 of 31. February: p2. November: no rows. All: 52 + 31 + 28 = 111 in 120 days.
  CHECK(ask_csv(test, question) ==
        "period,average_there,least_there,most_there\n,0.925,0,3\n2024-11,,,\n2024-12,1,1,1\n"
        "2025-01,1.6774193548387097,1,3\n2025-02,1,1,1\n");
  for (unsigned const threads : {1U, 3U}) CHECK(ask_csv(test, question, threads) == ask_csv(test, question));
  // Without a period from 1 December to 20 January, the register's first and last day: 46 + 10 + 15 + 1 in 51 days.
  question.period.reset();
  question.per.reset();
  question.totals = false;
  CHECK(ask_csv(test, question) == "period,average_there,least_there,most_there\nall,1.411764705882353,1,3\n");
}
