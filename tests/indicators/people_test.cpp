#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

Question quarters(std::vector<std::string> indicators) {
  Question question;
  question.indicators = std::move(indicators);
  question.period = period("2025-Q1..2025-Q3");
  question.per = PeriodKind::quarter;
  return question;
}

void add_services(TestProgramme& test) {
  test.dataset("services",
               "date,person,region,kind,status\n"
               "2024-12-01,old,N,a,ok\n"
               "2025-01-05,old,N,a,ok\n"
               "2025-01-06,new1,N,a,ok\n"
               "2025-01-07,new1,S,b,ok\n"
               "2025-02-08,late,N,a,refused\n"
               "2025-04-09,new1,S,a,ok\n"
               "2025-05-10,late,N,b,ok\n"
               "2025-08-11,old,S,a,ok\n",
               {{.name = "date", .type = Type::date},
                {.name = "person"},
                {.name = "region"},
                {.name = "kind"},
                {.name = "status"}},
               {"date"});
}

}  // namespace

TEST_CASE("new people are those whose first row ever that counts falls in the window", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.indicator("people", "services", "count(distinct person)", "status = 'ok'");
  test.indicator("fresh", "services", "new_people(person)", "status = 'ok'");
  test.indicator("back", "services", "returning_people(person)", "status = 'ok'");
  CHECK(ask_csv(test, quarters({"people", "fresh", "back"})) ==
        "period,people,fresh,back\n2025-Q1,2,1,1\n2025-Q2,2,1,1\n2025-Q3,1,0,1\n");
  auto by_region = quarters({"fresh"});
  by_region.by = {"region"};
  // new1 is new in both regions: new people are recounted over place.
  CHECK(ask_csv(test, by_region) ==
        "period,region,fresh\n2025-Q1,N,1\n2025-Q1,S,1\n2025-Q2,N,1\n2025-Q2,S,0\n2025-Q3,S,0\n");
}

TEST_CASE("a where of the question never changes who is new", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.indicator("fresh", "services", "new_people(person)");
  auto question = quarters({"fresh"});
  question.where = "region = 'S'";
  CHECK(ask_csv(test, question) == "period,fresh\n2025-Q1,1\n2025-Q2,0\n2025-Q3,0\n");
}

TEST_CASE("new people add up over time to the people ever served", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.indicator("people", "services", "count(distinct person)");
  test.indicator("fresh", "services", "new_people(person)");
  Question question;
  question.indicators = {"fresh", "people"};
  question.per = PeriodKind::month;
  question.totals = true;
  Answer const answer = ask(test, question);
  std::int64_t sum = 0;
  for (AnswerRow const& row : answer.rows)
    if (!row.whole_period && row.figures[0].value.is_value())
      sum += std::get<std::int64_t>(row.figures[0].value.number);
  CHECK(sum == 3);
  CHECK(std::get<std::int64_t>(answer.rows.front().figures[1].value.number) == 3);
}

TEST_CASE("people with several rows or activities in the window are counted", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.indicator("twice", "services", "people_with(person, 2)");
  test.indicator("two_kinds", "services", "people_with(person, 2, kind)");
  CHECK(ask_csv(test, quarters({"twice", "two_kinds"})) ==
        "period,twice,two_kinds\n2025-Q1,1,1\n2025-Q2,0,0\n2025-Q3,0,0\n");
  Question whole;
  whole.indicators = {"twice", "two_kinds"};
  CHECK(ask_csv(test, whole) == "period,twice,two_kinds\nall,3,2\n");
}

TEST_CASE("retained people were there in the window before, in the same group", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.indicator("stayed", "services", "retained_people(person)");
  test.indicator("stayed_from_a", "services", "retained_people(person, kind = 'b')");
  auto question = quarters({"stayed", "stayed_from_a"});
  CHECK(ask_csv(test, question) == "period,stayed,stayed_from_a\n2025-Q1,1,0\n2025-Q2,2,1\n2025-Q3,0,0\n");
  question.by = {"region"};
  CHECK(ask_csv(test, question) ==
        "period,region,stayed,stayed_from_a\n2025-Q1,N,1,0\n2025-Q1,S,0,0\n2025-Q2,N,1,0\n2025-Q2,S,1,1\n2025-Q3,S,0,"
        "0\n");
}

