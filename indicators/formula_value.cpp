#include "indicators/formula_value.h"

#include <algorithm>
#include <cmath>

#include "indicators/kinds.h"
#include "indicators/targets.h"

namespace yekun {
namespace {

using Kind = FormulaNode::Kind;

Lineage::Kind lineage_kind(Kind kind) {
  switch (kind) {
    case Kind::add:
      return Lineage::Kind::add;
    case Kind::subtract:
      return Lineage::Kind::subtract;
    case Kind::multiply:
      return Lineage::Kind::multiply;
    case Kind::divide:
      return Lineage::Kind::divide;
    case Kind::negate:
      return Lineage::Kind::negate;
    case Kind::constant:
      return Lineage::Kind::constant;
    case Kind::target:
      return Lineage::Kind::target;
    case Kind::baseline:
      return Lineage::Kind::baseline;
    default:
      return Lineage::Kind::function;
  }
}

Value rounded(Value value, int places) {
  if (auto const* decimal = std::get_if<Decimal>(&value.number))
    value.number = round_half_away(*decimal, places);
  else if (auto const* number = std::get_if<double>(&value.number))
    value.number = round_half_away(*number, places);
  return value;
}

class FormulaEvaluation {
 public:
  FormulaEvaluation(IndicatorGraph const& graph, Programme const& programme, FormulaInputs const& inputs)
      : graph_(graph), programme_(programme), inputs_(inputs) {}

  Evaluated indicator(std::size_t i, Period const& period) {
    ResolvedIndicator const& wanted = graph_.indicators[i];
    if (wanted.is_measure()) return cell({i, period, i});
    FormulaNode const& root = wanted.formula->root;
    if (programme_.indicators[i].pairs && root.kind == Kind::divide) {
      std::size_t const a = root.parts[0].indicator;
      std::size_t const b = root.parts[1].indicator;
      return combined(root, period, {cell({a, period, b}), cell({b, period, a})});
    }
    return node(root, period);
  }

 private:
  Evaluated cell(Need const& need) {
    CubeCell found = inputs_.cell(need);
    Evaluated out;
    out.value = found.value;
    out.lineage = std::move(found.lineage);
    out.rows_used = found.rows_used;
    out.rows_left_out = found.rows_left_out;
    out.units_reported = found.units_reported;
    out.units_expected = found.units_expected;
    out.carried_days = found.carried_days;
    return out;
  }

  Evaluated node(FormulaNode const& n, Period const& period) {
    switch (n.kind) {
      case Kind::indicator:
        return indicator(n.indicator, period);
      case Kind::constant:
        return named(n, period, Value::of(n.constant), {});
      case Kind::target:
      case Kind::baseline:
        return goal(n, period);
      case Kind::achievement:
        return judged(n, period);
      case Kind::change:
        return changed(n, period);
      case Kind::previous:
        return shifted(n, period, yekun::previous(period, programme_.fiscal));
      case Kind::last_year:
        return shifted(n, period, same_period_last_year(period, programme_.fiscal));
      case Kind::cumulative:
        return shifted(n, period, cumulative_window(period, programme_, n.fiscal));
      default:
        break;
    }
    std::vector<Evaluated> parts;
    for (FormulaNode const& part : n.parts) parts.push_back(node(part, period));
    return combined(n, period, std::move(parts));
  }

  /// A node with its value, over the parts it came from.
  Evaluated named(FormulaNode const& n, Period const& period, Value value, std::vector<Evaluated> parts) {
    Lineage lineage;
    lineage.kind = lineage_kind(n.kind);
    lineage.period = period;
    lineage.place = inputs_.place;
    if (lineage.kind == Lineage::Kind::function) lineage.name = std::string(to_text(n.kind));
    if ((n.kind == Kind::target || n.kind == Kind::baseline) && !n.parts.empty())
      lineage.indicator = programme_.indicators[n.parts[0].indicator].id;
    Evaluated out;
    for (Evaluated& part : parts) {
      value.partial = value.partial || part.value.partial;
      out.carried_days = std::max(out.carried_days, part.carried_days);
      if (out.rows_used == 0 && out.rows_left_out == 0) {
        out.rows_used = part.rows_used;
        out.rows_left_out = part.rows_left_out;
        out.units_reported = part.units_reported;
        out.units_expected = part.units_expected;
      }
      for (std::string& note : part.notes) out.notes.push_back(std::move(note));
      lineage.parts.push_back(std::move(part.lineage));
    }
    lineage.value = value;
    out.value = value;
    if (inputs_.lineage) out.lineage = std::make_shared<Lineage const>(std::move(lineage));
    return out;
  }

  Evaluated shifted(FormulaNode const& n, Period const& period, Period const& other) {
    std::vector<Evaluated> parts;
    parts.push_back(node(n.parts[0], other));
    Value const value = parts[0].value;
    return named(n, period, value, std::move(parts));
  }

  Evaluated goal(FormulaNode const& n, Period const& period) {
    std::size_t const i = n.parts[0].indicator;
    Target const* target = inputs_.target ? inputs_.target(i, period) : nullptr;
    std::optional<Number> number;
    if (n.kind == Kind::baseline) number = baseline_of(programme_.indicators[i], target, inputs_.place);
    if (n.kind == Kind::target && target != nullptr && target->target) number = *target->target;
    return named(n, period, number ? Value::of(*number) : Value::missing(), {});
  }

