// Aggregate measures: what an indicator's "measure" says. docs/expressions.md lists them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "indicators/bind.h"
#include "indicators/expression.h"

namespace yekun {

enum class MeasureKind {
  rows,      // count(*), count(): rows
  count,     // count(x): rows with a value; count(condition) too counts rows where it is not missing
  distinct,  // count(distinct x)
  sum,       // sum(x)
  average,   // average(x), avg(x); average(x weighted by w): sum(x * w) / sum(w) over rows that have both
  min,       // min(x), max(x): numbers, dates
  max,
  quantile,  // median(x), quantile(x, 0.9): linear interpolation, as percentile_cont
  stddev,    // stddev(x): of a sample (n - 1); missing below two values
  first,     // first(x), last(x): the value on the earliest or latest date with one, ties by input order
  last,
  share,             // share(condition): rows where it is true / rows where it is true or false
  new_people,        // new_people(id): people whose first row ever falls in the window
  returning_people,  // returning_people(id): people with a row in the window and one before its first day
  people_with,       // people_with(id, k): people with at least k rows in the window;
                     // people_with(id, k, activity): with at least k different activities
  completeness,      // completeness(): units that reported in the window / units expected
  timeliness,        // timeliness(): units that reported in time / units expected
  retained_people    // retained_people(id): people with a row in the window and one in the window before;
                     // retained_people(id, condition): the earlier row must meet the condition
};

/// A row that the indicator's own `where` leaves out is no row of the entity pass: "new" is new to what is counted.
struct Measure {
  MeasureKind kind = MeasureKind::rows;
  std::optional<Expression> argument{};  // x, id or the condition of share; none for rows
  std::optional<Expression> weight{};    // average
  std::optional<Expression> activity{};  // people_with
  std::optional<Expression> earlier{};   // retained_people; timeliness: the condition of being in time
  double quantile = 0.5;                 // 0 to 1
  std::int64_t at_least = 1;             // people_with
  std::string text{};
  Place place{};
};

/// "sum(residents)", "count(distinct person_id)", ... The whole text is one aggregate.
Result<Measure> parse_measure(std::string_view text, Place const& place = {});
/// Canonical text.
std::string to_text(Measure const& measure);
/// True for the measures that count people by id and need the entity pass (not for `distinct`).
bool needs_entity_pass(MeasureKind kind);
/// completeness and timeliness: their argument is the reporting unit, which comes from the dataset.
bool is_reporting(MeasureKind kind);
/// True for the measures that count people or other distinct things.
bool counts_distinct(MeasureKind kind);

struct BoundMeasure {
  MeasureKind kind = MeasureKind::rows;
  std::optional<BoundExpression> argument{};
  std::optional<BoundExpression> weight{};
  std::optional<BoundExpression> activity{};
  std::optional<BoundExpression> earlier{};
  double quantile = 0.5;
  std::int64_t at_least = 1;
  Type result = Type::integer;  // number for averages, quantiles, stddev, share; of the argument for the others
};

/// Checks names and types: sums and averages take numbers; min, max, first and last numbers or dates; share a
/// condition.
Result<BoundMeasure> bind(Measure const& measure, Schema const& schema);

}  // namespace yekun
