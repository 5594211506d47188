// yekun ledger ...: what was submitted, delivered, restated.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "app/answers.h"
#include "app/ledger_build.h"
#include "app/restated.h"
#include "app/sending.h"
#include "delivery/ledger_figures.h"
#include "delivery/outbox.h"
#include "reports/report_parser.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

struct LedgerOptions {
  std::string report{};  // or the ledger's own file
  std::string ledger{};
  std::string period{};
  std::string to{};
  std::string backup{};
  std::int64_t delivery = 0;
  bool arrived = false;
  bool again = false;
};

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

std::string time_text(std::int64_t seconds) {
  auto const day = seconds / 86400;
  auto const rest = seconds % 86400;
  return fmt::format("{} {:02}:{:02}Z", to_iso(Date{static_cast<std::int32_t>(day)}), rest / 3600, rest / 60 % 60);
}

/// The ledger's path: a file that is no spec, or the one that the report names.
Result<std::string> path_of(LedgerOptions const& options) {
  if (!options.ledger.empty()) return options.ledger;
  if (!options.report.ends_with(".json")) return options.report;
  auto const parsed = read_report(options.report);
  if (!parsed) return failure(parsed.error());
  if (!parsed->programme) return failure(parsed->notes.problems);
  return ledger_path({}, parsed->report, parsed->programme->programme);
}

/// An existing ledger: asking never makes one.
Result<Ledger> open_existing(LedgerOptions const& options) {
  auto const path = path_of(options);
  if (!path) return failure(path.error());
  if (std::filesystem::exists(*path)) return Ledger::open(*path);
  auto problem = usage_problem("no-ledger", fmt::format("there is no ledger '{}'", *path),
                               "name it with --ledger; 'send', 'run' and 'ledger submit' begin one");
  return failure(std::move(problem));
}

/// A cell of CSV in quotes.
std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"') out += c;
    out += c;
  }
  return out + '"';
}

std::string value_of(LedgerFigure const& figure) { return figure.state == "value" ? figure.number : figure.state; }

Exit list(LedgerOptions const& options, Run const& run) {
  auto const ledger = open_existing(options);
  if (!ledger) return fail(ledger.error(), run);
  auto const submissions = ledger->submissions();
  auto const deliveries = Outbox(*ledger).list();
  auto const occurrences = ledger->occurrences();
  if (!submissions || !deliveries) return fail(!submissions ? submissions.error() : deliveries.error(), run);
  if (!occurrences) return fail(occurrences.error(), run);
  std::string out = "submitted\n";
  for (auto const& one : *submissions)
    out += fmt::format("  {}  {} {}{}  to {}  (build {})\n", time_text(one.at), one.report, one.period,
                       one.member.empty() ? "" : " " + one.member, one.to, one.build);
  out += "delivered\n";
  for (auto const& one : *deliveries)
    out += fmt::format("  {:>5}  {}  {}  {}{}  {}  {}{}\n", one.id, time_text(one.at), to_text(one.state),
                       one.key.job + " " + one.key.occurrence, one.key.member.empty() ? "" : " " + one.key.member,
                       one.key.recipient, one.attempts == 1 ? "1 try" : fmt::format("{} tries", one.attempts),
                       one.detail.empty() ? "" : "  " + one.detail);
  out += "held back\n";
  for (auto const& one : *occurrences)
    if (one.state != "delivered" && one.state != "under-way")
      out += fmt::format("  {}  {}  {} {}{}\n", time_text(one.at), one.state, one.job, one.name,
                         one.detail.empty() ? "" : "  " + one.detail);
  (void)run.console.write(out);
  return Exit::done;
}

Exit submit(LedgerOptions const& options, Run const& run) {
  Exit exit = Exit::done;
  BuildOptions build;
  build.report = options.report;
  build.period = options.period;
  auto const report = prepare(build, run, exit);
  if (!report) return exit;
  SendOptions named;
  named.ledger = options.ledger;
  auto ledger = Ledger::open(ledger_path(named, report->plan.report, report->programme));
  if (!ledger) return fail(ledger.error(), run);
  auto const id = ledger->record(ledger_build(*report, run.surroundings.now));
  if (!id) return fail(id.error(), run);
  auto const done = ledger->submit(*id, options.to, run.surroundings.now);
  if (!done) return fail(done.error(), run);
  run.console.say(
      fmt::format("{} {} is kept as submitted to {}", report->plan.report.id, report->plan.period.label, options.to));
  return Exit::done;
}

