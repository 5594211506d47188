// Facts that hold for any data: what adds up to its total, what only lies within bounds, and that nothing hidden can be
// worked out from what is shown.
#include <catch2/catch.hpp>
#include <map>

#include "indicators/attacker.h"
#include "tests/indicators/random_programme.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// All dates of random_rows(), by month and quarter without a rest.
char const* const kAllDates = "2024-Q4..2025-Q2";

Question by_period(std::vector<std::string> indicators, std::vector<std::string> by, PeriodKind per) {
  Question question;
  question.indicators = std::move(indicators);
  question.by = std::move(by);
  question.period = period(kAllDates);
  question.per = per;
  question.totals = true;
  return question;
}

std::int64_t micros_of(Value const& value) {
  if (!value.is_value()) return 0;
  if (auto const* const whole = std::get_if<std::int64_t>(&value.number)) return *whole * 1000000;
  return std::get<Decimal>(value.number).micros;
}

/// "" for a total, "?" for the unknown group.
std::string group_of(PlacePart const& part) { return part.unknown ? "?" : part.value ? '=' + *part.value : ""; }

/// Sum and largest of the parts beside the value of their total.
struct Level {
  std::int64_t total = 0;
  std::int64_t sum = 0;
  std::int64_t most = 0;
};

void add_part(Level& level, std::int64_t part) {
  level.sum += part;
  level.most = std::max(level.most, part);
}

/// Groups against their total in each period, and periods against the whole, of the indicator at `column`.
std::vector<Level> levels(Answer const& answer, std::size_t column) {
  std::map<std::string, Level> by_window;
  std::map<std::string, Level> by_group;
  for (AnswerRow const& row : answer.rows) {
    Figure const& figure = row.figures[column];
    std::string const window = row.whole_period ? "" : figure.period.label;
    std::string const group = group_of(figure.place.at(0));
    std::int64_t const value = micros_of(figure.value);
    if (group.empty())
      by_window[window].total = value;
    else
      add_part(by_window[window], value);
    if (row.whole_period)
      by_group[group].total = value;
    else
      add_part(by_group[group], value);
  }
  std::vector<Level> out;
  for (auto const& [name, level] : by_window) out.push_back(level);
  for (auto const& [name, level] : by_group) out.push_back(level);
  return out;
}

}  // namespace

TEST_CASE("totals of flows are the sum of their groups and of their periods", "[answer][random]") {
  Random random(4711);
  for (int round = 0; round < 40; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    std::vector<std::string> const flows{"rows", "yes", "sum_x", "sum_d"};
    Answer const answer = ask(test, by_period(flows, {"g"}, PeriodKind::month));
    INFO("round " << round << "\n" << to_csv(answer));
    for (std::size_t i = 0; i < flows.size(); ++i)
      for (Level const& level : levels(answer, i)) REQUIRE(level.total == level.sum);
  }
}

TEST_CASE("a total of people lies between the largest part and the sum of the parts", "[answer][random][people]") {
  Random random(815);
  std::size_t below_sum = 0;
  for (int round = 0; round < 40; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    Answer const answer = ask(test, by_period({"people"}, {"g"}, PeriodKind::month));
    INFO("round " << round << "\n" << to_csv(answer));
    for (Level const& level : levels(answer, 0)) {
      REQUIRE(level.most <= level.total);
      REQUIRE(level.total <= level.sum);
      below_sum += level.total < level.sum ? 1U : 0U;
    }
  }
  CHECK(below_sum > 100);  // people do come again: a sum of parts would be wrong
}

TEST_CASE("new people of all periods are the people ever, in a group at most its people", "[answer][random][people]") {
  Random random(99);
  for (int round = 0; round < 40; ++round) {
    auto const rows = random_rows(random);
    TestProgramme test;
    add_random_programme(test, rows);
    Answer const answer = ask(test, by_period({"fresh", "people"}, {"g"}, PeriodKind::month));
    INFO("round " << round << "\n" << to_csv(answer));
    std::map<std::string, std::int64_t> fresh;
    for (AnswerRow const& row : answer.rows)
      if (!row.whole_period) fresh[group_of(row.figures[0].place.at(0))] += micros_of(row.figures[0].value);
    for (AnswerRow const& row : answer.rows) {
      if (!row.whole_period) continue;
      std::string const group = group_of(row.figures[1].place.at(0));
      // Who came to another group before is no new person here, so groups stay at or below their people.
      REQUIRE(fresh[group] <= micros_of(row.figures[1].value));
      if (group.empty()) REQUIRE(fresh[group] == micros_of(row.figures[1].value));
    }
  }
}

