// Which counts of different ids are asked for only where a cell is one group, and which in cells that are known before:
// then their number is enough, and where the rows are in a database the ids need not leave it.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "indicators/counted_ids.h"
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

/// Which of the grouping's dimensions the cells of a set have.
std::uint32_t set_of(PlannedFeed const& feed, std::uint32_t set) {
  std::uint32_t out = 0;
  for (std::size_t d = 0; d < feed.dimensions.size(); ++d)
    if ((set >> d & 1U) != 0 && feed.dimensions[d]) out |= 1U << *feed.dimensions[d];
  return out;
}

template <class T, class Same>
void add_new(std::vector<T>& all, T const& one, Same const& same) {
  if (std::none_of(all.begin(), all.end(), [&](T const& other) { return same(one, other); })) all.push_back(one);
}

}  // namespace

/// The measure is nothing but their number.
bool PlanBuilder::is_count_of_ids(PlannedMeasure const& measure, PlannedFeed const& feed) const {
  auto const& resolved = planned_.graph.indicators[measure.indicator];
  PlanGrouping const& grouping = planned_.plan(feed.dataset)->groupings[feed.grouping];
  return resolved.sources.front().measure.kind == MeasureKind::distinct && measure.feeds.size() == 1 &&
         grouping.time == TimeMode::stretches && !feed.span;
}

bool PlanBuilder::is_number_only(PlannedQuestion const& question, PlannedMeasure const& measure,
                                 PlannedFeed const& feed) const {
  AggregationPlan const& plan = *planned_.plan(feed.dataset);
  return is_count_of_ids(measure, feed) && is_finest(feed, plan.groupings[feed.grouping].by.size()) &&
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

void PlanBuilder::mark_asked() {
  std::set<PlanAggregate*> needed;  // their ids
  std::map<std::string, AggregationPlan*> plans;
  for (auto& plan : planned_.plans) plans[plan.dataset] = &plan;
  for (auto const& question : planned_.questions)
    for (auto const& measure : question.measures)
      for (auto const& feed : measure.feeds) {
        auto& aggregates = plans.at(feed.dataset)->groupings[feed.grouping].aggregates;
        if (feed.units) needed.insert(&aggregates[*feed.units]);
        PlanAggregate& one = aggregates[feed.aggregates.front()];
        if (question.open || !is_count_of_ids(measure, feed)) {
          for (std::size_t const a : feed.aggregates) needed.insert(&aggregates[a]);
          continue;
        }
        for (std::uint32_t const set : feed.sets) add_new(one.asked_sets, set_of(feed, set), std::equal_to<>());
        for (Period const& window : needed_windows(planned_, question))
          add_new(one.asked_windows, window, CountedIds::same_days);
      }
  for (PlanAggregate* const one : needed) {
    one->asked_sets.clear();
    one->asked_windows.clear();
  }
}

}  // namespace yekun
