#include "indicators/evaluate.h"

#include <catch2/catch.hpp>

#include "tests/indicators/expression_support.h"

using namespace yekun;
using namespace yekun::test;

using Texts = std::vector<std::string>;

namespace {

SmallTable people() {
  SmallTable t;
  t.add("status", Type::text, {"present", "absent", "", "present"});
  t.add("pre", Type::integer, {"10", "20", "30", ""});
  t.add("post", Type::integer, {"15", "", "25", "40"});
  t.add("cost", Type::decimal, {"1.5", "-0.25", "", "100"});
  t.add("weight", Type::number, {"0.5", "2", "", "0"});
  t.add("birth", Type::date, {"2000-02-29", "1950-07-14", "", "2025-01-01"});
  t.add("seen", Type::date, {"2025-02-28", "2025-07-14", "2025-01-01", "2024-12-31"});
  t.add("active", Type::boolean, {"true", "false", "", "true"});
  t.add("enterprise.region", Type::text, {"Quba", "Bakı", "Şəki", ""});
  t.add("person", Type::text, {"p1", "p2", "", "p4"}, TextForm::raw);
  return t;
}

}  // namespace

TEST_CASE("a comparison with a missing value is missing", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("status = 'present'", t) == Texts{"true", "false", "null", "true"});
  CHECK(values("status <> 'present'", t) == Texts{"false", "true", "null", "false"});
  CHECK(values("pre < post", t) == Texts{"true", "null", "false", "null"});
  CHECK(values("person = 'p2'", t) == Texts{"false", "true", "null", "false"});
  CHECK(values("cost >= 1", t) == Texts{"true", "false", "null", "true"});
  CHECK(values("weight = 0.5", t) == Texts{"true", "false", "null", "false"});
  CHECK(values("active = false", t) == Texts{"false", "true", "null", "false"});
  CHECK(values("region < 'C'", t) == Texts{"false", "true", "false", "null"});
}

TEST_CASE("and, or and not follow three-valued logic", "[indicators]") {
  CHECK(value("null and false") == "false");
  CHECK(value("null and true") == "null");
  CHECK(value("null or true") == "true");
  CHECK(value("null or false") == "null");
  CHECK(value("not null") == "null");
  SmallTable const t = people();
  CHECK(values("active and status = 'present'", t) == Texts{"true", "false", "null", "true"});
  CHECK(values("active or pre > 20", t) == Texts{"true", "false", "true", "true"});
}

TEST_CASE("in, between, like and is null know missing values", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("status in ('present', 'late')", t) == Texts{"true", "false", "null", "true"});
  CHECK(values("status in ('present', null)", t) == Texts{"true", "null", "null", "true"});
  CHECK(values("status not in ('present', null)", t) == Texts{"false", "null", "null", "false"});
  CHECK(values("pre not in (10, 20)", t) == Texts{"false", "false", "true", "null"});
  CHECK(values("pre in (post - 5, 30)", t) == Texts{"true", "null", "true", "null"});
  CHECK(values("pre between 15 and 20", t) == Texts{"false", "true", "false", "null"});
  CHECK(values("20 not between pre and post", t) == Texts{"true", "null", "true", "null"});
  CHECK(values("status is null", t) == Texts{"false", "false", "true", "false"});
  CHECK(values("active is not null", t) == Texts{"true", "true", "false", "true"});
  CHECK(values("status like 'pre%'", t) == Texts{"true", "false", "null", "true"});
}

TEST_CASE("like is case-sensitive, and _ is one character of any script", "[indicators]") {
  CHECK(value("'Bakı' like 'bak_'") == "false");
  CHECK(value("'Bakı' like 'Bak_'") == "true");
  CHECK(value("'Bakı' like '____'") == "true");
  CHECK(value("'abcabd' like '%ab_'") == "true");
  CHECK(value("'abc' like ''") == "false");
  CHECK(value("'' like '%'") == "true");
  CHECK(value("'50%' like '%!%' escape '!'") == "true");
  CHECK(value("'505' like '%!%' escape '!'") == "false");
  CHECK(value("'a\\b' like 'a\\b'") == "true");
  CHECK(value("'mississippi' like '%iss%ppi'") == "true");
  CHECK(value("'mississippi' like '%iss%ppx'") == "false");
}

TEST_CASE("division never truncates and division by zero is missing", "[indicators]") {
  CHECK(value("7 / 2") == "3.5");
  CHECK(value("7 / 0") == "null");
  CHECK(value("7.5 / 0.0") == "null");
  CHECK(value("7 % 0") == "null");
  CHECK(value("-7 % 3") == "-1");
  CHECK(value("7.5 % 2") == "1.5");
  SmallTable const t = people();
  CHECK(values("cost / weight", t) == Texts{"3", "-0.125", "null", "null"});
}

TEST_CASE("decimals are exact and products round half away from zero at six places", "[indicators]") {
  CHECK(value("0.1 + 0.2 = 0.3") == "true");
  CHECK(value("1.10 * 3") == "3.3");
  CHECK(value("0.000001 * 0.5") == "0.000001");
  CHECK(value("-0.000001 * 0.5") == "-0.000001");
  CHECK(value("0.000001 * 0.4") == "0");
  SmallTable const t = people();
  CHECK(values("cost * 2 - 1", t) == Texts{"2", "-1.5", "null", "199"});
  CHECK(values("-cost + pre", t) == Texts{"8.5", "20.25", "null", "null"});
}

