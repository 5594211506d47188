#include "indicators/explain_words.h"

#include <fmt/format.h>

namespace yekun {

namespace {

std::string counted(Measure const& measure) {
  std::string const x = measure.argument ? to_text(measure.argument->root) : std::string();
  switch (measure.kind) {
    case MeasureKind::rows:
      return "the number of rows";
    case MeasureKind::count:
      return fmt::format("the number of rows with a value of {}", x);
    case MeasureKind::distinct:
      return fmt::format("the number of different {}, each counted once", x);
    case MeasureKind::sum:
      return fmt::format("the sum of {}", x);
    case MeasureKind::average:
      if (measure.weight)
        return fmt::format("the average of {0} weighted by {1}: the sum of {0} times {1} over the sum of {1}", x,
                           to_text(measure.weight->root));
      return fmt::format("the average of {0}: its sum over the number of rows that have it", x);
    case MeasureKind::min:
      return fmt::format("the least {}", x);
    case MeasureKind::max:
      return fmt::format("the largest {}", x);
    case MeasureKind::quantile:
      if (measure.quantile == 0.5) return fmt::format("the median of {}", x);
      return fmt::format("the {} quantile of {}, interpolated between the two nearest values", measure.quantile, x);
    case MeasureKind::stddev:
      return fmt::format("the standard deviation of {} as of a sample", x);
    case MeasureKind::first:
      return fmt::format("{} on the earliest date that has it", x);
    case MeasureKind::last:
      return fmt::format("{} on the latest date that has it", x);
    case MeasureKind::share:
      return fmt::format("the share of rows with {} among those where it is known", x);
    case MeasureKind::completeness:
      return "the units that reported among those expected";
    case MeasureKind::timeliness:
      return "the units that reported in time among those expected";
    case MeasureKind::new_people:
      return fmt::format("the number of different {} whose first row ever falls in the period", x);
    case MeasureKind::returning_people:
      return fmt::format("the number of different {} with a row in the period and one before it", x);
    case MeasureKind::people_with:
      if (measure.activity)
        return fmt::format("the number of different {} with at least {} different {}", x, measure.at_least,
                           to_text(measure.activity->root));
      return fmt::format("the number of different {} with at least {} rows", x, measure.at_least);
    case MeasureKind::retained_people:
      if (measure.earlier)
        return fmt::format("the number of different {} that were also there in the period before with {}", x,
                           to_text(measure.earlier->root));
      return fmt::format("the number of different {} that were also there in the period before", x);
  }
  return {};
}

std::string over_time(ResolvedIndicator const& resolved, Indicator const& indicator, Dataset const& dataset) {
  if (!resolved.of_reports) return {};
  auto const reporters = stock_reporters(dataset);
  std::string const who =
      reporters.empty() ? "all rows of" : fmt::format("for each {} the rows of", fmt::join(reporters, ", "));
  switch (resolved.over_time) {
    case OverTime::last:
      if (indicator.carry_days > 0)
        return fmt::format(", {} the last date in the period or up to {} days before it", who, indicator.carry_days);
      return fmt::format(", {} the last date in the period", who);
    case OverTime::first:
      return fmt::format(", {} the first date in the period", who);
    case OverTime::average:
      return fmt::format(", averaged over the days with data (a value holds {} {}), then added", indicator.holds_days,
                         indicator.holds_days == 1 ? "day" : "days");
    case OverTime::min:
      return ", the least of each reporter's dates, then added";
    case OverTime::max:
      return ", the largest of each reporter's dates, then added";
    default:
      return {};
  }
}

}  // namespace

std::string describe(MeasureSource const& source, ResolvedIndicator const& resolved, Indicator const& indicator,
                     Dataset const& dataset) {
  std::string out =
      counted(source.measure) + fmt::format(" in '{}'", source.dataset) + over_time(resolved, indicator, dataset);
  if (source.where) out += fmt::format(", where {}", to_text(source.where->root));
  return out;
}

}  // namespace yekun