TEST_CASE("who stayed is not known where nothing was recorded in the window before", "[answer][people]") {
  TestProgramme test;
  test.dataset("d", "date,person,region\n2025-04-02,a,N\n2025-07-01,a,N\n2025-07-02,b,S\n",
               {{.name = "date", .type = Type::date}, {.name = "person"}, {.name = "region"}}, {"date"});
  test.indicator("stayed", "d", "retained_people(person)");
  auto question = quarters({"stayed"});
  CHECK(ask_csv(test, question) == "period,stayed\n2025-Q1,\n2025-Q2,\n2025-Q3,1\n");
  question.by = {"region"};
  CHECK(ask_csv(test, question) == "period,region,stayed\n2025-Q2,N,\n2025-Q3,N,1\n2025-Q3,S,0\n");
}

TEST_CASE("people across datasets count once, interval datasets included", "[answer][people]") {
  TestProgramme test;
  add_services(test);
  test.dataset("stays", "who,admitted,discharged,region\nold,2025-03-01,2025-04-02,N\nnobody,2025-06-01,,S\n",
               {{.name = "who"},
                {.name = "admitted", .type = Type::date},
                {.name = "discharged", .type = Type::date},
                {.name = "region"}},
               {"admitted", "discharged"});
  Indicator all;
  all.id = "reached";
  all.union_of = {"services.person", "stays.who"};
  test.programme.indicators.push_back(all);
  auto question = quarters({"reached"});
  CHECK(ask_csv(test, question) == "period,reached\n2025-Q1,3\n2025-Q2,4\n2025-Q3,2\n");
  question.by = {"region"};
  question.totals = true;
  CHECK(ask_csv(test, question) ==
        "period,region,reached\n,,4\n,N,3\n,S,3\n2025-Q1,,3\n2025-Q1,N,3\n2025-Q1,S,1\n2025-Q2,,4\n2025-Q2,N,2\n"
        "2025-Q2,S,2\n2025-Q3,,2\n2025-Q3,S,2\n");
}

TEST_CASE("ids are compared exactly, long and short ones, in text and in number", "[answer][people]") {
  TestProgramme test;
  test.dataset("d", "id,n\na,0\na ,0\nabcdefgh,1\nabcdefghi,1\nabcdefghi,2\nA,-1\n",
               {{.name = "id"}, {.name = "n", .type = Type::integer}}, {});
  test.indicator("ids", "d", "count(distinct id)");
  test.indicator("numbers", "d", "count(distinct n)");
  Question question;
  question.indicators = {"ids", "numbers"};
  CHECK(ask_csv(test, question) == "period,ids,numbers\nall,5,4\n");
}

TEST_CASE("people in several groups of a dimension that is declared exclusive are told", "[answer][people]") {
  TestProgramme test;
  test.dataset("d", "date,person,sex,region\n2025-01-01,a,f,N\n2025-01-02,b,m,N\n2025-02-01,a,f,S\n",
               {{.name = "date", .type = Type::date}, {.name = "person"}, {.name = "sex"}, {.name = "region"}},
               {"date"});
  test.indicator("people", "d", "count(distinct person)");
  for (std::string const id : {"sex", "region"}) {
    Dimension one;
    one.id = id;
    one.exclusive = true;
    test.programme.dimensions.push_back(one);
  }
  auto const warned = [&](std::vector<std::string> by, PeriodKind per) {
    Question question;
    question.indicators = {"people"};
    question.by = std::move(by);
    question.period = period("2025");
    question.per = per;
    auto const set = answer(test.programme, std::span(&question, 1), test.environment());
    REQUIRE(set);
    return messages(set->warnings);
  };
  CHECK(warned({"sex"}, PeriodKind::year).empty());
  CHECK(warned({"region"}, PeriodKind::month).empty());
  CHECK(warned({"region"}, PeriodKind::year)
            .find("dimension 'region' is declared exclusive, but people of 'people' are "
                  "in several of its groups in 2025") != std::string::npos);
  CHECK(warned({"sex", "region"}, PeriodKind::year).find("'region'") != std::string::npos);
  Question plain;
  plain.indicators = {"people"};
  plain.by = {"region"};
  CHECK(ask_csv(test, plain) == "period,region,people\nall,N,2\nall,S,1\n");
}
