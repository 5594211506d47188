#include "indicators/protect_figures.h"

#include <cmath>

#include "indicators/formula_value.h"
#include "indicators/targets.h"

namespace yekun {
namespace {

Value suppressed_value() {
  Value value;
  value.state = State::suppressed;
  return value;
}

/// The multiple of `base` nearest to the number, half away from zero.
Number rounded_to(Number const& number, std::int64_t base) {
  double const steps = std::round(to_double(number) / static_cast<double>(base));
  return static_cast<std::int64_t>(steps) * base;
}

class FigureProtection {
 public:
  FigureProtection(Programme const& programme, IndicatorGraph const& graph, PublishedCells& published)
      : programme_(programme), graph_(graph), published_(published) {}

  void run(Figure& figure) {
    for (LineagePtr* const one :
         {&figure.lineage, &figure.previous_lineage, &figure.last_year_lineage, &figure.cumulative_lineage})
      if (*one) *one = rebuilt(**one);
    bool const formula = figure.lineage && figure.lineage->kind != Lineage::Kind::cell;
    figure.value = shown(figure.indicator, figure.period, figure.place, figure.value);
    if (formula && rounds() && figure.value.is_value()) {
      bool const partial = figure.value.partial;
      figure.value = figure.lineage->value;
      figure.value.partial = partial;
    }
    if (figure.value.state == State::suppressed) {
      figure.rows_used = 0;
      figure.rows_left_out = 0;
      figure.carried_days = 0;
    }
    for (ComparedWindow const& compared : compared_windows(figure, programme_))
      figure.*compared.value = shown(figure.indicator, compared.window, figure.place, *(figure.*compared.value));
    judge_again(figure);
  }

 private:
  bool rounds() const { return programme_.disclosure.round_to > 1; }

  Value shown(std::string_view indicator, Period const& period, std::vector<PlacePart> const& place, Value value) {
    auto const i = published_.find(indicator, period, place);
    if (!i) return value;
    PublishedCell const& cell = published_.cells()[*i];
    if (cell.suppressed) return suppressed_value();
    if (!rounds() || !cell.people || !value.is_value()) return value;
    value.number = rounded_to(value.number, programme_.disclosure.round_to);
    if (value.low) value.low = rounded_to(*value.low, programme_.disclosure.round_to);
    return value;
  }

  LineagePtr rebuilt(Lineage const& node) {
    Lineage copy = node;
    for (LineagePtr& part : copy.parts)
      if (part) part = rebuilt(*part);
    if (copy.kind == Lineage::Kind::cell) {
      copy.value = shown(copy.indicator, copy.period, copy.place, copy.value);
    } else if (any_suppressed(copy)) {
      copy.value = suppressed_value();
    } else if (rounds() && copy.value.is_value()) {
      bool const partial = copy.value.partial;
      copy.value = computed(copy);
      copy.value.partial = partial;
    }
    return std::make_shared<Lineage const>(std::move(copy));
  }

  static bool any_suppressed(Lineage const& node) {
    for (LineagePtr const& part : node.parts)
      if (part && part->value.state == State::suppressed) return true;
    return false;
  }

  Value computed(Lineage const& node) const {
    if (node.parts.empty()) return node.value;
    Number const a = node.parts[0]->value.number;
    Number const b = node.parts.size() > 1 ? node.parts[1]->value.number : Number{std::int64_t{0}};
    switch (node.kind) {
      case Lineage::Kind::add:
        return Value::of(add(a, b));
      case Lineage::Kind::subtract:
        return Value::of(subtract(a, b));
      case Lineage::Kind::multiply:
        return Value::of(multiply(a, b));
      case Lineage::Kind::divide:
        return is_zero(b) ? Value::not_applicable() : Value::of(divide(a, b));
      case Lineage::Kind::negate:
        return Value::of(subtract(std::int64_t{0}, a));
      case Lineage::Kind::function:
        return function_value(node);
      default:
        return node.value;
    }
  }

  Value function_value(Lineage const& node) const {
    Value const& first = node.parts[0]->value;
    if (node.name == "change") return change(first, node.parts[1]->value, kind_of_change(node)).value;
    if (node.name == "achievement" && node.parts.size() == 3) {
      Lineage const& goal = *node.parts[1];
      Indicator const* indicator = programme_.indicator(goal.indicator);
      return achievement(first, number_of(goal.value), number_of(node.parts[2]->value),
                         indicator ? indicator->direction : Direction::increase)
          .value;
    }
    if (node.name == "abs")
      return compare(first.number, std::int64_t{0}) < 0 ? Value::of(subtract(std::int64_t{0}, first.number)) : first;
    if (node.name == "least" || node.name == "greatest") {
      Value best = first;
      for (LineagePtr const& part : node.parts)
        if (compare(part->value.number, best.number) * (node.name == "least" ? -1 : 1) > 0) best = part->value;
      return best;
    }
    for (LineagePtr const& part : node.parts)
      if (part->value.is_value()) return part->value;
    return first;
  }

  /// A change of ratios is a difference, as it was.
  IndicatorKind kind_of_change(Lineage const& node) const {
    Lineage const& first = *node.parts[0];
    auto const i = graph_.find(first.indicator);
    if (i) return yekun::kind_of_change(graph_.indicators[*i].kind, programme_.indicators[*i].unit);
    return first.kind == Lineage::Kind::divide ? IndicatorKind::ratio : IndicatorKind::other;
  }

  static std::optional<Number> number_of(Value const& value) {
    if (!value.is_value()) return std::nullopt;
    return value.number;
  }

  void judge_again(Figure& figure) const {
    Indicator const* indicator = programme_.indicator(figure.indicator);
    bool const to_date = indicator != nullptr && indicator->target_is == TargetIs::to_date;
    Value const actual = to_date && figure.cumulative ? *figure.cumulative : figure.value;
    bool const touched = figure.value.state == State::suppressed || actual.state == State::suppressed || rounds();
    if (figure.achievement && touched && (figure.achievement->is_value() || actual.state == State::suppressed)) {
      std::optional<Number> const target = figure.target ? number_of(*figure.target) : std::nullopt;
      std::optional<Number> const baseline = figure.baseline ? number_of(*figure.baseline) : std::nullopt;
      figure.achievement =
          achievement(actual, target, baseline, indicator ? indicator->direction : Direction::increase).value;
    }
    if (!figure.change) return;
    bool const hidden =
        figure.value.state == State::suppressed || (figure.previous && figure.previous->state == State::suppressed);
    if (hidden) {
      figure.change = suppressed_value();
    } else if (rounds() && figure.previous && figure.change->is_value()) {
      figure.change = change(figure.value, *figure.previous,
                             yekun::kind_of_change(figure.kind, indicator ? indicator->unit : Unit{}))
                          .value;
    }
    if (hidden || actual.state == State::suppressed)
      std::erase_if(figure.notes, [](std::string const& note) { return note.starts_with("verdict."); });
  }

  Programme const& programme_;
  IndicatorGraph const& graph_;
  PublishedCells& published_;
};

}  // namespace

void protect_figure(Figure& figure, Programme const& programme, IndicatorGraph const& graph,
                    PublishedCells& published) {
  FigureProtection(programme, graph, published).run(figure);
}

}  // namespace yekun
