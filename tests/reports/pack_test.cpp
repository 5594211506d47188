// The packs of templates/packs over small registers. All values are worked out by hand.
#include <catch2/catch.hpp>

#include "core/assets.h"
#include "indicators/question.h"
#include "reports/programme_parser.h"

using namespace yekun;

namespace {

std::string const kFolder = std::string(YEKUN_SOURCE_DIR) + "/tests/reports/packs";

Programme packs() {
  auto programme = load_programme(kFolder + "/programme.json");
  REQUIRE(programme);
  return std::move(*programme);
}

std::string asked(std::vector<std::string> indicators, std::string const& when, std::vector<std::string> by = {}) {
  Programme const programme = packs();
  Question question;
  question.indicators = std::move(indicators);
  question.by = std::move(by);
  if (!when.empty()) question.period = parse_period(when, {}).value();
  Environment environment;
  environment.sources.folder = kFolder;
  auto const set = answer(programme, std::span(&question, 1), environment);
  REQUIRE(set);
  std::string const csv = to_csv(set->answers.front());
  return csv.substr(csv.find('\n') + 1);
}

/// What is wrong with a programme that has these packs.
Diagnostics problems_of(std::string const& packs) {
  return parse_programme(R"~({"programme": {"id": "p", "title": "P"}, "datasets": {"stays": {"source": "stays.csv",
    "date": ["in", "out"], "columns": {"who": "text", "in": "date", "out": "date"}}},
    "indicators": {"residents": {"dataset": "stays", "measure": "count()"}}, "packs": [)~" +
                             packs + "]}",
                         "p.json")
      .notes.problems;
}

}  // namespace

TEST_CASE("resident-days count the day of admission, not that of leaving, and a same-day stay once", "[reports]") {
  // February 2024: a 29, b 10, c 2, d (in and out on the 15th) 1, e 28, f 1.
  CHECK(asked({"resident_days", "period_days", "average_daily_census"}, "2024-02") ==
        "2024-02,71,29,2.4482758620689653\n");
  CHECK(asked({"resident_days"}, "2024-02", {"home"}) == "2024-02,G,1\n2024-02,H,70\n");
  // Without a period from the first to the last day of the register, 5 March: a 46, b 10, c 6, d 1, e 90, f 6.
  CHECK(asked({"resident_days", "residents"}, "") == "all,159,2\n");
}

TEST_CASE("movements, stays and turnover come out of a register", "[reports]") {
  CHECK(asked({"admissions", "discharges", "residents"}, "2024-02") == "2024-02,4,3,3\n");
  // Leavers: b 10 days, d 1, e 90. Those there on the 29th: a 41 days, c 2, f 1.
  CHECK(asked({"average_stay", "median_stay_of_residents"}, "2024-02") == "2024-02,33.666666666666664,2\n");
  // Places: H 3 on 29 days, G 2 on 15.
  CHECK(asked({"place_days", "average_places", "occupancy_rate", "turnover"}, "2024-02") ==
        "2024-02,117,5,0.6068376068376068,0.6\n");
}

TEST_CASE("days over capacity come out of a register and the places of each day", "[reports]") {
  // H has 3 places: 4 people on the 15th (a, b, d, e), 3 from the 10th to the 19th and on the 28th. G is never full.
  CHECK(asked({"days_over_capacity"}, "2024-02") == "2024-02,1\n");
  CHECK(asked({"days_over_capacity"}, "2024-02-10..2024-02-15", {"home"}) ==
        "2024-02-10..2024-02-15,G,0\n2024-02-10..2024-02-15,H,1\n");
}

TEST_CASE("daily counts give what they allow", "[reports]") {
  // H: 60 resident-days on 28 days (one was not counted), G: 15 on 15; occupancy over the days with both: 75 / 114.
  CHECK(asked({"counted_residents", "counted_average_daily_census", "counted_resident_days", "counted_place_days"},
              "2024-02") == "2024-02,3,3.142857142857143,75,117\n");
  CHECK(asked({"counted_occupancy_rate", "counted_days_over_capacity"}, "2024-02") == "2024-02,0.6578947368421053,2\n");
}

TEST_CASE("attendance is of those expected, completion of those enrolled, gain of pairs", "[reports]") {
  // z's status of 2 February is not known.
  CHECK(asked({"participants", "attendances", "expected_attendances", "attendance_rate"}, "2024-02") ==
        "2024-02,2,3,5,0.6\n");
  CHECK(asked({"enrolled", "completed", "completion_rate"}, "") == "all,4,2,0.5\n");
  CHECK(asked({"score_before", "score_after", "gain", "score_pairs"}, "") == "all,5,7.75,2.75,2\n");
}

TEST_CASE("a caseload's plans, waiting and closing", "[reports]") {
  CHECK(asked({"assessments", "plans", "assessments_with_plan", "referrals"}, "2024-02") ==
        "2024-02,3,2,0.6666666666666666,1\n");
  CHECK(asked({"days_to_service", "median_days_to_service", "closures", "days_open"}, "2024-02") ==
        "2024-02,5,5,1,20\n");
}

TEST_CASE("an indicator whose role is not given is left out, with the formulas over it", "[reports]") {
  Programme const programme = packs();
  CHECK(programme.indicator("people_assessed") == nullptr);  // the cases have no person
  CHECK(programme.indicator("days_to_service") != nullptr);
  auto const parsed = parse_programme(R"~({"programme": {"id": "p", "title": "P"}, "datasets": {"stays": {
    "source": "stays.csv", "date": ["in", "out"], "columns": {"in": "date", "out": "date"}}}, "indicators": {}, "packs": [
    {"use": "residential-care", "only": ["average_daily_census"], "prefix": "x_",
     "roles": {"stays": {"dataset": "stays", "admitted": "in", "discharged": "out"}}}]})~",
                                      "p.json");
  REQUIRE(parsed.notes.problems.empty());
  std::vector<std::string> ids;
  for (auto const& indicator : parsed.programme.indicators) ids.push_back(indicator.id);
  CHECK(ids == std::vector<std::string>{"x_resident_days", "x_period_days", "x_average_daily_census"});
  CHECK(parsed.programme.indicators.back().formula == "x_resident_days / x_period_days");
}

TEST_CASE("what is wrong in a pack's use is said at its place", "[reports]") {
  auto const one = [](std::string const& packs) {
    auto const all = problems_of(packs);
    REQUIRE(all.size() == 1);
    return all[0].message + "; " + all[0].hint;
  };
  CHECK(one(R"({"use": "residental-care", "roles": {}})") ==
        "unknown pack 'residental-care'; did you mean 'residential-care'?");
  CHECK(
      one(R"({"use": "training", "roles": {"atendance": {"dataset": "stays"}, "enrolments": {"dataset": "stays", "participant": "who"}}})") ==
      "pack 'training' has no part 'atendance'; did you mean 'attendance'?");
  CHECK(
      one(R"({"use": "caseload", "roles": {}})") ==
      "no indicator of pack 'caseload' can be made of these roles; docs/packs.md lists the roles of each pack and what "
      "they give");
  CHECK(
      one(R"({"use": "residential-care", "only": ["residents"], "roles": {"stays": {"dataset": "stays", "person": "who"}}})") ==
      "indicator 'residents' of pack 'residential-care' is there already; give the pack a \"prefix\", or choose its "
      "indicators by \"only\"");
  CHECK(
      one(R"({"use": "training", "only": ["gian"], "roles": {"enrolments": {"dataset": "stays", "before": "who", "after": "who"}}})") ==
      "pack 'training' has no indicator 'gian'; did you mean 'gain'?");
}
