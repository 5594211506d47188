// The aggregation plan: what one scan of a dataset must gather. The narrow waist between specs and engines: the local
// engine runs it over batches, a SQL compiler could run it where the rows are. A value: it can be printed and compared.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/period.h"
#include "indicators/accumulator.h"
#include "indicators/definitions.h"
#include "indicators/time_slots.h"

namespace yekun {

/// Names of the two columns that expressions may use besides the dataset's: the row's window is [window_first,
/// window_end).
inline constexpr std::string_view kWindowFirst = "window_first";
inline constexpr std::string_view kWindowEnd = "window_end";

/// How rows are gathered over time.
enum class TimeMode {
  stretches,  // a row falls into one stretch between window boundaries; windows are unions of stretches
  windows,    // a row is taken once for every window it belongs to: interval datasets, and expressions that use the
              // window
  reports,    // by reporter and date: stocks. Which reports count in a window is decided when windows are made up
  report_windows,  // the same once for every window: stocks whose expressions use the window
};

/// A state to be kept for every group. Expressions are canonical texts over the dataset's columns.
struct PlanAggregate {
  AggregateKind kind = AggregateKind::count;
  std::string argument{};                 // empty for count
  std::string weight{};                   // weighted; id_pairs: what the ids are paired with
  std::vector<std::string> conditions{};  // a row counts where all are true
  std::string domain{};                   // distinct: ids of the same domain are numbered together
  /// distinct: each cell that asks for it is one group and looks at nothing but how many ids there are.
  bool number_only = false;
  /// distinct: cells ask for nothing but how many ids there are, with these of the grouping's dimensions (a bit each)
  /// in these windows. Both empty: the ids themselves are needed, or the windows are known after the scan only.
  std::vector<std::uint32_t> asked_sets{};
  std::vector<Period> asked_windows{};
  friend bool operator==(PlanAggregate const&, PlanAggregate const&) = default;
};

/// A dimension of a grouping: the text (or whole number, date, ...) that `expression` gives.
struct PlanDimension {
  std::string expression;
  std::string split{};                           // several answers in one cell: a row is in the group of each
  std::map<std::string, std::string> mapping{};  // with split: groups of the answers
  std::string other{};         // with split: group of answers that the mapping does not have; empty: they stay
  std::uint32_t overlaps = 0;  // with split: groups are the sets of at most so many answers; 0: the answers
  friend bool operator==(PlanDimension const&, PlanDimension const&) = default;
};

/// The finest grouping of some measures; coarser sets and windows are made up from its groups.
struct PlanGrouping {
  TimeMode time = TimeMode::stretches;
  std::vector<PlanDimension> by{};
  std::vector<std::string>
      reporters{};          // reports: columns that say who reports; none: all rows of a date are one report
  bool keep_last = false;   // reports: only the last of each stretch will be asked for
  bool keep_first = false;  // or the first (either or both; neither: all are kept)
  std::vector<PlanAggregate> aggregates{};
  friend bool operator==(PlanGrouping const&, PlanGrouping const&) = default;
};

/// The entity pass: the first date of each id among the rows that meet the conditions, over all of the data.
struct PlanFirstContact {
  std::string argument;
  std::vector<std::string> conditions{};
  std::string domain{};
  friend bool operator==(PlanFirstContact const&, PlanFirstContact const&) = default;
};

struct AggregationPlan {
  std::string dataset;
  std::vector<std::string> dates{};  // none, one column, or [first, last] of an interval
  Boundaries boundaries{};           // of stretches
  std::vector<Period> windows{};     // for TimeMode::windows and report_windows; may overlap
  std::vector<PlanGrouping> groupings{};
  std::vector<PlanFirstContact> contacts{};
};

/// Several lines, for --plan and tests.
std::string to_text(AggregationPlan const& plan);

}  // namespace yekun
