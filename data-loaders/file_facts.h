// What a summary says about a file before its rows are read.
#pragma once

#include <string>

#include "data-loaders/source.h"

namespace yekun {

/// Size, and its SHA-256 where `hash` asks for it. `label`: what the summary calls it. A file that cannot be read is a
/// failure.
Result<FileFacts> file_facts(SourceContext const& context, std::string const& file, std::string label, bool hash);

}  // namespace yekun
