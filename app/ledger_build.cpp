#include "app/ledger_build.h"

#include "delivery/ledger_figures.h"

namespace yekun {

LedgerBuild ledger_build(PreparedReport const& report, std::int64_t now) {
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
  out.figures = ledger_figures(report.answers);
  return out;
}

}  // namespace yekun
