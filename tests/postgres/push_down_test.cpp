// Plans that run in PostgreSQL give the numbers that reading the rows gives.
#include "indicators/sql_text.h"
#include "tests/indicators/random_programme.h"
#include "tests/postgres/moved_programme.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

/// The programme with its datasets in tables of the server.
Programme stored(test::TestProgramme const& test) {
  Programme out = test.programme;
  std::string sql = "drop schema if exists random cascade; create schema random;";
  for (auto& dataset : out.datasets) {
    auto const table = read(dataset, {.folder = out.folder});
    REQUIRE(table);
    sql += table_statements("random." + quoted_name(dataset.id), *table, false);
    dataset.source = {};
    dataset.source.connection = server_address() + " user=postgres";
    dataset.source.table = "random." + dataset.id;
  }
  ask_server(sql);
  return out;
}

std::string numbers(Programme const& programme, Question const& question, Environment const& environment) {
  auto const answers = answer(programme, std::span(&question, 1), environment);
  if (!answers) return shown(answers.error());
  return to_csv(answers->answers.front()) + shown(answers->warnings);
}

/// How often rows were read since the server started, by its log.
int readings() {
  std::ifstream log(std::string(std::getenv("YEKUN_TEST_SERVER")) + "/log");
  std::string line;
  int found = 0;
  while (std::getline(log, line))
    if (line.find("copy (select") != std::string::npos) ++found;
  return found;
}

bool is_pushed(Programme const& programme, Question const& question, Environment const& environment) {
  auto const text = sql_text(programme, std::span(&question, 1), environment);
  REQUIRE(text);
  INFO(*text);
  return text->find("the rows are read") == std::string::npos && text->find("select") != std::string::npos;
}

}  // namespace

TEST_CASE("random questions give the same numbers in PostgreSQL, without their rows", "[postgres][random]") {
  test::Random random(1905);
  std::vector<std::string> const indicators{"rows", "yes",   "people",    "sum_x",  "sum_d",  "mean_d", "least",
                                            "most", "fresh", "share_yes", "last_x", "median", "twice"};
  int const read_before = readings();
  for (int round = 0; round < 12; ++round) {
    test::TestProgramme test;
    add_random_programme(test, test::random_rows(random));
    Programme const moved = stored(test);
    for (int i = 0; i < 5; ++i) {
      Question const question = test::random_question(random, indicators);
      INFO("round " << round << "." << i);
      CHECK(is_pushed(moved, question, test.environment()));
      CHECK(numbers(moved, question, test.environment()) == numbers(test.programme, question, test.environment()));
    }
  }
  CHECK(readings() == read_before);
}

TEST_CASE("the form for Citus gives the same numbers, and nothing in it is refused over several shards",
          "[postgres][random][citus]") {
  test::Random random(2611);
  std::vector<std::string> const indicators{"rows", "yes", "people", "sum_x", "mean_d", "least", "fresh", "median"};
  for (int round = 0; round < 8; ++round) {
    std::vector<test::ReferenceRow> rows;  // types of a table's columns are those of its values
    while (rows.empty()) rows = test::random_rows(random);
    test::TestProgramme test;
    add_random_programme(test, rows);
    Programme moved = stored(test);
    for (auto& dataset : moved.datasets) dataset.source.server = SqlServer::citus;
    for (int i = 0; i < 4; ++i) {
      Question const question = test::random_question(random, indicators);
      INFO("round " << round << "." << i);
      auto const text = sql_text(moved, std::span(&question, 1), test.environment());
      REQUIRE(text);
      INFO(*text);
      CHECK(text->find("select") != std::string::npos);
      // The limits of docs/scale.md, and what no worker can do for itself.
      for (std::string const refused : {"grouping sets (", "rollup", "cube", " over (", "for update", "tablesample",
                                        "recursive", "lateral", "exists", "date_trunc", "random(", "now("})
        CHECK(text->find(refused) == std::string::npos);
      CHECK(numbers(moved, question, test.environment()) == numbers(test.programme, question, test.environment()));
    }
  }
}

