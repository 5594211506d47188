#include <catch2/catch.hpp>

#include "indicators/rule_run.h"
#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

TEST_CASE("a residential register gives census, resident-days, length of stay and turnover", "[answer][interval]") {
  TestProgramme test;
  // a: the whole month; b: a same-day stay; c: 10 nights; d: came in January, still there.
  test.dataset("stays",
               "person,home,admitted,discharged\n"
               "a,H,2024-12-01,2025-02-01\n"
               "b,H,2025-01-05,2025-01-05\n"
               "c,H,2025-01-10,2025-01-20\n"
               "d,K,2025-01-30,\n"
               "x,K,,2025-01-02\n",
               {{.name = "person"},
                {.name = "home"},
                {.name = "admitted", .type = Type::date},
                {.name = "discharged", .type = Type::date}},
               {"admitted", "discharged"});
  test.indicator(
      "resident_days", "stays",
      "sum(case when admitted = discharged then 1 else greatest(0, days_between(greatest(admitted, window_first), "
      "least(coalesce(discharged, window_end), window_end))) end)");
  test.indicator("admissions", "stays", "count()", "admitted >= window_first and admitted < window_end");
  test.indicator("discharges", "stays", "count()", "discharged >= window_first and discharged < window_end");
  test.indicator("people", "stays", "count(distinct person)");
  auto& at_end = test.indicator("at_end", "stays", "count(distinct person)");
  at_end.over_time = OverTime::last;
  Question question;
  question.indicators = {"resident_days", "admissions", "discharges", "people", "at_end"};
  question.period = period("2025-01..2025-02");
  question.per = PeriodKind::month;
  // January: a 31, b 1, c 10, d 2. February: d 28; a is discharged on the 1st, which does not count.
  CHECK(ask_csv(test, question) ==
        "period,resident_days,admissions,discharges,people,at_end\n2025-01,44,3,2,4,2\n2025-02,28,0,1,2,1\n");
}

TEST_CASE("lookups add columns; keys without a match are missing and reported", "[answer][lookup]") {
  TestProgramme test;
  Dataset& visits = test.dataset("visits", "date,home\n2025-01-01,A\n2025-01-02,B\n2025-01-03,Z\n2025-01-04,\n",
                                 {{.name = "date", .type = Type::date}, {.name = "home"}}, {"date"});
  visits.lookups.push_back({"home", {"home"}, "homes", {"code"}, "", "", {}});
  test.dataset("homes", "code,region\nA,North\nB,South\n", {{.name = "code"}, {.name = "region"}}, {});
  test.indicator("visits", "visits", "count()");
  Question question;
  question.indicators = {"visits"};
  question.by = {"region"};
  auto const set = answer(test.programme, std::span(&question, 1), test.environment());
  if (!set) FAIL(messages(set.error()));
  CHECK(to_csv(set->answers[0]) == "period,region,visits\nall,(unknown),2\nall,North,1\nall,South,1\n");
  CHECK(set->datasets.at(0).unmatched_lookups == 1);
  REQUIRE(set->warnings.size() == 1);
  CHECK(set->warnings[0].message == "1 row of 'visits' has no match in lookup 'home': 'Z'");
}

TEST_CASE("a duplicate key on the one side of a lookup is refused with both rows", "[answer][lookup]") {
  TestProgramme test;
  Dataset& visits = test.dataset("visits", "home\nA\n", {{.name = "home"}}, {});
  visits.lookups.push_back({"home", {"home"}, "homes", {"code"}, "", "", {}});
  test.dataset("homes", "code,region\nA,North\nB,South\nA,East\n", {{.name = "code"}, {.name = "region"}}, {});
  test.indicator("visits", "visits", "count()");
  Question question;
  question.indicators = {"visits"};
  question.by = {"region"};
  CHECK(refusal(test, question)
            .find("lookup 'home' needs each key of 'homes' once, but row 2 of homes.csv and row 4 of homes.csv "
                  "have the same code") != std::string::npos);
}

