// What tables one file holds: sheets of a workbook, tables of a database, text tables in a zip file.
#pragma once

#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// One table of a file, as a spec names it. Both names are empty where the file is the table.
struct SourcePart {
  std::string sheet{};  // a workbook's sheet, or a table in a zip file
  std::string table{};  // a database's
};

/// The tables of `file` (a name below the context's folder), in the file's order (a database's: by name). Hidden sheets
/// and charts are left out. A file of one sheet or table gives one part with empty names. The failure is that of
/// reading it (Fault::data).
Result<std::vector<SourcePart>> parts_of(std::string const& file, SourceContext const& context);

}  // namespace yekun
