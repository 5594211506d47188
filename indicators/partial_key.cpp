#include "indicators/partial_key.h"

#include <fmt/format.h>

#include <algorithm>

#include "data-loaders/digest.h"
#include "indicators/partial_bytes.h"

namespace yekun {

namespace {

void add(std::vector<std::string> const& texts, ByteWriter& out) {
  out.count(texts.size());
  for (auto const& text : texts) out.text(text);
}

void add(PlanDimension const& dimension, ByteWriter& out) {
  out.text(dimension.expression);
  out.text(dimension.split);
  out.count(dimension.mapping.size());
  for (auto const& [from, to] : dimension.mapping) {
    out.text(from);
    out.text(to);
  }
  out.text(dimension.other);
  out.count(dimension.overlaps);
}

void add(PlanAggregate const& aggregate, ByteWriter& out) {
  out.count(static_cast<std::uint64_t>(aggregate.kind));
  out.text(aggregate.argument);
  out.text(aggregate.weight);
  add(aggregate.conditions, out);
  out.text(aggregate.domain);
}

void add(PlanGrouping const& grouping, ByteWriter& out) {
  out.count(static_cast<std::uint64_t>(grouping.time));
  out.count(grouping.by.size());
  for (auto const& dimension : grouping.by) add(dimension, out);
  add(grouping.reporters, out);
  out.flag(grouping.keep_last);
  out.flag(grouping.keep_first);
  out.count(grouping.aggregates.size());
  for (auto const& aggregate : grouping.aggregates) add(aggregate, out);
}

bool is_by_window(PlanGrouping const& grouping) {
  return grouping.time == TimeMode::windows || grouping.time == TimeMode::report_windows;
}

/// Groups of stretches, and reports that are dropped by stretch.
bool is_by_stretch(PlanGrouping const& grouping) {
  return grouping.time == TimeMode::stretches || grouping.keep_first || grouping.keep_last;
}

/// Where days of the file change from one stretch to the next; "-" for those in no window. True: some are in one.
bool add_stretches(CompiledPlan const& plan, RowFacts const& facts, std::string& text) {
  TimeSlots const slots(plan.plan.boundaries);
  bool any = false;
  std::optional<std::int32_t> last;
  for (std::int32_t day = facts.first_day; day <= facts.last_day; ++day) {
    auto now = slots.stretch(day);
    any |= now.has_value();
    if (now) now = std::max(*now, facts.first_day);
    // A mistaken year makes millions of days.
    if (day == facts.first_day || now != last) text += now ? fmt::format(" {}", *now) : " -";
    last = now;
  }
  bool const undated = plan.plan.boundaries.undated && facts.undated > 0;
  if (undated) text += " undated";
  return any || undated;
}

}  // namespace

std::string plan_key(AggregationPlan const& plan) {
  ByteWriter out;
  out.text(plan.dataset);
  add(plan.dates, out);
  out.count(plan.groupings.size());
  for (auto const& grouping : plan.groupings) add(grouping, out);
  out.count(plan.contacts.size());
  for (auto const& contact : plan.contacts) {
    out.text(contact.argument);
    add(contact.conditions, out);
    out.text(contact.domain);
  }
  return sha256_hex(out.bytes());
}

PartialTime partial_time(CompiledPlan const& plan, RowFacts const& facts) {
  PartialTime out;
  auto const& groupings = plan.plan.groupings;
  if (std::any_of(groupings.begin(), groupings.end(), is_by_stretch)) {
    out.text = "stretches";
    out.any = add_stretches(plan, facts, out.text);
  }
  if (std::any_of(groupings.begin(), groupings.end(), is_by_window)) {
    out.text += " windows";
    for (std::size_t w = 0; w < plan.plan.windows.size(); ++w) {
      Period const& window = plan.plan.windows[w];
      bool const all = window.label == "all";
      bool const behind = window.first.days > facts.last_day && !facts.has_open;
      if (!all && (!facts.dated() || behind || window.end.days <= facts.first_day)) continue;
      out.windows.push_back(w);
      out.text += fmt::format(" {}{}..{}", all ? "all " : "", window.first.days, window.end.days);
    }
    out.any |= !out.windows.empty();
  }
  out.any |= std::any_of(groupings.begin(), groupings.end(),
                         [](PlanGrouping const& grouping) { return grouping.time == TimeMode::reports; });
  return out;
}

}  // namespace yekun