namespace {

/// Homes' days with their places over a register of stays, around the leap day.
void add_places_and_stays(TestProgramme& test) {
  Dataset& places = test.dataset(
      "places",
      "date,home,places\n2024-02-26,A,2\n2024-02-27,A,2\n2024-02-28,A,2\n2024-02-29,A,2\n2024-03-01,A,1\n"
      "2024-03-02,A,\n2024-03-03,A,3\n2024-02-29,B,1\n2024-03-01,B,0\n2024-02-29,Z,1\n",
      {{.name = "date", .type = Type::date}, {.name = "home"}, {.name = "places", .type = Type::integer}}, {"date"});
  places.key = {"date", "home"};
  places.lookups.push_back({"register", {"home"}, "stays", {"house"}, "date", "since", {}, {"came", "gone"}});
  // A: 1 from 27 February to 1 March (he leaves then), 2 still there, 3 on the leap day only, 4 unknown when, 5 leaves
  // before he comes. B: nobody until 1 March.
  test.dataset(
      "stays",
      "who,house,came,gone\n1,A,2024-02-27,2024-03-01\n2,A,2024-02-28,\n3,A,2024-02-29,2024-02-29\n"
      "4,A,,2024-03-05\n5,A,2024-03-02,2024-02-26\n6,,2024-02-26,\n7,B,2024-03-01,\n",
      {{.name = "who"}, {.name = "house"}, {.name = "came", .type = Type::date}, {.name = "gone", .type = Type::date}},
      {"came", "gone"});
  test.indicator("present", "places", "sum(register.present)").over_time = OverTime::sum;
  test.indicator("over", "places", "count()", "register.present > places").over_time = OverTime::sum;
  test.indicator("resident_days", "stays",
                 "sum(case when came = gone then 1 else greatest(0, days_between(greatest(came, window_first), "
                 "least(coalesce(gone, window_end), window_end))) end)");
}

}  // namespace

TEST_CASE("a census lookup counts the stays of a register on each day", "[answer][lookup]") {
  TestProgramme test;
  add_places_and_stays(test);
  Question question;
  question.indicators = {"present", "over"};
  question.by = {"home"};
  question.per = PeriodKind::day;
  question.period = period("2024-02-26..2024-03-03");
  // Over on 29 February (3 people, 2 places) and where B has people without places; not where capacity is missing.
  CHECK(ask_csv(test, question) ==
        "period,home,present,over\n2024-02-26,A,0,0\n2024-02-27,A,1,0\n2024-02-28,A,2,0\n"
        "2024-02-29,A,3,1\n2024-02-29,B,0,0\n2024-02-29,Z,,0\n"
        "2024-03-01,A,1,0\n2024-03-01,B,1,1\n2024-03-02,A,1,0\n2024-03-03,A,1,0\n");
  auto const set = answer(test.programme, std::span(&question, 1), test.environment());
  REQUIRE(set);
  REQUIRE(set->warnings.size() == 1);
  CHECK(set->warnings[0].message == "1 row of 'places' has no match in lookup 'register': 'Z'");
}

TEST_CASE("the census of a home summed over all days is its resident-days", "[answer][lookup]") {
  TestProgramme test;
  add_places_and_stays(test);
  Question question;
  question.period = period("2024-02-26..2024-03-03");
  question.indicators = {"present"};
  question.where = "home = 'A'";
  CHECK(ask_csv(test, question) == "period,present\n2024-02-26..2024-03-03,9\n");
  question.indicators = {"resident_days"};
  question.where = "house = 'A'";
  CHECK(ask_csv(test, question) == "period,resident_days\n2024-02-26..2024-03-03,9\n");
}

TEST_CASE("a census over columns that are no dates is refused", "[answer][lookup]") {
  TestProgramme test;
  add_places_and_stays(test);
  test.programme.datasets[0].lookups[0].census = {"came", "who"};
  Question question;
  question.indicators = {"over"};
  CHECK(refusal(test, question)
            .find("the census of lookup 'register' needs dates, but column 'who' of 'stays' is text") !=
        std::string::npos);
}

