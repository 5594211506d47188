// yekun run SCHEDULE: whatever is due now, once. Called every few minutes by cron or a timer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>

#include "app/notice.h"
#include "app/schedule_run.h"
#include "app/sending.h"
#include "core/json_tree.h"
#include "reports/schedule_parser.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

struct RunOptions {
  std::string schedule{};
  std::string now{};
  std::string out = "out";
  bool dry_run = false;
  bool plan = false;
};

/// What became of one occurrence.
struct Ran {
  std::string job;
  std::string occurrence;
  std::string due;
  std::string state;
  std::string why{};
  Exit exit = Exit::done;
};

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

Diagnostic problem(Fault fault, std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.fault = fault;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

/// "2026-11-06 08:05" on the schedule's clocks.
std::optional<std::int64_t> read_now(std::string const& text, TimeZone const& zone) {
  if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':') return std::nullopt;
  auto const day = parse_iso_date(text.substr(0, 10));
  int hour = -1;
  int minute = -1;
  std::from_chars(text.data() + 11, text.data() + 13, hour);
  std::from_chars(text.data() + 14, text.data() + 16, minute);
  if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return zone.instant({*day, hour * 60 + minute});
}

/// The run as it is on the occurrence's day.
Run on_day(Run const& run, Date day) {
  Run out = run;
  if (out.shared.as_of.empty()) out.shared.as_of = to_iso(day);
  return out;
}

SendOptions options_of(ScheduleSpec const& schedule, ScheduledJob const& job, std::string const& ledger,
                       RunOptions const& options) {
  SendOptions out;
  out.build.report = join_path(schedule.folder, job.report);
  out.build.period = job.period;
  out.build.out = options.out;
  out.ledger = ledger;
  out.dry_run = options.dry_run;
  return out;
}

/// The next times of each job.
Exit print_plan(ScheduleSpec const& schedule, TimeZone const& zone, std::int64_t now, Run const& run) {
  for (auto const& job : schedule.jobs) {
    std::int64_t at = now;
    for (int i = 0; i < 3; ++i) {
      at = next_instant(job.when, schedule.calendar, schedule.fiscal, zone, at);
      auto const period = due_period(job, due_day(at, zone));
      if (!run.console.write(fmt::format("{}  {}  {}  {}\n", zone.to_text(at), job.id, job.report,
                                         period.empty() ? "the last complete period" : period)))
        return Exit::done;
    }
  }
  return Exit::done;
}

/// An occurrence that came too late: told, and never sent.
Diagnostics give_up(Ledger const& ledger, ScheduledJob const& job, DueJob const& due, TimeZone const& zone,
                    Run const& run) {
  auto const now = run.surroundings.now;
  Outbox const outbox(ledger);
  auto const open = outbox.list(job.id, due.name);
  if (!open) return open.error();
  for (auto const& one : *open)
    if (one.state == DeliveryState::queued || one.state == DeliveryState::later)
      if (auto problems = outbox.expire(one.id, now); !problems.empty()) return problems;
  auto const known = ledger.occurrence(job.id, due.name);
  if (!known) return known.error();
  auto const period = due_period(job, due_day(due.at, zone));
  std::string const why = *known ? (*known)->detail : std::string();
  auto missed =
      problem(Fault::delivery, "too-late",
              fmt::format("'{}' of {} was not delivered to everybody within {} {}{}", job.id, due.time, job.useful_days,
                          job.useful_days == 1 ? "day" : "days", why.empty() ? "" : ": " + why),
              "send it by hand if it is still wanted: yekun send " + job.report +
                  (period.empty() ? "" : " --period " + period));
  missed.severity = Severity::warning;
  run.console.print({missed});
  return ledger.note_occurrence({job.id, due.name, "too-late", why, now}, 0);
}

/// What the operator is to know of a failure.
Diagnostics note_failure(ScheduleSpec const& schedule, FailedJob const& job, Ledger const& ledger, Run const& run) {
  if (!schedule.notices) return {};
  auto const notable = is_notable(ledger, job);
  if (!notable) return notable.error();
  return *notable ? write_notice(ledger, schedule, job, run) : Diagnostics{};
}

/// Sends the operator's notices, also those of earlier runs, unless another run is at work: that one or the next does.
Exit tell_operator(ScheduleSpec const& schedule, std::string const& path, Run const& run) {
  if (!schedule.notices) return Exit::done;
  auto const lock = RunLock::take(path);
  if (!lock) return fail(lock.error(), run);
  if (!*lock) return Exit::done;
  auto const ledger = Ledger::open(path);
  return ledger ? send_notices(*ledger, schedule, run) : fail(ledger.error(), run);
}

