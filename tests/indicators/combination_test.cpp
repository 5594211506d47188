#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "indicators/explain.h"
#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// p1 cash, food; p2 cash; p3 food (and a refused cash); p4 cash, food, kit in two regions; p5 nothing named.
void add_events(TestProgramme& test) {
  test.dataset("services",
               "date,person,region,service,status,cost\n"
               "2025-01-05,p1,N,food,ok,1\n"
               "2025-02-06,p1,N,cash,ok,10\n"
               "2025-02-07,p1,N,cash,ok,10\n"
               "2025-01-07,p2,S,cash,ok,10\n"
               "2025-03-08,p3,S,food,ok,1\n"
               "2025-03-09,p3,S,cash,refused,10\n"
               "2025-01-10,p4,N,kit,ok,5\n"
               "2025-01-11,p4,S,food,ok,1\n"
               "2025-03-31,p4,S,cash,ok,10\n"
               "2025-02-01,p5,N,,ok,0\n"
               "2025-04-01,p1,N,kit,ok,5\n"
               "2025-05-01,p2,S,cash,ok,10\n",
               {{.name = "date", .type = Type::date},
                {.name = "person", .personal = true},
                {.name = "region"},
                {.name = "service"},
                {.name = "status"},
                {.name = "cost", .type = Type::integer}},
               {"date"});
  test.indicator("people", "services", "count(distinct person)", "status = 'ok'");
  test.indicator("cost", "services", "sum(cost)", "status = 'ok'");
  Dimension combined;
  combined.id = "package";
  combined.of = "service";
  combined.combined_by = "person";
  combined.where = "status = 'ok'";
  test.programme.dimensions.push_back(combined);
  combined.id = "overlap";
  combined.overlaps = 2;
  test.programme.dimensions.push_back(combined);
}

Question by(std::vector<std::string> dimensions, std::string const& span = "2025-Q1") {
  Question question;
  question.indicators = {"people"};
  question.by = std::move(dimensions);
  question.period = period(span);
  return question;
}

}  // namespace

TEST_CASE("people are counted by the combination of all they got in the period", "[answer][combination]") {
  TestProgramme test;
  add_events(test);
  for (unsigned const threads : {1U, 4U})
    CHECK(ask_csv(test, by({"package"}), threads) ==
          "period,package,people\n"
          "2025-Q1,(unknown),1\n"
          "2025-Q1,cash,1\n"
          "2025-Q1,cash + food,1\n"
          "2025-Q1,cash + food + kit,1\n"
          "2025-Q1,food,1\n");
}

TEST_CASE("a combination is that of its own period", "[answer][combination]") {
  TestProgramme test;
  add_events(test);
  auto question = by({"package"}, "2025-Q1..2025-Q2");
  question.per = PeriodKind::quarter;
  question.totals = true;
  CHECK(ask_csv(test, question) ==
        "period,package,people\n"
        ",,5\n"
        ",(unknown),1\n"
        ",cash,1\n"
        ",cash + food + kit,2\n"
        ",food,1\n"
        "2025-Q1,,5\n"
        "2025-Q1,(unknown),1\n"
        "2025-Q1,cash,1\n"
        "2025-Q1,cash + food,1\n"
        "2025-Q1,cash + food + kit,1\n"
        "2025-Q1,food,1\n"
        "2025-Q2,,2\n"
        "2025-Q2,cash,1\n"
        "2025-Q2,kit,1\n");
}

TEST_CASE("overlapping groups count everybody who got at least those", "[answer][combination]") {
  TestProgramme test;
  add_events(test);
  auto question = by({"overlap"});
  question.totals = true;
  // cash: p1 p2 p4; food: p1 p3 p4; both: p1 p4
  CHECK(ask_csv(test, question) ==
        "period,overlap,people\n"
        "2025-Q1,,5\n"
        "2025-Q1,(unknown),1\n"
        "2025-Q1,cash,3\n"
        "2025-Q1,cash + food,2\n"
        "2025-Q1,cash + kit,1\n"
        "2025-Q1,food,3\n"
        "2025-Q1,food + kit,1\n"
        "2025-Q1,kit,1\n");
}

TEST_CASE("a combination goes with any measure, other dimensions and without a period", "[answer][combination]") {
  TestProgramme test;
  add_events(test);
  auto question = by({"package", "region"});
  question.indicators = {"people", "cost"};
  question.where = "region = 'S'";  // after the entity pass: p4 keeps the kit got in N
  CHECK(ask_csv(test, question) ==
        "period,package,region,people,cost\n"
        "2025-Q1,cash,S,1,10\n"
        "2025-Q1,cash + food + kit,S,1,11\n"
        "2025-Q1,food,S,1,1\n");
  auto all = by({"package"});
  all.period.reset();
  CHECK(ask_csv(test, all) ==
        "period,package,people\n"
        "all,(unknown),1\n"
        "all,cash,1\n"
        "all,cash + food + kit,2\n"
        "all,food,1\n");
}

