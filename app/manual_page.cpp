#include <fmt/format.h>

#include <algorithm>

#include "app/command_words.h"

namespace yekun {
namespace {

/// Text for roff: backslashes, hyphens that are typed, and lines that would begin a request.
std::string roff(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

std::string synopsis(CommandWords const& command) {
  std::string out = fmt::format(".B {}\n", roff(command.path));
  if (!command.commands.empty()) return out + ".I COMMAND\n.RI [ OPTION ...]\n";
  if (!command.options.empty()) out += ".RI [ OPTION ...]\n";
  for (auto const& argument : command.arguments)
    out += argument.required ? fmt::format(".I {}\n", argument.names.front())
                             : fmt::format(".RI [ {} ]\n", argument.names.front());
  return out;
}

std::string option_item(OptionWords const& option, bool argument) {
  std::string names;
  for (auto const& name : option.names)
    names += fmt::format("{}{}{}\\fR", names.empty() ? "" : ", ", argument ? "\\fI" : "\\fB", roff(name));
  if (!option.value.empty()) names += fmt::format(" \\fI{}\\fR", roff(option.value));
  std::string about = option.about;
  if (!option.choices.empty()) about += fmt::format(" ({})", fmt::join(option.choices, ", "));
  return fmt::format(".TP\n{}\n{}\n", names, roff(about.empty() ? "see above" : about));
}

std::string options_of(CommandWords const& command) {
  std::string out;
  for (auto const& argument : command.arguments) out += option_item(argument, true);
  for (auto const& option : command.options) out += option_item(option, false);
  return out;
}

std::string page_name(CommandWords const& command) {
  std::string out = command.path;
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

std::string page_of(CommandWords const& command, std::string const& version) {
  std::string upper = page_name(command);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  std::string out = fmt::format(".TH {} 1 \"\" \"{}\" \"Yekun\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}", roff(upper),
                                roff(version), roff(page_name(command)), roff(command.about), synopsis(command));
  if (!command.arguments.empty() || !command.options.empty()) out += ".SH OPTIONS\n" + options_of(command);
  if (!command.commands.empty()) out += ".SH COMMANDS\n";
  for (auto const& one : command.commands) {
    bool const whole = command.path != "yekun";  // of a command's own commands all is said here
    out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(whole ? one.path : one.name()), roff(one.about));
    if (whole) out += ".RS\n" + options_of(one) + ".RE\n";
  }
  if (!command.footer.empty()) out += fmt::format(".SH NOTES\n{}\n", roff(command.footer));
  out += ".SH SEE ALSO\n";
  if (command.path != "yekun") out += ".BR yekun (1),\n";
  return out + "the documentation in\n.I /usr/share/doc/yekun\n";
}

}  // namespace

std::string manual_page(CommandWords const& all, std::string const& command, std::string const& version) {
  if (command.empty()) return page_of(all, version);
  for (auto const& one : all.commands)
    if (one.name() == command) return page_of(one, version);
  return {};
}

}  // namespace yekun
