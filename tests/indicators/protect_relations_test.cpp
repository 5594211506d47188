// What a reader can work out from indicators over the same rows, and from averages over few people.
#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// One row a visit: region A has 3 women and 12 men, region B 20 women and 6 men, region C 8 women and 9 men.
std::string visits() {
  std::string csv = "date,person,region,sex,score\n";
  int person = 0;
  auto const add = [&](std::string const& region, std::string const& sex, int count) {
    for (int i = 0; i < count; ++i)
      csv += "2025-01-15,p" + std::to_string(++person) + ',' + region + ',' + sex + ',' + std::to_string(i % 5) + '\n';
  };
  add("A", "f", 3);
  add("A", "m", 12);
  add("B", "f", 20);
  add("B", "m", 6);
  add("C", "f", 8);
  add("C", "m", 9);
  return csv;
}

struct Register : TestProgramme {
  Register() {
    dataset("v", visits(),
            {{.name = "date", .type = Type::date},
             {.name = "person", .personal = true},
             {.name = "region"},
             {.name = "sex"},
             {.name = "score", .type = Type::integer}},
            {"date"});
    programme.disclosure.threshold = 5;
    people("visitors", "");
  }
  void people(std::string const& id, std::string const& where) {
    indicator(id, "v", "count(distinct person)", where).unit.id = "people";
  }
};

Question by(std::vector<std::string> indicators, std::vector<std::string> dimensions) {
  Question question;
  question.indicators = std::move(indicators);
  question.by = std::move(dimensions);
  question.totals = true;
  return question;
}

}  // namespace

TEST_CASE("the women of a region are hidden as an indicator and as a group of another", "[answer][protect]") {
  Register test;
  test.people("women", "sex = 'f'");
  std::vector<Question> const questions{by({"women"}, {"region"}), by({"visitors"}, {"region", "sex"})};
  auto const set = answer(test.programme, questions, test.environment());
  REQUIRE(set);
  // A has 3 women; those of C cover them, in both tables.
  CHECK(to_csv(set->answers[0]) == "period,region,women\nall,,31\nall,A,\nall,B,20\nall,C,\n");
  CHECK(to_csv(set->answers[1]) ==
        "period,region,sex,visitors\nall,,,58\nall,,f,31\nall,,m,27\nall,A,,15\nall,A,f,\nall,A,m,\nall,B,,26\n"
        "all,B,f,20\nall,B,m,6\nall,C,,17\nall,C,f,\nall,C,m,\n");
}

TEST_CASE("conditions that make up the whole give nothing away", "[answer][protect]") {
  Register test;
  test.people("women", "sex like 'f'");
  test.people("men", "sex <> 'f'");
  // Of A's 15 visitors 3 are women: the men, and so that they do not follow from the totals those of C, are hidden too.
  CHECK(ask_csv(test, by({"visitors", "women", "men"}, {"region"})) ==
        "period,region,visitors,women,men\nall,,58,31,27\nall,A,15,,\nall,B,26,20,6\nall,C,17,,\n");
}

TEST_CASE("an average over fewer people than the threshold is hidden, with one that would give it away",
          "[answer][protect]") {
  Register test;
  test.indicator("score", "v", "average(score)", "sex = 'f'");
  test.indicator("middle", "v", "median(score)", "sex = 'f'");
  // Women's scores: A (0 + 1 + 2) / 3, B 40 / 20, C (0 + 1 + 2 + 3 + 4 + 0 + 1 + 2) / 8.
  CHECK(ask_csv(test, by({"score", "middle"}, {"region"})) ==
        "period,region,score,middle\nall,,1.8064516129032258,2\nall,A,,\nall,B,2,2\nall,C,,1.5\n");
  test.indicator("points", "v", "sum(score)", "sex = 'f'");
  CHECK(ask_csv(test, by({"score", "points"}, {"region"})) ==
        "period,region,score,points\nall,,1.8064516129032258,56\nall,A,,\nall,B,2,40\nall,C,,\n");
}

TEST_CASE("averages over things that are no people stay", "[answer][protect]") {
  TestProgramme test;
  test.dataset("sites", "date,site,places\n2025-01-01,a,10\n2025-01-01,b,20\n",
               {{.name = "date", .type = Type::date}, {.name = "site"}, {.name = "places", .type = Type::integer}},
               {"date"});
  test.indicator("size", "sites", "average(places)");
  test.programme.disclosure.threshold = 5;
  CHECK(ask_csv(test, by({"size"}, {"site"})) == "period,site,size\nall,,15\nall,a,10\nall,b,20\n");
}

TEST_CASE("the rows of a register of persons are people", "[answer][protect]") {
  TestProgramme test;
  test.dataset("people", "id,joined,kind\n1,2025-01-01,staff\n2,2025-01-01,member\n",
               {{.name = "id", .personal = true}, {.name = "joined", .type = Type::date}, {.name = "kind"}}, {"joined"})
      .key = {"id"};
  test.indicator("members", "people", "count()");
  test.programme.disclosure.threshold = 5;
  CHECK(ask_csv(test, by({"members"}, {})) == "period,members\nall,\n");
}