TEST_CASE("explain accounts for the rows of a combination", "[explain][combination]") {
  TestProgramme test;
  add_events(test);
  ExplainRequest request{"people", period("2025-Q1"), {{"package", "cash + food", false}}};
  auto const found = explain(test.programme, request, test.environment());
  REQUIRE(found);
  CHECK(found->figure.id == "people@2025-Q1[package=cash + food]");
  CHECK(to_text(found->figure.value.number) == "1");
  RowAccount const& rows = found->parts.front().rows;
  CHECK(rows.total == 12);
  CHECK(rows.used == 3);
  CHECK(rows.other_group == 7);
  CHECK(rows.outside == 2);
}

TEST_CASE("what cannot be combined is refused with its reason", "[answer][combination]") {
  TestProgramme test;
  add_events(test);
  test.programme.dimensions.front().of = "servise";
  CHECK(refusal(test, by({"package"})).find("unknown column 'servise'") != std::string::npos);
  test.programme.dimensions.front().of = "case when service = 'food' then 'a + b' else service end";
  CHECK(
      refusal(test, by({"package"})) ==
      "error[combined-value]: value 'a + b' of 'case when service = 'food' then 'a + b' else service end' holds ' + ', "
      "which joins the values of a combination\n"
      "  hint: give it another name with the dimension's \"map\"\n");
  test.programme.dimensions.front().of = "person";
  CHECK(refusal(test, by({"package"})).find("is personal and cannot be grouped by") != std::string::npos);
}

namespace {

/// 10 people got cash only, 9 food only, 2 both; 21 in all.
void add_small_overlap(TestProgramme& test) {
  std::string csv = "date,person,service\n";
  for (int i = 0; i < 21; ++i) {
    if (i < 12) csv += "2025-01-05,p" + std::to_string(i) + ",cash\n";
    if (i >= 10) csv += "2025-01-06,p" + std::to_string(i) + ",food\n";
  }
  test.dataset("services", csv,
               {{.name = "date", .type = Type::date}, {.name = "person", .personal = true}, {.name = "service"}},
               {"date"});
  test.indicator("people", "services", "count(distinct person)");
  Dimension combined;
  combined.id = "package";
  combined.of = "service";
  combined.combined_by = "person";
  test.programme.dimensions.push_back(combined);
  combined.id = "overlap";
  combined.overlaps = 2;
  test.programme.dimensions.push_back(combined);
}

std::string ask_all(TestProgramme const& test, std::vector<Question> const& questions) {
  auto const set = answer(test.programme, questions, test.environment());
  REQUIRE(set);
  std::string out;
  for (auto const& one : set->answers) out += to_csv(one);
  return out;
}

}  // namespace

TEST_CASE("a small combination cannot be worked out from the services one by one", "[protect][combination]") {
  TestProgramme test;
  add_small_overlap(test);
  Question package = by({"package"});
  Question service = by({"service"});
  CHECK(ask_all(test, {package, service}) ==
        "period,package,people\n2025-Q1,cash,10\n2025-Q1,cash + food,2\n2025-Q1,food,9\n"
        "period,service,people\n2025-Q1,cash,12\n2025-Q1,food,11\n");
  test.programme.disclosure.threshold = 5;
  CHECK(ask_all(test, {package}) == "period,package,people\n2025-Q1,cash,10\n2025-Q1,cash + food,\n2025-Q1,food,9\n");
  // 12 - 10 and 11 - 9 would both be the 2.
  CHECK(ask_all(test, {package, service}) ==
        "period,package,people\n2025-Q1,cash,\n2025-Q1,cash + food,\n2025-Q1,food,\n"
        "period,service,people\n2025-Q1,cash,12\n2025-Q1,food,11\n");
}

TEST_CASE("a small overlap cannot be worked out from the total", "[protect][combination]") {
  TestProgramme test;
  add_small_overlap(test);
  Question overlap = by({"overlap"});
  overlap.totals = true;
  test.programme.disclosure.threshold = 5;
  // 12 + 11 - 21 would be the 2.
  CHECK(ask_all(test, {overlap}) ==
        "period,overlap,people\n2025-Q1,,21\n2025-Q1,cash,12\n2025-Q1,cash + food,\n2025-Q1,food,\n");
  // Those with cash among those with food are the same 2.
  test.indicator("cash_people", "services", "count(distinct person)", "service = 'cash'");
  Question both = by({"overlap"});
  both.indicators = {"people", "cash_people"};
  CHECK(ask_all(test, {both}) ==
        "period,overlap,people,cash_people\n2025-Q1,cash,12,12\n2025-Q1,cash + food,,\n2025-Q1,food,11,\n");
}

namespace {

using Sums = std::vector<std::vector<double>>;  // each published count as a sum of the combinations' counts

std::size_t rank_of(Sums rows) {
  std::size_t rank = 0;
  std::size_t const columns = rows.empty() ? 0 : rows.front().size();
  for (std::size_t c = 0; c < columns && rank < rows.size(); ++c) {
    auto const largest =
        std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(rank), rows.end(),
                         [&](auto const& a, auto const& b) { return std::abs(a[c]) < std::abs(b[c]); });
    if (std::abs((*largest)[c]) < 1e-9) continue;
    std::iter_swap(rows.begin() + static_cast<std::ptrdiff_t>(rank), largest);
    for (std::size_t r = rank + 1; r < rows.size(); ++r) {
      double const factor = rows[r][c] / rows[rank][c];
      for (std::size_t k = c; k < columns; ++k) rows[r][k] -= factor * rows[rank][k];
    }
    ++rank;
  }
  return rank;
}

