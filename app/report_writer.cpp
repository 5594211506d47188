#include "app/report_writer.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <span>

#include "app/mail_parts.h"
#include "app/render.h"
#include "output/pdf.h"
#include "output/workbook.h"
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

/// Letters that charts have and no font: drawn as boxes. Errors unless `lenient`.
Diagnostics missing_letters(SceneType const& measurer, bool lenient) {
  auto problems = measurer.warnings();
  if (!lenient)
    for (auto& problem : problems) problem.severity = Severity::error;
  return problems;
}

}  // namespace

ReportWriter::ReportWriter(PreparedReport const& report, SourceContext sources)
    : report_(report), sources_(std::move(sources)), type_(Typeface::load(report.theme)) {
  if (type_) measurer_.emplace(**type_);
  if (report.plan.report.workbook_level == "rows" && makes(report.plan, OutputKind::xlsx))
    rows_.emplace(report.programme, sources_);
}

Result<Catalogue const*> ReportWriter::catalogue(std::string const& language) {
  auto found = catalogues_.find(language);
  if (found == catalogues_.end()) {
    auto loaded = Catalogue::load(language);
    if (!loaded) return failure(std::move(loaded.error()));
    found = catalogues_.emplace(language, *std::move(loaded)).first;
  }
  return &found->second;
}

Result<Document> ReportWriter::compose(ReportMember const& member, Catalogue const& catalogue) {
  if (!type_) return failure(type_.error());
  auto document = compose_for(report_, catalogue, *measurer_, member);
  if (!document || !rows_) return document;
  if (auto const added = rows_->add_to(*document, catalogue); !added) return failure(added.error());
  return document;
}

Diagnostics ReportWriter::read_rows() {
  if (!rows_) return {};
  auto const language = catalogue(report_.plan.languages.front());
  if (!language) return language.error();
  auto const document = compose({}, **language);
  return document ? Diagnostics{} : document.error();
}

/// The workbook has both languages side by side, the PDF one after the other.
Diagnostics ReportWriter::write_bilingual(std::vector<Document> const& documents, Artefacts& artefacts) {
  auto const first = catalogue(documents[0].language);
  auto const second = catalogue(documents[1].language);
  if (!first || !second) return first ? second.error() : first.error();
  Diagnostics problems;
  std::string const stem = documents[0].stem + "-" + documents[1].language;
  if (makes(report_.plan, OutputKind::pdf)) {
    auto const pdf = render_pdf(std::span(documents).first(2), {.lenient = report_.plan.lenient});
    if (!pdf) return pdf.error();
    problems = pdf->warnings;
    add(problems, artefacts.write(stem + ".pdf", pdf->bytes));
  }
  if (!makes(report_.plan, OutputKind::xlsx)) return problems;
  Document const both = side_by_side(documents[0], documents[1]);
  add(problems, artefacts.make(stem + ".xlsx", [&](std::string const& path) {
    auto const written = write_workbook(both, **first, path, *second);
    return written ? Diagnostics{} : written.error();
  }));
  return problems;
}

/// With the files of this document that are written already.
Diagnostics ReportWriter::write_mail(Document const& document, Catalogue const& catalogue, Artefacts& artefacts) {
  FileBytes files;
  for (auto const& one : artefacts.pending()) {
    if (one.name != document.stem + ".pdf" && one.name != document.stem + ".xlsx") continue;
    auto bytes = read_artefact(one.temporary);
    if (!bytes) return bytes.error();
    files.emplace(one.name, *std::move(bytes));
  }
  auto const mail = draft_mail(report_.plan.report, document, catalogue, files, report_.as_of, *measurer_);
  return mail ? artefacts.write(document.stem + ".eml", *mail) : mail.error();
}

Diagnostics ReportWriter::write(ReportMember const& member, Artefacts& artefacts) {
  if (type_) measurer_.emplace(**type_);  // letters that one member's texts lack are not another's mistake
  Diagnostics problems;
  std::vector<Document> documents;
  auto kinds = report_.plan.kinds;
  bool const bilingual = is_bilingual(report_.plan);
  if (bilingual)
    std::erase_if(kinds, [](OutputKind kind) { return kind == OutputKind::xlsx || kind == OutputKind::pdf; });
  for (auto const& language : report_.plan.languages) {
    auto const words = catalogue(language);
    if (!words) return words.error();
    auto document = compose(member, **words);
    if (!document) return document.error();
    add(problems, missing_letters(*measurer_, report_.plan.lenient));
    add(problems, render(*document, kinds, **words, *measurer_, artefacts, report_.plan.lenient));
    if (makes(report_.plan, OutputKind::eml)) add(problems, write_mail(*document, **words, artefacts));
    if (bilingual) documents.push_back(*std::move(document));
  }
  if (bilingual) add(problems, write_bilingual(documents, artefacts));
  return problems;
}

void remove_dead_leftovers(PreparedReport const& report, std::string const& out) {
  remove_leftovers(out, report.plan.report.id + "-",
                   [](long process) { return ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH; });
}

}  // namespace yekun
