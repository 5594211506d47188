// Who reported of those expected. Site a reports in January and February, b in January and March, c in February.
#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

struct Sites : TestProgramme {
  Sites() {
    Dataset& counts = dataset("counts",
                              "date,site,sex,n,sent\n2025-01-31,a,f,1,2025-02-10\n2025-01-31,b,f,2,2025-02-11\n"
                              "2025-02-28,a,f,3,2025-03-01\n2025-02-28,c,m,4,\n2025-03-31,b,m,5,2025-04-01\n",
                              {{.name = "date", .type = Type::date},
                               {.name = "site"},
                               {.name = "sex"},
                               {.name = "n", .type = Type::integer},
                               {.name = "sent", .type = Type::date}},
                              {"date"});
    counts.reported_by = std::vector<std::string>{"site"};
    counts.submitted = "sent";
    counts.due_days = 10;
    counts.lookups.push_back({"site", {"site"}, "sites", {"code"}, {}, {}, {}});
    dataset("sites", "code,region\na,N\nb,N\nc,S\nd,S\n", {{.name = "code"}, {.name = "region"}}, {});
    indicator("level", "counts", "sum(n)").over_time = OverTime::last;
    indicator("added", "counts", "sum(n)").over_time = OverTime::sum;
    indicator("complete", "counts", "completeness()");
    indicator("timely", "counts", "timeliness()");
  }
  Dataset& counts() { return programme.datasets.front(); }
};

Question months(std::vector<std::string> indicators, std::vector<std::string> by = {}) {
  Question question;
  question.indicators = std::move(indicators);
  question.by = std::move(by);
  question.per = PeriodKind::month;
  return question;
}

/// "2025-02 N 3 1/2~" of each row: period, groups, value, units; "~" where the value is partial.
std::string told(TestProgramme const& test, Question question) {
  question.period = period("2025-Q1");
  std::string out;
  for (AnswerRow const& row : ask(test, question).rows) {
    out += row.period.label;
    for (PlacePart const& part : row.key) out += " " + part.value.value_or("");
    for (Figure const& one : row.figures) {
      out += one.value.is_value() ? " " + to_text(one.value.number) : " -";
      out += " " + std::to_string(one.units_reported) + "/" + std::to_string(one.units_expected);
      if (one.value.partial) out += "~";
    }
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("completeness is of all units seen so far", "[answer][reporting]") {
  Sites const test;
  CHECK(ask_csv(test, months({"complete"})) ==
        "period,complete\n2025-01,1\n2025-02,0.6666666666666666\n2025-03,0.3333333333333333\n");
  Question quarter = months({"complete"});
  quarter.period = period("2025-Q1");
  quarter.totals = true;
  CHECK(ask_csv(test, quarter) ==
        "period,complete\n,1\n2025-01,1\n2025-02,0.6666666666666666\n2025-03,0.3333333333333333\n");
  // Units seen before the period count as expected in it.
  quarter.period = period("2025-03");
  quarter.totals = false;
  CHECK(ask_csv(test, quarter) == "period,complete\n2025-03,0.3333333333333333\n");
}

TEST_CASE("a value is partial where an expected unit did not report, levels and sums alike", "[answer][reporting]") {
  Sites const test;
  CHECK(told(test, months({"level", "added"})) ==
        "2025-01 3 2/2 3 2/2\n2025-02 7 2/3~ 7 2/3~\n2025-03 5 1/3~ 5 1/3~\n");
  CHECK(told(test, months({"level"}, {"region"})) ==
        "2025-01 N 3 2/2\n2025-02 N 3 1/2~\n2025-02 S 4 1/1\n2025-03 N 5 1/2~\n");
  // A site may have no women to report: that says nothing about the site.
  CHECK(told(test, months({"added"}, {"sex"})) ==
        "2025-01 f 3 0/0\n2025-02 f 3 0/0\n2025-02 m 4 0/0\n2025-03 m 5 0/0\n");
}

TEST_CASE("a declared list of units holds for the whole", "[answer][reporting]") {
  Sites test;
  test.counts().expected = {"a", "b", "c", "d"};
  CHECK(told(test, months({"added", "complete"})) ==
        "2025-01 3 2/4~ 0.5 2/4\n2025-02 7 2/4~ 0.5 2/4\n2025-03 5 1/4~ 0.25 1/4\n");
  test.counts().expected = {};
  test.counts().expected_from = "sites.code";
  CHECK(ask_csv(test, months({"complete"})) == "period,complete\n2025-01,0.5\n2025-02,0.5\n2025-03,0.25\n");
  // Nobody reported in April: 0 of 4, while the sum is missing.
  Question april = months({"added", "complete"});
  april.period = period("2025-04");
  CHECK(ask_csv(test, april) == "period,added,complete\n2025-04,,0\n");
}

TEST_CASE("timeliness counts units that reported until the day that is due", "[answer][reporting]") {
  Sites const test;
  // January is due by 10 February: a is in time, b a day late. c says no day in February, b is missing.
  CHECK(ask_csv(test, months({"timely"})) ==
        "period,timely\n2025-01,0.5\n2025-02,0.3333333333333333\n2025-03,0.3333333333333333\n");
}

TEST_CASE("completeness of a dataset without reporters is refused", "[answer][reporting]") {
  Sites test;
  test.counts().reported_by.reset();
  CHECK(refusal(test, months({"complete"})).find("asks who reported, but dataset 'counts' has no reporters") !=
        std::string::npos);
}
