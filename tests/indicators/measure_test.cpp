#include "indicators/measure.h"

#include <catch2/catch.hpp>

#include "tests/indicators/expression_support.h"

using namespace yekun;
using yekun::test::messages;

namespace {

std::string canonical(std::string_view text) {
  auto const measure = parse_measure(text);
  if (!measure) FAIL(messages(measure.error()));
  return to_text(*measure);
}

std::string mistakes(std::string_view text) {
  Schema const schema{{{"name", Type::text}, {"score", Type::integer}, {"paid", Type::date}}};
  auto const measure = parse_measure(text, test::spec_place("p.json", 7, 20));
  if (!measure) return messages(measure.error());
  auto const bound = bind(*measure, schema);
  REQUIRE_FALSE(bound);
  return messages(bound.error());
}

}  // namespace

TEST_CASE("every measure has one canonical text", "[indicators]") {
  CHECK(canonical("count()") == "count(*)");
  CHECK(canonical("COUNT( * )") == "count(*)");
  CHECK(canonical("count(distinct person_id)") == "count(distinct person_id)");
  CHECK(canonical("avg(post-pre)") == "average(post - pre)");
  CHECK(canonical("average(x, weight w)") == "average(x weighted by w)");
  CHECK(canonical("average(x weighted by w * 2)") == "average(x weighted by w * 2)");
  CHECK(canonical("quantile(x, 0.5)") == "median(x)");
  CHECK(canonical("quantile(x, 0.90)") == "quantile(x, 0.9)");
  CHECK(canonical("share(status = 'present')") == "share(status = 'present')");
  CHECK(canonical("people_with(id, 3)") == "people_with(id, 3)");
  CHECK(canonical("people_with(id, 2, service)") == "people_with(id, 2, service)");
  CHECK(canonical("retained_people(id, site = 'A')") == "retained_people(id, site = 'A')");
}

TEST_CASE("a measure that is no single aggregate is refused with the way out", "[indicators]") {
  CHECK(mistakes("sum(score) / count(*)") ==
        "p.json:7:31: error[syntax]: a measure is one aggregate, found more after it\n"
        "  hint: give each aggregate an indicator of its own and combine them in a \"formula\"\n");
  CHECK(mistakes("summ(score)") ==
        "p.json:7:20: error[syntax]: expected an aggregate such as sum(x) or count(*), found 'summ'\n"
        "  hint: did you mean 'sum'?\n");
  CHECK(mistakes("sum()") == "p.json:7:24: error[syntax]: 'sum' needs an argument\n  hint: write sum(x)\n");
  CHECK(mistakes("quantile(score, 90)") ==
        "p.json:7:36: error[syntax]: a quantile is a number from 0 to 1\n  hint: write quantile(x, 0.9)\n");
}

TEST_CASE("measures check the types of their arguments", "[indicators]") {
  CHECK(mistakes("sum(name)") ==
        "p.json:7:24: error[type]: sum takes a number, 'name' is a text\n"
        "  hint: declare the column's type under \"columns\"\n");
  CHECK(mistakes("average(score > 1)") ==
        "p.json:7:28: error[type]: average takes a number, 'score > 1' is a boolean\n"
        "  hint: share(condition) gives the share of rows where a condition is true\n");
  CHECK(mistakes("share(score)") ==
        "p.json:7:26: error[type]: the condition must be true or false, 'score' is an integer\n"
        "  hint: compare it with something, for instance with =\n");
  Schema const schema{{{"paid", Type::date}, {"x", Type::decimal}}};
  CHECK(bind(*parse_measure("max(paid)"), schema)->result == Type::date);
  CHECK(bind(*parse_measure("sum(x)"), schema)->result == Type::decimal);
  CHECK(bind(*parse_measure("median(x)"), schema)->result == Type::number);
}
