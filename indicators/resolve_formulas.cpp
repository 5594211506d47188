// Kinds and units of formulas; what may not be added is refused here.
#include <algorithm>

#include "indicators/resolver.h"

namespace yekun {
namespace {

using Kind = FormulaNode::Kind;

bool is_hundred(FormulaNode const& node) {
  auto const* whole = std::get_if<std::int64_t>(&node.constant);
  return node.kind == Kind::constant && whole != nullptr && *whole == 100;
}

bool multiplies_by_hundred(FormulaNode const& node) {
  if (node.kind == Kind::divide) return multiplies_by_hundred(node.parts[0]);
  if (node.kind != Kind::multiply) return false;
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [](FormulaNode const& part) { return is_hundred(part) || multiplies_by_hundred(part); });
}

}  // namespace

std::string Resolver::words(FormulaNode const& node, Formula const& formula) const {
  return "'" + formula.text.substr(node.at, node.end - node.at) + "'";
}

bool Resolver::same_unit(NodeFacts const& a, NodeFacts const& b, FormulaNode const& at, Formula const& formula) {
  if (a.unit.empty() || b.unit.empty() || a.unit == b.unit) return true;
  report_in(formula, at.at, "unit",
            "units do not fit: " + words(at.parts[0], formula) + " is in " + a.unit + ", " +
                words(at.parts[1], formula) + " in " + b.unit,
            "only values of one unit can be added, subtracted or chosen from");
  return false;
}

NodeFacts Resolver::facts(FormulaNode const& node, Formula const& formula) {
  switch (node.kind) {
    case Kind::constant:
      return {IndicatorKind::other, "", true};
    case Kind::indicator: {
      ResolvedIndicator const& used = graph_.indicators[node.indicator];
      return {used.kind, used.unit.id == "number" ? "" : used.unit.id, false};
    }
    case Kind::add:
    case Kind::subtract:
      return sum_facts(node, formula);
    case Kind::multiply:
    case Kind::divide:
      return product_facts(node, formula);
    case Kind::coalesce:
    case Kind::least:
    case Kind::greatest:
      return choice_facts(node, formula);
    case Kind::negate:
    case Kind::abs:
    case Kind::round:
      return facts(node.parts[0], formula);
    default:
      return shift_facts(node, formula);
  }
}

NodeFacts Resolver::sum_facts(FormulaNode const& node, Formula const& formula) {
  NodeFacts const a = facts(node.parts[0], formula);
  NodeFacts const b = facts(node.parts[1], formula);
  same_unit(a, b, node, formula);
  NodeFacts out{a.constant ? b.kind : a.kind, a.unit.empty() ? b.unit : a.unit, a.constant && b.constant};
  if (a.constant || b.constant) return out;
  if (a.kind != b.kind) out.kind = IndicatorKind::other;
  if (node.kind == Kind::subtract) {
    if (a.kind == IndicatorKind::new_people || a.kind == IndicatorKind::reported_people)
      out.kind = IndicatorKind::other;
    return out;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    auto const refusal = refuse_addition(formula.text.substr(node.parts[i].at, node.parts[i].end - node.parts[i].at),
                                         i == 0 ? a.kind : b.kind, Along::indicators);
    if (!refusal) continue;
    report_in(formula, node.parts[i].at, "not-additive", refusal->message, refusal->hint);
    break;
  }
  return out;
}

NodeFacts Resolver::product_facts(FormulaNode const& node, Formula const& formula) {
  NodeFacts const a = facts(node.parts[0], formula);
  NodeFacts b = facts(node.parts[1], formula);
  bool const constant = a.constant && b.constant;
  if (b.constant) return {a.kind, a.unit, constant};
  auto const scalar = [](NodeFacts const& f) { return f.constant || f.unit == "percent" || f.unit == "ratio"; };
  if (node.kind == Kind::divide) return {IndicatorKind::ratio, "", false};
  if (a.constant) return b;
  return {IndicatorKind::other, scalar(a) ? b.unit : scalar(b) ? a.unit : "", false};
}

NodeFacts Resolver::choice_facts(FormulaNode const& node, Formula const& formula) {
  NodeFacts out = facts(node.parts[0], formula);
  for (std::size_t i = 1; i < node.parts.size(); ++i) {
    NodeFacts const next = facts(node.parts[i], formula);
    FormulaNode pair = node;
    pair.parts = {node.parts[i - 1], node.parts[i]};
    if (!same_unit(out, next, pair, formula)) return out;
    if (out.constant)
      out.kind = next.kind;
    else if (!next.constant && next.kind != out.kind)
      out.kind = IndicatorKind::other;
    if (out.unit.empty()) out.unit = next.unit;
    out.constant = out.constant && next.constant;
  }
  return out;
}

NodeFacts Resolver::shift_facts(FormulaNode const& node, Formula const& formula) {
  NodeFacts out = facts(node.parts[0], formula);
  out.constant = false;
  if (node.kind == Kind::target || node.kind == Kind::baseline) out.kind = IndicatorKind::other;
  if (node.kind == Kind::achievement || node.kind == Kind::change) return {IndicatorKind::ratio, "percent", false};
  if (node.kind != Kind::cumulative) return out;
  if (out.kind == IndicatorKind::stock)
    report_in(formula, node.at, "not-additive",
              "cumulative() of " + words(node.parts[0], formula) +
                  " (stock) means nothing: the same units are there in every period",
              "use the indicator itself: its value is the level at the period's end");
  if (out.kind == IndicatorKind::flow) out.kind = IndicatorKind::stock;
  if (out.kind == IndicatorKind::new_people) out.kind = IndicatorKind::people;
  return out;
}

void Resolver::check_pairs(Indicator const& indicator, ResolvedIndicator const& out) {
  if (!indicator.pairs) return;
  FormulaNode const& root = out.formula->root;
  bool good =
      root.kind == Kind::divide && root.parts[0].kind == Kind::indicator && root.parts[1].kind == Kind::indicator;
  if (good) {
    ResolvedIndicator const& a = graph_.indicators[root.parts[0].indicator];
    ResolvedIndicator const& b = graph_.indicators[root.parts[1].indicator];
    good = a.sources.size() == 1 && b.sources.size() == 1 && a.sources[0].dataset == b.sources[0].dataset &&
           a.sources[0].measure.argument && b.sources[0].measure.argument;
  }
  if (!good)
    report(indicator.measure_place, "pairs",
           "\"pairs\" of '" + indicator.id + "' needs a formula a / b of two measures with a column, over one dataset",
           "leave \"pairs\" out, or divide two measures such as sum(x) and sum(y)");
}

void Resolver::check_percent(Indicator const& indicator, Formula const& formula) {
  if (indicator.unit.id == "percent" && multiplies_by_hundred(formula.root))
    report_in(formula, formula.root.at, "percent",
              "the formula of '" + indicator.id + "' multiplies by 100, but percent are shown from fractions",
              "leave the factor 100 out: 0.93 with the unit percent is shown as 93%");
}

}  // namespace yekun
