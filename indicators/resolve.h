// From definitions to a graph in which nothing is unknown: measures bound, formulas bound, kinds and units settled.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/bind.h"
#include "indicators/definitions.h"
#include "indicators/formula.h"
#include "indicators/measure.h"

namespace yekun {

using Schemas = std::map<std::string, Schema, std::less<>>;  // by dataset

/// One dataset's share of a measure. Only people across datasets (`union_of`) have several.
struct MeasureSource {
  std::string dataset;
  Measure measure{};
  BoundMeasure bound{};
  std::optional<Expression> where{};
  std::optional<BoundExpression> bound_where{};
};

struct ResolvedIndicator {
  std::string id;
  IndicatorKind kind = IndicatorKind::other;
  OverTime over_time = OverTime::recount;  // of a measure, never unset: sum, last, first, average, min, max, recount
  bool of_reports = false;                 // a stock: reporters' rows per date, then over_time
  std::vector<MeasureSource> sources{};    // empty for a formula
  std::optional<Formula> formula{};
  Unit unit{};  // as declared
  bool is_measure() const { return !formula.has_value(); }
};

/// `indicators` stands in the order of Programme::indicators.
struct IndicatorGraph {
  std::vector<ResolvedIndicator> indicators{};
  std::optional<std::size_t> find(std::string_view id) const;
};

/// Who reports in a dataset: `reported_by`, or else the key without its date where the key has the dataset's date.
/// nullopt: the dataset has no reporters (its rows are events).
std::optional<std::vector<std::string>> reporters_of(Dataset const& dataset);
/// The columns that identify a reporter of a stock: `reported_by`, or else the key without its date. Empty: each date
/// is one snapshot.
std::vector<std::string> stock_reporters(Dataset const& dataset);

/// All mistakes of all indicators at once (Fault::spec): unknown names, wrong types, cycles, what may not be added,
/// units that do not fit, a missing over_time. `schemas` has every dataset an indicator names.
Result<IndicatorGraph> resolve_indicators(Programme const& programme, Schemas const& schemas);

/// A measure's value that is needed in a period. `pair`: only rows that also have the argument of that indicator's
/// measure ("pairs": true); the indicator itself: no such condition.
struct Need {
  std::size_t indicator = 0;
  Period window{};
  std::size_t pair = 0;
  friend bool operator==(Need const&, Need const&) = default;
};

/// Every measure and window behind an indicator's value in `period`, each once: through formulas, previous(),
/// same_period_last_year(), cumulative(), achievements. Targets need nothing.
std::vector<Need> needs_of(IndicatorGraph const& graph, Programme const& programme, std::size_t indicator,
                           Period const& period);

}  // namespace yekun
