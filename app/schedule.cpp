// yekun schedule install --print: the timer that calls `yekun run`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/answers.h"
#include "app/command.h"
#include "reports/schedule_parser.h"

namespace yekun {
namespace {

struct InstallOptions {
  std::string schedule{};
  std::string program = "/usr/bin/yekun";
  int minutes = 5;
  bool print = false;
};

/// A path that is a unit's whole value, which is not unquoted: only "%" names things there.
std::string unit_path(std::string const& text) {
  std::string out;
  for (char const c : text) {
    out += c;
    if (c == '%') out += '%';
  }
  return out;
}

/// A word among others in a unit file: backslashes and quotes escaped too.
std::string unit_word(std::string const& text) {
  std::string out = "\"";
  for (char const c : unit_path(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// A word of a command, where "$" names a variable.
std::string command_word(std::string const& text) {
  std::string out;
  for (char const c : unit_word(text)) {
    out += c;
    if (c == '$') out += '$';
  }
  return out;
}

/// For a shell and for cron, where "%" ends the line.
std::string cron_word(std::string const& text) {
  std::string out = "'";
  for (char const c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '%')
      out += "\\%";
    else
      out += c;
  }
  return out + "'";
}

/// Both units and the line for cron.
std::string units(std::string const& path, InstallOptions const& options) {
  auto const folder = std::filesystem::path(path).parent_path().string();
  return fmt::format(
      "# /etc/systemd/system/yekun.service\n[Unit]\nDescription=Yekun: reports that are due\n"
      "Wants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=oneshot\nUser=yekun\n"
      "WorkingDirectory={0}\nEnvironmentFile=-/etc/yekun/secrets\nExecStart={1} run {2}\n"
      "NoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=strict\nReadWritePaths={7}\n"
      "CacheDirectory=yekun\nCacheDirectoryMode=0700\nEnvironment=XDG_CACHE_HOME=%C\n\n"
      "# /etc/systemd/system/yekun.timer\n[Unit]\nDescription=Yekun: every {3} minutes\n\n[Timer]\n"
      "OnCalendar=*:0/{3}\nRandomizedDelaySec=20\nPersistent=yes\n\n[Install]\nWantedBy=timers.target\n\n"
      "# systemctl daemon-reload && systemctl enable --now yekun.timer\n\n"
      "# or, with cron, /etc/cron.d/yekun (what it says is mailed to MAILTO; cron reads no /etc/yekun/secrets: let "
      "the\n"
      "# report's 'through' name a 'password_file')\n"
      "*/{3} * * * * yekun cd {4} && {5} run {6}\n",
      unit_path(folder), command_word(options.program), command_word(path), options.minutes, cron_word(folder),
      cron_word(options.program), cron_word(path), unit_word(folder));
}

bool has_control(std::string const& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Exit install(InstallOptions const& options, Run const& run) {
  auto const schedule = read_schedule(options.schedule);
  if (!schedule) {
    run.console.print(schedule.error());
    return exit_of(schedule.error());
  }
  auto const path = std::filesystem::absolute(options.schedule).lexically_normal().string();
  if (has_control(path + options.program)) {
    run.console.print(
        {usage_problem("bad-path", "a unit cannot name a path with a line break or another control character",
                       "rename the folder or the file")});
    return Exit::usage;
  }
  if (!options.print) {
    Diagnostic out;
    out.fault = Fault::usage;
    out.code = "print-only";
    out.message = "nothing is installed by itself";
    out.hint = "say --print, read what comes out, and put it where it says";
    run.console.print({out});
    return Exit::usage;
  }
  (void)run.console.write(units(path, options));
  return Exit::done;
}

}  // namespace

Command add_schedule(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("schedule", "units for cron and systemd that call 'yekun run'");
  auto* sub = command->add_subcommand("install", "print a systemd timer and a cron line for a schedule");
  command->require_subcommand(1);
  auto const options = std::make_shared<InstallOptions>();
  sub->add_option("SCHEDULE", options->schedule, "the schedule's file")->required();
  sub->add_option("--program", options->program, "where yekun is")->type_name("PATH")->capture_default_str();
  sub->add_option("--every", options->minutes, "minutes between calls")
      ->check(CLI::Range(1, 59))
      ->capture_default_str();
  sub->add_flag("--print", options->print, "print the units");
  add_shared(*sub, shared);
  return {command, [options](Run const& run) { return install(*options, run); }};
}

}  // namespace yekun
