// Comparisons as formulas over what they compare.
#include <cmath>

#include "reports/aspects.h"

namespace yekun {

namespace {

LineagePtr operation(Lineage::Kind kind, LineagePtr left, LineagePtr right, Value const& value) {
  auto node = std::make_shared<Lineage>();
  node->kind = kind;
  node->parts = {std::move(left), std::move(right)};
  node->value = value;
  return node;
}

/// The lineage, where it is that of this value: disclosure control may have rounded one and not the other.
LineagePtr lineage_of(LineagePtr const& lineage, std::optional<Value> const& value) {
  bool const same = lineage && value && value->is_value() && lineage->value.is_value() &&
                    to_double(lineage->value.number) == to_double(value->number);
  return same ? lineage : LineagePtr{};
}

LineagePtr minus(LineagePtr const& left, LineagePtr const& right) {
  double const difference = to_double(left->value.number) - to_double(right->value.number);
  return operation(Lineage::Kind::subtract, left, right, Value::of(difference));
}

LineagePtr checked(LineagePtr const& node, double by_formula) {
  double const value = to_double(node->value.number);
  bool const same = std::isfinite(by_formula) && std::abs(by_formula - value) <= 1e-12 * std::max(1.0, std::abs(value));
  return same ? node : LineagePtr{};
}

LineagePtr quotient(LineagePtr const& above, LineagePtr const& below, Value const& value) {
  double const divisor = to_double(below->value.number);
  if (divisor == 0) return {};
  return checked(operation(Lineage::Kind::divide, above, below, value), to_double(above->value.number) / divisor);
}

/// Percentages change by points, all else by a share of what was (indicators/answer_rows.cpp).
LineagePtr change_lineage(Figure const& figure, Indicator const& indicator) {
  auto const now = lineage_of(figure.lineage, figure.value);
  auto const before = lineage_of(figure.previous_lineage, figure.previous);
  if (!now || !before) return {};
  auto const difference = minus(now, before);
  if (figure.kind == IndicatorKind::ratio && indicator.unit.id == "percent")
    return checked(operation(Lineage::Kind::subtract, now, before, *figure.change),
                   to_double(difference->value.number));
  return to_double(before->value.number) > 0 ? quotient(difference, before, *figure.change) : LineagePtr{};
}

LineagePtr achievement_lineage(Figure const& figure, Indicator const& indicator) {
  bool const to_date = indicator.target_is == TargetIs::to_date && figure.cumulative;
  auto const actual =
      to_date ? lineage_of(figure.cumulative_lineage, figure.cumulative) : lineage_of(figure.lineage, figure.value);
  auto const target = goal_lineage(Lineage::Kind::target, figure);
  auto const baseline = goal_lineage(Lineage::Kind::baseline, figure);
  if (!actual || !target) return {};
  if (baseline) return quotient(minus(actual, baseline), minus(target, baseline), *figure.achievement);
  if (indicator.direction == Direction::decrease) return quotient(target, actual, *figure.achievement);
  return quotient(actual, target, *figure.achievement);
}

}  // namespace

LineagePtr aspect_lineage(Aspect aspect, Figure const& figure, Indicator const& indicator) {
  switch (aspect) {
    case Aspect::value:
      return figure.lineage;
    case Aspect::previous:
      return lineage_of(figure.previous_lineage, figure.previous);
    case Aspect::cumulative:
      return lineage_of(figure.cumulative_lineage, figure.cumulative);
    case Aspect::baseline:
      return goal_lineage(Lineage::Kind::baseline, figure);
    case Aspect::target:
      return goal_lineage(Lineage::Kind::target, figure);
    case Aspect::change:
      return figure.change && figure.change->is_value() ? change_lineage(figure, indicator) : LineagePtr{};
    case Aspect::achievement:
      return figure.achievement && figure.achievement->is_value() ? achievement_lineage(figure, indicator)
                                                                  : LineagePtr{};
    case Aspect::status:
      break;
  }
  return {};
}

}  // namespace yekun
