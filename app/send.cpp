// yekun send REPORT: one report to its readers, now.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/sending.h"

namespace yekun {

Command add_send(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("send", "mail a report to its readers, each once");
  auto const options = std::make_shared<SendOptions>();
  command->add_option("REPORT", options->build.report, "the report's file")->required();
  command->add_option("--period", options->build.period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--out", options->build.out, "the folder for what is attached")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--for", options->build.member, "only the readers of this member: region=Quba");
  command->add_option("--ledger", options->ledger, "the ledger's file (default: the report's, or ledger.sqlite)");
  command->add_flag("--dry-run", options->dry_run, "write the messages as .eml files and contact nobody");
  command->add_flag("--again", options->again, "send it even to readers who have it already");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return send_report(*options, {}, run); }};
}

}  // namespace yekun
