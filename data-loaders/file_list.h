// Which files a dataset's source names, and where they are.
#pragma once

#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// True if a path's part has one of * ? [
bool is_pattern(std::string_view part);

/// `*` any run, `?` one code unit, `[a-z]` `[!a]` a set; case counts. Within one part of a path.
bool matches(std::string_view pattern, std::string_view name);

/// The files that the spec's paths and patterns name, each once, in the order of the patterns and by name within one.
/// `**` stands for any number of folders; names that start with a dot are matched only by patterns that do.
/// "-" is standard input. A path that leaves the programme's folder (by "..", an absolute path or a symbolic link)
/// is a failure unless context.allow_outside; so is a pattern without a match, or a folder.
Result<std::vector<std::string>> find_files(SourceSpec const& spec, SourceContext const& context);

/// Where a found file is. "-" stays.
std::string full_path(SourceContext const& context, std::string const& file);

/// Source::files() of these; none where one of them is standard input.
std::vector<SourceFile> source_files(SourceContext const& context, std::vector<std::string> const& files);

}  // namespace yekun
