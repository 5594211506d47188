#include "app/command.h"

#include "app/standard_input.h"

#include <CLI/CLI.hpp>

#include "reports/names_check.h"

namespace yekun {

void add_shared(CLI::App& command, Shared& shared) {
  command.add_flag("--json", shared.json, "diagnostics as JSON, one object a line");
  command.add_flag("--strict", shared.strict, "findings of severity error in the data are fatal");
  command.add_option("--threads", shared.threads, "processors to use; changes no result")->check(CLI::Range(1, 256));
  command
      .add_option("--as-of", shared.as_of,
                  "the day that relative periods refer to (default: SOURCE_DATE_EPOCH, else today)")
      ->type_name("DATE");
  command.add_flag("--no-cache", shared.no_cache, "read all files, and keep nothing of them for the next run");
}

PartialCache cache_for(std::string const& programme_text, Run const& run) {
  return run.cache == nullptr ? PartialCache{} : run.cache->open(programme_text);
}

SourceContext source_context(Programme const& programme, Run const& run) {
  (void)keep_standard_input(programme);
  run.progress.watch(programme.folder);
  SourceContext out;
  out.folder = programme.folder;
  out.environment = run.surroundings.variables;
  out.databases = run.databases;
  return out;
}

LoadedProgramme load_for(std::string const& path, Run const& run) {
  LoadedProgramme out;
  auto parsed = read_programme(path);
  if (!parsed) {
    run.console.print(parsed.error());
    out.exit = exit_of(parsed.error());
    return out;
  }
  auto const found = find_columns(parsed->programme, source_context(parsed->programme, run));
  auto problems = check_names(*parsed, found);
  problems.insert(problems.end(), found.problems.begin(), found.problems.end());
  finish_diagnostics(problems, parsed->programme.file, parsed->text);
  auto const day = as_of_day(run.shared.as_of, parsed->programme.timezone, run.surroundings);
  if (!day) problems.insert(problems.end(), day.error().begin(), day.error().end());
  run.console.print(problems);
  if (has_errors(problems)) {
    out.exit = exit_of(problems);
    return out;
  }
  out.programme = std::move(parsed->programme);
  out.environment.sources = source_context(out.programme, run);
  out.environment.as_of = *day;
  out.environment.threads = run.threads();
  out.environment.quality = run.shared.strict;
  out.environment.cache = cache_for(parsed->text, run);
  out.environment.cache.least_files = 2;
  out.loaded = true;
  return out;
}

}  // namespace yekun
