#include <algorithm>

#include "indicators/resolve.h"

namespace yekun {
namespace {

using Kind = FormulaNode::Kind;

class NeedsCollector {
 public:
  NeedsCollector(IndicatorGraph const& graph, Programme const& programme) : graph_(graph), programme_(programme) {}

  void indicator(std::size_t i, Period const& period) {
    ResolvedIndicator const& wanted = graph_.indicators[i];
    if (wanted.is_measure()) return need(i, period, i);
    FormulaNode const& root = wanted.formula->root;
    if (programme_.indicators[i].pairs && root.kind == Kind::divide) {
      std::size_t const a = root.parts[0].indicator;
      std::size_t const b = root.parts[1].indicator;
      need(a, period, b);
      need(b, period, a);
      return;
    }
    node(root, period);
  }

  std::vector<Need> take() { return std::move(needs_); }

 private:
  void need(std::size_t i, Period const& period, std::size_t pair) {
    Need wanted{i, period, pair};
    if (std::find(needs_.begin(), needs_.end(), wanted) == needs_.end()) needs_.push_back(std::move(wanted));
  }

  void node(FormulaNode const& n, Period const& period) {
    switch (n.kind) {
      case Kind::constant:
      case Kind::target:
      case Kind::baseline:
        return;
      case Kind::indicator:
        return indicator(n.indicator, period);
      case Kind::previous:
        return node(n.parts[0], previous(period, programme_.fiscal));
      case Kind::last_year:
        return node(n.parts[0], same_period_last_year(period, programme_.fiscal));
      case Kind::cumulative:
        return node(n.parts[0], cumulative_window(period, programme_, n.fiscal));
      case Kind::change:
        node(n.parts[0], period);
        return node(n.parts[0], previous(period, programme_.fiscal));
      case Kind::achievement: {
        bool const to_date = programme_.indicators[n.parts[0].indicator].target_is == TargetIs::to_date;
        return node(n.parts[0], to_date ? cumulative_window(period, programme_, false) : period);
      }
      default:
        for (FormulaNode const& part : n.parts) node(part, period);
    }
  }

  IndicatorGraph const& graph_;
  Programme const& programme_;
  std::vector<Need> needs_;
};

}  // namespace

std::vector<Need> needs_of(IndicatorGraph const& graph, Programme const& programme, std::size_t indicator,
                           Period const& period) {
  NeedsCollector collector(graph, programme);
  collector.indicator(indicator, period);
  return collector.take();
}

}  // namespace yekun