TEST_CASE("Citus counts people in every grouping set and window itself, with what files give",
          "[postgres][random][citus]") {
  test::Random random(1871);
  int counted = 0;
  for (int round = 0; round < 12; ++round) {
    test::TestProgramme test;
    std::vector<test::ReferenceRow> rows;
    while (rows.empty()) rows = test::random_rows(random);
    add_random_programme(test, rows);
    test.programme.datasets.front().reported_by.reset();
    test.formula("so_far", "cumulative(people) - previous(people)");
    Programme moved = stored(test);
    for (auto& dataset : moved.datasets) dataset.source.server = SqlServer::citus;
    for (int i = 0; i < 5; ++i) {
      Question question = test::random_question(random, {"rows"});
      question.indicators =
          i % 2 == 0 ? std::vector<std::string>{"people"} : std::vector<std::string>{"so_far", "people"};
      if (question.per == PeriodKind::week) question.per = PeriodKind::month;
      question.totals = question.totals || i % 2 == 0;
      INFO("round " << round << "." << i);
      auto const text = sql_text(moved, std::span(&question, 1), test.environment());
      REQUIRE(text);
      INFO(*text);
      bool const there = text->find("count(distinct") != std::string::npos;
      CHECK(there != (text->find("as value") != std::string::npos));  // who they are is not asked for too
      counted += text->find("-- how many different ones there are") != std::string::npos ? 1 : 0;
      CHECK(numbers(moved, question, test.environment()) == numbers(test.programme, question, test.environment()));
    }
  }
  CHECK(counted > 20);
}

TEST_CASE("people of groups that are asked for as they are come as numbers, with what files give",
          "[postgres][random]") {
  test::Random random(42);
  int counted = 0;
  for (int round = 0; round < 12; ++round) {
    test::TestProgramme test;
    add_random_programme(test, test::random_rows(random));
    test.programme.datasets.front().reported_by.reset();
    Programme const moved = stored(test);
    for (int i = 0; i < 5; ++i) {
      Question question = test::random_question(random, {"rows", "sum_d", "people"});
      question.totals = question.totals && i == 0;
      INFO("round " << round << "." << i);
      auto const text = sql_text(moved, std::span(&question, 1), test.environment());
      REQUIRE(text);
      counted += text->find("count(distinct") != std::string::npos ? 1 : 0;
      CHECK(numbers(moved, question, test.environment()) == numbers(test.programme, question, test.environment()));
    }
  }
  CHECK(counted > 12);
}

TEST_CASE("people are fetched where another question has finer groups", "[postgres]") {
  test::Random random(7);
  test::TestProgramme test;
  std::vector<test::ReferenceRow> rows;
  while (rows.size() < 100) rows = test::random_rows(random);
  add_random_programme(test, rows);
  test.programme.datasets.front().reported_by.reset();
  test.programme.dimensions.push_back({.id = "same", .of = "g"});
  Programme const moved = stored(test);
  std::vector<Question> questions(2);
  for (auto& question : questions) question.indicators = {"people"};
  questions[0].by = {"g", "flag"};
  questions[1].by = {"g", "same"};
  auto const both = [&](Programme const& programme) {
    auto const answers = answer(programme, questions, test.environment());
    return answers ? to_csv(answers->answers[0]) + to_csv(answers->answers[1]) : shown(answers.error());
  };
  CHECK(both(moved) == both(test.programme));
}

