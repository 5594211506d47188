#include "app/report_writer.h"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "app/render.h"
#include "output/workbook.h"
#include "reports/side_by_side.h"

namespace yekun {
namespace {

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

bool writes_workbook(BuildPlan const& plan) {
  return std::find(plan.kinds.begin(), plan.kinds.end(), OutputKind::xlsx) != plan.kinds.end();
}

/// Whether the workbook is one, in two languages, instead of one for each language.
bool is_bilingual(BuildPlan const& plan) {
  return plan.report.bilingual && plan.languages.size() > 1 && writes_workbook(plan);
}

}  // namespace

ReportWriter::ReportWriter(PreparedReport const& report, SourceContext sources)
    : report_(report), sources_(std::move(sources)), type_(Typeface::load(report.theme)) {
  if (type_) measurer_.emplace(**type_);
  if (report.plan.report.workbook_level == "rows" && writes_workbook(report.plan))
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

Diagnostics ReportWriter::write_bilingual(std::vector<Document> const& documents, Artefacts& artefacts) {
  auto const first = catalogue(documents[0].language);
  auto const second = catalogue(documents[1].language);
  if (!first || !second) return first ? second.error() : first.error();
  Document const both = side_by_side(documents[0], documents[1]);
  auto const written = write_workbook(both, **first, artefacts.add(both.stem + ".xlsx"), *second);
  return written ? Diagnostics{} : written.error();
}

Diagnostics ReportWriter::write(ReportMember const& member, Artefacts& artefacts) {
  Diagnostics problems;
  std::vector<Document> documents;
  auto kinds = report_.plan.kinds;
  bool const bilingual = is_bilingual(report_.plan);
  if (bilingual) std::erase(kinds, OutputKind::xlsx);
  for (auto const& language : report_.plan.languages) {
    auto const words = catalogue(language);
    if (!words) return words.error();
    auto document = compose(member, **words);
    if (!document) return document.error();
    add(problems, render(*document, kinds, **words, *measurer_, artefacts));
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
