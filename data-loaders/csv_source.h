// Text tables as a source: CSV, TSV and their kin, plain or packed (.gz, .zst), files or standard input ("-").
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// `files` are names relative to the programme's folder, already found and checked (open_source does it). Several files
/// are one dataset: columns are matched by name, and a wanted column that one file lacks is a failure that names it.
Result<std::unique_ptr<Source>> open_csv_source(Dataset const& dataset, SourceContext const& context,
                                                std::vector<std::string> files);

}  // namespace yekun