/// One submission against today's data: the same period, as of the same day.
Result<std::string> compare(LedgerOptions const& options, Ledger const& ledger, Submission const& submission,
                            Run const& run) {
  auto const was = ledger.build(submission.build);
  if (!was) return failure(was.error());
  if (!*was) return std::string();
  auto const answers = compute_again(options.report, submission, **was, run);
  if (!answers) return failure(answers.error());
  LedgerBuild now;
  now.figures = ledger_figures(*answers);
  auto const changed = restatements(**was, now);
  std::string out;
  for (auto const& one : changed) {
    if (one.cause == Cause::target_changed)
      out += fmt::format("{},{},{},{},{},{}\n", submission.period, quoted(one.figure), "target", one.was.target,
                         one.now.target, to_text(one.cause));
    else
      out += fmt::format("{},{},{},{},{},{}\n", submission.period, quoted(one.figure), "value", value_of(one.was),
                         one.cause == Cause::not_shown ? "" : value_of(one.now), to_text(one.cause));
  }
  return out;
}

Exit diff(LedgerOptions const& options, Run const& run) {
  auto const ledger = open_existing(options);
  if (!ledger) return fail(ledger.error(), run);
  auto const all = ledger->submissions(stem_of(options.report));
  if (!all) return fail(all.error(), run);
  std::string out;
  for (auto const& submission : *all) {
    if (!options.period.empty() && submission.period != options.period) continue;
    auto const rows = compare(options, *ledger, submission, run);
    if (!rows) return fail(rows.error(), run);
    out += *rows;
  }
  if (all->empty()) run.console.say("nothing of this report was submitted");
  (void)run.console.write("period,figure,what,submitted,now,cause\n" + out);
  return Exit::done;
}

Exit resolve(LedgerOptions const& options, Run const& run) {
  if (options.arrived == options.again) return fail({usage_problem("one-of", "say either --arrived or --again")}, run);
  auto const ledger = open_existing(options);
  if (!ledger) return fail(ledger.error(), run);
  Outbox const outbox(*ledger);
  auto const all = outbox.list();
  if (!all) return fail(all.error(), run);
  for (auto const& one : *all) {
    if (one.id != options.delivery) continue;
    if (one.state != DeliveryState::uncertain && one.state != DeliveryState::refused)
      return fail({usage_problem("not-uncertain", fmt::format("delivery {} is {}", one.id, to_text(one.state)),
                                 "only uncertain and refused deliveries are resolved by hand")},
                  run);
    auto const problems = outbox.resolve(one.id, options.arrived, run.surroundings.now);
    return problems.empty() ? Exit::done : fail(problems, run);
  }
  return fail({usage_problem("no-delivery", fmt::format("there is no delivery {}", options.delivery),
                             "'yekun ledger list' shows their numbers")},
              run);
}

Exit backup(LedgerOptions const& options, Run const& run) {
  auto const ledger = open_existing(options);
  if (!ledger) return fail(ledger.error(), run);
  auto const problems = ledger->copy_to(options.backup);
  return problems.empty() ? Exit::done : fail(problems, run);
}

}  // namespace

Command add_ledger(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("ledger", "what was submitted, delivered, restated");
  command->require_subcommand(1);
  auto const options = std::make_shared<LedgerOptions>();
  auto const add = [&](char const* name, char const* words) {
    auto* sub = command->add_subcommand(name, words);
    sub->add_option("REPORT", options->report, "a report's file, or the ledger's")->required();
    sub->add_option("--ledger", options->ledger, "the ledger's file (default: the report's, or ledger.sqlite)");
    add_shared(*sub, shared);
    return sub;
  };
  auto* listing = add("list", "submissions and deliveries");
  auto* submitting = add("submit", "keep a report's figures as what a donor got");
  submitting->add_option("--to", options->to, "the donor's name")->required();
  submitting->add_option("--period", options->period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  auto* comparing = add("diff", "figures that are not any more what was submitted, with the cause");
  comparing->add_option("--period", options->period, "only what was submitted for this period");
  auto* resolving = add("resolve", "say what became of an uncertain delivery");
  resolving->add_option("NUMBER", options->delivery, "its number in 'ledger list'")->required();
  resolving->add_flag("--arrived", options->arrived, "the reader has it");
  resolving->add_flag("--again", options->again, "the reader does not have it: send it again");
  auto* copying = add("backup", "copy the ledger while it may be in use");
  copying->add_option("FILE", options->backup, "where to; must not exist")->required();
  return {command, [=](Run const& run) {
            if (listing->parsed()) return list(*options, run);
            if (submitting->parsed()) return submit(*options, run);
            if (comparing->parsed()) return diff(*options, run);
            if (resolving->parsed()) return resolve(*options, run);
            return copying->parsed() ? backup(*options, run) : Exit::usage;
          }};
}

}  // namespace yekun
