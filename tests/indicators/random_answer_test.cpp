// Random datasets and random questions: the engine against the slow evaluator, with different numbers of threads.
#include <catch2/catch.hpp>
#include "tests/indicators/random_programme.h"

using namespace yekun;
using namespace yekun::test;

namespace {

std::vector<std::string> const kIndicators{"rows", "yes",    "people",    "sum_x", "sum_d", "mean_d", "least",
                                           "most", "median", "share_yes", "fresh", "twice", "first_d"};

/// The windows as the contract says: without a period from the first to the last date.
ReferenceQuestion reference_of(Question const& question, std::vector<ReferenceRow> const& rows) {
  ReferenceQuestion out{question.indicators, question.by, {}, {}, question.totals};
  Period whole{kFirstDate, kLastDate + 1, PeriodKind::range, "all", false};
  if (question.period) {
    whole = *question.period;
  } else if (question.per) {
    std::optional<Date> first;
    std::optional<Date> last;
    for (auto const& row : rows) {
      if (row.date && (!first || *row.date < *first)) first = row.date;
      if (row.date && (!last || *row.date > *last)) last = row.date;
    }
    whole.first = first.value_or(kFirstDate);
    whole.end = last ? *last + 1 : whole.first;
  }
  if (!question.per) {
    out.windows = {whole};
    return out;
  }
  out.windows = split(whole, *question.per, {});
  if (question.totals) out.whole = whole;
  return out;
}

}  // namespace

TEST_CASE("random questions over random datasets agree with the slow evaluator", "[answer][random]") {
  Random random(20250714);
  for (int round = 0; round < 60; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    for (int i = 0; i < 4; ++i) {
      Question const question = random_question(random, kIndicators);
      INFO("round " << round << "." << i << "\n" << csv_of(rows));
      std::string const expected = reference_csv(rows, reference_of(question, rows));
      REQUIRE(ask_csv(test, question) == expected);
      REQUIRE(ask_csv(test, question, 3) == expected);
    }
  }
}

TEST_CASE("random stocks agree with the slow evaluator", "[answer][random][stock]") {
  Random random(7);
  for (int round = 0; round < 40; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    Question question;
    question.indicators = {"last_x"};
    question.period = period("2024-Q4..2025-Q2");
    question.per = PeriodKind::month;
    INFO("round " << round << "\n" << csv_of(rows));
    REQUIRE(ask_csv(test, question) == reference_csv(rows, reference_of(question, rows)));
  }
}