TEST_CASE("conditions mean the same in PostgreSQL", "[postgres][random]") {
  test::Random random(77);
  std::vector<test::ReferenceRow> rows;
  while (rows.size() < 300)
    for (auto const& row : test::random_rows(random)) rows.push_back(row);
  test::TestProgramme test;
  add_random_programme(test, rows);
  Programme const moved = stored(test);
  int const read_before = readings();
  for (std::string const where : {"g = 'A'",
                                  "g <> 'A'",
                                  "not g = 'A'",
                                  "g = 'A' or x > 3",
                                  "g = 'A' and x > 3",
                                  "g is null",
                                  "x is not null",
                                  "g in ('A', 'B')",
                                  "g not in ('A', null)",
                                  "x in (1, 2, null)",
                                  "x between -2 and 5",
                                  "x not between 0 and 3",
                                  "g like 'A%'",
                                  "g not like '_'",
                                  "person like 'p1_'",
                                  "person like 'p!_%' escape '!'",
                                  "person like 'p\\1'",
                                  "person < 'p3'",
                                  "person >= 'p2'",
                                  "d > 1.5",
                                  "d = x",
                                  "d <= x + 0.25",
                                  "x * d < -3.125",
                                  "d * d > 20",
                                  "x - h > 2",
                                  "-x = 3",
                                  "-d < 0",
                                  "x % 3 = 1",
                                  "x % h = 0",
                                  "x * x = 4",
                                  "year(date) = 2025",
                                  "month(date) in (1, 12)",
                                  "day(date) > 15",
                                  "quarter(date) = 4",
                                  "week(date) = 1",
                                  "weekday(date) = 7",
                                  "date >= '2025-01-01'",
                                  "days_between(date, '2025-02-01') > 10",
                                  "age('1990-02-28', date) = 34",
                                  "age('2004-02-29', date) >= 20",
                                  "age(date, '2025-01-01') = 0",
                                  "coalesce(x, 0) = 0",
                                  "nullif(x, 3) is null",
                                  "least(x, h) < 0",
                                  "greatest(x, 2) = 2",
                                  "length(person) = 3",
                                  "starts_with(person, 'p2')",
                                  "ends_with(person, '9')",
                                  "contains(person, '')",
                                  "text(x) = '-3'",
                                  "text(d) = '1.5'",
                                  "text(date) = '2025-01-01'",
                                  "abs(x) = 2",
                                  "abs(d) < 1",
                                  "case when x > 0 then g when x < 0 then 'N' end = 'N'",
                                  "case when x > 0 then 1 else d end > 0.5",
                                  "band(x, 0, 5, 6) = '0-4'",
                                  "band(d, 0, 5, 6) = '5'",
                                  "band(x, 0, 5) = '<0'",
                                  "iif(x > 0, true, false)",
                                  "flag = ''",
                                  "flag is null",
                                  "(x > 3) = (g = 'A')",
                                  "g || flag = 'Ayes'",
                                  "g || '' = 'A'",
                                  "case when x > 0 then '' else g end = ''",
                                  "date - '2025-01-01' > 5",
                                  "(date - '2025-01-01') * x < 0"}) {
    INFO(where);
    Question question;
    question.indicators = {"rows", "sum_x", "people"};
    question.by = {"g"};
    question.totals = true;
    question.where = where;
    CHECK(is_pushed(moved, question, test.environment()));
    std::string const expected = numbers(test.programme, question, test.environment());
    CHECK(expected.starts_with("period,"));
    CHECK(numbers(moved, question, test.environment()) == expected);
  }
  CHECK(readings() == read_before);
}

TEST_CASE("lookups, bands and stocks by reporter run in PostgreSQL", "[postgres]") {
  test::TestProgramme test;
  Dataset& visits =
      test.dataset("visits",
                   "date,place,born,cost,n\n2025-01-05,q,2000-02-29,1.10,3\n2025-01-05,w,2010-01-05,,2\n"
                   "2025-02-01,g,,2.25,1\n,q,1990-01-01,4,7\n2025-02-28,,2000-02-29,0.05,5\n2025-03-01,y,,1,1\n",
                   {{.name = "date", .type = Type::date},
                    {.name = "born", .type = Type::date},
                    {.name = "cost", .type = Type::decimal},
                    {.name = "n", .type = Type::integer}},
                   {"date"});
  visits.lookups = {{.name = "place", .columns = {"place"}, .target = "places", .target_columns = {"code"}}};
  visits.derived = {{.name = "dear", .expression = "cost > 1"}};
  test.dataset("places", "code,region,people\nq,Quba,100\ng,,50\n,Nowhere,9\n",
               {{.name = "people", .type = Type::integer}}, {});
  test.indicator("visits", "visits", "count()").over_time = OverTime::sum;
  test.indicator("cost", "visits", "sum(cost)").over_time = OverTime::sum;
  test.indicator("dear", "visits", "count()", "dear").over_time = OverTime::sum;
  test.indicator("reach", "visits", "sum(place.people)").over_time = OverTime::sum;
  test.indicator("weighed", "visits", "average(cost weighted by n)");
  test.indicator("spread", "visits", "stddev(cost)");
  test.programme.dimensions.push_back({.id = "age", .of = "age(born, date)", .bands = {0, 18, 25}, .natural = true});
  Programme const moved = stored(test);
  for (auto const& by : std::vector<std::vector<std::string>>{{}, {"region"}, {"age"}, {"region", "age"}}) {
    Question question;
    question.indicators = {"visits", "cost", "dear", "reach", "weighed", "spread"};
    question.by = by;
    question.totals = true;
    question.per = PeriodKind::month;
    CHECK(is_pushed(moved, question, test.environment()));
    auto const read_here = numbers(test.programme, question, test.environment());
    CHECK(numbers(moved, question, test.environment()) == read_here);
    CHECK(read_here.find("2 rows of 'visits' have no match in lookup 'place': '") != std::string::npos);
  }
}

