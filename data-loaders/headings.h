// From the headings of a table to the names of its columns: declared names, HXL tags, survey groups.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

struct ColumnHeading {
  std::string text;            // cleaned; may be empty
  std::string tag{};           // the HXL tag below it, where there is a tag row
  std::uint32_t position = 0;  // of the column, from 0
};

struct NamedColumns {
  std::vector<std::string> names;  // each once, in the order of the headings
  std::vector<Finding> notes;      // doubled headings, ambiguous mappings; without dataset and file
};

/// A column whose heading equals some declared "from" (both cleaned) takes the declared name; one whose HXL tag matches
/// a "from" that is a tag pattern does too. A declared column that is still not found takes the only heading that ends
/// with "/" (Kobo) or "-" (ODK Central) and its name, or its "from". A column without heading is named by its tag, or
/// c1, c2, ... by position; a name that comes again gets " (2)".
NamedColumns name_columns(std::vector<ColumnHeading> const& headings, Dataset const& dataset, std::uint64_t header_row);

/// Headings of several rows, joined by " / ". Of a merged range the upper rows repeat over its width; empty parts and
/// repeats of the part above are left out. `rows` are of equal length.
std::vector<std::string> join_headings(std::vector<std::vector<std::string>> const& rows);

}  // namespace yekun
