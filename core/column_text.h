// The entries of typed columns as text, as data files and specs write them.
#pragma once

#include <string>

#include "core/column.h"

namespace yekun {

/// One entry: decimals exact, numbers the shortest that read back, dates as 2025-07-14, booleans true or false; empty
/// where missing, which an empty text is too: ask Column::has.
std::string entry_text(Column const& column, std::size_t row);

}  // namespace yekun