/// One due occurrence.
Result<Ran> do_one(ScheduleSpec const& schedule, TimeZone const& zone, DueJob const& due, std::string const& path,
                   RunOptions const& options, Run const& given) {
  std::string said;
  Run run = given;
  run.console = given.console.copied_to(&said);
  auto const& job = schedule.jobs[due.job];
  Ran out{job.id, due.name, due.time, "", "", Exit::done};
  if (due.duty == Duty::send) {
    run.console.say(fmt::format("{}, due {}", job.id, due.time));
    out.exit =
        send_report(options_of(schedule, job, path, options), {job.id, due.name}, on_day(run, due_day(due.at, zone)));
  }
  if (options.dry_run) return out;
  auto const ledger = Ledger::open(path);
  if (!ledger) return failure(ledger.error());
  if (due.duty == Duty::too_late) {
    auto problems = give_up(*ledger, job, due, zone, run);
    if (!problems.empty()) return failure(std::move(problems));
    out.exit = Exit::delivery;
  }
  auto const known = ledger->occurrence(job.id, due.name);
  if (!known) return failure(known.error());
  out.state = *known ? (*known)->state : out.exit == Exit::done ? "another-run" : "failed";
  if (*known) out.why = (*known)->detail;
  if (auto const problems =
          note_failure(schedule, {job.id, due.name, due.time, job.report, said, out.exit}, *ledger, given);
      !problems.empty())
    out.exit = std::max(out.exit, fail(problems, given));
  return out;
}

Result<std::vector<DueJob>> find_due(ScheduleSpec const& schedule, TimeZone const& zone, std::string const& path,
                                     RunOptions const& options, Run const& run) {
  auto const now = run.surroundings.now;
  auto const none = [](auto const&) { return std::nullopt; };
  if (options.dry_run && !std::filesystem::exists(path))
    return due_jobs(
        schedule, zone, now, [](auto const&, auto const&) { return false; }, none);
  auto const ledger = Ledger::open(path);
  if (!ledger) return failure(ledger.error());
  Diagnostics problems;
  auto const is_done = [&](std::string const& job, std::string const& name) {
    auto const known = ledger->occurrence(job, name);
    if (!known) problems = known.error();
    return known && *known &&
           ((*known)->state == "delivered" || (*known)->state == "not-needed" || (*known)->state == "too-late");
  };
  auto const since = [&](std::string const& job) -> std::optional<std::int64_t> {
    auto const first = ledger->job_since(job, now);
    if (!first) problems = first.error();
    return first ? std::optional(*first) : std::nullopt;
  };
  auto out =
      options.dry_run ? due_jobs(schedule, zone, now, is_done, none) : due_jobs(schedule, zone, now, is_done, since);
  if (!problems.empty()) return failure(std::move(problems));
  return out;
}

void print_summary(std::vector<Ran> const& all, std::int64_t now, Run const& run) {
  if (!run.console.json()) return;
  std::string out = fmt::format("{{\"now\":{},\"jobs\":[", now);
  for (std::size_t i = 0; i < all.size(); ++i)
    out += fmt::format("{}{{\"job\":{},\"occurrence\":{},\"due\":{},\"state\":{},{}\"exit\":{}}}", i > 0 ? "," : "",
                       quote_json(all[i].job), quote_json(all[i].occurrence), quote_json(all[i].due),
                       quote_json(all[i].state), all[i].why.empty() ? "" : "\"why\":" + quote_json(all[i].why) + ",",
                       static_cast<int>(all[i].exit));
  (void)run.console.write(out + "]}\n");
}

Exit run_schedule(RunOptions const& options, Run const& given) {
  auto const schedule = read_schedule(options.schedule);
  if (!schedule) return fail(schedule.error(), given);
  auto const zone = TimeZone::load(schedule->timezone);
  if (!zone) return fail({problem(Fault::spec, "unknown-timezone", zone.error(), "")}, given);
  Run run = given;
  if (!options.now.empty()) {
    auto const now = read_now(options.now, *zone);
    if (!now)
      return fail({problem(Fault::usage, "bad-time", fmt::format("'{}' is not a time", options.now),
                           "write it as \"2026-11-06 08:05\", on the schedule's clocks")},
                  run);
    run.surroundings.now = *now;
  }
  if (options.plan) return print_plan(*schedule, *zone, run.surroundings.now, run);
  auto const path = join_path(schedule->folder, schedule->ledger.empty() ? "ledger.sqlite" : schedule->ledger);
  auto const due = find_due(*schedule, *zone, path, options, run);
  if (!due) return fail(due.error(), run);
  std::vector<Ran> all;
  Exit exit = Exit::done;
  for (auto const& one : *due) {
    auto ran = do_one(*schedule, *zone, one, path, options, run);
    if (!ran) return std::max(exit, fail(ran.error(), run));
    exit = std::max(exit, ran->exit);
    all.push_back(*std::move(ran));
  }
  if (all.empty()) run.console.say("nothing is due");
  if (!options.dry_run) exit = std::max(exit, tell_operator(*schedule, path, run));
  print_summary(all, run.surroundings.now, run);
  return exit;
}

}  // namespace

Command add_run(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("run", "send whatever a schedule says is due, once");
  auto const options = std::make_shared<RunOptions>();
  command->add_option("SCHEDULE", options->schedule, "the schedule's file")->required();
  command->add_option("--now", options->now, "as if it were this time: \"2026-11-06 08:05\"");
  command->add_option("--out", options->out, "the folder for what is attached")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_flag("--dry-run", options->dry_run, "write the messages as .eml files and contact nobody");
  command->add_flag("--plan", options->plan, "print when each job is due next, and do nothing");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return run_schedule(*options, run); }};
}

}  // namespace yekun
