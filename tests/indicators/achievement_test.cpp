#include <catch2/catch.hpp>

#include "tests/indicators/formula_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

std::string judged(std::int64_t actual, std::optional<std::int64_t> target, std::optional<std::int64_t> baseline,
                   Direction direction) {
  std::optional<Number> t;
  std::optional<Number> b;
  if (target) t = *target;
  if (baseline) b = *baseline;
  Judgement const j = achievement(whole(actual), t, b, direction);
  return text_of(j.value) + (j.note.empty() ? "" : " " + j.note);
}

std::string changed(Value now, Value before, IndicatorKind kind) {
  Judgement const j = change(now, before, kind);
  return text_of(j.value) + (j.note.empty() ? "" : " " + j.note);
}

constexpr auto kUp = Direction::increase;
constexpr auto kDown = Direction::decrease;

}  // namespace

TEST_CASE("achievement with a baseline is the way covered, rising and falling alike", "[indicators]") {
  CHECK(judged(15, 10, 30, kDown) == "0.75");
  CHECK(judged(40, 10, 30, kDown) == "-0.5 verdict.moving_away");
  CHECK(judged(10, 10, 30, kDown) == "1");
  CHECK(judged(9000, 10000, 8000, kUp) == "0.5");
  CHECK(judged(7000, 10000, 8000, kUp) == "-0.5 verdict.moving_away");
  CHECK(judged(12000, 10000, 8000, kUp) == "2");
}

TEST_CASE("achievement without a baseline divides by the target, for falling indicators by the value", "[indicators]") {
  CHECK(judged(75, 100, {}, kUp) == "0.75");
  CHECK(judged(20, 10, {}, kDown) == "0.5");
  CHECK(judged(5, 10, {}, kDown) == "2");
}

TEST_CASE("where no number makes sense the target is met or not met", "[indicators]") {
  CHECK(judged(10, 10, 10, kUp) == "not applicable verdict.met");
  CHECK(judged(9, 10, 10, kUp) == "not applicable verdict.not_met");
  CHECK(judged(9, 10, 10, kDown) == "not applicable verdict.met");
  CHECK(judged(0, 0, {}, kUp) == "not applicable verdict.met");
  CHECK(judged(0, 5, {}, kDown) == "not applicable verdict.met");
  CHECK(judged(3, 0, {}, kDown) == "0");
}

TEST_CASE("achievement of what has no target or no value", "[indicators]") {
  CHECK(judged(3, {}, {}, kUp) == "missing");
  CHECK(text_of(achievement(suppressed(), Number{std::int64_t{5}}, {}, kUp).value) == "suppressed");
  CHECK(text_of(achievement(suppressed(), {}, {}, kUp).value) == "suppressed");
  CHECK(text_of(achievement(Value::missing(), Number{std::int64_t{5}}, {}, kUp).value) == "missing");
  CHECK(text_of(achievement(money("0.3"), Number{parse_decimal("0.4").value}, {}, kUp).value) == "0.75");
}

TEST_CASE("change is in percentage points between ratios and in percent between counts", "[indicators]") {
  CHECK(changed(Value::of(0.5), Value::of(0.25), IndicatorKind::ratio) == "0.25");
  CHECK(changed(whole(120), whole(100), IndicatorKind::people) == "0.2");
  CHECK(changed(whole(80), whole(100), IndicatorKind::flow) == "-0.2");
  CHECK(changed(whole(5), whole(-10), IndicatorKind::flow) == "1.5");
  CHECK(changed(whole(5), whole(0), IndicatorKind::flow) == "not applicable verdict.new");
  CHECK(changed(whole(0), whole(0), IndicatorKind::flow) == "not applicable");
  CHECK(changed(whole(5), Value::missing(), IndicatorKind::flow) == "missing");
  CHECK(changed(suppressed(), Value::missing(), IndicatorKind::flow) == "suppressed");
}
