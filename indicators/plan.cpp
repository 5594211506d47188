#include "indicators/plan.h"

#include <fmt/format.h>

#include <iterator>

namespace yekun {

namespace {

std::string_view name_of(AggregateKind kind) {
  switch (kind) {
    case AggregateKind::count:
      return "count";
    case AggregateKind::sum:
      return "sum";
    case AggregateKind::minimum:
      return "min";
    case AggregateKind::maximum:
      return "max";
    case AggregateKind::distinct:
      return "ids";
    case AggregateKind::values:
      return "values";
    case AggregateKind::moments:
      return "moments";
    case AggregateKind::first:
      return "first";
    case AggregateKind::last:
      return "last";
    case AggregateKind::weighted:
      return "weighted";
    case AggregateKind::id_counts:
      return "id counts";
    case AggregateKind::id_pairs:
      return "id pairs";
  }
  return "";
}

std::string_view name_of(TimeMode mode) {
  switch (mode) {
    case TimeMode::stretches:
      return "stretch";
    case TimeMode::windows:
      return "window";
    case TimeMode::reports:
      return "report";
    case TimeMode::report_windows:
      return "window, report";
  }
  return "";
}

void add_aggregate(std::string& out, PlanAggregate const& aggregate) {
  fmt::format_to(std::back_inserter(out), "    {}({}{}{})", name_of(aggregate.kind), aggregate.argument,
                 aggregate.weight.empty() ? "" : " by ", aggregate.weight);
  if (!aggregate.conditions.empty())
    fmt::format_to(std::back_inserter(out), " where {}", fmt::join(aggregate.conditions, " and "));
  out += '\n';
}

}  // namespace

std::string to_text(AggregationPlan const& plan) {
  std::string out = fmt::format("scan {} by {}\n", plan.dataset,
                                plan.dates.empty() ? "no date" : fmt::format("{}", fmt::join(plan.dates, " .. ")));
  for (Period const& window : plan.windows)
    fmt::format_to(std::back_inserter(out), "  window {} [{}, {})\n", window.label, to_iso(window.first),
                   to_iso(window.end));
  for (PlanFirstContact const& contact : plan.contacts) {
    fmt::format_to(std::back_inserter(out), "  first date of each {}", contact.argument);
    if (!contact.conditions.empty())
      fmt::format_to(std::back_inserter(out), " where {}", fmt::join(contact.conditions, " and "));
    out += '\n';
  }
  for (PlanGrouping const& grouping : plan.groupings) {
    fmt::format_to(std::back_inserter(out), "  group by {}", name_of(grouping.time));
    for (auto const& reporter : grouping.reporters) fmt::format_to(std::back_inserter(out), ", reporter {}", reporter);
    for (auto const& dimension : grouping.by)
      fmt::format_to(std::back_inserter(out), ", {}{}", dimension.expression,
                     dimension.split.empty() ? "" : " split at " + dimension.split);
    out += '\n';
    for (auto const& aggregate : grouping.aggregates) add_aggregate(out, aggregate);
  }
  return out;
}

}  // namespace yekun
