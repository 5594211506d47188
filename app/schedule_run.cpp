#include "app/schedule_run.h"

#include <algorithm>

namespace yekun {

std::vector<DueJob> due_jobs(ScheduleSpec const& schedule, TimeZone const& zone, std::int64_t now,
                             std::function<bool(std::string const&, std::string const&)> const& is_done,
                             std::function<std::optional<std::int64_t>(std::string const&)> const& since) {
  std::vector<DueJob> out;
  for (std::size_t j = 0; j < schedule.jobs.size(); ++j) {
    auto const& job = schedule.jobs[j];
    std::int64_t const useful = now - job.useful_days * 86400LL - 60;  // a job of 0 useful days has its own minute
    auto const first = since(job.id);
    for (auto const at : instants(job.when, schedule.calendar, schedule.fiscal, zone,
                                  first ? std::min(*first - 1, useful) : useful, now)) {
      auto const turn = period_at(job.when.every, zone.local(at).day, schedule.fiscal);
      DueJob due{j, at, "due in " + turn.label, zone.to_text(at), at > useful ? Duty::send : Duty::too_late};
      if (due.duty == Duty::too_late && (!first || at < *first)) continue;
      if (!is_done(job.id, due.name)) out.push_back(std::move(due));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](DueJob const& a, DueJob const& b) { return a.at < b.at; });
  return out;
}

Date due_day(std::int64_t at, TimeZone const& zone) { return zone.local(at).day; }

std::string due_period(ScheduledJob const& job, Date day) {
  if (job.period.empty() || job.period.find("fiscal") != std::string::npos) return job.period;
  auto const period = parse_period(job.period, PeriodContext{{}, day});
  return period ? period->label : job.period;
}

}  // namespace yekun
