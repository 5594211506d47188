#include "app/command_words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace yekun {
namespace {

constexpr std::array<std::string_view, 9> kPaths{"REPORT",  "PROGRAMME", "SCHEDULE", "SPEC", "FILE",
                                                 "FILE...", "DIR",       "PATH",     "BASE"};

/// "{table,csv,json}" in a type's name.
std::vector<std::string> choices_in(std::string const& type) {
  std::vector<std::string> out;
  auto const open = type.find('{');
  auto const close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return out;
  std::string one;
  for (std::size_t i = open + 1; i <= close; ++i) {
    if (type[i] != ',' && i != close)
      one += type[i];
    else if (!one.empty())
      out.push_back(std::exchange(one, {}));
  }
  return out;
}

OptionWords words_of(CLI::Option const& option) {
  OptionWords out;
  for (auto const& name : option.get_snames()) out.names.push_back("-" + name);
  for (auto const& name : option.get_lnames()) out.names.push_back("--" + name);
  bool const argument = out.names.empty();
  if (argument) out.names.push_back(option.get_single_name());
  std::string const type = option.get_type_name();
  out.choices = choices_in(type);
  bool const flag = option.get_items_expected_max() == 0;
  if (!argument && !flag) out.value = out.choices.empty() ? type.substr(0, type.find(':')) : "WORD";
  if (out.value.find(' ') != std::string::npos || out.value.find('[') != std::string::npos) out.value = "N";
  out.about = option.get_description();
  out.required = option.get_required();
  std::string const& kind = argument ? out.names.front() : out.value;
  out.takes_path = std::find(kPaths.begin(), kPaths.end(), kind) != kPaths.end() ||
                   (argument && kind.starts_with("SPEC")) || out.names.back() == "--ledger" ||
                   out.names.back() == "--out";
  return out;
}

}  // namespace

CommandWords words_of(CLI::App const& app, std::string const& path) {
  CommandWords out;
  out.path = path;
  out.about = app.get_description();
  out.footer = app.get_footer();
  for (auto const* option : app.get_options())
    (option->get_positional() && option->get_lnames().empty() ? out.arguments : out.options)
        .push_back(words_of(*option));
  for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; }))
    out.commands.push_back(words_of(*command, path + " " + command->get_name()));
  return out;
}

}  // namespace yekun