TEST_CASE("what only reading can judge is read: rejected values, overflow, doubled keys, floating point",
          "[postgres]") {
  ask_server(
      "drop schema if exists odd cascade; create schema odd; create table odd.t (d numeric, n bigint, f float8, k "
      "text); insert into odd.t values (0.1234567, 9223372036854775807, 0.1, 'a'), (2, 1, 0.2, 'a'); create table "
      "odd.keys (k text, v int); insert into odd.keys values ('a', 1), ('a', 2)");
  Programme programme;
  Dataset dataset = table_dataset("odd.t", {{"d", Type::decimal}, {"n", Type::integer}, {"f", Type::number}});
  dataset.lookups = {{.name = "k", .columns = {"k"}, .target = "keys", .target_columns = {"k"}}};
  Dataset keys = table_dataset("odd.keys", {{"v", Type::integer}});
  keys.id = "keys";
  programme.datasets = {dataset, keys};
  for (auto const& [id, measure] : std::vector<std::pair<std::string, std::string>>{
           {"sum_d", "sum(d)"}, {"sum_n", "sum(n + n)"}, {"sum_f", "sum(f)"}, {"sum_v", "sum(k.v)"}}) {
    Indicator one;
    one.id = id;
    one.dataset = "d";
    one.measure = measure;
    one.over_time = OverTime::sum;
    programme.indicators.push_back(one);
  }
  auto const said = [&](std::string const& indicator) {
    Question question;
    question.indicators = {indicator};
    return numbers(programme, question, {});
  };
  CHECK(said("sum_d") == "period,sum_d\nall,2\n");
  ask_server("alter table odd.t alter d type numeric(9,2); update odd.t set d = 'NaN' where n > 1");
  CHECK(said("sum_d") == "period,sum_d\nall,2\n");
  CHECK(said("sum_f") == "period,sum_f\nall,0.30000000000000004\n");
  CHECK(said("sum_n").find("overflow") != std::string::npos);
  CHECK(said("sum_v").find("duplicate") != std::string::npos);
}

TEST_CASE("days far from today are grouped one by one, with the same numbers", "[postgres]") {
  ask_server(
      "drop schema if exists odd cascade; create schema odd; create table odd.t (day date, p text); insert into odd.t "
      "values ('1871-03-01', 'a'), ('1871-03-31', 'a'), ('2024-12-31', 'b'), ('2050-01-01', 'c'), (null, 'd')");
  Programme programme;
  programme.datasets = {table_dataset("odd.t", {{"day", Type::date}})};
  programme.datasets.front().date = {"day"};
  Indicator rows;
  rows.id = "rows";
  rows.dataset = "d";
  rows.measure = "count(distinct p)";
  programme.indicators = {rows};
  Question question;
  question.indicators = {"rows"};
  question.by = {"p"};
  question.per = PeriodKind::year;
  int const read_before = readings();
  CHECK(numbers(programme, question, {}) == "period,p,rows\n1871,a,1\n2024,b,1\n2050,c,1\n");
  CHECK(readings() == read_before);
  ask_server("update odd.t set day = 'infinity' where p = 'c'");
  CHECK(numbers(programme, question, {}) == "period,p,rows\n1871,a,1\n2024,b,1\n");
  CHECK(readings() > read_before);
}

TEST_CASE("an empty text and null are one unknown group", "[postgres]") {
  ask_server(
      "drop schema if exists odd cascade; create schema odd; create table odd.t (g text); insert into odd.t values "
      "(''), (null), ('a'), (' ')");
  Programme programme;
  programme.datasets = {table_dataset("odd.t")};
  Indicator rows;
  rows.id = "rows";
  rows.dataset = "d";
  rows.measure = "count()";
  rows.over_time = OverTime::sum;
  Indicator groups = rows;
  groups.id = "groups";
  groups.measure = "count(distinct g)";
  groups.over_time = OverTime::unset;
  programme.indicators = {rows, groups};
  Question question;
  question.indicators = {"rows", "groups"};
  question.by = {"g"};
  question.totals = true;
  CHECK(is_pushed(programme, question, {}));
  CHECK(numbers(programme, question, {}) ==
        "period,g,rows,groups\nall,,4,2\nall, ,1,1\nall,(unknown),2,0\nall,a,1,1\n");
  // Numbers of different texts in the two do not add up: they are fetched.
  question.totals = false;
  int const read_before = readings();
  CHECK(numbers(programme, question, {}) == "period,g,rows,groups\nall, ,1,1\nall,(unknown),2,0\nall,a,1,1\n");
  CHECK(readings() == read_before);
}

