// From measure states to values: a measure's aggregates, and what their merged states say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indicators/figure.h"
#include "indicators/id_union.h"
#include "indicators/measure.h"
#include "indicators/plan.h"
#include "indicators/roll_up.h"

namespace yekun {

/// The aggregates that a measure is made of, in the order in which finish expects them. `domain` numbers its ids.
std::vector<PlanAggregate> aggregates_of(Measure const& measure, std::vector<std::string> const& conditions,
                                         std::string const& domain);

/// One dataset's contribution to a measure.
struct MeasureFeed {
  CellMembers const* members = nullptr;
  std::vector<std::size_t> aggregates{};                      // in the grouping, as aggregates_of lists them
  std::vector<std::int32_t> const* first_contacts = nullptr;  // new and returning people: by id
  std::optional<std::size_t> units{};                         // aggregate of the reporting units; none: no reporters
  std::size_t rows_aggregate = 0;                             // counts the rows that could have been used
  std::optional<std::pair<std::size_t, std::size_t>> span{};  // dimensions of the days there (PlannedFeed)
};

/// A measure over the cells of a question. Several feeds: people of several datasets.
struct MeasurePlan {
  MeasureKind kind = MeasureKind::rows;
  Type type = Type::integer;  // of the argument
  double quantile = 0.5;
  std::int64_t at_least = 1;
  bool activities = false;             // people_with: counts different activities, not rows
  bool weighted = false;               // average
  std::int64_t scale = 1;              // weighted: units of value * weight over those of weight
  OverTime over_time = OverTime::sum;  // average, min and max are worked out from reports
  std::int32_t holds_days = 1;
  bool interval_sum = false;  // reported people: between the largest report and the sum of all
  std::vector<MeasureFeed> feeds{};
};

struct FinishedCell {
  Value value{};
  std::uint64_t rows_used = 0;
  std::uint64_t rows_left_out = 0;
  std::int32_t carried_days = 0;  // the oldest of the reports from before the window; 0: none
  bool overflow = false;
  bool not_counted = false;  // ids are in a database that was not asked for this cell's: a mistake of the program
};

/// What a reporter reported on a date.
struct ReportValue {
  std::uint32_t reporter = 0;
  std::int32_t day = 0;
  Number value{};
};

/// Stands for MeasureFeed::rows_aggregate.
inline constexpr std::size_t kAllRows = static_cast<std::size_t>(-1);

/// Works out cells; keeps scratch memory from one to the next.
class Finisher {
 public:
  Finisher(MeasurePlan const& plan, CellSpace const& cells, std::vector<Period> const& windows)
      : plan_(plan), cells_(cells), windows_(windows) {}
  /// `window_before`: the window that retained people are compared with; nullopt: none.
  /// Different reporting units with rows in the cell.
  std::uint64_t units(std::uint32_t cell);
  FinishedCell finish(std::uint32_t cell, std::optional<std::size_t> window_before);

 private:
  Value of_merged(bool& overflow);
  Value of_members(std::uint32_t cell, std::optional<std::size_t> window_before, FinishedCell& out);
  std::vector<ReportValue> report_values(std::uint32_t cell, bool& overflow);
  Value of_reports(std::uint32_t cell, FinishedCell& out);
  Value of_days(std::uint32_t cell, bool& overflow);
  void merge(MeasureFeed const& feed, std::size_t aggregate, Member const* begin, std::size_t count,
             Merged& into) const;
  std::uint64_t distinct(std::uint32_t cell, FinishedCell& out);
  std::optional<std::uint64_t> counted(CountedIds const& ids, std::uint32_t cell) const;
  void unite(std::uint32_t cell, std::size_t aggregate, IdUnion& into) const;
  std::uint64_t count_by_contact(std::uint32_t cell, bool is_new);
  std::uint64_t count_retained(std::uint32_t cell, std::uint32_t before);
  std::uint64_t count_with(std::uint32_t cell);
  std::uint64_t rows(std::uint32_t cell, std::size_t aggregate) const;
  std::int32_t carried_days(std::uint32_t cell) const;

  MeasurePlan const& plan_;
  CellSpace const& cells_;
  std::vector<Period> const& windows_;
  IdUnion union_{};
  IdUnion other_union_{};
  Merged merged_{};
  Merged other_{};
};

/// percentile_cont over the values, which are put in order. Of whole numbers `scale` units are 1.
double quantile_of(std::vector<std::int64_t>& values, double quantile, std::int64_t scale);
double quantile_of(std::vector<double>& values, double quantile);

}  // namespace yekun
