// The inside of resolve_indicators(): measures first, then formulas in the order of their dependence.
#pragma once

#include <string>
#include <vector>

#include "indicators/kinds.h"
#include "indicators/resolve.h"

namespace yekun {

/// What is known about a node of a formula.
struct NodeFacts {
  IndicatorKind kind = IndicatorKind::other;
  std::string unit{};  // empty: none, or not known
  bool constant = false;
};

class Resolver {
 public:
  Resolver(Programme const& programme, Schemas const& schemas) : programme_(programme), schemas_(schemas) {}
  Result<IndicatorGraph> run();

 private:
  void resolve_measure(Indicator const& indicator, ResolvedIndicator& out);
  void resolve_source(Indicator const& indicator, std::string const& dataset, std::string const& measure,
                      Place const& place, ResolvedIndicator& out);
  /// An indicator is a number: a measure whose value is a date would be shown as a day number.
  void refuse_date(Indicator const& indicator, Measure const& measure, Place const& place);
  void resolve_union(Indicator const& indicator, ResolvedIndicator& out);
  void settle_over_time(Indicator const& indicator, Dataset const& dataset, ResolvedIndicator& out);
  void resolve_formula(Indicator const& indicator, ResolvedIndicator& out);

  /// Visits the indicators a formula uses before itself. Reports cycles.
  void visit(std::size_t i);
  void settle_formula(std::size_t i);
  void check_declared(Indicator const& indicator, ResolvedIndicator& out, NodeFacts const& facts);
  void check_pairs(Indicator const& indicator, ResolvedIndicator const& out);
  void check_percent(Indicator const& indicator, Formula const& formula);

  NodeFacts facts(FormulaNode const& node, Formula const& formula);
  NodeFacts sum_facts(FormulaNode const& node, Formula const& formula);
  NodeFacts product_facts(FormulaNode const& node, Formula const& formula);
  NodeFacts choice_facts(FormulaNode const& node, Formula const& formula);
  NodeFacts shift_facts(FormulaNode const& node, Formula const& formula);
  bool same_unit(NodeFacts const& a, NodeFacts const& b, FormulaNode const& at, Formula const& formula);
  std::string words(FormulaNode const& node, Formula const& formula) const;

  void report(Place const& place, std::string code, std::string message, std::string hint = {});
  void report_in(Formula const& formula, std::uint32_t at, std::string code, std::string message,
                 std::string hint = {});
  void keep(Diagnostics const& more);

  Programme const& programme_;
  Schemas const& schemas_;
  IndicatorGraph graph_;
  enum class Visit { not_yet, under_way, done };
  std::vector<Visit> visits_;
  std::vector<std::size_t> path_;
  std::vector<std::size_t> sizes_;  // cells behind each indicator
  std::vector<bool> broken_;        // has mistakes of its own or below: not judged further
  Diagnostics errors_;
};

/// All indicators a formula names, each once.
std::vector<std::size_t> indicators_of(FormulaNode const& node);

}  // namespace yekun
