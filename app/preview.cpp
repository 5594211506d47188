// yekun preview REPORT: the report's dashboard and pages in a browser, built anew when a file changes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "app/check.h"
#include "app/command.h"
#include "app/file_watch.h"
#include "app/preview_server.h"
#include "data-loaders/postgres_pool.h"
#include "reports/names_check.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{250};

struct PreviewOptions {
  BuildOptions build{};
  int port = 0;
};

std::string as_text(Diagnostics const& diagnostics) {
  std::string out;
  for (auto const& one : diagnostics) out += to_text(one, false);
  return out;
}

/// The state after the files changed: the last good pages stay where the report cannot be built now. What is wrong is
/// what `check` says; where that finds nothing (the data), what a build prints.
PreviewState rebuild(PreviewOptions const& options, Run const& run, PreviewState last) {
  std::string printed;
  Run const quiet{run.shared,   run.surroundings, Console(&printed), run.interrupt,
                  run.progress, run.databases,    run.cache};
  struct Forget {  // each rebuild sees the databases as they are then, and holds no transaction open between two
    PostgresPool& databases;
    ~Forget() { databases.forget_all(); }
  } const forget{*run.databases};
  Exit exit = Exit::done;
  auto const report = prepare(options.build, quiet, exit);
  auto made = report ? make_preview(*report) : failure(Diagnostics{});
  if (made) {
    made->problems = printed + made->problems;
    return *std::move(made);
  }
  last.failed = true;
  auto const found = check_problems(options.build.report, quiet);
  last.problems = has_errors(found) ? as_text(found) : printed + as_text(made.error());
  last.name = stem_of(options.build.report);
  return last;
}

/// The report's folder and that of its programme, which may be a shared one.
std::vector<std::string> watched(std::string const& report) {
  std::vector<std::string> out{report};
  auto const parsed = read_report(report);
  out.push_back(parsed && parsed->programme ? parsed->programme->programme.folder : folder_of(report));
  return out;
}

Exit preview(PreviewOptions const& options, Run const& run) {
  auto const server = PreviewServer::open(options.port);
  if (!server) {
    run.console.print(server.error());
    return exit_of(server.error());
  }
  (void)run.console.write(fmt::format("http://127.0.0.1:{}/\n", (*server)->port()));
  run.console.say("Ctrl-C ends the preview");
  PreviewState state;
  auto places = watched(options.build.report);
  FileWatch watch(places);
  for (std::uint64_t version = 1;;) {
    if (watch.look()) {
      state = rebuild(options, run, std::move(state));
      if (state.failed) run.console.say(state.problems);
      (*server)->show(to_site(state, version), version);
      ++version;
      if (auto now = watched(options.build.report); now != places) {  // the report names another programme
        places = std::move(now);
        watch = FileWatch(places);
        (void)watch.look();
      }
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

}  // namespace

Command add_preview(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("preview", "show a report in the browser, built anew when a file changes");
  auto const options = std::make_shared<PreviewOptions>();
  command->add_option("REPORT", options->build.report, "the report's file")->required();
  command->add_option("--port", options->port, "of 127.0.0.1 (default: any free one)")->check(CLI::Range(1, 65535));
  command->add_option("--period", options->build.period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--for", options->build.member, "the report of this member: region=Quba (default: the overview)");
  command->add_option("--lang", options->build.languages, "only these languages, with commas");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return preview(*options, run); }};
}

}  // namespace yekun
