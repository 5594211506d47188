#include "indicators/resolve.h"

#include <algorithm>

#include "indicators/resolver.h"

namespace yekun {
namespace {

constexpr std::size_t kMostCells = 10'000;
constexpr std::size_t kDeepest = 100;

bool is_date_of(Dataset const& dataset, std::string const& column) {
  return std::find(dataset.date.begin(), dataset.date.end(), column) != dataset.date.end();
}

void collect(FormulaNode const& node, std::vector<std::size_t>& out) {
  if (node.kind == FormulaNode::Kind::indicator && std::find(out.begin(), out.end(), node.indicator) == out.end())
    out.push_back(node.indicator);
  for (FormulaNode const& part : node.parts) collect(part, out);
}

}  // namespace

std::vector<std::size_t> indicators_of(FormulaNode const& node) {
  std::vector<std::size_t> out;
  collect(node, out);
  return out;
}

std::optional<std::size_t> IndicatorGraph::find(std::string_view id) const {
  for (std::size_t i = 0; i < indicators.size(); ++i)
    if (indicators[i].id == id) return i;
  return std::nullopt;
}

std::vector<std::string> stock_reporters(Dataset const& dataset) {
  if (dataset.reported_by) return *dataset.reported_by;
  std::vector<std::string> out;
  for (std::string const& column : dataset.key)
    if (!is_date_of(dataset, column)) out.push_back(column);
  return out;
}

std::optional<std::vector<std::string>> reporters_of(Dataset const& dataset) {
  if (dataset.reported_by) return dataset.reported_by;
  bool const dated = dataset.date.size() == 1 &&
                     std::find(dataset.key.begin(), dataset.key.end(), dataset.date.front()) != dataset.key.end();
  if (!dated) return std::nullopt;
  return stock_reporters(dataset);
}

void Resolver::report(Place const& place, std::string code, std::string message, std::string hint) {
  Diagnostic d;
  d.code = std::move(code);
  d.place = place;
  d.message = std::move(message);
  d.hint = std::move(hint);
  errors_.push_back(std::move(d));
}

void Resolver::report_in(Formula const& formula, std::uint32_t at, std::string code, std::string message,
                         std::string hint) {
  errors_.push_back(error_at(formula.text, formula.place, at, std::move(code), std::move(message), std::move(hint)));
}

void Resolver::keep(Diagnostics const& more) { errors_.insert(errors_.end(), more.begin(), more.end()); }

Result<IndicatorGraph> Resolver::run() {
  std::size_t const n = programme_.indicators.size();
  graph_.indicators.resize(n);
  visits_.resize(n, Visit::not_yet);
  sizes_.resize(n, 1);
  broken_.resize(n, false);
  for (std::size_t i = 0; i < n; ++i) {
    Indicator const& indicator = programme_.indicators[i];
    ResolvedIndicator& out = graph_.indicators[i];
    out.id = indicator.id;
    out.unit = indicator.unit;
    std::size_t const before = errors_.size();
    if (!indicator.formula.empty())
      resolve_formula(indicator, out);
    else
      resolve_measure(indicator, out);
    broken_[i] = errors_.size() > before;
  }
  for (std::size_t i = 0; i < n; ++i) visit(i);
  if (!errors_.empty()) return failure(std::move(errors_));
  return std::move(graph_);
}

void Resolver::resolve_formula(Indicator const& indicator, ResolvedIndicator& out) {
  auto parsed = parse(indicator.formula, indicator.measure_place);
  if (!parsed) return keep(parsed.error());
  auto formula = bind_formula(*parsed, programme_);
  if (!formula) return keep(formula.error());
  out.formula = std::move(*formula);
  if (indicator.over_time != OverTime::unset && indicator.over_time != OverTime::recount)
    report(indicator.place, "over-time", "indicator '" + indicator.id + "' is a formula and takes no \"over_time\"",
           "put it into the indicators of the formula");
}

void Resolver::visit(std::size_t i) {
  if (visits_[i] == Visit::done) return;
  if (visits_[i] == Visit::under_way) {
    auto const start = std::find(path_.begin(), path_.end(), i);
    std::string loop;
    for (auto at = start; at != path_.end(); ++at) loop += programme_.indicators[*at].id + " -> ";
    std::for_each(start, path_.end(), [&](std::size_t k) { broken_[k] = true; });
    report(programme_.indicators[i].measure_place, "formula-cycle",
           "formulas go round in a circle: " + loop + programme_.indicators[i].id,
           "an indicator cannot depend on itself; previous() does not help, it needs the same formula");
    return;
  }
  visits_[i] = Visit::under_way;
  path_.push_back(i);
  if (auto const& formula = graph_.indicators[i].formula; formula && path_.size() <= kDeepest) {
    sizes_[i] = 0;
    for (std::size_t const used : indicators_of(formula->root)) {
      visit(used);
      if (broken_[used]) broken_[i] = true;
      sizes_[i] += sizes_[used];
    }
  }
  if (path_.size() > kDeepest || sizes_[i] > kMostCells) {
    report(programme_.indicators[i].place, "formula-too-large",
           "the formulas behind '" + programme_.indicators[i].id +
               "' are more than 100 deep or have more than 10,000 parts");
    broken_[i] = true;
    sizes_[i] = 1;
  }
  path_.pop_back();
  visits_[i] = Visit::done;
  if (!broken_[i] && graph_.indicators[i].formula) settle_formula(i);
}

void Resolver::settle_formula(std::size_t i) {
  Indicator const& indicator = programme_.indicators[i];
  ResolvedIndicator& out = graph_.indicators[i];
  std::size_t const before = errors_.size();
  NodeFacts const found = facts(out.formula->root, *out.formula);
  out.kind = found.kind;
  out.over_time = OverTime::recount;
  if (errors_.size() == before) {
    check_declared(indicator, out, found);
    check_pairs(indicator, out);
    check_percent(indicator, *out.formula);
  }
  broken_[i] = errors_.size() > before;
}

Result<IndicatorGraph> resolve_indicators(Programme const& programme, Schemas const& schemas) {
  return Resolver(programme, schemas).run();
}

}  // namespace yekun
