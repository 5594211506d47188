// The whole command line: every command in the order of its help.
#pragma once

#include <vector>

#include "app/command.h"

namespace yekun {

/// "yekun 0.1.0 (build 1bf9bbb)".
std::string version_line();

/// Adds the commands, the version and what stands below the help. `app` and `shared` outlive what is given back.
std::vector<Command> add_commands(CLI::App& app, Shared& shared);

}  // namespace yekun
