// yekun init DIR --from FILE...: a programme from data files; or --template NAME: a report, copied from a carried
// template.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/init_from.h"
#include "core/assets.h"
#include "output/artefacts.h"
#include "reports/report_template.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

struct InitOptions {
  std::string folder;
  std::string template_name;
  std::vector<std::string> from;
};

Diagnostic usage(std::string code, std::string message, std::string hint) {
  return {Severity::error, Fault::usage, std::move(code), {}, std::move(message), std::move(hint)};
}

/// The template as it is copied: its comment about copying it is of no use in the copy, and the programme is where the
/// folder has it.
std::string copy_of(std::string_view carried, bool programme_here) {
  std::string text(carried);
  auto const first = text.find('{');
  auto const schema = text.find("  \"$schema\"");
  auto const end = text.find('\n', schema);
  std::string about = text.substr(0, text.find('\n') + 1);
  text = about + text.substr(first, schema - first) + text.substr(end + 1);
  if (programme_here)
    if (auto const at = text.find("\"../programme.json\""); at != std::string::npos)
      text.replace(at, std::string_view("\"../programme.json\"").size(), "\"programme.json\"");
  return text;
}

Exit init(InitOptions const& options, Run const& run) {
  auto const refuse = [&](Diagnostic const& problem) {
    run.console.print({problem});
    return exit_of({problem});
  };
  if (!options.from.empty()) return init_from(options.folder, options.from, run);
  if (options.template_name.empty())
    return refuse(usage("usage", "nothing to start from: --from or --template was expected",
                        "yekun init my-programme --from services.xlsx; or: yekun init . --template donor-progress"));
  auto const carried = asset(fmt::format("reports/{}.json", options.template_name));
  if (!carried)
    return refuse(usage("unknown-template", fmt::format("unknown template '{}'", options.template_name),
                        suggestion(options.template_name, template_names())));
  std::error_code error;
  std::filesystem::path const folder(options.folder);
  std::string const name = options.template_name + ".json";
  if (std::filesystem::exists(folder / name, error))
    return refuse(usage("file-exists", fmt::format("'{}' is there already", (folder / name).string()),
                        "choose another folder, or move the file away"));
  bool const here = std::filesystem::exists(folder / "programme.json", error);
  Artefacts artefacts(options.folder, "init");
  auto problems = artefacts.prepare();
  if (!has_errors(problems)) problems = artefacts.write(name, copy_of(*carried, here));
  if (has_errors(problems)) {
    run.console.print(problems);
    return exit_of(problems);
  }
  auto const paths = artefacts.publish();
  if (!paths) {
    run.console.print(paths.error());
    return exit_of(paths.error());
  }
  for (auto const& path : *paths) (void)run.console.write(path + "\n");
  run.console.say("fill in 'with', then: yekun check " + (folder / name).string());
  return Exit::done;
}

}  // namespace

Command add_init(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("init", "start a programme from data files, or a report from a template");
  auto const options = std::make_shared<InitOptions>();
  command->add_option("DIR", options->folder, "the folder to write to: the programme's, or its reports/")->required();
  auto* const from =
      command->add_option("--from", options->from, "data files: what they hold is proposed as a programme")
          ->type_name("FILE...");
  command
      ->add_option("--template", options->template_name,
                   fmt::format("a report to copy: {}", fmt::join(template_names(), ", ")))
      ->type_name("NAME")
      ->excludes(from);
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return init(*options, run); }};
}

}  // namespace yekun