namespace {

/// What a reader sees of new people: cells by window and place over the answers of a run.
class Shown {
 public:
  void add(Answer const& answer) {
    for (AnswerRow const& row : answer.rows) {
      Figure const& figure = row.figures[0];
      Spot spot{{figure.period.first.days, figure.period.end.days}, {}};
      for (PlacePart const& part : figure.place)
        if (!group_of(part).empty()) spot.second[part.dimension] = group_of(part);
      if (index_.emplace(spot, unknown_.size()).second) {
        unknown_.push_back(figure.value.state == State::suppressed ? 1 : 0);
        values_.push_back(figure.value);
      }
    }
  }
  /// Every total with its parts along one dimension, and every window with its parts in time. Here each person comes
  /// once, so all of them hold.
  std::vector<LinearRelation> relations() const {
    std::vector<LinearRelation> out;
    for (auto const& [spot, cell] : index_) {
      for (std::string const dimension : {"g", "h"}) {
        if (spot.second.count(dimension) != 0) continue;
        LinearRelation relation{{cell, Residue{} - Residue{1}}};
        for (auto const& [other, part] : index_) {
          auto place = other.second;
          if (other.first == spot.first && place.erase(dimension) != 0 && place == spot.second)
            relation.push_back({part, Residue{1}});
        }
        if (relation.size() > 1) out.push_back(relation);
      }
      for (int const most : {32, 93}) {  // months, then quarters
        LinearRelation relation{{cell, Residue{} - Residue{1}}};
        std::int64_t days = 0;
        for (auto const& [other, part] : index_) {
          auto const [first, end] = other.first;
          int const length = end - first;
          bool const kind = most == 32 ? length <= 32 : length > 32 && length <= 93;
          if (!kind || other.second != spot.second || first < spot.first.first || end > spot.first.second) continue;
          if (other.first == spot.first) continue;
          relation.push_back({part, Residue{1}});
          days += length;
        }
        if (days == spot.first.second - spot.first.first) out.push_back(relation);
      }
    }
    return out;
  }
  std::vector<std::uint8_t> const& unknown() const { return unknown_; }
  std::vector<Value> const& values() const { return values_; }

 private:
  using Spot = std::pair<std::pair<std::int32_t, std::int32_t>, std::map<std::string, std::string>>;
  std::map<Spot, std::size_t> index_{};
  std::vector<std::uint8_t> unknown_{};
  std::vector<Value> values_{};
};

}  // namespace

TEST_CASE("an attacker with every table of a run finds no suppressed count of people", "[answer][random][protect]") {
  Random random(31337);
  std::size_t hidden = 0;
  std::size_t seen = 0;
  for (int round = 0; round < 30; ++round) {
    auto rows = random_rows(random);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].person = "p" + std::to_string(i);
      if (!rows[i].date) rows[i].date = date_of(2024, 11, 1);
    }
    TestProgramme test;
    add_random_programme(test, rows);
    test.programme.disclosure.threshold = 4;
    std::vector<Question> const questions{by_period({"fresh"}, {"g", "h"}, PeriodKind::quarter),
                                          by_period({"fresh"}, {"g"}, PeriodKind::month)};
    auto const set = answer(test.programme, questions, test.environment());
    REQUIRE(set);
    Shown shown;
    for (Answer const& one : set->answers) shown.add(one);
    AttackResult const result = attack(shown.relations(), shown.unknown());
    INFO("round " << round << "\n" << to_csv(set->answers[0]) << to_csv(set->answers[1]));
    REQUIRE_FALSE(result.exhausted);
    REQUIRE(result.determined.empty());
    for (Value const& value : shown.values()) {
      hidden += value.state == State::suppressed ? 1U : 0U;
      if (!value.is_value()) continue;
      std::int64_t const count = micros_of(value) / 1000000;
      REQUIRE((count == 0 || count >= 4));
      seen += count > 0 ? 1U : 0U;
    }
  }
  CHECK(hidden > 100);
  CHECK(seen > 100);
}
