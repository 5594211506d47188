// yekun explain PROGRAMME INDICATOR: where a number comes from.
#include "indicators/explain.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/answers.h"
#include "app/command.h"
#include "indicators/rule_run.h"

namespace yekun {
namespace {

struct ExplainOptions {
  std::string programme{};
  std::string indicator{};
  std::string period{};
  std::string place{};
  std::size_t rows = 0;
};

/// "region=Quba,sex=female"; a value "(unknown)" stands for rows without one.
Result<std::vector<PlacePart>> place_of(std::string const& text) {
  std::vector<PlacePart> out;
  for (auto const& part : split_list(text)) {
    auto const equals = part.find('=');
    if (equals == 0 || equals == std::string::npos)
      return failure(usage_problem("bad-place", fmt::format("'{}' is no dimension and value", part),
                                   "write --at region=Quba,sex=female"));
    auto const value = part.substr(equals + 1);
    PlacePart one{part.substr(0, equals), std::nullopt, value == "(unknown)"};
    if (!one.unknown) one.value = value;
    out.push_back(std::move(one));
  }
  return out;
}

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

Exit explain_one(ExplainOptions const& options, Run const& run) {
  auto loaded = load_for(options.programme, run);
  if (!loaded.loaded) return loaded.exit;
  auto const period = period_option(options.period, loaded.programme, loaded.environment.as_of);
  if (!period) return fail(period.error(), run);
  auto place = place_of(options.place);
  if (!place) return fail(place.error(), run);
  loaded.environment.hash_files = true;
  ExplainRequest request{options.indicator, *period, std::move(*place), options.rows};
  request.findings_of = [&](std::string const& dataset) {
    return run_rules(loaded.programme, *loaded.programme.dataset(dataset), loaded.environment.sources);
  };
  auto const found = explain(loaded.programme, request, loaded.environment);
  if (!found) return fail(found.error(), run);
  run.console.print(found->warnings);
  (void)run.console.write(run.console.json() ? to_json(*found) + "\n" : to_text(*found));
  return Exit::done;
}

}  // namespace

Command add_explain(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("explain", "show where a number comes from: its rule, rows and files");
  auto const options = std::make_shared<ExplainOptions>();
  command->add_option("PROGRAMME", options->programme, "programme.json")->required();
  command->add_option("INDICATOR", options->indicator, "its name")->required();
  command->add_option("--period", options->period, "2025-Q3, last-quarter, ... (default: all of the data)");
  command->add_option("--at", options->place, "the group: region=Quba,sex=female");
  command->add_option("--rows", options->rows,
                      "show the first N source rows of each part; personal columns are masked");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return explain_one(*options, run); }};
}

}  // namespace yekun
