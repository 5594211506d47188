// A theme file -> Theme: fonts, colours, logo and spacing. What it leaves out is the default theme's.
#pragma once

#include <string>
#include <vector>

#include "core/theme.h"
#include "reports/spec_reader.h"

namespace yekun {

/// The names of the carried themes (templates/themes/), sorted.
std::vector<std::string> theme_names();

/// Parses a theme; `folder` is the programme's, below which its logo and fonts are. Errors: what the schema forbids,
/// files that are not there or are no PNG or TrueType font, and texts that cannot be read on what they stand on
/// (contrast below 4.5, of status colours below 3). Warnings: series colours that look alike (charts/palette.h).
Theme parse_theme(std::string_view text, std::string const& file, std::string const& folder, SpecNotes& notes);

/// The theme that `wanted` names: a carried one, or the path of a file (it ends in ".json") below `folder`. Problems
/// of a theme file come complete with its source lines.
/// The bytes of all files read are appended to `followed`.
Theme load_theme(std::string const& wanted, Place const& place, std::string const& folder, SpecNotes& notes,
                 std::string& followed);

}  // namespace yekun