TEST_CASE("integers too large for decimals still compare with them", "[indicators]") {
  SmallTable t;
  t.add("id", Type::integer, {"9223372036854775807", "-9223372036854775807", "5"});
  CHECK(values("id > 5.5", t) == Texts{"true", "false", "false"});
}

TEST_CASE("overflow fails and names the part of the expression", "[indicators]") {
  SmallTable t;
  t.add("n", Type::integer, {"1", "9223372036854775807"});
  CHECK(mistakes("1 + (n + 1)", t) ==
        "p.json:3:15: error[overflow]: overflow in 'n + 1'\n"
        "  hint: values are limited to about 9.2 million million for decimals and 18 digits for integers\n");
  CHECK(mistakes("n * 2.5", t).find("overflow in 'n'") != std::string::npos);
  CHECK(mistakes("9223372036854775807 * 2", t).find("error[overflow]: overflow in '9223372036854775807 * 2'") !=
        std::string::npos);
}

TEST_CASE("ages count completed years, with 1 March for those born on 29 February", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("age(birth, seen)", t) == Texts{"24", "75", "null", "null"});
  CHECK(value("age(date '2000-02-29', '2025-03-01')") == "25");
}

TEST_CASE("dates have parts, distances and shifts", "[indicators]") {
  CHECK(value("year('2025-07-14')") == "2025");
  CHECK(value("month('2025-07-14')") == "7");
  CHECK(value("day('2025-07-14')") == "14");
  CHECK(value("quarter('2025-07-14')") == "3");
  CHECK(value("week('2024-12-30')") == "1");
  CHECK(value("weekday('2025-07-14')") == "1");
  CHECK(value("days_between('2025-02-01', '2025-03-01')") == "28");
  CHECK(value("date '2025-03-01' - date '2025-02-01'") == "28");
  CHECK(value("date '2025-02-28' + 1") == "2025-03-01");
  CHECK(value("date '2025-03-01' - 1") == "2025-02-28");
  CHECK(value("date(2025, 2, 29)") == "null");
  CHECK(value("date(2024, 2, 29)") == "2024-02-29");
  CHECK(value("date_add('2025-01-31', 1, 'months')") == "2025-02-28");
  CHECK(value("date_add('2024-02-29', 1, 'years')") == "2025-02-28");
  CHECK(value("date_add('2025-01-31', -2, 'weeks')") == "2025-01-17");
}

TEST_CASE("texts that stand beside dates are dates", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("seen >= '2025-01-01'", t) == Texts{"true", "true", "true", "false"});
  CHECK(values("seen between '2025-01-01' and '2025-06-30'", t) == Texts{"true", "false", "true", "false"});
  CHECK(values("coalesce(birth, '1900-01-01')", t) == Texts{"2000-02-29", "1950-07-14", "1900-01-01", "2025-01-01"});
  CHECK(mistakes("seen > '2025-13-01'", t) ==
        "p.json:3:17: error[not-a-date]: '2025-13-01' is compared with a date but is not one\n"
        "  hint: dates are written as '2025-01-31'\n");
}

TEST_CASE("text functions count code points and do not depend on a locale", "[indicators]") {
  CHECK(value("lower('ŞƏKİ')") == "şəki\u0307");
  CHECK(value("length('Şəki')") == "4");
  CHECK(value("substr('Şəki', 2, 2)") == "ək");
  CHECK(value("substr('abc', 0, 2)") == "a");
  CHECK(value("substr('abc', -1)") == "abc");
  CHECK(value("substr('abc', 2)") == "bc");
  CHECK(value("substr('abc', 9)") == "");
  CHECK(value("trim('  a b ')") == "a b");
  CHECK(value("replace('aXbX', 'X', 'yy')") == "ayybyy");
  CHECK(value("replace('abc', '', 'x')") == "abc");
  CHECK(value("starts_with('abc', 'ab')") == "true");
  CHECK(value("ends_with('abc', 'bc')") == "true");
  CHECK(value("contains('abc', 'x')") == "false");
  CHECK(value("'a' || 'b'") == "ab");
  CHECK(value("'a' || null") == "null");
  CHECK(value("concat('a', null, 'b')") == "ab");
  CHECK(value("text(12.50) || text(date '2025-01-02') || text(true) || text(7)") == "12.52025-01-02true7");
  SmallTable const t = people();
  CHECK(values("lower(status) || '-' || region", t) == Texts{"present-Quba", "absent-Bakı", "null", "null"});
  CHECK(values("coalesce(status, 'none')", t) == Texts{"present", "absent", "none", "present"});
  CHECK(values("coalesce(person, status)", t) == Texts{"p1", "p2", "null", "p4"});
}

