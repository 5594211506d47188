// yekun build REPORT: the workbook, the PDF and the charts of one report, in all its languages.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/burst.h"
#include "app/command.h"
#include "app/ledger_build.h"
#include "app/report_writer.h"
#include "app/restated.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

/// A report without for_each: its files, in this process.
Exit write_one(PreparedReport const& report, std::string const& out, Run const& run, std::vector<std::string>& files) {
  ReportWriter writer(report, source_context(report.programme, run));
  Artefacts artefacts(out, std::to_string(getpid()));
  auto const guard = run.interrupt.on_interrupt([&artefacts] { artefacts.discard(); });
  if (auto const problems = artefacts.prepare(); has_errors(problems)) return fail(problems, run);
  remove_dead_leftovers(report, out);
  auto const problems = writer.write({}, artefacts);
  run.console.print(problems);
  if (has_errors(problems)) return exit_of(problems);
  auto const paths = artefacts.publish();
  if (!paths) return fail(paths.error(), run);
  for (auto const& path : *paths) {
    (void)run.console.write(path + "\n");
    files.push_back(std::filesystem::path(path).filename().string());
  }
  return Exit::done;
}

/// The ledger that the report names, if it names one, and what it says of earlier submissions.
Diagnostics open_ledger(PreparedReport& report, Run const& run, std::optional<Ledger>& ledger) {
  auto const& name = report.plan.report.deliver.ledger;
  if (name.empty()) return {};
  auto opened = Ledger::open(join_path(report.programme.folder, name));
  if (!opened) return opened.error();
  ledger = *std::move(opened);
  return add_restated(report, *ledger, run);
}

struct Options {
  BuildOptions build{};
  bool force = false;
};

Exit build(Options const& options, Run const& run) {
  Exit exit = Exit::done;
  auto report = prepare(options.build, run, exit);
  if (!report) return exit;
  std::optional<Ledger> ledger;
  if (auto const problems = open_ledger(*report, run, ledger); !problems.empty()) return fail(problems, run);
  std::vector<std::string> files;
  if (report->plan.report.for_each.empty())
    exit = write_one(*report, options.build.out, run, files);
  else
    exit = burst(*report, options.build.out, options.force, run, files);
  if (!ledger || files.empty()) return exit;
  auto const problems = record_build(*report, *ledger, options.build.out, files, run.surroundings.now);
  return problems.empty() ? exit : std::max(exit, fail(problems, run));
}

}  // namespace

Command add_build(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("build", "write a report's workbook, PDF and charts");
  auto const options = std::make_shared<Options>();
  command->add_option("REPORT", options->build.report, "the report's file")->required();
  command->add_option("--period", options->build.period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--out", options->build.out, "the folder to write to")->type_name("DIR")->capture_default_str();
  command->add_option("--only", options->build.only, "only these outputs, with commas: xlsx,pdf,png");
  command->add_option("--for", options->build.member, "only the report of this member: region=Quba");
  command->add_option("--lang", options->build.languages, "only these languages, with commas");
  command->add_flag("--lenient", options->build.lenient,
                    "letters that no font has and clipped text warn instead of failing");
  command->add_flag("--force", options->force, "with for_each: write what is done and unchanged too");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return build(*options, run); }};
}

}  // namespace yekun