TEST_CASE("a lookup that finds its row by its own column, or by one that depends on the period, is refused",
          "[answer][lookup]") {
  TestProgramme test;
  add_places_and_stays(test);
  Dataset& places = test.programme.datasets[0];
  Question question;
  question.indicators = {"over"};
  places.lookups[0].date = "day";
  places.derived.push_back({"day", "date_add(date, register.present, 'days')", {}});
  CHECK(refusal(test, question) ==
        "error[lookup-column]: lookup 'register' finds its row by 'day', which is looked up by it\n"
        "  hint: name a column of the dataset itself\n");
  places.derived[0].expression = "date_add(window_end, -1, 'days')";
  CHECK(refusal(test, question) ==
        "error[lookup-column]: lookup 'register' finds its row by 'day', which depends on the period\n"
        "  hint: name a column of the dataset itself\n");
}

TEST_CASE("a rule sees what a query sees of lookups by date, and of lookups by looked-up and derived columns",
          "[answer][lookup]") {
  TestProgramme test;
  add_places_and_stays(test);
  Dataset& places = test.programme.datasets[0];
  places.derived.push_back({"house_of", "lower(area.letter)", {}});
  places.lookups.push_back({"area", {"home"}, "areas", {"home"}, "", "", {}});
  places.lookups.push_back({"kind", {"house_of"}, "kinds", {"letter"}, "", "", {}});
  places.rules.push_back({.id = "full", .expression = "register.present < places"});
  places.rules.push_back({.id = "nobody", .expression = "register.present > 0"});
  places.rules.push_back({.id = "kind", .expression = "kind.word = 'red'"});
  test.dataset("areas", "home,letter\nA,X\nB,Y\n", {{.name = "home"}, {.name = "letter"}}, {});
  test.dataset("kinds", "letter,word\nx,red\ny,blue\n", {{.name = "letter"}, {.name = "word"}}, {});
  SourceContext context;
  context.folder = test.folder();
  auto const findings = run_rules(test.programme, test.programme.datasets[0], context);
  if (!findings) FAIL(messages(findings.error()));
  std::vector<std::string> found;
  for (auto const& one : findings->listed) found.push_back(one.rule + " " + std::to_string(one.row));
  std::sort(found.begin(), found.end());
  CHECK(found ==
        std::vector<std::string>{"full 10", "full 4", "full 5", "full 6", "kind 10", "kind 9", "nobody 2", "nobody 9"});
}

TEST_CASE("lookups with several keys and valid_from take the latest row not after the date", "[answer][lookup]") {
  TestProgramme test;
  Dataset& days = test.dataset(
      "days", "date,home,wing\n2025-01-05,A,1\n2025-01-10,A,1\n2025-02-01,A,1\n2025-02-01,A,2\n",
      {{.name = "date", .type = Type::date}, {.name = "home"}, {.name = "wing", .type = Type::integer}}, {"date"});
  days.lookups.push_back({"places", {"home", "wing"}, "capacity", {"home", "wing"}, "date", "from", {}});
  test.dataset("capacity", "home,wing,from,places\nA,1,2025-01-10,20\nA,1,2025-01-20,30\nA,2,2025-01-01,5\n",
               {{.name = "home"},
                {.name = "wing", .type = Type::integer},
                {.name = "from", .type = Type::date},
                {.name = "places", .type = Type::integer}},
               {});
  test.indicator("places", "days", "sum(places.places)");
  Question question;
  question.indicators = {"places"};
  question.period = period("2025-01-01..2025-02-28");
  question.per = PeriodKind::day;
  Answer const answer = ask(test, question);
  auto const on = [&](std::string const& label) {
    for (AnswerRow const& row : answer.rows)
      if (row.period.label == label) return row.figures[0].value;
    return Value{};
  };
  CHECK_FALSE(on("2025-01-05").is_value());
  CHECK(std::get<std::int64_t>(on("2025-01-10").number) == 20);
  CHECK(std::get<std::int64_t>(on("2025-02-01").number) == 35);
}

