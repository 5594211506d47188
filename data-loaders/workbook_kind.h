// What a file that is said to be a workbook really is, from its first bytes.
#pragma once

#include <string>

#include "data-loaders/part_stream.h"

namespace yekun {

enum class WorkbookKind { zip };

/// `zip` for what may be an .xlsx (or .ods); else the reason it is refused and what to do, in plain words: an old .xls,
/// a workbook with a password, a web page or a text file with a workbook's name, an empty file, ...
Read<WorkbookKind> workbook_kind(std::string const& path);

}  // namespace yekun