  Evaluated judged(FormulaNode const& n, Period const& period) {
    std::size_t const i = n.parts[0].indicator;
    Indicator const& judged_one = programme_.indicators[i];
    bool const to_date = judged_one.target_is == TargetIs::to_date;
    std::vector<Evaluated> parts;
    parts.push_back(indicator(i, to_date ? cumulative_window(period, programme_, false) : period));
    FormulaNode asked = n;
    for (Kind const kind : {Kind::target, Kind::baseline}) {
      asked.kind = kind;
      parts.push_back(goal(asked, period));
    }
    auto const number = [](Value const& v) { return v.is_value() ? std::optional(v.number) : std::nullopt; };
    Judgement const result =
        achievement(parts[0].value, number(parts[1].value), number(parts[2].value), judged_one.direction);
    Evaluated out = named(n, period, result.value, std::move(parts));
    if (!result.note.empty()) out.notes.push_back(result.note);
    return out;
  }

  Evaluated changed(FormulaNode const& n, Period const& period) {
    std::vector<Evaluated> parts;
    parts.push_back(node(n.parts[0], period));
    parts.push_back(node(n.parts[0], yekun::previous(period, programme_.fiscal)));
    bool const ratio = is_ratio(n.parts[0]);
    Judgement const result =
        yekun::change(parts[0].value, parts[1].value, ratio ? IndicatorKind::ratio : IndicatorKind::other);
    Evaluated out = named(n, period, result.value, std::move(parts));
    if (!result.note.empty()) out.notes.push_back(result.note);
    return out;
  }

  bool is_ratio(FormulaNode const& n) const {
    if (n.kind == Kind::indicator)
      return kind_of_change(graph_.indicators[n.indicator].kind, programme_.indicators[n.indicator].unit) ==
             IndicatorKind::ratio;
    if (n.kind == Kind::divide) return n.parts[1].kind != Kind::constant || is_ratio(n.parts[0]);
    return std::any_of(n.parts.begin(), n.parts.end(), [&](FormulaNode const& part) { return is_ratio(part); });
  }

  Evaluated combined(FormulaNode const& n, Period const& period, std::vector<Evaluated> parts) {
    std::vector<Value> values;
    values.reserve(parts.size());
    for (Evaluated const& part : parts) values.push_back(part.value);
    Value value = result_of(n, values);
    if (n.kind == Kind::divide && value.is_value() && different_rows(n, parts)) value.partial = true;
    return named(n, period, value, std::move(parts));
  }

  /// A ratio of two measures over the same rows by definition, of which some lack one of the two.
  bool different_rows(FormulaNode const& n, std::vector<Evaluated> const& parts) const {
    if (n.parts[0].kind != Kind::indicator || n.parts[1].kind != Kind::indicator) return false;
    ResolvedIndicator const& a = graph_.indicators[n.parts[0].indicator];
    ResolvedIndicator const& b = graph_.indicators[n.parts[1].indicator];
    if (a.sources.size() != 1 || b.sources.size() != 1) return false;
    MeasureSource const& x = a.sources[0];
    MeasureSource const& y = b.sources[0];
    auto const condition = [](MeasureSource const& s) { return s.where ? to_text(s.where->root) : std::string(); };
    return x.dataset == y.dataset && x.measure.kind == MeasureKind::sum && y.measure.kind == MeasureKind::sum &&
           condition(x) == condition(y) && parts[0].rows_used != parts[1].rows_used;
  }

  static Value result_of(FormulaNode const& n, std::vector<Value> const& values) {
    if (n.kind == Kind::coalesce) return first_value(values);
    State const state = worst_state(values);
    if (state != State::value) {
      Value out;
      out.state = state;
      return out;
    }
    switch (n.kind) {
      case Kind::add:
        return added(values);
      case Kind::subtract:
        return Value::of(subtract(values[0].number, values[1].number));
      case Kind::multiply:
        return Value::of(multiply(values[0].number, values[1].number));
      case Kind::divide:
        if (is_zero(values[1].number)) return Value::not_applicable();
        return Value::of(divide(values[0].number, values[1].number));
      case Kind::negate:
        return Value::of(subtract(std::int64_t{0}, values[0].number));
      case Kind::abs:
        return compare(values[0].number, std::int64_t{0}) < 0 ? Value::of(subtract(std::int64_t{0}, values[0].number))
                                                              : values[0];
      case Kind::round:
        return rounded(values[0], n.places);
      default:
        return extreme(values, n.kind == Kind::least ? -1 : 1);
    }
  }

  /// A suppressed value stays suppressed: what stands in for it would say that it was there.
  static Value first_value(std::vector<Value> const& values) {
    for (Value const& value : values)
      if (value.is_value() || value.state == State::suppressed) return value;
    Value out;
    out.state = worst_state(values);
    return out;
  }

  /// People reported without ids: between the largest part and the sum.
  static Value added(std::vector<Value> const& values) {
    Value out = Value::of(add(values[0].number, values[1].number));
    if (!values[0].low && !values[1].low) return out;
    Number const a = values[0].low.value_or(values[0].number);
    Number const b = values[1].low.value_or(values[1].number);
    out.low = compare(a, b) < 0 ? b : a;
    return out;
  }

  static Value extreme(std::vector<Value> const& values, int wanted) {
    Value best = values[0];
    for (Value const& value : values)
      if (compare(value.number, best.number) * wanted > 0) best = value;
    return best;
  }

  IndicatorGraph const& graph_;
  Programme const& programme_;
  FormulaInputs const& inputs_;
};

}  // namespace

State worst_state(std::span<Value const> values) {
  static constexpr State kOrder[] = {State::suppressed, State::missing, State::not_applicable};
  for (State const state : kOrder)
    for (Value const& value : values)
      if (value.state == state) return state;
  return State::value;
}

Evaluated evaluate_indicator(IndicatorGraph const& graph, Programme const& programme, std::size_t indicator,
                             Period const& period, FormulaInputs const& inputs) {
  return FormulaEvaluation(graph, programme, inputs).indicator(indicator, period);
}

}  // namespace yekun
