// yekun: the command line.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "data-loaders/postgres_pool.h"

namespace yekun {
namespace {

Diagnostic usage_error(std::string message, std::string hint) {
  Diagnostic out;
  out.fault = Fault::usage;
  out.code = "usage";
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

/// The first argument that is no option, where it names no command.
std::string unknown_command(int count, char const* const* arguments, std::vector<std::string> const& commands) {
  if (count < 2) return {};
  std::string const first = arguments[1];
  if (first.empty() || first.front() == '-') return {};
  return std::find(commands.begin(), commands.end(), first) == commands.end() ? first : std::string();
}

/// CLI11 begins its messages with a capital; ours do not.
std::string lower_first(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  if (text.starts_with("A ")) text[0] = 'a';
  return text;
}

/// What was not expected is named first, options before values: '--perod', not the period behind it.
std::string message_of(CLI::App const& app, CLI::ParseError const& error) {
  std::vector<CLI::App*> const used = app.get_subcommands();
  if (dynamic_cast<CLI::ExtrasError const*>(&error) == nullptr || used.empty()) return lower_first(error.what());
  auto const extras = used.front()->remaining();
  for (auto const& extra : extras)
    if (extra.starts_with("-") && extra.size() > 1)
      return fmt::format("unknown option '{}'", extra.substr(0, extra.find('=')));
  return extras.empty() ? lower_first(error.what()) : fmt::format("'{}' was not expected here", extras.front());
}

std::string hint_for(CLI::App const& app, CLI::ParseError const& error) {
  std::vector<CLI::App*> const used = app.get_subcommands();
  std::string const command = used.empty() ? "" : " " + used.front()->get_name();
  if (dynamic_cast<CLI::ExtrasError const*>(&error) != nullptr && !used.empty()) {
    std::vector<std::string> options;
    for (auto const* option : used.front()->get_options())
      for (auto const& name : option->get_lnames()) options.push_back("--" + name);
    for (auto const& extra : used.front()->remaining())
      if (auto const near = nearest(extra.substr(0, extra.find('=')), options); !near.empty())
        return fmt::format("did you mean '{}'?", near);
  }
  return fmt::format("see: yekun{} --help", command);
}

Exit run_command(std::vector<Command> const& commands, Run const& run) {
  for (auto const& command : commands)
    if (command.parsed->parsed()) return command.action(run);
  return Exit::usage;
}

Exit parse_and_run(int count, char const* const* arguments, Interrupt& interrupt) {
  Surroundings const surroundings = look_around();
  Shared shared;
  CLI::App app{"Yekun: from programme records to the donor report", "yekun"};
  std::vector<Command> const commands = add_commands(app, shared);
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (auto const& command : commands) names.push_back(command.parsed->get_name());
  Console const plain(false, surroundings.colour);
  if (auto const unknown = unknown_command(count, arguments, names); !unknown.empty()) {
    plain.print({usage_error(fmt::format("unknown command '{}'", unknown), suggestion(unknown, names))});
    return Exit::usage;
  }
  try {
    app.parse(count, arguments);
  } catch (CLI::ParseError const& error) {
    if (error.get_exit_code() == 0) {
      app.exit(error);
      return Exit::done;
    }
    plain.print({usage_error(message_of(app, error), hint_for(app, error))});
    return Exit::usage;
  }
  ProgressBar progress(surroundings.erases && !shared.json);
  Console const console(shared.json, surroundings.colour, &progress);
  auto const databases = std::make_shared<PostgresPool>();
  interrupt.always_first([databases] { databases->cancel(); });
  auto const cache = std::make_shared<RunCache>(cache_place(shared.no_cache, surroundings));
  Exit const exit = run_command(commands, Run{shared, surroundings, console, interrupt, progress, databases, cache});
  console.print(cache->take_notes());
  interrupt.always_first({});  // the last that holds the connections: they are closed with a farewell
  return exit;
}

}  // namespace
}  // namespace yekun

int main(int count, char** arguments) {
  int code = static_cast<int>(yekun::Exit::internal);
  yekun::Interrupt interrupt;
  try {
    code = static_cast<int>(yekun::parse_and_run(count, arguments, interrupt));
  } catch (std::exception const& error) {
    yekun::Diagnostic bug;
    bug.fault = yekun::Fault::internal;
    bug.code = "internal";
    bug.message = error.what();
    bug.hint = "this is a bug of yekun; please report it with the command that shows it";
    yekun::Console(false, false).print({bug});
  }
  auto const ended = interrupt.at_end();
  std::fflush(stdout);
  _exit(code);  // the thread that waits for signals ends with the process
}