TEST_CASE("rows are ranked within each period, then filtered, then cut; totals cover all groups", "[answer]") {
  TestProgramme test;
  test.dataset(
      "d", "date,g,x\n2025-01-01,a,5\n2025-01-01,b,9\n2025-01-01,c,\n2025-01-01,e,7\n2025-02-01,a,1\n2025-02-01,b,1\n",
      {{.name = "date", .type = Type::date}, {.name = "g"}, {.name = "x", .type = Type::integer}}, {"date"});
  test.indicator("x", "d", "sum(x)");
  test.indicator("n", "d", "count()");
  Question question;
  question.indicators = {"n"};
  question.by = {"g"};
  question.period = period("2025-01..2025-02");
  question.per = PeriodKind::month;
  question.sort = "x";
  question.descending = true;
  CHECK(ask_csv(test, question) ==
        "period,g,n\n2025-01,b,1\n2025-01,e,1\n2025-01,a,1\n2025-01,c,1\n2025-02,a,1\n2025-02,b,1\n");
  question.top = 2;
  question.having = "x < 9";
  question.totals = true;
  CHECK(ask_csv(test, question) ==
        "period,g,n\n,,6\n,a,2\n,b,2\n,c,1\n,e,1\n2025-01,,4\n2025-01,e,1\n2025-01,a,1\n2025-02,,2\n2025-02,a,1\n2025-"
        "02,b,1\n");
}

TEST_CASE("several answers in one cell count in each group and once in the total", "[answer]") {
  TestProgramme test;
  test.dataset("d", "id,needs\n1,food; shelter\n2,food\n3,\n4,food;food\n", {{.name = "needs"}}, {});
  test.indicator("n", "d", "count()");
  Dimension needs;
  needs.id = "need";
  needs.of = "needs";
  needs.split = ";";
  test.programme.dimensions.push_back(needs);
  Question question;
  question.indicators = {"n"};
  question.by = {"need"};
  question.totals = true;
  CHECK(ask_csv(test, question) == "period,need,n\nall,,4\nall,(unknown),1\nall,food,3\nall,shelter,1\n");
}

TEST_CASE("questions about what does not exist are refused with what was meant", "[answer]") {
  TestProgramme test;
  test.dataset("d", "region,name\nN,x\n", {{.name = "region"}, {.name = "name", .personal = true}}, {});
  test.indicator("rows", "d", "count()");
  Question question;
  question.indicators = {"rwos"};
  CHECK(refusal(test, question).find("unknown indicator 'rwos'") != std::string::npos);
  question.indicators = {"rows"};
  question.by = {"name"};
  CHECK(refusal(test, question).find("column 'name' of 'd' is personal and cannot be grouped by") != std::string::npos);
  question.by = {"regoin"};
  CHECK(refusal(test, question).find("did you mean 'region'?") != std::string::npos);
}

TEST_CASE("in a group with rows a count without a match is zero and a sum is missing", "[answer]") {
  TestProgramme test;
  test.dataset("d", "date,g,x\n2025-01-01,a,\n2025-03-01,b,0\n",
               {{.name = "date", .type = Type::date}, {.name = "g"}, {.name = "x", .type = Type::integer}}, {"date"});
  test.indicator("zeros", "d", "count()", "x = 0");
  test.indicator("x", "d", "sum(x)");
  test.indicator("least", "d", "min(x)");
  test.indicator("share", "d", "share(x = 0)");
  Question question;
  question.indicators = {"zeros", "x", "least", "share"};
  question.period = period("2025-01..2025-03");
  question.per = PeriodKind::month;
  Answer const answer = ask(test, question);
  CHECK(to_csv(answer) == "period,zeros,x,least,share\n2025-01,0,,,\n2025-02,,,,\n2025-03,1,0,0,1\n");
  CHECK(answer.rows[0].figures[3].value.state == State::not_applicable);
  CHECK(answer.rows[1].figures[0].value.state == State::missing);
  CHECK(answer.rows[0].figures[1].rows_left_out == 1);
}
