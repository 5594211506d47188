// Document -> Excel workbook. Every figure is a formula over the Data sheet, written from its lineage, with the
// engine's value cached: a reader follows it with Trace Precedents and sees it change when a Data cell is corrected.
#pragma once

#include <string>

#include "core/catalogue.h"
#include "core/diagnostic.h"
#include "reports/document.h"

namespace yekun {

/// Writes the workbook to `path` (a temporary name: the caller renames). Sheets: Cover, Summary, one a table,
/// Charts, Data, Definitions, Data quality, Sources, as the document has them. `second`: the catalogue of the
/// other language of a document in two (side_by_side). Byte-identical for the same document,
/// whatever the number of `threads`, which serve long Data sheets. Errors
/// (Fault::render): a limit of Excel's that is passed, named with the sheet and cell; a file that cannot be written.
Result<std::string> write_workbook(Document const& document, Catalogue const& catalogue, std::string const& path,
                                   Catalogue const* second = nullptr, unsigned threads = 2);

}  // namespace yekun
