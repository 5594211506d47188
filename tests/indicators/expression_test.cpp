#include "indicators/expression.h"

#include <catch2/catch.hpp>

#include "tests/indicators/expression_support.h"

using namespace yekun;

namespace {

std::string canonical(std::string_view text) {
  auto const parsed = parse(text);
  REQUIRE(parsed);
  return to_text(parsed->root);
}

std::string syntax_error(std::string_view text) {
  auto const parsed = parse(text, test::spec_place("programme.json", 12, 20));
  REQUIRE_FALSE(parsed);
  std::string all;
  for (Diagnostic const& d : parsed.error()) all += to_text(d, false);
  return all;
}

}  // namespace

TEST_CASE("the canonical text has the parentheses that are needed and no others", "[indicators]") {
  CHECK(canonical("((a+b))*c") == "(a + b) * c");
  CHECK(canonical("a-(b-c)") == "a - (b - c)");
  CHECK(canonical("(a-b)-c") == "a - b - c");
  CHECK(canonical("not (a = 1 or b = 2) and c") == "not (a = 1 or b = 2) and c");
  CHECK(canonical("(a = 1) = true") == "(a = 1) = true");
  CHECK(canonical("a in (1 , 2) and b not in ('x')") == "a in (1, 2) and b not in ('x')");
  CHECK(canonical("a BETWEEN 1 AND 2 or b Is Not Null") == "a between 1 and 2 or b is not null");
  CHECK(canonical("a like '10!%%' escape '!'") == "a like '10!%%' escape '!'");
  CHECK(canonical("-a * -1 - -(2)") == "-a * -1 - -(2)");
  CHECK(canonical("a != 'it''s'") == "a <> 'it''s'");
  CHECK(canonical("date '2025-01-31' < \"first contact\"") == "date '2025-01-31' < \"first contact\"");
  CHECK(canonical("Enterprise.\"some region\" = \"end\"") == "Enterprise.\"some region\" = \"end\"");
  CHECK(canonical(".5 + 1.50 + 2.0") == "0.5 + 1.5 + 2.0");
}

TEST_CASE("the short form of case, iif and function names are read as their canonical forms", "[indicators]") {
  CHECK(canonical("case a when 1 then 'x' else 'y' end") == "case when a = 1 then 'x' else 'y' end");
  CHECK(canonical("IIF(a, 1, 2)") == "case when a then 1 else 2 end");
  CHECK(canonical("LOWER(a)") == "lower(a)");
}

TEST_CASE("date is a column, a function and the start of a constant", "[indicators]") {
  CHECK(canonical("age(birth_date, date)") == "age(birth_date, date)");
  CHECK(canonical("date(2025, 1, 1) = date") == "date(2025, 1, 1) = date");
}

TEST_CASE("columns are listed once, in the order of the text", "[indicators]") {
  auto const parsed = parse("b.c + a * b.c - \"x y\"");
  REQUIRE(parsed);
  CHECK(columns_of(parsed->root) == std::vector<std::string>{"b.c", "a", "x y"});
}

TEST_CASE("syntax errors name the place within the spec", "[indicators]") {
  CHECK(syntax_error("status == 'present'") ==
        "programme.json:12:27: error[bad-symbol]: '==' is not a comparison\n"
        "  hint: equality is written as a single =\n");
  CHECK(syntax_error("status = 'present") ==
        "programme.json:12:29: error[unclosed-text]: a text that is not closed by '\n"
        "  hint: a ' inside is written twice\n");
  CHECK(syntax_error("a = 1 and") ==
        "programme.json:12:29: error[syntax]: expected a value, found the end of the text\n");
  CHECK(syntax_error("a < b < c") ==
        "programme.json:12:26: error[syntax]: comparisons cannot be chained\n"
        "  hint: write a < b and b < c, or b between a and c\n");
  CHECK(syntax_error("end = 1") ==
        "programme.json:12:20: error[syntax]: expected a value, found 'end'\n"
        "  hint: a column of that name is written in double quotes: \"end\"\n");
  CHECK(syntax_error("1.1234567") ==
        "programme.json:12:20: error[syntax]: the number '1.1234567' has more than six decimal places\n"
        "  hint: decimals have at most six\n");
  CHECK(syntax_error("x > date '2025-02-30'") ==
        "programme.json:12:29: error[syntax]: '2025-02-30' is not a date\n"
        "  hint: dates are written as date '2025-01-31'\n");
}

TEST_CASE("without a spec the expression itself stands above the caret", "[indicators]") {
  auto const parsed = parse("şəhər = = 1", test::spec_place("--where", 0, 0));
  REQUIRE_FALSE(parsed);
  CHECK(to_text(parsed.error().front(), false) ==
        "--where:1:9: error[syntax]: expected a value, found '='\n"
        "  şəhər = = 1\n"
        "          ^\n");
}

TEST_CASE("hostile texts are refused, not followed into the ground", "[indicators]") {
  std::string const deep = std::string(5000, '(') + "1" + std::string(5000, ')');
  CHECK_FALSE(parse(deep));
  std::string chain = "a";
  for (int i = 0; i < 5000; ++i) chain += " or a";
  CHECK_FALSE(parse(chain));
  CHECK_FALSE(parse(std::string(200'000, 'a')));
  CHECK_FALSE(parse(""));
}
