// One report's files: all languages and outputs of one member.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/prepared_report.h"
#include "output/artefacts.h"
#include "reports/row_sheets.h"

namespace yekun {

class ReportWriter {
 public:
  /// `report` outlives it. Reads the carried fonts; the first failure is kept and every write() gives it.
  ReportWriter(PreparedReport const& report, SourceContext sources);

  /// Writes the member's files into `artefacts`, unpublished. Warnings and errors.
  Diagnostics write(ReportMember const& member, Artefacts& artefacts);

  /// Reads the rows that workbooks of level "rows" show, so that processes made after it do not each read them.
  Diagnostics read_rows();

 private:
  Result<Catalogue const*> catalogue(std::string const& language);
  Result<Document> compose(ReportMember const& member, Catalogue const& catalogue);
  Diagnostics write_mail(Document const& document, Catalogue const& catalogue, Artefacts& artefacts);
  Diagnostics write_bilingual(std::vector<Document> const& documents, Artefacts& artefacts);

  PreparedReport const& report_;
  SourceContext sources_;
  Result<std::unique_ptr<Typeface>> type_;
  std::optional<SceneType> measurer_{};  // of the member being written
  std::optional<RowSheets> rows_{};
  std::map<std::string, Catalogue> catalogues_{};
};

/// Removes what runs of this report that were killed left in the folder.
void remove_dead_leftovers(PreparedReport const& report, std::string const& out);

}  // namespace yekun
