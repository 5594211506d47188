#include "app/init_from.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/answers.h"
#include "app/init_tables.h"
#include "output/artefacts.h"

namespace yekun {
namespace {

namespace fs = std::filesystem;

Diagnostic no_file(std::string const& path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    return usage_problem("no-file", fmt::format("'{}' is a folder, files were expected", path),
                         fmt::format("name the files in it: {}/*", path));
  return usage_problem("no-file", fmt::format("'{}' is not there", path),
                       "name your data files: yekun init my-programme --from services.xlsx people.csv");
}

/// A path as one types it into a shell.
std::string typed(std::string const& path) {
  auto const plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+,").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
  };
  if (std::all_of(path.begin(), path.end(), plain)) return path;
  std::string out = "'";
  for (char const c : path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Result<std::vector<GivenFile>> find_given(std::string const& folder, std::vector<std::string> const& files) {
  std::error_code error;
  fs::path const home = fs::weakly_canonical(folder, error);
  std::vector<GivenFile> out;
  Diagnostics problems;
  for (auto const& path : files) {
    if (!fs::is_regular_file(path, error)) {
      problems.push_back(no_file(path));
      continue;
    }
    fs::path const full = fs::canonical(path, error);
    fs::path const inside = full.lexically_relative(home);
    bool const below = !inside.empty() && *inside.begin() != "..";
    GivenFile file{path, full.parent_path().string(), full.filename().string(),
                   below ? inside.generic_string() : "data/" + full.filename().string(), !below};
    auto const twice =
        std::find_if(out.begin(), out.end(), [&](auto const& one) { return one.in_spec == file.in_spec; });
    if (twice != out.end() && twice->folder == file.folder) continue;
    if (twice != out.end())
      problems.push_back(usage_problem("same-name", fmt::format("'{}' and '{}' have the same name", twice->path, path),
                                       "rename one of them"));
    if (file.copied && fs::exists(home / file.in_spec, error))
      problems.push_back(usage_problem("file-exists",
                                       fmt::format("'{}' is there already", (fs::path(folder) / file.in_spec).string()),
                                       "if it is the same file, name it there; else rename one of them"));
    out.push_back(std::move(file));
  }
  if (!problems.empty()) return failure(std::move(problems));
  return out;
}

Diagnostics refuse_to_overwrite(std::string const& folder) {
  Diagnostics out;
  std::error_code error;
  for (auto const* name : {"programme.json", "report.json"})
    if (fs::exists(fs::path(folder) / name, error))
      out.push_back(usage_problem("file-exists",
                                  fmt::format("'{}' is there already", (fs::path(folder) / name).string()),
                                  "choose another folder, or move the file away"));
  return out;
}

/// The folder's name names the programme.
void name_programme(Proposal& proposal, std::string const& folder) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(folder, error);
  std::string const name = path.filename().empty() ? path.parent_path().filename().string() : path.filename().string();
  proposal.title = plain_title(name).empty() ? "Programme" : plain_title(name);
  proposal.id = plain_name(name);
  std::replace(proposal.id.begin(), proposal.id.end(), '_', '-');
  proposal.id.erase(0, proposal.id.find_first_not_of('-'));  // of a folder "2025"; a file's name does not begin with -
  if (proposal.id.empty()) proposal.id = "programme";
}

/// The copies and the specs appear together, the copies first.
Result<std::vector<std::string>> write_all(std::string const& folder, std::vector<GivenFile> const& files,
                                           std::string const& programme, std::string const& report) {
  Artefacts data((fs::path(folder) / "data").string(), "init");
  Artefacts specs(folder, "init");
  Diagnostics problems = specs.prepare();
  bool const copies = std::any_of(files.begin(), files.end(), [](auto const& one) { return one.copied; });
  if (!has_errors(problems) && copies) problems = data.prepare();
  for (auto const& file : files) {
    if (has_errors(problems)) break;
    std::error_code error;
    if (!file.copied) continue;
    fs::copy_file(file.path, data.add(file.name), fs::copy_options::overwrite_existing, error);
    if (error)
      problems.push_back({Severity::error,
                          Fault::render,
                          "not-written",
                          {},
                          fmt::format("'{}' cannot be copied: {}", file.path, error.message()),
                          {}});
  }
  if (!has_errors(problems)) problems = specs.write("programme.json", programme);
  if (!has_errors(problems)) problems = specs.write("report.json", report);
  if (has_errors(problems)) return failure(std::move(problems));
  auto copied = copies ? data.publish() : Result<std::vector<std::string>>(std::vector<std::string>());
  if (!copied) return copied;
  auto written = specs.publish();
  if (!written) return written;
  copied->insert(copied->end(), written->begin(), written->end());
  return copied;
}

/// A report is of a period: without days it has nothing to show.
Diagnostic no_days(Proposal const& proposal) {
  std::string const one = proposal.indicators.empty() ? "..." : proposal.indicators.front().id;
  return {Severity::warning,
          Fault::data,
          "no-days",
          {},
          "no column holds days: a report is of a period, and rows without a day are in none",
          fmt::format("add a column with each row's day and begin anew; all rows together: yekun query programme.json "
                      "--indicators {}",
                      one)};
}

Exit refused(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

}  // namespace

Exit init_from(std::string const& folder, std::vector<std::string> const& names, Run const& run) {
  if (auto const problems = refuse_to_overwrite(folder); !problems.empty()) return refused(problems, run);
  auto const files = find_given(folder, names);
  if (!files) return refused(files.error(), run);
  auto tables = read_tables(*files, run);
  if (has_errors(tables.problems)) return refused(tables.problems, run);
  for (auto const& remark : tables.remarks) run.console.say(remark);
  if (tables.datasets.empty())
    return refused({{Severity::error,
                     Fault::data,
                     "no-table",
                     {},
                     "none of the files has a table with rows and at least two columns",
                     {}}},
                   run);
  Proposal proposal;
  proposal.datasets = std::move(tables.datasets);
  name_programme(proposal, folder);
  complete(proposal);
  auto const day = as_of_day(run.shared.as_of, proposal.timezone, run.surroundings);
  if (!day) return refused(day.error(), run);
  auto const period = propose_period(proposal, *day);
  std::string const report = (fs::path(folder) / "report.json").string();
  std::string const asked = period.label.empty() ? "" : " --period " + period.label;
  auto const written = write_all(folder, *files, programme_text(proposal),
                                 report_text(proposal, period, "yekun build report.json" + asked));
  if (!written) return refused(written.error(), run);
  if (period.label.empty()) tables.problems.push_back(no_days(proposal));
  run.console.print(tables.problems);
  for (auto const& path : *written) (void)run.console.write(path + "\n");
  run.console.say(fmt::format("read programme.json, then: yekun build {}{} --out {}", typed(report), asked,
                              typed((fs::path(folder) / "out").string())));
  return Exit::done;
}

}  // namespace yekun
