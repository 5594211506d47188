// programme.json -> Programme.
#pragma once

#include <string>
#include <string_view>

#include "core/diagnostic.h"
#include "indicators/definitions.h"
#include "reports/spec_reader.h"

namespace yekun {

/// A programme as far as it could be read, what was wrong with it, and the names it uses. An entry with mistakes is
/// kept under its id, so that a mistake is reported once and not again wherever the entry is used.
struct ParsedProgramme {
  Programme programme{};
  SpecNotes notes{};
  std::string text{};  // of the file, for carets
};

/// Parses the text of a programme.json; `file` is its path as given. A syntax error leaves the programme empty.
ParsedProgramme parse_programme(std::string text, std::string const& file);

/// Reads and parses a file. Fails only where the file cannot be read.
Result<ParsedProgramme> read_programme(std::string const& path);

/// The programme of a file whose structure is right (names are checked by check_names); all mistakes else.
Result<Programme> load_programme(std::string const& path);

}  // namespace yekun
