// SQLite tables and queries as a source.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// `files` are names relative to the programme's folder, already found and checked (open_source does it).
Result<std::unique_ptr<Source>> open_sqlite_source(Dataset const& dataset, SourceContext const& context,
                                                   std::vector<std::string> files);

}  // namespace yekun