TEST_CASE("a collation that takes different texts for one is no ground to group by: the rows are read", "[postgres]") {
  ask_server(
      "drop schema if exists odd cascade; create schema odd; create collation odd.fold (provider = icu, locale = "
      "'und-u-ks-level2', deterministic = false); create table odd.t (g text collate odd.fold, h text); insert into "
      "odd.t values ('a', 'x'), ('A', 'y'), ('b', 'x')");
  for (bool const is_query : {false, true}) {
    Programme programme;
    programme.datasets = {is_query ? query_dataset("select * from odd.t") : table_dataset("odd.t")};
    Indicator rows;
    rows.id = "rows";
    rows.dataset = "d";
    rows.measure = "count()";
    rows.over_time = OverTime::sum;
    programme.indicators = {rows};
    Question question;
    question.indicators = {"rows"};
    question.by = {"g"};
    auto const text = sql_text(programme, std::span(&question, 1), {});
    REQUIRE(text);
    CHECK(*text == "-- d: the rows are read, since the collation of column 'g' takes different texts for one\n");
    CHECK(numbers(programme, question, {}) == "period,g,rows\nall,A,1\nall,a,1\nall,b,1\n");
    question.by = {"h"};
    CHECK(is_pushed(programme, question, {}));
    CHECK(numbers(programme, question, {}) == "period,h,rows\nall,x,2\nall,y,1\n");
  }
}

TEST_CASE("a query of the spec is aggregated where it is", "[postgres]") {
  Programme programme;
  programme.datasets = {
      query_dataset("select n, n % 3 as g from generate_series(1, 1000) as n; ", {{"n", Type::integer}})};
  Indicator sum;
  sum.id = "sum";
  sum.dataset = "d";
  sum.measure = "sum(n)";
  sum.over_time = OverTime::sum;
  programme.indicators = {sum};
  Question question;
  question.indicators = {"sum"};
  question.by = {"g"};
  int const read_before = readings();
  CHECK(numbers(programme, question, {}) == "period,g,sum\nall,0,166833\nall,1,167167\nall,2,166500\n");
  CHECK(readings() == read_before);
}

TEST_CASE("a statement reads as one would write it", "[postgres][golden]") {
  ask_server(
      "drop schema if exists random cascade; create schema random; create table random.d (date date, g text, person "
      "text, d numeric(9,2))");
  Programme programme;
  Dataset dataset = table_dataset("random.d", {{"date", Type::date}, {"d", Type::decimal}});
  dataset.date = {"date"};
  programme.datasets = {dataset};
  Indicator cost;
  cost.id = "cost";
  cost.dataset = "d";
  cost.measure = "sum(d)";
  cost.where = "g = 'it''s'";
  cost.over_time = OverTime::sum;
  programme.indicators = {cost};
  Question question;
  question.indicators = {"cost"};
  question.by = {"g"};
  question.period = test::period("2025-Q1");
  auto const text = sql_text(programme, std::span(&question, 1), {});
  REQUIRE(text);
  CHECK(*text == R"(-- d
-- the finest groups; coarser ones, windows and totals are made up from them, since grouping sets keep
-- PostgreSQL from aggregating partitions where they lie
select
  width_bucket(r."date", $1::date[]) as stretch,
  r."g" as by_1,
  count(*),
  count(r."d") filter (where r."g" = $2::text),
  sum(r."d") filter (where r."g" = $2::text),
  count(*) as rows,
  min(r."date") as first,
  max(r."date") as last,
  0 as undated,
  count(*) filter (where r."d" = 'NaN') as to_read
from "random"."d" as r
where r."date" >= $3::date and r."date" < $4::date
group by 1, 2;
--   $1 = '{2025-01-01,2025-04-01}'
--   $2 = 'it''s'
--   $3 = '2025-01-01'
--   $4 = '2025-04-01'
)");
}

