// yekun verify FILE: which build wrote a file, and whether building it again gives the same bytes.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/answers.h"
#include "app/ledger_build.h"
#include "app/receipt.h"
#include "app/report_writer.h"
#include "app/restated.h"
#include "app/sending.h"
#include "core/json_tree.h"
#include "output/digest.h"
#include "reports/report_parser.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

namespace fs = std::filesystem;

struct VerifyOptions {
  std::string file{};
  std::string report{};
  std::string ledger{};
};

/// What is said in the end. `state`: same, inputs-changed, other-bytes, edited, unknown.
struct Verdict {
  std::string state;
  std::string words;
  std::vector<std::string> details{};
};

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

std::optional<std::string> read_bytes(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  return file ? std::optional(std::move(bytes)) : std::nullopt;
}

/// The ledger that is named, the report's, or the nearest ledger.sqlite above the file. Empty: none.
Result<std::string> find_ledger(VerifyOptions const& options) {
  if (!options.ledger.empty()) return options.ledger;
  if (!options.report.empty()) {
    auto const parsed = read_report(options.report);
    if (!parsed) return failure(parsed.error());
    if (!parsed->programme) return failure(parsed->notes.problems);
    return ledger_path({}, parsed->report, parsed->programme->programme);
  }
  std::error_code ignored;
  for (auto folder = fs::absolute(options.file, ignored).parent_path();; folder = folder.parent_path()) {
    if (fs::exists(folder / "ledger.sqlite", ignored)) return (folder / "ledger.sqlite").string();
    if (folder == folder.parent_path()) return std::string();
  }
}

