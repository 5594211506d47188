#include <algorithm>

#include "indicators/formula_value.h"
#include "indicators/targets.h"

namespace yekun {
namespace {

Value in_state(State state) {
  Value out;
  out.state = state;
  return out;
}

Judgement met_or_not(Number const& actual, Number const& target, Direction direction) {
  int const order = compare(actual, target);
  bool const met = direction == Direction::decrease ? order <= 0 : order >= 0;
  return {Value::not_applicable(), met ? "verdict.met" : "verdict.not_met"};
}

}  // namespace

Judgement achievement(Value const& actual, std::optional<Number> const& target, std::optional<Number> const& baseline,
                      Direction direction) {
  if (actual.state == State::suppressed) return {in_state(State::suppressed), {}};
  if (!target) return {};
  if (!actual.is_value()) return {in_state(actual.state), {}};
  Number upper = actual.number;
  Number lower = *target;
  if (baseline) {
    upper = subtract(actual.number, *baseline);
    lower = subtract(*target, *baseline);
  } else if (direction == Direction::decrease) {
    upper = *target;
    lower = actual.number;
  }
  if (is_zero(lower)) return met_or_not(actual.number, *target, direction);
  Judgement out{Value::of(divide(upper, lower)), {}};
  out.value.partial = actual.partial;
  if (compare(out.value.number, std::int64_t{0}) < 0) out.note = "verdict.moving_away";
  return out;
}

Judgement change(Value const& now, Value const& before, IndicatorKind kind) {
  Value const both[] = {now, before};
  State const state = worst_state(both);
  if (state != State::value) return {in_state(state), {}};
  Judgement out;
  if (kind == IndicatorKind::ratio) {
    out.value = Value::of(subtract(now.number, before.number));
  } else if (is_zero(before.number)) {
    return {Value::not_applicable(), is_zero(now.number) ? "" : "verdict.new"};
  } else {
    Number const size =
        compare(before.number, std::int64_t{0}) < 0 ? subtract(std::int64_t{0}, before.number) : before.number;
    out.value = Value::of(divide(subtract(now.number, before.number), size));
  }
  out.value.partial = now.partial || before.partial;
  return out;
}

std::optional<Number> baseline_of(Indicator const& indicator, Target const* target,
                                  std::vector<PlacePart> const& place) {
  if (target != nullptr && target->baseline) return Number{*target->baseline};
  bool const whole = std::all_of(place.begin(), place.end(), [](PlacePart const& p) { return !p.value && !p.unknown; });
  if (whole && indicator.baseline) return Number{*indicator.baseline};
  return std::nullopt;
}

Target const* find_target(Indicator const& indicator, Period const& period, std::vector<PlacePart> const& place) {
  std::map<std::string, std::string> group;
  for (PlacePart const& part : place) {
    if (part.unknown) return nullptr;
    if (part.value) group[part.dimension] = *part.value;
  }
  for (Target const& target : indicator.targets)
    if (target.period == period.label && target.group == group) return &target;
  return nullptr;
}

}  // namespace yekun
