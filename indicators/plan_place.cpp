// Puts what is wanted into the plans: wants that can share a grouping share it, and equal aggregates are gathered once.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "indicators/plan_builder.h"

namespace yekun {

namespace {

template <class T>
std::size_t index_of(std::vector<T>& all, T const& one) {
  auto const at = std::find(all.begin(), all.end(), one);
  if (at != all.end()) return static_cast<std::size_t>(at - all.begin());
  all.push_back(one);
  return all.size() - 1;
}

bool same_window(Period const& a, Period const& b) {
  return a.first == b.first && a.end == b.end && (a.label == kAllLabel) == (b.label == kAllLabel);
}

}  // namespace

/// One want for each choice of split dimensions: a row that is in several groups counts once where they are rolled up.
void PlanBuilder::add_wants(Want const& want, std::vector<DimensionRule> const& rules,
                            std::vector<std::uint32_t> const& sets) {
  std::uint32_t split_bits = 0;
  for (std::size_t d = 0; d < rules.size(); ++d)
    if (!rules[d].split.empty()) split_bits |= 1U << d;
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_split;
  for (std::uint32_t const set : sets) by_split[set & split_bits].push_back(set);
  for (auto const& [splits, some_sets] : by_split) {
    Want one = want;
    one.sets = some_sets;
    one.by.clear();
    one.dimensions.clear();
    for (std::size_t d = 0; d < rules.size(); ++d) {
      one.dimensions.emplace_back();
      if (!rules[d].split.empty() && (splits >> d & 1U) == 0) continue;
      one.dimensions.back() = one.by.size();
      one.by.push_back({rules[d].expression, rules[d].split, rules[d].mapping, rules[d].other, rules[d].overlaps});
    }
    if (want.spans) {
      auto const [from, to] = span_expressions(*planned_.programme.dataset(want.dataset));
      one.by.push_back({from, {}, {}, {}, 0});
      one.by.push_back({to, {}, {}, {}, 0});
    }
    wants_.push_back(std::move(one));
  }
}

AggregationPlan& PlanBuilder::plan_of(std::string const& dataset) {
  for (auto& plan : planned_.plans)
    if (plan.dataset == dataset) return plan;
  AggregationPlan plan;
  plan.dataset = dataset;
  plan.dates = planned_.programme.dataset(dataset)->date;
  plan.boundaries.fiscal = planned_.programme.fiscal;
  planned_.plans.push_back(std::move(plan));
  return planned_.plans.back();
}

std::size_t PlanBuilder::grouping_for(AggregationPlan& plan, Want const& want) {
  auto const has = [](std::vector<PlanDimension> const& all, PlanDimension const& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (std::size_t g = 0; g < plan.groupings.size(); ++g) {
    PlanGrouping const& grouping = plan.groupings[g];
    if (grouping.time != want.mode || grouping.reporters != want.reporters) continue;
    bool const covers = std::all_of(want.by.begin(), want.by.end(), [&](auto const& d) { return has(grouping.by, d); });
    bool const splits = std::any_of(grouping.by.begin(), grouping.by.end(),
                                    [&](auto const& d) { return !d.split.empty() && !has(want.by, d); });
    if (covers && !splits) return g;
  }
  PlanGrouping grouping;
  grouping.time = want.mode;
  grouping.reporters = want.reporters;
  for (auto const& dimension : want.by)
    if (!has(grouping.by, dimension)) grouping.by.push_back(dimension);
  plan.groupings.push_back(std::move(grouping));
  return plan.groupings.size() - 1;
}

void PlanBuilder::place(Want const& want) {
  AggregationPlan& plan = plan_of(want.dataset);
  PlannedFeed feed;
  feed.dataset = want.dataset;
  feed.sets = want.sets;
  feed.pick = want.pick;
  feed.before = want.before;
  feed.grouping = grouping_for(plan, want);
  PlanGrouping& grouping = plan.groupings[feed.grouping];
  for (auto const& dimension : want.dimensions) {
    feed.dimensions.emplace_back();
    if (dimension) feed.dimensions.back() = index_of(grouping.by, want.by[*dimension]);
  }
  if (want.spans)
    feed.span = {index_of(grouping.by, want.by[want.by.size() - 2]), index_of(grouping.by, want.by.back())};
  feed.rows_aggregate = index_of(grouping.aggregates, {AggregateKind::count, {}, {}, want.question_where, {}});
  for (auto const& aggregate : want.aggregates) feed.aggregates.push_back(index_of(grouping.aggregates, aggregate));
  if (want.units) {
    feed.units = index_of(grouping.aggregates, *want.units);
    feed.dimensions_of_units = dimensions_of_units(want);
    feed.expected = planned_.programme.dataset(want.dataset)->expected.size();
  }
  if (want.contact) feed.contact = index_of(plan.contacts, *want.contact);
  if (want.pick != ReportPick::none) {
    auto const key = std::pair{want.dataset, feed.grouping};
    all_reports_[key] |= want.pick == ReportPick::all;
    grouping.keep_last |= want.pick == ReportPick::last;
    grouping.keep_first |= want.pick == ReportPick::first;
    if (all_reports_[key]) grouping.keep_last = grouping.keep_first = false;
  }
  planned_.questions[want.question].measures[want.measure].feeds.push_back(std::move(feed));
}

void PlanBuilder::set_boundaries(AggregationPlan& plan) {
  std::set<std::int32_t> days;
  auto& boundaries = plan.boundaries;
  for (auto const& question : planned_.questions) {
    std::set<std::int32_t> befores;
    bool uses = false;
    for (auto const& measure : question.measures)
      for (auto const& feed : measure.feeds)
        if (feed.dataset == plan.dataset) {
          uses = true;
          befores.insert(feed.before);
        }
    if (!uses) continue;
    befores.insert(0);
    if (question.open) {
      boundaries.outside |= question.question.totals;
      boundaries.undated |= question.question.totals;
      for (std::int32_t const before : befores) index_of(boundaries.kinds, std::pair{*question.question.per, before});
      continue;
    }
    for (Period const& window : needed_windows(planned_, question)) {
      bool const all = window.label == kAllLabel;
      boundaries.outside |= all;
      boundaries.undated |= all;
      for (std::int32_t const before : befores) days.insert(window.first.days - before);
      days.insert(window.end.days);
      if (std::none_of(plan.windows.begin(), plan.windows.end(),
                       [&](Period const& w) { return same_window(w, window); }))
        plan.windows.push_back(window);
    }
  }
  boundaries.days.assign(days.begin(), days.end());
}

}  // namespace yekun