/// A folder for one rebuild.
struct Scratch {
  std::string path;
  Scratch() {
    path = (fs::temp_directory_path() / "yekun-verify-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) path.clear();
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

void compare_inputs(LedgerBuild const& was, LedgerBuild const& now, std::vector<std::string>& out) {
  auto const find = [](std::vector<LedgerFile> const& all, std::string const& name) {
    auto const at = std::find_if(all.begin(), all.end(), [&](LedgerFile const& one) { return one.name == name; });
    return at == all.end() ? nullptr : &*at;
  };
  for (auto const& file : was.inputs) {
    auto const* other = find(now.inputs, file.name);
    if (other == nullptr)
      out.push_back(fmt::format("'{}' is not read any more", file.name));
    else if (other->sha256 != file.sha256)
      out.push_back(fmt::format("'{}' is another file now ({} rows, {} then)", file.name, other->rows, file.rows));
  }
  for (auto const& file : now.inputs)
    if (find(was.inputs, file.name) == nullptr) out.push_back(fmt::format("'{}' was not read then", file.name));
  if (was.spec_sha256 != now.spec_sha256) out.emplace_back("the report or the programme was edited");
  if (was.version != now.version)
    out.push_back(fmt::format("it was built by version {}, this is {}", was.version, now.version));
}

/// The report of a build as it is today. Nothing is printed but errors.
Result<PreparedReport> prepare_again(std::string const& path, LedgerBuild const& build, Ledger const* ledger,
                                     std::string const& kind, Run const& run) {
  std::string said;
  Run quiet{run.shared, run.surroundings, Console(&said), run.interrupt, run.progress};
  quiet.shared.as_of = build.as_of;
  BuildOptions options;
  options.report = path;
  options.period = build.period;
  options.only = kind;
  options.lenient = true;
  Exit exit = Exit::done;
  auto report = prepare(options, quiet, exit);
  if (!report) {
    auto problem = usage_problem("not-rebuilt", fmt::format("'{}' cannot be built again", path), said);
    problem.fault = Fault::data;
    return failure(std::move(problem));
  }
  if (ledger != nullptr)
    if (auto problems = add_restated(*report, *ledger, quiet, build.submissions); !problems.empty())
      return failure(std::move(problems));
  return *std::move(report);
}

/// Whether one of the files that the report makes today has this hash.
Result<bool> makes_it(PreparedReport const& report, std::string const& sha256, Run const& run) {
  Scratch const scratch;
  ReportWriter writer(report, source_context(report.programme, run));
  auto const members = members_of(report);
  if (!members) return failure(members.error());
  for (auto const& member : *members) {
    Artefacts artefacts(scratch.path, std::to_string(::getpid()));
    auto problems = writer.write(member, artefacts);
    if (has_errors(problems)) return failure(std::move(problems));
    for (auto const& [name, path] : artefacts.hand_over())
      if (auto const bytes = read_bytes(path); bytes && sha256_hex(*bytes) == sha256) return true;
  }
  return false;
}

/// The report's path: the option's, or that of the build, from the ledger's folder.
std::string report_path(VerifyOptions const& options, LedgerBuild const& build, std::string const& ledger) {
  if (!options.report.empty()) return options.report;
  constexpr std::string_view kLead = "yekun build ";
  auto const end = build.command.find(" --period ");
  auto const path = build.command.substr(std::min(kLead.size(), build.command.size()), end - kLead.size());
  return (fs::path(ledger).parent_path() / path).lexically_normal().string();
}

std::string day_of(std::int64_t seconds) { return to_iso(Date{static_cast<std::int32_t>(seconds / 86400)}); }

std::string name_of(LedgerBuild const& build) {
  return build.id == 0 ? fmt::format("{}, as of {}", build.period, build.as_of)
                       : fmt::format("build {} of {}: {} {}, as of {}", build.id, day_of(build.at), build.report,
                                     build.period, build.as_of);
}

/// A file of a known build, compared with what its report makes now.
Result<Verdict> rebuild(VerifyOptions const& options, LedgerBuild const& build, Ledger const* ledger,
                        std::string const& report_file, std::string const& sha256, Run const& run) {
  auto const ending = fs::path(options.file).extension().string();
  auto const kind = ending.empty() ? ending : ending.substr(1);
  auto const report = prepare_again(report_file, build, ledger, kind, run);
  if (!report) return failure(report.error());
  Verdict out;
  if (build.id != 0) compare_inputs(build, ledger_build(*report, 0), out.details);
  if (!out.details.empty()) {
    out.state = "inputs-changed";
    out.words = fmt::format("it is as {} wrote it; what it was made from has changed since", name_of(build));
    return out;
  }
  auto same = makes_it(*report, sha256, run);
  if (same && !*same && kind == "eml") {  // a draft holds what was built with it
    auto const whole = prepare_again(report_file, build, ledger, {}, run);
    same = whole ? makes_it(*whole, sha256, run) : failure(whole.error());
  }
  if (!same) return failure(same.error());
  out.state = *same ? "same" : build.id == 0 ? "unknown" : "other-bytes";
  out.words =
      *same ? fmt::format("it is {}, and building it again gives the same bytes", name_of(build))
      : build.id == 0
          ? "no ledger knows it, and building it again gives other bytes: it was edited, or its data have changed"
          : fmt::format("it is as {} wrote it; building it again from the same files gives other bytes",
                        name_of(build));
  return out;
}

/// A file that the ledger does not have, with the receipt of a build that it has.
Result<Verdict> of_receipt(VerifyOptions const& options, LedgerBuild const& build, Ledger const& ledger,
                           std::string const& report_file, std::string const& sha256, Run const& run) {
  auto again = rebuild(options, build, &ledger, report_file, sha256, run);
  if (again && again->state == "same") return again;  // made by a run that keeps no files, such as a dry one
  return Verdict{"edited",
                 fmt::format("it carries the receipt of {}, but that build did not write it as it is: it was edited "
                             "after it was built",
                             name_of(build)),
                 {}};
}

Result<Verdict> judge(VerifyOptions const& options, std::string const& bytes, Run const& run) {
  auto const sha256 = sha256_hex(bytes);
  auto const receipt = find_receipt(bytes);
  auto const path = find_ledger(options);
  if (!path) return failure(path.error());
  std::optional<Ledger> ledger;
  if (!path->empty() && fs::exists(*path)) {
    auto opened = Ledger::open(*path);
    if (!opened) return failure(opened.error());
    ledger = *std::move(opened);
  }
  if (ledger) {
    auto const known = ledger->build_of_file(sha256);
    if (!known) return failure(known.error());
    if (*known) return rebuild(options, **known, &*ledger, report_path(options, **known, *path), sha256, run);
    auto const build = receipt ? ledger->build_of_receipt(receipt->word) : std::optional<LedgerBuild>();
    if (!build) return failure(build.error());
    if (*build) return of_receipt(options, **build, *ledger, report_path(options, **build, *path), sha256, run);
  }
  if (receipt && !options.report.empty()) {
    LedgerBuild asked;
    asked.period = receipt->period;
    asked.as_of = receipt->as_of;
    asked.submissions = receipt->submissions;
    return rebuild(options, asked, ledger ? &*ledger : nullptr, options.report, sha256, run);
  }
  Verdict out{"unknown", ledger ? "the ledger knows no such file" : "there is no ledger to look into", {}};
  if (receipt)
    out.details.push_back(
        fmt::format("it says that it was built from '{}' for {} as of {}: name that report to compare", receipt->report,
                    receipt->period, receipt->as_of));
  return out;
}

Exit verify(VerifyOptions const& options, Run const& run) {
  auto const bytes = read_bytes(options.file);
  if (!bytes) {
    auto problem = usage_problem("unreadable", fmt::format("'{}' cannot be read", options.file));
    problem.fault = Fault::data;
    return fail({problem}, run);
  }
  auto const verdict = judge(options, *bytes, run);
  if (!verdict) return fail(verdict.error(), run);
  std::string out = fmt::format("{}: {}: {}\n", options.file, verdict->state, verdict->words);
  for (auto const& detail : verdict->details) out += "  " + detail + "\n";
  if (run.console.json()) {
    std::string details;
    for (auto const& detail : verdict->details) details += (details.empty() ? "" : ",") + quote_json(detail);
    out = fmt::format("{{\"file\":{},\"state\":\"{}\",\"message\":{},\"details\":[{}]}}\n", quote_json(options.file),
                      verdict->state, quote_json(verdict->words), details);
  }
  (void)run.console.write(out);
  return verdict->state == "same" ? Exit::done : Exit::data;
}

}  // namespace

Command add_verify(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("verify", "find the build of a file, build it again and compare");
  auto const options = std::make_shared<VerifyOptions>();
  command->add_option("FILE", options->file, "a workbook, PDF, page or chart that yekun wrote")->required();
  command->add_option("REPORT", options->report, "the report's file (default: the one the ledger names)");
  command->add_option("--ledger", options->ledger,
                      "the ledger's file (default: the report's, or ledger.sqlite above FILE)");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return verify(*options, run); }};
}

}  // namespace yekun
