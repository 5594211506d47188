#include <algorithm>
#include <map>
#include <unordered_map>

#include "indicators/scan_worker.h"

namespace yekun {

namespace {

/// Window, reporter and stretch of a report, as words.
std::vector<std::uint32_t> report_key(WorkerGroups const& groups, std::uint32_t group, std::uint32_t stretch) {
  std::vector<std::uint32_t> key{stretch};
  if (groups.by_window()) key.push_back(groups.table->word(group, 0));
  for (std::size_t w = 0; w < groups.reporters.size(); ++w)
    key.push_back(groups.table->word(group, groups.first_reporter_word() + w));
  return key;
}

struct Range {
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
};

}  // namespace

void ScanWorker::compact(std::size_t grouping) {
  PlanGrouping const& plan = plan_.plan.groupings[grouping];
  WorkerGroups& groups = groups_[grouping];
  if (!plan.keep_first && !plan.keep_last) {
    groups.compact_at = std::numeric_limits<std::uint32_t>::max();
    return;
  }
  TimeSlots stretches(plan_.plan.boundaries);
  std::vector<std::uint32_t> stretch_of(groups.size(), 0);
  std::map<std::vector<std::uint32_t>, Range> ranges;
  for (std::uint32_t group = 1; group < groups.size(); ++group) {
    std::int32_t const day = groups.day(group);
    std::uint8_t const dated = day != kUndated ? 1 : 0;
    stretches.code(&day, &dated, 1, &stretch_of[group]);
    Range& range = ranges[report_key(groups, group, stretch_of[group])];
    range.first = std::min(range.first, day);
    range.last = std::max(range.last, day);
  }
  std::vector<std::uint32_t> kept;
  for (std::uint32_t group = 1; group < groups.size(); ++group) {
    Range const& range = ranges[report_key(groups, group, stretch_of[group])];
    std::int32_t const day = groups.day(group);
    if ((plan.keep_last && day == range.last) || (plan.keep_first && day == range.first)) kept.push_back(group);
  }
  groups.table->keep(kept);
  for (auto const& state : groups.states) state->keep(kept);
  groups.compact_at = std::max<std::uint32_t>(1U << 16, groups.size() * 2);
}

}  // namespace yekun
