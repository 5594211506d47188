// What all commands share, and the commands: each adds its options to the command line and gives back what to run.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/console.h"
#include "app/environment.h"
#include "app/exit_code.h"
#include "app/interrupt.h"
#include "app/run_cache.h"
#include "indicators/definitions.h"
#include "indicators/question.h"

namespace CLI {
class App;
}

namespace yekun {

inline constexpr char const* kVersion = "0.1.0";

/// Options that every command takes.
struct Shared {
  bool json = false;
  bool strict = false;
  unsigned threads = 0;  // 0: as many as there are processors
  std::string as_of{};
  bool no_cache = false;
};

/// What a command runs with.
struct Run {
  Shared shared{};
  Surroundings surroundings{};
  Console console;
  Interrupt& interrupt;
  ProgressBar& progress;
  std::shared_ptr<PostgresPool> databases{};  // one snapshot of each for all that this run makes
  std::shared_ptr<RunCache> cache{};
  unsigned threads() const { return shared.threads > 0 ? shared.threads : surroundings.processors; }
};

using Action = std::function<Exit(Run const&)>;

/// A command of the command line. `action` becomes what it does once its options are read.
struct Command {
  CLI::App* parsed = nullptr;
  Action action{};
};

Command add_check(CLI::App& app, Shared& shared);
Command add_data(CLI::App& app, Shared& shared);
Command add_query(CLI::App& app, Shared& shared);
Command add_build(CLI::App& app, Shared& shared);
Command add_explain(CLI::App& app, Shared& shared);
Command add_chart(CLI::App& app, Shared& shared);
Command add_send(CLI::App& app, Shared& shared);
Command add_run(CLI::App& app, Shared& shared);
Command add_schedule(CLI::App& app, Shared& shared);
Command add_ledger(CLI::App& app, Shared& shared);
Command add_verify(CLI::App& app, Shared& shared);
Command add_preview(CLI::App& app, Shared& shared);
Command add_init(CLI::App& app, Shared& shared);
Command add_doctor(CLI::App& app, Shared& shared);
Command add_completion(CLI::App& app, Shared& shared);
Command add_manual(CLI::App& app, Shared& shared);

/// --json, --strict, --threads, --as-of, --no-cache.
void add_shared(CLI::App& command, Shared& shared);

/// The sources' context of a programme: its folder and the variables a spec may name. Keeps standard input, if a
/// dataset reads it.
SourceContext source_context(Programme const& programme, Run const& run);

/// What answers of a programme (its text) may find again.
PartialCache cache_for(std::string const& programme_text, Run const& run);

/// Reads a programme and checks all its names; prints what is wrong. Nothing if there are errors: `exit` says which.
struct LoadedProgramme {
  Programme programme{};
  Environment environment{};
  bool loaded = false;
  Exit exit = Exit::done;
};
LoadedProgramme load_for(std::string const& path, Run const& run);

}  // namespace yekun
