// yekun completion SHELL and yekun manual [COMMAND]: made from the same words as --help.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/answers.h"
#include "app/command_line.h"
#include "app/command_words.h"

namespace yekun {

Command add_completion(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("completion", "print the completion script of a shell");
  auto const shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("bash: yekun completion bash > ~/.local/share/bash-completion/completions/yekun");
  add_shared(*command, shared);
  return {command, [&app, shell](Run const& run) {
            return run.console.write(completion_script(words_of(app), *shell)) ? Exit::done : Exit::render;
          }};
}

Command add_manual(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("manual", "print a man page");
  auto const name = std::make_shared<std::string>();
  command->add_option("COMMAND", *name, "of this command (default: of yekun)");
  command->footer("To read one: yekun manual build | man -l -");
  add_shared(*command, shared);
  return {command, [&app, name](Run const& run) {
            auto const all = words_of(app);
            auto const page = manual_page(all, *name, version_line());
            if (!page.empty()) return run.console.write(page) ? Exit::done : Exit::render;
            std::vector<std::string> names;
            for (auto const& one : all.commands) names.push_back(one.name());
            run.console.print(
                {usage_problem("unknown-command", "unknown command '" + *name + "'", suggestion(*name, names))});
            return Exit::usage;
          }};
}

}  // namespace yekun
