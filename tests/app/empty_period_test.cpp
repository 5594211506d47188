#include "app/empty_period.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

Period quarter() { return period_at(PeriodKind::quarter, date_of(2025, 7, 1), {}); }

Programme programme() {
  Programme made;
  for (char const* const id : {"visits", "beds"}) {
    Indicator one;
    one.id = id;
    one.dataset = std::string("of_") + id;
    made.indicators.push_back(one);
  }
  Indicator ratio;
  ratio.id = "ratio";
  ratio.formula = "visits / beds";
  made.indicators.push_back(ratio);
  return made;
}

Figure figure(std::string const& indicator, std::uint64_t used, std::uint64_t left_out = 0) {
  Figure made;
  made.indicator = indicator;
  made.period = quarter();
  made.rows_used = used;
  made.rows_left_out = left_out;
  return made;
}

AnswerSet answers(std::vector<Figure> figures, Period const& period = quarter()) {
  AnswerRow row;
  row.period = period;
  row.figures = std::move(figures);
  AnswerSet out;
  out.answers.push_back({{}, {"visits", "beds", "ratio"}, {period}, {row}, {}});
  return out;
}

std::string told(AnswerSet const& set) {
  auto const found = empty_period(programme(), set, quarter());
  if (!found) return "";
  return (found->severity == Severity::warning ? "warning: " : "note: ") + found->message;
}

}  // namespace

TEST_CASE("datasets without a row in the period are named, a note where others have rows", "[app]") {
  CHECK(told(answers({figure("visits", 3), figure("beds", 1), figure("ratio", 0)})).empty());
  CHECK(told(answers({figure("visits", 0), figure("beds", 1)})) == "note: no row of 'of_visits' lies in 2025-Q3");
  CHECK(told(answers({figure("visits", 0), figure("beds", 0)})) ==
        "warning: no row of 'of_beds', 'of_visits' lies in 2025-Q3");
}

TEST_CASE("rows that a condition leaves out are rows; a carried stock has none, a withheld figure may have some",
          "[app]") {
  CHECK(told(answers({figure("visits", 0, 5)})).empty());
  Figure carried = figure("beds", 4);
  carried.carried_days = 30;
  CHECK(told(answers({carried})) == "warning: no row of 'of_beds' lies in 2025-Q3");
  Figure withheld = figure("visits", 0);
  withheld.value.state = State::suppressed;
  CHECK(told(answers({withheld})).empty());
}

TEST_CASE("other periods of a chart do not speak for this one", "[app]") {
  Period const before = period_at(PeriodKind::quarter, date_of(2025, 4, 1), {});
  AnswerSet both = answers({figure("visits", 0)});
  both.answers.push_back(answers({figure("visits", 9)}, before).answers.front());
  CHECK(told(both) == "warning: no row of 'of_visits' lies in 2025-Q3");
  CHECK(told(answers({figure("visits", 0)}, before)).empty());
}