TEST_CASE("people are counted where they are if no group is a part of another, else fetched", "[postgres][golden]") {
  ask_server(
      "drop schema if exists random cascade; create schema random; create table random.d (date date, person text)");
  Programme programme;
  programme.datasets = {table_dataset("random.d", {{"date", Type::date}})};
  programme.datasets.front().date = {"date"};
  Indicator people;
  people.id = "people";
  people.dataset = "d";
  people.measure = "count(distinct person)";
  programme.indicators = {people};
  Question question;
  question.indicators = {"people"};
  auto text = sql_text(programme, std::span(&question, 1), {});
  REQUIRE(text);
  CHECK(*text == R"(-- d
-- the finest groups; coarser ones, windows and totals are made up from them, since grouping sets keep
-- PostgreSQL from aggregating partitions where they lie
-- people are counted there, since no group is a part of another that is asked for
select
  1 as stretch,
  count(*),
  count(*) filter (where r."person" <> ''),
  count(distinct r."person") filter (where r."person" <> ''),
  count(*) as rows,
  min(r."date") as first,
  max(r."date") as last,
  count(*) filter (where r."date" is null) as undated,
  0 as to_read
from "random"."d" as r
group by 1;
)");
  question.period = test::period("2025");
  question.per = PeriodKind::half;
  question.totals = true;
  text = sql_text(programme, std::span(&question, 1), {});
  REQUIRE(text);
  CHECK(text->find("count(distinct") == std::string::npos);
  CHECK(text->find(R"(-- d
-- each thing that is counted once, in each of the finest groups: numbers would not add up
select
  width_bucket(r."date", $1::date[]) as stretch,
  r."person" as value,
  count(*) as rows
from "random"."d" as r
where r."date" >= $2::date and r."date" < $3::date and r."person" <> ''
group by 1, 2;
--   $1 = '{2025-01-01,2025-07-01,2026-01-01}'
--   $2 = '2025-01-01'
--   $3 = '2026-01-01'
)") != std::string::npos);
}

namespace {

/// Attendance with the register of places behind it.
Programme attendance() {
  ask_server(
      "drop schema if exists random cascade; create schema random; create table random.visits (day date, place bigint, "
      "person text, cost numeric(9,2)); create table random.places (code bigint, region text); insert into "
      "random.places "
      "values (1, 'Quba'); insert into random.visits values ('2025-01-31', 1, 'a', 2.50), ('2025-02-01', 2, 'a', "
      "1.25)");
  Programme programme;
  Dataset visits =
      table_dataset("random.visits", {{"day", Type::date}, {"place", Type::integer}, {"cost", Type::decimal}});
  visits.id = "visits";
  visits.date = {"day"};
  visits.lookups = {{.name = "place", .columns = {"place"}, .target = "places", .target_columns = {"code"}}};
  Dataset places = table_dataset("random.places", {{"code", Type::integer}});
  places.id = "places";
  programme.datasets = {visits, places};
  Indicator cost;
  cost.id = "cost";
  cost.dataset = "visits";
  cost.measure = "sum(cost)";
  cost.over_time = OverTime::sum;
  Indicator people = cost;
  people.over_time = {};
  people.id = "people";
  people.measure = "count(distinct person)";
  Indicator middle = people;
  middle.id = "middle";
  middle.measure = "median(cost)";
  Indicator fresh = people;
  fresh.id = "fresh";
  fresh.measure = "new_people(person)";
  programme.indicators = {cost, people, middle, fresh};
  return programme;
}

std::string citus_statements(std::vector<std::string> const& indicators, bool totals) {
  Programme programme = attendance();
  for (auto& dataset : programme.datasets) dataset.source.server = SqlServer::citus;
  Question question;
  question.indicators = indicators;
  question.by = {"place.region"};
  question.period = test::period("2025-Q1");
  question.totals = totals;
  auto const text = sql_text(programme, std::span(&question, 1), {});
  return text ? *text : shown(text.error());
}

}  // namespace

TEST_CASE("Citus: sums and people of plain groups in one statement", "[postgres][golden][citus]") {
  CHECK(citus_statements({"cost", "people"}, false) == R"(-- visits
-- the finest groups; coarser ones, windows and totals are made up from them, since Citus has grouping
-- sets within one shard only
-- people are counted there, since no group is a part of another that is asked for
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  count(*),
  count(r."cost"),
  sum(r."cost"),
  count(*) filter (where r."person" <> ''),
  count(distinct r."person") filter (where r."person" <> ''),
  count(*) as rows,
  min(r."day") as first,
  max(r."day") as last,
  0 as undated,
  0 as to_read,
  count(*) filter (where r."place"::bigint is not null and l0."code"::bigint is null) as unmatched_0
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date
group by 1, 2;
--   $1 = '{2025-01-01,2025-04-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-04-01'
-- visits
-- is a key of 'place' there twice?
select 1
from "random"."places" as l0
where l0."code"::bigint is not null
group by l0."code"::bigint
having count(*) > 1
limit 1;
-- visits
-- keys without a match in 'place'
select r."place"::bigint
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."place"::bigint is not null and l0."code"::bigint is null
group by 1
order by (r."place"::bigint)::text collate "C"
limit 8;
)");
}

TEST_CASE("Citus: people with totals, medians and first dates by what they are worked out from",
          "[postgres][golden][citus]") {
  CHECK(citus_statements({"people", "middle", "fresh"}, true) == R"(-- visits
-- the finest groups; coarser ones, windows and totals are made up from them, since Citus has grouping
-- sets within one shard only
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  count(*),
  count(*) as rows,
  min(r."day") as first,
  max(r."day") as last,
  0 as undated,
  count(*) filter (where r."cost" = 'NaN') as to_read,
  count(*) filter (where r."place"::bigint is not null and l0."code"::bigint is null) as unmatched_0
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date
group by 1, 2;
--   $1 = '{2025-01-01,2025-04-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-04-01'
-- visits
-- is a key of 'place' there twice?
select 1
from "random"."places" as l0
where l0."code"::bigint is not null
group by l0."code"::bigint
having count(*) > 1
limit 1;
-- visits
-- keys without a match in 'place'
select r."place"::bigint
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."place"::bigint is not null and l0."code"::bigint is null
group by 1
order by (r."place"::bigint)::text collate "C"
limit 8;
-- visits
-- each thing that is counted once, in each of the finest groups: numbers would not add up
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  r."person" as value,
  count(*) as rows
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date and r."person" <> ''
group by 1, 2, 3;
--   $1 = '{2025-01-01,2025-04-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-04-01'
-- visits
-- the values that medians and the like are worked out from
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  r."cost" as value,
  count(*) as rows
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date and r."cost" is not null
group by 1, 2, 3;
--   $1 = '{2025-01-01,2025-04-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-04-01'
-- visits
-- the first date of each person
select
  case when r."person" <> '' then r."person" end as id,
  min(r."day") as first
from "random"."visits" as r
where r."person" <> '' and r."day" is not null
group by 1;
)");
}

TEST_CASE("Citus: people with totals, a count for each grouping set and for windows that overlap",
          "[postgres][golden][citus]") {
  Programme programme = attendance();
  for (auto& dataset : programme.datasets) dataset.source.server = SqlServer::citus;
  Question question;
  question.indicators = {"people"};
  question.by = {"place.region"};
  question.period = test::period("2025-H1");
  question.per = PeriodKind::quarter;
  question.totals = true;
  auto const text = sql_text(programme, std::span(&question, 1), {});
  REQUIRE(text);
  CHECK(*text == R"(-- visits
-- the finest groups; coarser ones, windows and totals are made up from them, since Citus has grouping
-- sets within one shard only
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  count(*),
  count(*) filter (where r."person" <> ''),
  count(*) as rows,
  min(r."day") as first,
  max(r."day") as last,
  0 as undated,
  0 as to_read,
  count(*) filter (where r."place"::bigint is not null and l0."code"::bigint is null) as unmatched_0
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date
group by 1, 2;
--   $1 = '{2025-01-01,2025-04-01,2025-07-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-07-01'
-- visits
-- is a key of 'place' there twice?
select 1
from "random"."places" as l0
where l0."code"::bigint is not null
group by l0."code"::bigint
having count(*) > 1
limit 1;
-- visits
-- keys without a match in 'place'
select r."place"::bigint
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."place"::bigint is not null and l0."code"::bigint is null
group by 1
order by (r."place"::bigint)::text collate "C"
limit 8;
-- visits
-- how many different ones there are, a statement for each grouping set and for windows that overlap, since Citus
-- counts where the rows lie faster than it hands over who is in which group
select
  width_bucket(r."day", $1::date[]) as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  count(distinct r."person") as number
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $2::date and r."day" < $3::date and r."person" <> ''
group by 1, 2;
--   $1 = '{2025-01-01,2025-04-01,2025-07-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-07-01'
-- visits
-- how many different ones there are, a statement for each grouping set and for windows that overlap, since Citus
-- counts where the rows lie faster than it hands over who is in which group
select
  width_bucket(r."day", $1::date[]) as stretch,
  count(distinct r."person") as number
from "random"."visits" as r
where r."day" >= $2::date and r."day" < $3::date and r."person" <> ''
group by 1;
--   $1 = '{2025-01-01,2025-04-01,2025-07-01}'
--   $2 = '2025-01-01'
--   $3 = '2025-07-01'
-- visits
-- how many different ones there are, a statement for each grouping set and for windows that overlap, since Citus
-- counts where the rows lie faster than it hands over who is in which group
select
  1 as stretch,
  case when l0."region" <> '' then l0."region" end as by_1,
  count(distinct r."person") as number
from "random"."visits" as r
  left join "random"."places" as l0 on l0."code" = r."place"
where r."day" >= $1::date and r."day" < $2::date and r."person" <> ''
group by 1, 2;
--   $1 = '2025-01-01'
--   $2 = '2025-07-01'
-- visits
-- how many different ones there are, a statement for each grouping set and for windows that overlap, since Citus
-- counts where the rows lie faster than it hands over who is in which group
select
  1 as stretch,
  count(distinct r."person") as number
from "random"."visits" as r
where r."day" >= $1::date and r."day" < $2::date and r."person" <> ''
group by 1;
--   $1 = '2025-01-01'
--   $2 = '2025-07-01'
)");
}

TEST_CASE("an empty text is no key: it finds nothing in a lookup that has an empty one", "[postgres]") {
  ask_server(
      "drop schema if exists random cascade; create schema random; create table random.visits (place text); create "
      "table "
      "random.places (code text, region text); insert into random.places values ('q', 'Quba'), ('', 'Nowhere'); insert "
      "into "
      "random.visits values ('q'), (''), (null), ('x')");
  Programme programme;
  Dataset visits = table_dataset("random.visits", {});
  visits.id = "visits";
  visits.lookups = {{.name = "place", .columns = {"place"}, .target = "places", .target_columns = {"code"}}};
  Dataset places = table_dataset("random.places", {});
  places.id = "places";
  programme.datasets = {visits, places};
  Indicator rows;
  rows.id = "rows";
  rows.dataset = "visits";
  rows.measure = "count()";
  rows.over_time = OverTime::sum;
  programme.indicators = {rows};
  Question question;
  question.indicators = {"rows"};
  question.by = {"place.region"};
  CHECK(is_pushed(programme, question, {}));
  std::string const found = numbers(programme, question, {});
  CHECK(found.starts_with("period,place.region,rows\nall,(unknown),3\nall,Quba,1\n"));
  CHECK(found.find("1 row of 'visits' has no match in lookup 'place': 'x'") != std::string::npos);
}

TEST_CASE("a database that must compute refuses what it cannot, and reads nothing", "[postgres]") {
  Programme programme = attendance();
  for (auto& dataset : programme.datasets) dataset.source.computes_there = true;
  Indicator last = programme.indicators[1];
  last.id = "last";
  last.measure = "last(cost)";
  programme.indicators.push_back(last);
  Question question;
  question.indicators = {"cost"};
  int const read_before = readings();
  CHECK(numbers(programme, question, {}).starts_with("period,cost\nall,3.75\n"));
  question.indicators = {"last"};
  std::string const hint =
      "\n  hint: ask for something else, or let the rows be read for it: leave out \"compute\": \"database\"\n";
  CHECK(numbers(programme, question, {}) ==
        "error[not-in-database]: the database of 'visits' cannot compute this: 'first' and 'last' go by the order in "
        "which rows are "
        "read" +
            hint);
  ask_server("insert into random.visits values ('2025-02-02', 1, 'b', 'NaN')");
  question.indicators = {"cost"};
  CHECK(
      numbers(programme, question, {}) ==
      "error[not-in-database]: the database of 'visits' cannot compute this: some of its values only reading can judge "
      "(docs/databases.md names them)" +
          hint);
  CHECK(readings() == read_before);
}
