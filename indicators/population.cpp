#include "indicators/population.h"

#include <fmt/format.h>

#include <algorithm>

#include "indicators/kinds.h"

namespace yekun {
namespace {

bool is_personal(Dataset const& dataset, std::string const& column) {
  ColumnSpec const* const spec = dataset.column(column);
  return spec != nullptr && spec->personal;
}

/// A register: one row a person.
bool row_is_person(Dataset const& dataset) { return dataset.key.size() == 1 && is_personal(dataset, dataset.key[0]); }

bool is_about_people(Dataset const& dataset) {
  return std::any_of(dataset.columns.begin(), dataset.columns.end(), [](ColumnSpec const& c) { return c.personal; });
}

void split_conjuncts(Expr const& condition, std::vector<Expr const*>& out) {
  if (condition.kind == Expr::Kind::operation && condition.name == "and") {
    for (Expr const& part : condition.parts) split_conjuncts(part, out);
    return;
  }
  out.push_back(&condition);
}

/// Columns that group rows by their bare values; a dimension of that name with bands or a mapping is something else.
bool groups_by_value(Programme const& programme, std::string const& column) {
  Dimension const* const dimension = programme.dimension(column);
  return dimension == nullptr || ((dimension->of.empty() || dimension->of == column) && dimension->bands.empty() &&
                                  dimension->mapping.empty() && dimension->split.empty() && dimension->levels.empty());
}

/// `column = 'value'` and `column <> 'value'` become part of the place; false: it is another condition.
bool take_equality(Programme const& programme, Expr const& condition, std::map<std::string, std::string>& place) {
  if (condition.kind != Expr::Kind::operation || condition.parts.size() != 2) return false;
  if (condition.name != "=" && condition.name != "<>") return false;
  Expr const& column = condition.parts[0];
  Expr const& constant = condition.parts[1];
  if (column.kind != Expr::Kind::column || constant.kind != Expr::Kind::constant) return false;
  if (!groups_by_value(programme, column.name) || place.contains(column.name)) return false;
  std::string value;
  if (auto const* const text = std::get_if<std::string>(&constant.constant))
    value = *text;
  else if (auto const* const whole = std::get_if<std::int64_t>(&constant.constant))
    value = std::to_string(*whole);
  else
    return false;
  place[column.name] = (condition.name == "=" ? "=" : "!") + value;
  return true;
}

/// The conditions that are no places, in a fixed order.
std::string residual(Programme const& programme, MeasureSource const& source, Population& out) {
  if (!source.where) return {};
  std::vector<Expr const*> conjuncts;
  split_conjuncts(source.where->root, conjuncts);
  std::vector<std::string> rest;
  for (Expr const* const one : conjuncts)
    if (!take_equality(programme, *one, out.place)) rest.push_back(to_text(*one));
  std::sort(rest.begin(), rest.end());
  return fmt::format("{}", fmt::join(rest, " and "));
}

Population of_measure(Programme const& programme, Indicator const& indicator, ResolvedIndicator const& resolved) {
  Population out;
  MeasureSource const& first = resolved.sources.front();
  std::string what;
  for (MeasureSource const& source : resolved.sources) what += source.dataset + ":" + to_text(source.measure) + ";";
  auto const timed = [&](OverTime over_time) {
    return fmt::format("|{}|{}|{}|{}|", static_cast<int>(over_time), indicator.carry_days, indicator.holds_days,
                       resolved.kind == IndicatorKind::reported_people ? 1 : 0);
  };
  // Conditions over several datasets may mean different columns: they stay conditions.
  std::string rest;
  if (resolved.sources.size() == 1)
    rest = residual(programme, first, out);
  else if (first.where)
    rest = to_text(first.where->root);
  out.family = what + timed(resolved.over_time);
  out.base = out.family + rest;
  Dataset const* const dataset = programme.dataset(first.dataset);
  MeasureKind const kind = first.measure.kind;
  bool const rows = kind == MeasureKind::rows || kind == MeasureKind::count;
  out.people = counts_people(resolved.kind, indicator.unit) || (rows && dataset != nullptr && row_is_person(*dataset));
  bool const counted = rows || kind == MeasureKind::sum || counts_distinct(kind) || is_reporting(kind);
  out.of_people = !counted && dataset != nullptr && is_about_people(*dataset);
  out.mean = kind == MeasureKind::share || (kind == MeasureKind::average && !first.measure.weight);
  if (kind == MeasureKind::average && out.mean)
    out.sum_base = first.dataset + ":sum(" + to_text(first.measure.argument->root) + ");" + timed(OverTime::sum) + rest;
  return out;
}

}  // namespace

std::vector<Population> populations_of(Programme const& programme, IndicatorGraph const& graph) {
  std::vector<Population> out;
  for (std::size_t i = 0; i < graph.indicators.size(); ++i) {
    ResolvedIndicator const& resolved = graph.indicators[i];
    Indicator const& indicator = programme.indicators[i];
    if (resolved.is_measure() && !resolved.sources.empty()) {
      out.push_back(of_measure(programme, indicator, resolved));
      continue;
    }
    Population formula;
    formula.base = formula.family = "=" + resolved.id;
    formula.people = counts_people(resolved.kind, indicator.unit);
    out.push_back(std::move(formula));
  }
  return out;
}

}  // namespace yekun
