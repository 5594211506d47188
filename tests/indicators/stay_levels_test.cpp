// Levels over time of random stays against a count of every day.
#include <algorithm>
#include <cstdint>
#include <random>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

struct Stay {
  Date came{};
  std::optional<Date> went{};
  std::string home{};
};

/// Present at the census of a day: the day of coming counts, that of leaving does not, a same-day stay counts once.
bool there(Stay const& stay, Date day) {
  if (stay.came > day) return false;
  return !stay.went || *stay.went > day || (*stay.went == stay.came && stay.came == day);
}

std::vector<Stay> random_stays(std::mt19937& random) {
  std::vector<Stay> stays;
  for (std::size_t i = 0; i < 1 + random() % 40; ++i) {
    Stay stay;
    stay.came = date_of(2024, 1, 20) + static_cast<std::int32_t>(random() % 90);
    if (random() % 4 != 0) stay.went = stay.came + (static_cast<std::int32_t>(random() % 30) - 2);
    stay.home = random() % 2 == 0 ? "A" : "B";
    stays.push_back(std::move(stay));
  }
  return stays;
}

}  // namespace

TEST_CASE("levels over time of random stays agree with a count of every day", "[answer][random][stock]") {
  std::mt19937 random(29022024);
  std::size_t compared = 0;
  for (int round = 0; round < 40; ++round) {
    auto const stays = random_stays(random);
    std::string csv = "came,went,home\n";
    for (Stay const& stay : stays)
      csv += to_iso(stay.came) + "," + (stay.went ? to_iso(*stay.went) : "") + "," + stay.home + "\n";
    TestProgramme test;
    test.dataset("stays", csv,
                 {{.name = "came", .type = Type::date}, {.name = "went", .type = Type::date}, {.name = "home"}},
                 {"came", "went"});
    test.indicator("average", "stays", "count()").over_time = OverTime::average;
    test.indicator("least", "stays", "count()").over_time = OverTime::min;
    test.indicator("most", "stays", "count()").over_time = OverTime::max;
    Question question;
    question.indicators = {"average", "least", "most"};
    question.by = {"home"};
    question.period = period("2024-02..2024-04");
    question.per = PeriodKind::month;
    question.totals = true;
    INFO("round " << round << "\n" << csv);
    for (AnswerRow const& row : ask(test, question, 1 + static_cast<unsigned>(round % 3)).rows) {
      std::int64_t sum = 0;
      std::int64_t least = INT64_MAX;
      std::int64_t most = 0;
      for (Date day = row.period.first; day < row.period.end; day = day + 1) {
        std::int64_t const level = std::count_if(stays.begin(), stays.end(), [&](Stay const& stay) {
          return (!row.key[0].value || *row.key[0].value == stay.home) && there(stay, day);
        });
        sum += level;
        least = std::min(least, level);
        most = std::max(most, level);
      }
      REQUIRE(row.figures[0].value.is_value());
      REQUIRE(to_double(row.figures[0].value.number) ==
              Approx(static_cast<double>(sum) / (row.period.end - row.period.first)).epsilon(1e-14));
      REQUIRE(to_double(row.figures[1].value.number) == static_cast<double>(least));
      REQUIRE(to_double(row.figures[2].value.number) == static_cast<double>(most));
      ++compared;
    }
  }
  CHECK(compared > 200);
}
