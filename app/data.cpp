// yekun data PROGRAMME [DATASET] or yekun data FILE: what is in the data.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <set>

#include "app/answers.h"
#include "app/command.h"
#include "core/json_tree.h"
#include "data-loaders/profile.h"
#include "indicators/findings_source.h"
#include "indicators/rule_run.h"
#include "indicators/source_cache.h"
#include "reports/lookup_check.h"
#include "reports/spec_file.h"

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

/// A data file by itself: a programme of one dataset whose columns nobody has declared.
LoadedProgramme load_file(std::string const& path, Run const& run) {
  LoadedProgramme out;
  out.programme.folder = folder_of(path);
  out.programme.file = path;
  Dataset dataset;
  dataset.id = stem_of(path);
  dataset.source.files = {std::filesystem::path(path).filename().string()};
  dataset.source.place.file = path;
  out.programme.datasets.push_back(std::move(dataset));
  out.environment.sources = source_context(out.programme, run);
  out.environment.threads = run.threads();
  out.loaded = true;
  return out;
}

/// By its ending; JSON by what it holds.
bool is_data_file(std::string const& path) {
  auto const ending = std::filesystem::path(path).extension().string();
  if (ending != ".json") {
    static std::set<std::string, std::less<>> const endings{
        ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".ndjson", ".jsonl", ".sqlite", ".db", ".zip", ".gz", ".zst"};
    return endings.contains(ending);
  }
  auto const text = read_spec_file(path);
  auto const root = text ? parse_json(*text, path) : Result<JsonNode>(tl::unexpect, Diagnostics{});
  if (!root) return false;
  return root->kind == JsonKind::array || (root->find("programme") == nullptr && root->find("datasets") == nullptr);
}

Exit data(DataOptions const& options, Run const& run) {
  auto loaded = is_data_file(options.programme) ? load_file(options.programme, run) : load_for(options.programme, run);
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
  command->add_option("PROGRAMME", options->programme, "programme.json, or a data file by itself")->required();
  command->add_option("DATASET", options->dataset, "only this one");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return data(*options, run); }};
}

}  // namespace yekun
