#include "app/ledger_build.h"

#include <filesystem>
#include <fstream>

#include "app/receipt.h"
#include "delivery/ledger_figures.h"
#include "output/digest.h"

namespace yekun {

namespace {

/// Everything but the figures, which take time.
LedgerBuild without_figures(PreparedReport const& report, std::int64_t now) {
  LedgerBuild out;
  out.at = now;
  out.report = report.plan.report.id;
  out.member = report.plan.member;
  out.period = report.plan.period.label;
  out.as_of = to_iso(report.as_of);
  out.spec_sha256 = report.spec_sha256;
  out.version = kVersion;
  out.command = build_command(report.plan.report, report.programme, report.plan.period, report.as_of);
  for (auto const& dataset : report.answers.datasets)
    for (auto const& file : dataset.summary.files)
      out.inputs.push_back({file.name, file.sha256, file.bytes, file.rows});
  out.submissions = report.submissions;
  out.receipt = report.receipt;
  return out;
}

}  // namespace

LedgerBuild ledger_build(PreparedReport const& report, std::int64_t now) {
  auto out = without_figures(report, now);
  out.figures = ledger_figures(report.answers);
  return out;
}

void set_receipt(PreparedReport& report) {
  report.receipt = receipt_of(without_figures(report, 0), path_in_programme(report.plan.report, report.programme));
}

Diagnostics record_build(PreparedReport const& report, Ledger& ledger, std::string const& folder,
                         std::vector<std::string> const& names, std::int64_t now) {
  auto build = ledger_build(report, now);
  for (auto const& name : names) {
    std::ifstream file(std::filesystem::path(folder) / name, std::ios::binary);
    std::string const bytes(std::istreambuf_iterator<char>(file), {});
    if (!file) {
      Diagnostic problem;
      problem.fault = Fault::render;
      problem.code = "unreadable";
      problem.place.file = name;
      problem.message = "the file that was written cannot be read again";
      return {problem};
    }
    build.outputs.push_back({name, sha256_hex(bytes), bytes.size(), 0});
  }
  auto const recorded = ledger.record(build);
  return recorded ? Diagnostics{} : recorded.error();
}

}  // namespace yekun