TEST_CASE("rounding goes half away from zero", "[indicators]") {
  CHECK(value("round(2.5)") == "3");
  CHECK(value("round(-2.5)") == "-3");
  CHECK(value("round(2.675, 2)") == "2.68");
  CHECK(value("round(7 / 4, 1)") == "1.8");
  CHECK(value("floor(-1.5)") == "-2");
  CHECK(value("ceil(-1.5)") == "-1");
  CHECK(value("ceil(1.000001)") == "2");
  CHECK(value("abs(-3)") == "3");
}

TEST_CASE("least and greatest leave missing values out", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("least(pre, post)", t) == Texts{"10", "20", "25", "40"});
  CHECK(values("greatest(pre, 12.5)", t) == Texts{"12.5", "20", "30", "12.5"});
  CHECK(value("least(null, null)") == "null");
  CHECK(value("nullif(3, 3)") == "null");
  CHECK(value("nullif(3, 4)") == "3");
  CHECK(value("coalesce(null, 5)") == "5");
}

TEST_CASE("case takes the first branch that is true, missing without else", "[indicators]") {
  SmallTable const t = people();
  CHECK(values("case when pre >= 20 then 'high' when pre >= 0 then 'low' end", t) ==
        Texts{"low", "high", "high", "null"});
  CHECK(values("case status when 'present' then 1 else 0.5 end", t) == Texts{"1", "0.5", "0.5", "1"});
  CHECK(values("iif(active, pre, null)", t) == Texts{"10", "null", "null", "null"});
}

TEST_CASE("the Washington Group short set needs all six answers", "[indicators]") {
  CHECK(value("wg_disability(1, 2, 1, 3, 1, 1)") == "true");
  CHECK(value("wg_disability(1, 2, 1, 2, 1, 1)") == "false");
  CHECK(value("wg_disability(4, 1, 1, 1, 1, null)") == "null");
  CHECK(value("wg_disability(4, 1, 1, 1, 1, 9)") == "null");
}

TEST_CASE("all mistakes of an expression are reported at once", "[indicators]") {
  SmallTable const t = people();
  CHECK(mistakes("statsu = 'x' and lenght(status) > 1 and pre = 'ten'", t) ==
        "p.json:3:10: error[unknown-column]: unknown column 'statsu'\n"
        "  hint: did you mean 'status'?\n"
        "p.json:3:27: error[unknown-function]: unknown function 'lenght'\n"
        "  hint: did you mean 'length'?\n"
        "p.json:3:50: error[type]: cannot compare integer and text: 'pre' is an integer, ''ten'' is a text\n"
        "  hint: a column without a declared type is text: declare it under \"columns\"; numbers are written without "
        "quotes\n");
}

TEST_CASE("a bare name stands for the only lookup column that ends so", "[indicators]") {
  SmallTable t = people();
  CHECK(values("region = 'Quba'", t) == Texts{"true", "false", "false", "null"});
  t.add("school.region", Type::text, {"", "", "", ""});
  CHECK(mistakes("region = 'Quba'", t) ==
        "p.json:3:10: error[unknown-column]: the column 'region' is ambiguous\n"
        "  hint: write one of: enterprise.region, school.region\n");
  t.add("region", Type::text, {"own", "own", "own", "own"});
  CHECK(values("region", t) == Texts{"own", "own", "own", "own"});
}

TEST_CASE("a filter keeps rows where the condition is true, not where it is missing", "[indicators]") {
  SmallTable const t = people();
  auto const bound = bind_condition(*parse("status = 'present' or pre > 25"), t.schema);
  REQUIRE(bound);
  std::vector<Column const*> columns;
  for (std::size_t const i : bound->columns) columns.push_back(&t.batch.columns[i]);
  std::vector<std::uint8_t> keep;
  REQUIRE(Evaluator(*bound).filter(columns, t.batch.rows, keep));
  CHECK(keep == std::vector<std::uint8_t>{1, 0, 1, 1});
  auto const number = bind_condition(*parse("pre + 1"), t.schema);
  REQUIRE_FALSE(number);
  CHECK(number.error().front().message == "the condition must be true or false, 'pre + 1' is an integer");
}

TEST_CASE("a dictionary that grows between batches is looked up again", "[indicators]") {
  auto dictionary = std::make_shared<Dictionary>();
  Schema const schema{{{"s", Type::text}}};
  auto const condition = bind_condition(*parse("lower(s) = 'b'"), schema);
  REQUIRE(condition);
  Evaluator evaluator(*condition);
  Column column;
  column.dictionary = dictionary;
  for (char const* text : {"", "A", "B", "b"}) {
    bool const present = *text != 0;
    column.present = {present};
    column.codes = {present ? dictionary->code(text) : 0};
    Column const* const columns[] = {&column};
    std::vector<std::uint8_t> keep;
    REQUIRE(evaluator.filter(columns, 1, keep));
    CHECK(keep.front() == (std::string(text) == "B" || std::string(text) == "b"));
  }
}

TEST_CASE("an empty batch gives an empty column", "[indicators]") {
  SmallTable t;
  t.add("s", Type::text, {});
  t.add("n", Type::integer, {});
  CHECK(values("lower(s)", t).empty());
  CHECK(values("n / 2 > 1 and s in ('a')", t).empty());
}