/// A group's name as a set of services: those of a service or an overlap hold it, those of a package are it.
bool counts(std::string const& dimension, std::string const& group, std::set<std::string> const& services) {
  if (group == "(unknown)") return services.empty();
  std::set<std::string> wanted;
  for (std::size_t at = 0; at <= group.size();) {
    std::size_t const end = std::min(group.find(" + ", at), group.size());
    wanted.insert(group.substr(at, end - at));
    at = end + 3;
  }
  if (dimension == "package") return wanted == services;
  return std::includes(services.begin(), services.end(), wanted.begin(), wanted.end());
}

/// What a reader takes to be possible: sets of services whose every group that a table would show is there.
std::vector<std::set<std::string>> possible_sets(std::vector<Answer> const& answers,
                                                 std::vector<std::string> const& services) {
  std::vector<std::set<std::string>> out;
  for (unsigned bits = 0; bits < 1U << services.size(); ++bits) {
    std::set<std::string> set;
    for (std::size_t i = 0; i < services.size(); ++i)
      if ((bits >> i & 1U) != 0) set.insert(services[i]);
    bool const possible = std::all_of(answers.begin(), answers.end(), [&](Answer const& answer) {
      std::string const& dimension = answer.dimensions.front();
      std::size_t const most = dimension == "service" ? 1 : dimension == "overlap2" ? 2 : 3;
      std::size_t groups = 0;
      for (AnswerRow const& row : answer.rows)
        groups += row.key[0].value && counts(dimension, *row.key[0].value, set) ? 1U : 0U;
      std::size_t const n = set.size();
      std::size_t const expected = dimension == "package" || n == 0 ? 1
                                   : most == 1                      ? n
                                   : most == 2                      ? n + n * (n - 1) / 2
                                                                    : (std::size_t{1} << n) - 1;
      return groups == expected;
    });
    if (possible) out.push_back(std::move(set));
  }
  return out;
}

}  // namespace

TEST_CASE("in random data no suppressed combination follows from the services and their overlaps",
          "[protect][combination][random]") {
  std::mt19937 random(7);
  std::vector<std::string> const services{"a", "b", "c"};
  std::size_t hidden = 0;
  std::size_t shown = 0;
  for (int round = 0; round < 60; ++round) {
    TestProgramme test;
    std::string csv = "date,person,service\n";
    for (std::size_t p = 0; p < 20 + random() % 60; ++p) {
      std::set<std::string> got;
      for (auto const& service : services)
        if (random() % 3 == 0) got.insert(service);
      if (got.empty()) csv += "2025-01-01,p" + std::to_string(p) + ",\n";
      for (auto const& service : got) csv += "2025-01-01,p" + std::to_string(p) + "," + service + "\n";
    }
    test.dataset("services", csv,
                 {{.name = "date", .type = Type::date}, {.name = "person", .personal = true}, {.name = "service"}},
                 {"date"});
    test.indicator("people", "services", "count(distinct person)");
    for (std::uint32_t const overlaps : {0U, 2U, 3U}) {
      Dimension dimension;
      dimension.id = overlaps == 0 ? "package" : "overlap" + std::to_string(overlaps);
      dimension.of = "service";
      dimension.combined_by = "person";
      dimension.overlaps = overlaps;
      test.programme.dimensions.push_back(dimension);
    }
    test.programme.disclosure.threshold = 5;
    std::vector<Question> questions;
    for (std::string const dimension : {"package", "service", "overlap2", "overlap3"})
      if (random() % 3 != 0) questions.push_back(by({dimension}));
    if (questions.empty()) continue;
    for (Question& one : questions) one.totals = random() % 2 == 0;
    auto const set = answer(test.programme, questions, test.environment());
    REQUIRE(set);
    auto const combinations = possible_sets(set->answers, services);
    Sums known;
    Sums unknown;
    for (Answer const& one : set->answers)
      for (AnswerRow const& row : one.rows) {
        std::vector<double> sum;
        for (auto const& got : combinations)
          sum.push_back(!row.key[0].value || counts(row.key[0].dimension, *row.key[0].value, got) ? 1 : 0);
        bool const is_hidden = row.figures[0].value.state == State::suppressed;
        (is_hidden ? unknown : known).push_back(std::move(sum));
        ++(is_hidden ? hidden : shown);
      }
    std::size_t const rank = rank_of(known);
    std::string all;
    for (Answer const& one : set->answers) all += to_csv(one);
    INFO("round " << round << "\n" << csv << all);
    for (auto const& sum : unknown) {
      Sums more = known;
      more.push_back(sum);
      REQUIRE(rank_of(more) == rank + 1);
    }
  }
  CHECK(hidden > 50);
  CHECK(shown > 50);
}
