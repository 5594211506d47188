// yekun doctor: whether this machine has what yekun needs.
#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/answers.h"
#include "app/command_line.h"
#include "app/sending.h"
#include "app/smtp_probe.h"
#include "core/catalogue.h"
#include "core/json_tree.h"
#include "core/time_zone.h"
#include "delivery/ledger.h"
#include "output/typeface.h"
#include "reports/report_parser.h"

namespace yekun {
namespace {

namespace fs = std::filesystem;

constexpr int kSmtpSeconds = 10;

struct DoctorOptions {
  std::string report;
  std::string out = "out";
  bool smtp = false;
};

/// One answer: what was looked at and what it is like. `problem`: what is wrong with it.
struct Examined {
  std::string what;
  std::string detail;
  std::optional<Diagnostic> problem{};
};

Diagnostic trouble(Fault fault, std::string code, std::string message, std::string hint) {
  return {Severity::error, fault, std::move(code), {}, std::move(message), std::move(hint)};
}

/// Letters that only one of the languages has, and signs of numbers.
constexpr std::string_view kLetters =
    "ABCxyz 0123456789 ƏəĞğİıŞşÇçÖöÜü ÄäŇňÝýŽž ЁёЖжЩщЪъЭэЮюЯя აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ −–—“”«»•";

Examined check_fonts() {
  Examined out{"fonts", fmt::format("carried, with all letters of {}", fmt::join(kLanguages, ", "))};
  auto const type = Typeface::load();
  std::string const missing = type ? (*type)->missing_glyphs(kLetters) : "";
  if (!type) out.problem = type.error().front();
  if (!missing.empty())
    out.problem = trouble(Fault::internal, "no-letters", fmt::format("the carried fonts lack '{}'", missing),
                          "install yekun again");
  return out;
}

Examined check_languages() {
  Examined out{"languages", "texts, numbers, dates and sorting of all five"};
  for (auto const language : kLanguages) {
    auto const texts = Catalogue::load(language);
    if (!texts) out.problem = texts.error().front();
    if (texts &&
        (texts->locale().message("{n, plural, one {#} other {#}}", {{"n", std::int64_t{2}}}).value_or("").empty() ||
         texts->locale().compare("a", "b") >= 0))
      out.problem = trouble(Fault::internal, "no-locale-data", fmt::format("ICU has no data for '{}'", language),
                            "install the ICU data: apt-get install libicu72");
  }
  return out;
}

Examined check_time_zones(std::int64_t now) {
  UErrorCode status = U_ZERO_ERROR;
  char const* const version = icu::TimeZone::getTZDataVersion(status);
  Examined out{"time zones", fmt::format("edition {}", U_SUCCESS(status) ? version : "unknown")};
  for (auto const* const name : {"Asia/Baku", "Asia/Tbilisi", "Asia/Ashgabat"}) {
    auto const zone = TimeZone::load(name);
    if (zone)
      out.detail += fmt::format("; {} {}", name, zone->to_text(now));
    else
      out.problem = trouble(Fault::internal, "no-time-zone", fmt::format("the time zone '{}' is not known", name),
                            "install the ICU data: apt-get install libicu72");
  }
  return out;
}

/// A file can be made and removed in the folder, or where the folder would be made.
Examined check_writing(std::string const& what, std::string const& folder) {
  Examined out{what, fmt::format("'{}' can be written", folder)};
  std::error_code error;
  fs::path there = fs::absolute(folder, error);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  fs::path const probe = there / fmt::format(".yekun-doctor-{}", getpid());
  bool const written = fs::is_directory(there, error) && static_cast<bool>(std::ofstream(probe) << "yekun\n");
  fs::remove(probe, error);
  if (!written)
    out.problem =
        trouble(Fault::render, "unwritable", fmt::format("'{}' cannot be written", folder),
                fmt::format("ask for the right to write in '{}', or name another folder with --out", there.string()));
  auto const space = fs::space(there, error);
  if (!error && written) out.detail += fmt::format(", {} MB free", space.available >> 20U);
  return out;
}

/// Where what was gathered from files is kept, and how much.
Examined check_cache(CachePlace const& place) {
  Examined out{"cache", place.why};
  std::error_code error;
  if (place.folder.empty()) return out;
  if (!fs::exists(place.folder, error)) {
    out = check_writing("cache", fs::path(place.folder).parent_path().string());
    out.detail = fmt::format("none yet; the first run makes '{}'", place.folder);
    return out;
  }
  auto const store = CacheStore::open(place.folder, place.most);
  if (!store) {
    auto const& refused = store.error().front();
    out.problem = trouble(Fault::render, refused.code, refused.message, refused.hint);
    return out;
  }
  auto const use = (*store)->use();
  out = check_writing("cache", place.folder);
  out.detail = fmt::format("'{}' holds {} MB of at most {} in {} entries", place.folder,
                           (use.bytes + (1U << 19U)) >> 20U, place.most >> 20U, use.entries);
  return out;
}

Examined check_ledger(std::string const& path) {
  Examined out{"ledger", fmt::format("'{}' is whole", path)};
  std::error_code error;
  if (!fs::exists(path, error)) {
    out = check_writing("ledger", fs::path(path).parent_path().empty() ? "." : fs::path(path).parent_path().string());
    out.detail = fmt::format("none yet; the first delivery makes '{}'", path);
  } else if (auto const ledger = Ledger::open(path); !ledger) {
    out.problem = ledger.error().front();
  }
  return out;
}

Examined check_smtp(TransportSpec const& spec) {
  Examined out{"mail server", ""};
  if (spec.kind != TransportKind::smtp) {
    out.problem = trouble(Fault::spec, "no-transport", "the report does not say which mail server takes its mail",
                          "write \"through\": {\"smtp\": {\"server\": \"mail.example.org\"}} in 'deliver'");
    return out;
  }
  auto const answer = probe_mail_server(spec.target, static_cast<int>(spec.port), spec.security != "tls", kSmtpSeconds);
  if (answer)
    out.detail = fmt::format("'{}' port {}: {}", spec.target, spec.port, *answer);
  else
    out.problem = trouble(Fault::delivery, "no-mail-server",
                          fmt::format("'{}' port {} cannot be reached: {}", spec.target, spec.port, answer.error()),
                          "check the server's name and port in 'deliver', and the firewall");
  return out;
}

Examined check_clock(std::int64_t now) {
  auto const zone = TimeZone::load("UTC");
  Examined out{"clock", zone ? zone->to_text(now) : ""};
  if (now < 1'735'689'600)  // 2025-01-01: before yekun was made
    out.problem = trouble(Fault::internal, "wrong-clock", fmt::format("the clock shows {}", out.detail),
                          "set the clock: periods and deliveries follow it");
  return out;
}

void write(Examined const& one, Run const& run) {
  bool const good = !one.problem;
  std::string const detail = good ? one.detail : one.problem->message;
  if (run.console.json())
    (void)run.console.write(fmt::format("{{\"check\": {}, \"good\": {}, \"detail\": {}, \"hint\": {}}}\n",
                                        quote_json(one.what), good, quote_json(detail),
                                        quote_json(good ? "" : one.problem->hint)));
  else
    (void)run.console.write(fmt::format(
        "{:<13}{}  {}\n{}", one.what, good ? "good " : "WRONG", detail,
        good || one.problem->hint.empty() ? "" : fmt::format("{:<20}{}\n", "", "to do: " + one.problem->hint)));
}

Exit examine(DoctorOptions const& options, Run const& run) {
  std::vector<Examined> found{
      {"program", fmt::format("{}; {} processors", version_line(), run.surroundings.processors)},
      check_fonts(),
      check_languages(),
      check_time_zones(run.surroundings.now),
      check_clock(run.surroundings.now),
      check_writing("output", options.out),
      check_cache(cache_place(run.shared.no_cache, run.surroundings))};
  if (options.report.empty() && options.smtp)
    found.push_back(
        {"mail server", "",
         usage_problem("usage", "--smtp needs a report, which names the server", "yekun doctor report.json --smtp")});
  if (!options.report.empty()) {
    auto const report = read_report(options.report);
    if (!report || !report->programme) {
      auto const problems = report ? report->notes.problems : report.error();
      found.push_back(
          {"report", "",
           problems.empty() ? usage_problem("usage", "the report names no programme", "") : problems.front()});
    } else {
      found.push_back(check_ledger(ledger_path({}, report->report, report->programme->programme)));
      if (options.smtp) found.push_back(check_smtp(report->report.deliver.through));
    }
  }
  Diagnostics problems;
  for (auto const& one : found) {
    write(one, run);
    if (one.problem) problems.push_back(*one.problem);
  }
  return exit_of(problems);
}

}  // namespace

Command add_doctor(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("doctor", "look whether this machine has what yekun needs");
  auto const options = std::make_shared<DoctorOptions>();
  command->add_option("REPORT", options->report, "also its ledger and mail server");
  command->add_option("--out", options->out, "the folder that will be written to")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_flag("--smtp", options->smtp, "also connect to the report's mail server; nothing is sent");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return examine(*options, run); }};
}

}  // namespace yekun
