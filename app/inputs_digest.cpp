#include "app/inputs_digest.h"

#include <fmt/format.h>

#include <set>

#include "app/program_id.h"
#include "data-loaders/file_facts.h"
#include "data-loaders/file_list.h"
#include "output/digest.h"

namespace yekun {
namespace {

/// The files that a report may read besides its datasets' own.
std::set<std::string> other_files(PreparedReport const& report, SourceContext const& sources, bool& known) {
  std::set<std::string> out;
  for (auto const& dataset : report.programme.datasets) {
    if (dataset.source.files.empty()) known = false;
    auto const files = find_files(dataset.source, sources);
    if (files) out.insert(files->begin(), files->end());
  }
  for (auto const& indicator : report.programme.indicators)
    if (!indicator.targets_file.empty()) out.insert(indicator.targets_file);
  for (auto const& section : report.plan.report.sections)
    if (auto const* chart = std::get_if<ChartSection>(&section.content); chart != nullptr)
      for (auto const& file : {chart->chart.geojson, chart->chart.layout})
        if (file.find('.') != std::string::npos) out.insert(file);
  return out;
}

}  // namespace

std::optional<std::string> inputs_digest(PreparedReport const& report, SourceContext const& sources) {
  auto const& plan = report.plan;
  std::string text = fmt::format("{}\n{}\n{}\n{} {}\n{}\n", sha256_hex(program_id()), report.spec_sha256,
                                 build_command(plan.report, report.programme, plan.period, report.as_of),
                                 to_iso(plan.period.first), to_iso(plan.period.end), sha256_hex(report.logo));
  text += report.receipt + "\n";  // what was submitted before, of which restatements tell
  std::set<std::string> hashed;
  for (auto const& dataset : report.answers.datasets)
    for (auto const& file : dataset.summary.files) {
      if (file.sha256.empty()) return {};
      hashed.insert(file.name);
      text += fmt::format("{} {}\n", file.name, file.sha256);
    }
  bool known = true;
  for (auto const& file : other_files(report, sources, known)) {
    if (hashed.count(file) > 0) continue;
    auto const facts = file == "-" ? Result<FileFacts>() : file_facts(sources, file, file, true);
    text += fmt::format("{} {}\n", file, facts ? facts->sha256 : "cannot be read");
    if (file == "-") known = false;
  }
  if (!known) return {};
  return sha256_hex(text);
}

std::string options_text(BuildPlan const& plan) {
  std::string out;
  for (auto const kind : plan.kinds) out += fmt::format("{}{}", out.empty() ? "" : ",", to_text(kind));
  return fmt::format("{};{}", out, fmt::join(plan.languages, ","));
}

}  // namespace yekun
