#include "app/command_line.h"

#include <CLI/CLI.hpp>

namespace yekun {
namespace {

constexpr char const* kFooter =
    "Exit codes: 0 done, 1 a bug of yekun, 2 usage, 3 the spec is wrong, 4 the data is wrong, 5 writing failed, "
    "6 nothing was delivered, 7 delivered in part, 130 Ctrl-C.\n"
    "First steps: yekun init my-programme --from services.xlsx people.csv";

}  // namespace

std::string version_line() {
  std::string const build = YEKUN_BUILD;
  return std::string("yekun ") + kVersion + (build.empty() ? "" : " (build " + build + ")");
}

std::vector<Command> add_commands(CLI::App& app, Shared& shared) {
  app.set_version_flag("--version", version_line());
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "print this help and exit");
  std::vector<Command> out{
      add_init(app, shared),   add_check(app, shared),  add_data(app, shared),       add_query(app, shared),
      add_build(app, shared),  add_chart(app, shared),  add_explain(app, shared),    add_preview(app, shared),
      add_send(app, shared),   add_run(app, shared),    add_schedule(app, shared),   add_ledger(app, shared),
      add_verify(app, shared), add_doctor(app, shared), add_completion(app, shared), add_manual(app, shared)};
  app.footer(kFooter);  // last: commands would take it over
  return out;
}

}  // namespace yekun
