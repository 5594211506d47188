#include <fmt/format.h>

#include "app/command_words.h"

namespace yekun {
namespace {

std::string joined(std::vector<std::string> const& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> option_names(CommandWords const& command) {
  std::vector<std::string> out;
  for (auto const& option : command.options) out.insert(out.end(), option.names.begin(), option.names.end());
  return out;
}

std::vector<std::string> command_names(CommandWords const& command) {
  std::vector<std::string> out;
  for (auto const& one : command.commands) out.push_back(one.name());
  return out;
}

/// Each command with those below it.
template <class Visit>
void each(CommandWords const& command, Visit const& visit) {
  visit(command);
  for (auto const& one : command.commands) each(one, visit);
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// What may follow an option, as a line of bash's case; empty for flags.
std::string bash_value(CommandWords const& command, OptionWords const& option) {
  if (option.value.empty()) return {};
  std::string patterns;
  for (auto const& name : option.names)
    patterns += fmt::format("{}{}", patterns.empty() ? "" : "|", quoted(command.path + " " + name));
  std::string const reply = !option.choices.empty() ? fmt::format("COMPREPLY=($(compgen -W {} -- \"$current\"))",
                                                                  quoted(joined(option.choices)))
                            : option.takes_path     ? "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\"))"
                                                    : "COMPREPLY=()";
  return fmt::format("    {}) {}; return ;;\n", patterns, reply);
}

std::string bash_script(CommandWords const& all) {
  std::string steps;
  std::string values;
  std::string words;
  each(all, [&](CommandWords const& command) {
    for (auto const& one : command.commands)
      steps += fmt::format("      {}) command={} ;;\n", quoted(command.path + " " + one.name()), quoted(one.path));
    for (auto const& option : command.options) values += bash_value(command, option);
    words += fmt::format("    {}) options={} commands={} ;;\n", quoted(command.path),
                         quoted(joined(option_names(command))), quoted(joined(command_names(command))));
  });
  return fmt::format(
      "# bash completion for yekun; made by: yekun completion bash\n"
      "_yekun() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command=yekun word options= "
      "commands=\n"
      "  COMPREPLY=()\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case \"$command $word\" in\n{}    esac\n"
      "  done\n"
      "  case \"$command $previous\" in\n{}  esac\n"
      "  case \"$command\" in\n{}  esac\n"
      "  if [[ $current == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
      "  elif [[ -n $commands ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n"
      "  else\n"
      "    compopt -o filenames\n"
      "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
      "  fi\n"
      "}}\n"
      "complete -F _yekun yekun\n",
      steps, values, words);
}

/// For _arguments: brackets and colons have meanings there.
std::string zsh_words(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_value(OptionWords const& option) {
  if (!option.choices.empty()) return fmt::format(":{}:({})", option.value, joined(option.choices));
  return option.takes_path ? ":file:_files" : fmt::format(":{}: ", zsh_words(option.value));
}

void add_zsh(CommandWords const& command, std::string const& function, std::string& out) {
  std::string body;
  for (auto const& option : command.options)
    body += fmt::format(" \\\n    {}", quoted(fmt::format("{}[{}]{}", option.names.back(), zsh_words(option.about),
                                                          option.value.empty() ? "" : zsh_value(option))));
  if (command.commands.empty()) {
    out += fmt::format("{}() {{\n  _arguments -s{} \\\n    '*:file:_files'\n}}\n", function, body);
    return;
  }
  std::string list;
  std::string calls;
  for (auto const& one : command.commands) {
    list += fmt::format("    {}\n", quoted(fmt::format("{}:{}", one.name(), zsh_words(one.about))));
    calls += fmt::format("        {}) {}_{} ;;\n", one.name(), function, one.name());
    add_zsh(one, function + "_" + one.name(), out);
  }
  out += fmt::format(
      "{0}() {{\n  local state line\n  local -a commands=(\n{1}  )\n  _arguments -C{2} \\\n    '1:command:->command' "
      "'*::argument:->argument'\n"
      "  case $state in\n    command) _describe command commands ;;\n    argument)\n      case $line[1] in\n{3}      "
      "esac ;;\n  esac\n}}\n",
      function, list, body, calls);
}

std::string zsh_script(CommandWords const& all) {
  std::string out = "#compdef yekun\n# zsh completion for yekun; made by: yekun completion zsh\n";
  add_zsh(all, "_yekun", out);
  return out + "if [ \"$funcstack[1]\" = \"_yekun\" ]; then _yekun \"$@\"; else compdef _yekun yekun; fi\n";
}

std::string fish_condition(CommandWords const& command) {
  auto const words = command.path.size() > 6 ? command.path.substr(6) : "";
  if (words.empty()) return "__fish_use_subcommand";
  std::string out;
  for (std::size_t from = 0; from < words.size();) {
    auto const end = std::min(words.find(' ', from), words.size());
    out += fmt::format("{}__fish_seen_subcommand_from {}", out.empty() ? "" : "; and ", words.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

std::string fish_script(CommandWords const& all) {
  std::string out = "# fish completion for yekun; made by: yekun completion fish\n";
  each(all, [&](CommandWords const& command) {
    auto const condition = quoted(fish_condition(command));
    for (auto const& one : command.commands)
      out += fmt::format("complete -c yekun -n {} -f -a {} -d {}\n", condition, one.name(), quoted(one.about));
    for (auto const& option : command.options) {
      std::string line = fmt::format("complete -c yekun -n {}", condition);
      for (auto const& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.choices.empty())
        line += fmt::format(" -x -a {}", quoted(joined(option.choices)));
      else if (!option.value.empty())
        line += option.takes_path ? " -r -F" : " -x";
      out += fmt::format("{} -d {}\n", line, quoted(option.about));
    }
  });
  return out;
}

}  // namespace

std::string completion_script(CommandWords const& all, std::string const& shell) {
  if (shell == "bash") return bash_script(all);
  if (shell == "zsh") return zsh_script(all);
  return shell == "fish" ? fish_script(all) : std::string();
}

}  // namespace yekun
