// yekun check SPEC...: all mistakes at once.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>

#include "app/check.h"
#include "indicators/targets.h"
#include "reports/lookup_check.h"
#include "reports/names_check.h"
#include "reports/plan_check.h"
#include "reports/schedule_parser.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

struct Checked {
  Diagnostics problems{};
  std::set<std::string> programmes{};  // files already checked: several reports share one
};

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

/// Where a dataset says that its database computes.
void add_refused(Programme const& programme, Run const& run, Diagnostics& problems) {
  auto const computes = [](Dataset const& dataset) { return dataset.source.computes_there; };
  if (has_errors(problems) || std::none_of(programme.datasets.begin(), programme.datasets.end(), computes)) return;
  auto const day = as_of_day(run.shared.as_of, programme.timezone, run.surroundings);
  if (day) add(problems, check_indicators(programme, source_context(programme, run), *day));
}

FoundColumns check_programme(ParsedProgramme const& parsed, Run const& run, Checked& out) {
  auto found = find_columns(parsed.programme, source_context(parsed.programme, run));
  if (!out.programmes.insert(parsed.programme.file).second) return found;
  auto problems = check_names(parsed, found);
  add(problems, found.problems);
  if (!has_errors(problems))
    for (auto const& dataset : parsed.programme.datasets)
      add(problems, check_lookups(parsed.programme, dataset, source_context(parsed.programme, run)));
  Programme with_targets = parsed.programme;
  add(problems, read_targets(with_targets, source_context(parsed.programme, run)));
  add_refused(parsed.programme, run, problems);
  finish_diagnostics(problems, parsed.programme.file, parsed.text);
  add(out.problems, problems);
  return found;
}

/// For the period that a build at the as-of day would take.
Diagnostics plan_problems(ReportSpec const& report, Programme const& programme, Run const& run) {
  auto const day = as_of_day(run.shared.as_of, programme.timezone, run.surroundings);
  if (!day) return day.error();
  auto const kind = parse_period_kind(report.period_kind).value_or(PeriodKind::quarter);
  auto const period = last_complete(kind, PeriodContext{programme.fiscal, *day});
  return check_questions(programme, report, period, source_context(programme, run), *day);
}

void check_report(std::string const& path, Run const& run, Checked& out) {
  auto const parsed = read_report(path);
  if (!parsed) return add(out.problems, parsed.error());
  FoundColumns found;
  if (parsed->programme) found = check_programme(*parsed->programme, run, out);
  auto problems = check_names(*parsed, found);
  if (parsed->programme && !has_errors(problems) && !has_errors(out.problems)) {
    add(problems, plan_problems(parsed->report, parsed->programme->programme, run));
    finish_diagnostics(problems, path, parsed->text);
  }
  add(out.problems, problems);
}

/// The schedule and every report it names.
void check_schedule(std::string const& path, Run const& run, Checked& out) {
  auto const schedule = read_schedule(path);
  if (!schedule) return add(out.problems, schedule.error());
  std::set<std::string> seen;
  for (auto const& job : schedule->jobs)
    if (seen.insert(job.report).second) check_report(join_path(schedule->folder, job.report), run, out);
}

void check_spec(std::string const& path, Run const& run, Checked& out) {
  auto text = read_spec_file(path);
  if (!text) return add(out.problems, text.error());
  auto const kind = kind_of_spec(*text);
  if (kind == SpecKind::report) return check_report(path, run, out);
  if (kind == SpecKind::schedule) return check_schedule(path, run, out);
  check_programme(parse_programme(std::move(*text), path), run, out);
}

Exit check(std::vector<std::string> const& specs, Run const& run) {
  Checked checked;
  for (auto const& spec : specs) {
    auto const before = checked.problems.size();
    check_spec(spec, run, checked);
    if (checked.problems.size() == before) run.console.say(fmt::format("{}: no mistakes", spec));
  }
  run.console.print(checked.problems);
  return exit_of(checked.problems);
}

}  // namespace

Diagnostics check_problems(std::string const& spec, Run const& run) {
  Checked checked;
  check_spec(spec, run, checked);
  return std::move(checked.problems);
}

Command add_check(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("check", "report all mistakes of programmes, reports and schedules at once");
  auto const specs = std::make_shared<std::vector<std::string>>();
  command->add_option("SPEC", *specs, "programme.json, report or schedule files")->required();
  add_shared(*command, shared);
  return {command, [specs](Run const& run) { return check(*specs, run); }};
}

}  // namespace yekun
