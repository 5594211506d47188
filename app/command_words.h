// The command line in words: what --help says, as values, so that completion and man pages say the same.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace yekun {

struct OptionWords {
  std::vector<std::string> names{};  // "--out", "-h"; of an argument its name in capitals
  std::string value{};               // what stands behind it: "DATE"; empty: a flag
  std::string about{};
  std::vector<std::string> choices{};  // all values there are; empty: any
  bool required = false;
  bool takes_path = false;  // files or folders are a sensible completion
};

struct CommandWords {
  std::string path{};  // "yekun", "yekun build", "yekun ledger list"
  std::string about{};
  std::string footer{};
  std::vector<OptionWords> arguments{};
  std::vector<OptionWords> options{};
  std::vector<CommandWords> commands{};
  std::string name() const { return path.substr(path.rfind(' ') + 1); }
};

CommandWords words_of(CLI::App const& app, std::string const& path = "yekun");

/// The completion script of "bash", "zsh" or "fish"; empty for any other shell.
std::string completion_script(CommandWords const& all, std::string const& shell);

/// A man page: of `command` ("build"), or of the whole where it is empty; nothing if there is no such command.
/// `version` stands in its footer.
std::string manual_page(CommandWords const& all, std::string const& command, std::string const& version);

}  // namespace yekun
