// report.json -> ReportSpec.
#pragma once

#include <optional>
#include <string>

#include "core/diagnostic.h"
#include "reports/programme_parser.h"
#include "reports/report_spec.h"
#include "reports/spec_reader.h"

namespace yekun {

/// A report's spec as far as it could be read, what was wrong with it, and the names it uses.
struct ParsedReport {
  ReportSpec report{};
  SpecNotes notes{};
  std::string text{};
  std::string followed{};  // the bytes of the template and theme that it follows, for a hash of all it depends on
  /// Of `programme` in the spec; nullopt where it is not named or cannot be read (notes.problems says so).
  std::optional<ParsedProgramme> programme{};
};

/// Parses the text of a report.json without looking at its programme.
ParsedReport parse_report(std::string text, std::string const& file);

/// Reads and parses a report and its programme. Fails only where the report's file cannot be read.
Result<ParsedReport> read_report(std::string const& path);

/// The report of a file whose structure is right, its programme's too (names are checked by check_names); all
/// mistakes of both else.
Result<ReportSpec> load_report(std::string const& path);

/// What a JSON spec is: a programme has "programme" as an object, a report as a path, a schedule has "jobs".
enum class SpecKind { programme, report, schedule };
SpecKind kind_of_spec(std::string_view text);

}  // namespace yekun
