// Which counts of different ids are asked for only where a cell is one group: then their number is enough, and where
// the rows are in a database the ids need not leave it.
#include <algorithm>
#include <set>

#include "indicators/plan_builder.h"

namespace yekun {

namespace {

/// Every window of the question is one stretch.
bool windows_are_stretches(Planned const& planned, PlannedQuestion const& question, Boundaries const& boundaries) {
  auto const& days = boundaries.days;
  if (question.open) return boundaries.kinds.size() == 1 && days.empty() && !boundaries.outside;
  auto const windows = needed_windows(planned, question);
  return boundaries.kinds.empty() && std::all_of(windows.begin(), windows.end(), [&](Period const& window) {
           auto const inside = std::upper_bound(days.begin(), days.end(), window.first.days);
           return inside == days.end() || *inside >= window.end.days;
         });
}

/// The cells have all of the grouping's dimensions.
bool is_finest(PlannedFeed const& feed, std::size_t dimensions) {
  std::uint32_t all = 0;
  std::set<std::size_t> had;  // two of the question's may be one of the grouping's
  for (std::size_t d = 0; d < feed.dimensions.size(); ++d) {
    if (!feed.dimensions[d]) continue;
    all |= 1U << d;
    had.insert(*feed.dimensions[d]);
  }
  return had.size() == dimensions && feed.sets == std::vector{all};
}

}  // namespace

bool PlanBuilder::is_number_only(PlannedQuestion const& question, PlannedMeasure const& measure,
                                 PlannedFeed const& feed) const {
  auto const& resolved = planned_.graph.indicators[measure.indicator];
  AggregationPlan const& plan = *planned_.plan(feed.dataset);
  PlanGrouping const& grouping = plan.groupings[feed.grouping];
  bool const plain = resolved.sources.front().measure.kind == MeasureKind::distinct && measure.feeds.size() == 1;
  return plain && grouping.time == TimeMode::stretches && is_finest(feed, grouping.by.size()) &&
         windows_are_stretches(planned_, question, plan.boundaries);
}

void PlanBuilder::mark_numbers() {
  auto const aggregates = [&](PlannedFeed const& feed) -> std::vector<PlanAggregate>& {
    auto const plan = std::find_if(planned_.plans.begin(), planned_.plans.end(),
                                   [&](AggregationPlan const& one) { return one.dataset == feed.dataset; });
    return plan->groupings[feed.grouping].aggregates;
  };
  auto const each_feed = [&](auto&& visit) {
    for (auto const& question : planned_.questions)
      for (auto const& measure : question.measures)
        for (auto const& feed : measure.feeds) visit(question, measure, feed);
  };
  each_feed([&](PlannedQuestion const& question, PlannedMeasure const& measure, PlannedFeed const& feed) {
    if (!is_number_only(question, measure, feed)) return;
    for (std::size_t const a : feed.aggregates)
      aggregates(feed)[a].number_only = aggregates(feed)[a].kind == AggregateKind::distinct;
  });
  each_feed([&](PlannedQuestion const& question, PlannedMeasure const& measure, PlannedFeed const& feed) {
    if (!is_number_only(question, measure, feed))
      for (std::size_t const a : feed.aggregates) aggregates(feed)[a].number_only = false;
    if (feed.units) aggregates(feed)[*feed.units].number_only = false;
  });
}

}  // namespace yekun
