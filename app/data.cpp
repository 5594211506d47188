// yekun data PROGRAMME [DATASET]: what is in the data.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/answers.h"
#include "app/command.h"
#include "data-loaders/profile.h"
#include "indicators/findings_source.h"
#include "indicators/rule_run.h"
#include "indicators/source_cache.h"
#include "reports/lookup_check.h"

namespace yekun {
namespace {

struct DataOptions {
  std::string programme{};
  std::string dataset{};
};

bool write_profile(Dataset const& dataset, DataProfile const& found, Run const& run) {
  return run.console.write(run.console.json() ? to_json(found) + "\n" : dataset.id + "\n" + to_text(found));
}

/// Prints one dataset's profile; the exit code it stands for.
Exit profile_one(Dataset const& dataset, LoadedProgramme const& loaded, Run const& run) {
  SourceCache sources(loaded.programme, loaded.environment.sources);
  auto const source = sources.open(dataset.id);
  auto found = source ? profile(dataset, **source, loaded.environment.threads)
                      : Result<DataProfile>(tl::unexpect, source.error());
  if (!found) {
    run.console.print(found.error());
    return exit_of(found.error());
  }
  if (auto const problems = check_lookups(loaded.programme, dataset, loaded.environment.sources); !problems.empty()) {
    (void)write_profile(dataset, *found, run);
    run.console.print(problems);
    return exit_of(problems);
  }
  auto const broken = run_rules(loaded.programme, dataset, loaded.environment.sources);
  if (!broken) {
    run.console.print(broken.error());
    return exit_of(broken.error());
  }
  found->findings.add(*broken);
  (void)write_profile(dataset, *found, run);
  return run.shared.strict && found->findings.errors > 0 ? Exit::data : Exit::done;
}

Exit data(DataOptions const& options, Run const& run) {
  auto loaded = load_for(options.programme, run);
  if (!loaded.loaded) return loaded.exit;
  if (options.dataset == kFindings && loaded.programme.dataset(kFindings) == nullptr)
    loaded.programme.datasets.push_back(findings_dataset());
  std::vector<std::string> known;
  Exit exit = Exit::done;
  for (auto const& dataset : loaded.programme.datasets) {
    known.push_back(dataset.id);
    if (!options.dataset.empty() && dataset.id != options.dataset) continue;
    if (known.size() > 1 && options.dataset.empty() && !run.console.json()) (void)run.console.write("\n");
    exit = std::max(exit, profile_one(dataset, loaded, run));
  }
  if (options.dataset.empty() || loaded.programme.dataset(options.dataset) != nullptr) return exit;
  Diagnostics const problems{usage_problem("unknown-dataset", fmt::format("unknown dataset '{}'", options.dataset),
                                           suggestion(options.dataset, known))};
  run.console.print(problems);
  return exit_of(problems);
}

}  // namespace

Command add_data(CLI::App& app, Shared& shared) {
  auto* command =
      app.add_subcommand("data", "show what is in the data: columns, types, gaps, duplicates, rejected cells");
  auto const options = std::make_shared<DataOptions>();
  command->add_option("PROGRAMME", options->programme, "programme.json")->required();
  command->add_option("DATASET", options->dataset, "only this one");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return data(*options, run); }};
}

}  // namespace yekun
