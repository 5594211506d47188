// yekun build REPORT: the workbook, the PDF and the charts of one report, in all its languages.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <span>

#include "app/command.h"
#include "app/prepared_report.h"
#include "app/render.h"
#include "output/pdf.h"
#include "output/workbook.h"
#include "reports/row_sheets.h"
#include "reports/side_by_side.h"

namespace yekun {
namespace {

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

bool makes(BuildPlan const& plan, OutputKind kind) {
  return std::find(plan.kinds.begin(), plan.kinds.end(), kind) != plan.kinds.end();
}

/// Whether the workbook and the PDF are one, in two languages, instead of one for each language.
bool is_bilingual(BuildPlan const& plan) {
  return plan.report.bilingual && plan.languages.size() > 1 &&
         (makes(plan, OutputKind::xlsx) || makes(plan, OutputKind::pdf));
}

/// The workbook has both languages side by side, the PDF one after the other.
Diagnostics write_bilingual(std::vector<Document> const& documents, BuildPlan const& plan, Artefacts& artefacts) {
  auto const first = Catalogue::load(documents[0].language);
  auto const second = Catalogue::load(documents[1].language);
  if (!first || !second) return first ? second.error() : first.error();
  Diagnostics problems;
  std::string const stem = documents[0].stem + "-" + documents[1].language;
  if (makes(plan, OutputKind::pdf)) {
    auto const pdf = render_pdf(std::span(documents).first(2), {.lenient = plan.lenient});
    if (!pdf) return pdf.error();
    problems = pdf->warnings;
    add(problems, artefacts.write(stem + ".pdf", pdf->bytes));
  }
  if (!makes(plan, OutputKind::xlsx)) return problems;
  Document const both = side_by_side(documents[0], documents[1]);
  auto const written = write_workbook(both, *first, artefacts.add(stem + ".xlsx"), &*second);
  if (!written) add(problems, written.error());
  return problems;
}

/// Letters that charts have and no font: drawn as boxes. Errors unless `lenient`.
Diagnostics missing_letters(SceneType const& measurer, bool lenient) {
  auto problems = measurer.warnings();
  if (!lenient)
    for (auto& problem : problems) problem.severity = Severity::error;
  return problems;
}

/// One report: all languages of one member, whole or not at all.
Diagnostics build_member(PreparedReport const& report, std::string const& member, Typeface const& type,
                         RowSheets* row_sheets, Artefacts& artefacts) {
  Diagnostics problems;
  std::vector<Document> documents;
  auto kinds = report.plan.kinds;
  if (is_bilingual(report.plan))
    std::erase_if(kinds, [](OutputKind kind) { return kind == OutputKind::xlsx || kind == OutputKind::pdf; });
  for (auto const& language : report.plan.languages) {
    auto const catalogue = Catalogue::load(language);
    if (!catalogue) return catalogue.error();
    SceneType const measurer(type);
    auto document = compose_for(report, *catalogue, measurer, member);
    if (!document) return document.error();
    add(problems, missing_letters(measurer, report.plan.lenient));
    if (row_sheets != nullptr)
      if (auto const added = row_sheets->add_to(*document, *catalogue); !added) return added.error();
    add(problems, render(*document, kinds, *catalogue, measurer, artefacts, report.plan.lenient));
    if (kinds.size() < report.plan.kinds.size()) documents.push_back(*std::move(document));
  }
  if (!documents.empty()) add(problems, write_bilingual(documents, report.plan, artefacts));
  return problems;
}

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

bool wants_rows(BuildPlan const& plan) {
  return plan.report.workbook_level == "rows" &&
         std::find(plan.kinds.begin(), plan.kinds.end(), OutputKind::xlsx) != plan.kinds.end();
}

Exit write_members(PreparedReport const& report, std::string const& out, Run const& run) {
  auto const wanted = members_of(report);
  if (!wanted) return fail(wanted.error(), run);
  auto const type = Typeface::load(report.theme);
  if (!type) return fail(type.error(), run);
  SourceContext const sources = source_context(report.programme, run);
  RowSheets row_sheets(report.programme, sources);
  RowSheets* const rows = wants_rows(report.plan) ? &row_sheets : nullptr;
  Exit exit = Exit::done;
  for (auto const& member : *wanted) {
    Artefacts artefacts(out, std::to_string(getpid()));
    auto const guard = run.interrupt.on_interrupt([&artefacts] { artefacts.discard(); });
    auto problems = artefacts.prepare();
    if (!has_errors(problems)) add(problems, build_member(report, member, **type, rows, artefacts));
    run.console.print(problems);
    if (has_errors(problems)) {
      exit = std::max(exit, exit_of(problems));
      continue;
    }
    auto const paths = artefacts.publish();
    if (!paths) {
      exit = std::max(exit, fail(paths.error(), run));
      continue;
    }
    for (auto const& path : *paths) (void)run.console.write(path + "\n");
  }
  return exit;
}

Exit build(BuildOptions const& options, Run const& run) {
  Exit exit = Exit::done;
  auto const report = prepare(options, run, exit);
  return report ? write_members(*report, options.out, run) : exit;
}

}  // namespace

Command add_build(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("build", "write a report's workbook, PDF and charts");
  auto const options = std::make_shared<BuildOptions>();
  command->add_option("REPORT", options->report, "the report's file")->required();
  command->add_option("--period", options->period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--out", options->out, "the folder to write to")->type_name("DIR")->capture_default_str();
  command->add_option("--only", options->only, "only these outputs, with commas: xlsx,pdf,png");
  command->add_option("--for", options->member, "only the report of this member: region=Quba");
  command->add_option("--lang", options->languages, "only these languages, with commas");
  command->add_flag("--lenient", options->lenient, "letters that no font has and clipped text warn instead of failing");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return build(*options, run); }};
}

}  // namespace yekun
