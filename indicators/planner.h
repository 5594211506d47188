// From questions to one aggregation plan a dataset, and the way back from its groups to the questions' cells.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "indicators/dimension.h"
#include "indicators/plan.h"
#include "indicators/question.h"
#include "indicators/resolve.h"
#include "indicators/roll_up.h"
#include "indicators/source_cache.h"

namespace yekun {

/// A dataset's part of a measure, in its plan.
struct PlannedFeed {
  std::string dataset;
  std::vector<std::uint32_t> sets{};  // grouping sets (a bit a dimension) that this grouping answers
  std::size_t grouping = 0;
  std::vector<std::optional<std::size_t>> dimensions{};  // of the question -> of the grouping
  std::vector<std::size_t> aggregates{};
  std::size_t rows_aggregate = 0;  // counts rows that the question's `where` lets through
  ReportPick pick = ReportPick::none;
  std::int32_t before = 0;
  std::optional<std::size_t> contact{};
  std::optional<std::size_t> units{};  // aggregate of the reporting units
  /// Levels of an interval dataset: the grouping's dimensions with the first day there and the day after the last.
  std::optional<std::pair<std::size_t, std::size_t>> span{};
  std::uint32_t dimensions_of_units = 0;  // the question's dimensions that are about them, a bit each
  std::uint64_t expected = 0;             // a declared number of units; 0: all seen so far
};

/// A measure of a question: an indicator, with or without the condition that makes pairs.
struct PlannedMeasure {
  std::size_t indicator = 0;
  std::size_t pair = 0;
  std::vector<PlannedFeed> feeds{};  // one a dataset and grouping
};

struct PlannedQuestion {
  Question question{};
  std::vector<std::string> dimensions{};  // expanded
  std::vector<std::size_t> shown{};       // asked indicators
  std::vector<std::size_t> evaluated{};   // and those that sort and having need
  std::vector<std::uint32_t> sets{};      // the full set first; with totals all subsets
  std::vector<std::uint32_t> checked{};   // the full set without a dimension that is declared exclusive, each
  std::vector<PlannedMeasure> measures{};
  bool open = false;              // the windows are known after the scan only
  std::vector<Period> windows{};  // asked ones
  std::optional<Period> whole{};  // with totals over several periods
};

struct Planned {
  Programme programme{};  // with the indicators that matter
  IndicatorGraph graph{};
  std::vector<PlannedQuestion> questions{};
  std::vector<AggregationPlan> plans{};  // one a dataset
  AggregationPlan const* plan(std::string_view dataset) const;
};

/// Everything that an indicator needs in `period`: needs_of, and the window before for retained people.
std::vector<Need> all_needs(Planned const& planned, PlannedQuestion const& question, std::size_t indicator,
                            Period const& period);
/// The asked windows, the whole, and all others that their values need; each once.
std::vector<Period> needed_windows(Planned const& planned, PlannedQuestion const& question);
/// All days up to the window's end: which reporting units have been seen so far.
Period seen_window(Period const& window);
/// Fills windows and whole of a question whose dates are known.
void set_windows(PlannedQuestion& question, Period const& range, FiscalYear const& fiscal, bool open_ended);

/// Checks the questions against the programme and the data's columns: all mistakes at once (Fault::spec).
Result<Planned> plan(Programme const& programme, std::span<Question const> questions, SourceCache& sources,
                     Environment const& environment);

inline constexpr std::string_view kAllLabel = "all";
/// The window of everything, undated rows too.
Period all_window();

}  // namespace yekun
