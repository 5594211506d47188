// What went wrong, where, and what to do next. Libraries return diagnostics; only app/ prints them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace yekun {

enum class Severity { error, warning, note };

/// Whose mistake it is; app/ turns it into the exit code.
enum class Fault { internal, usage, spec, data, render, delivery };

/// Where. A spec has line and column (1-based, columns count code points); data has row and field.
/// 0 or empty: not known.
struct Place {
  std::string file{};
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::uint64_t row = 0;  // 1-based physical row of a data file, header rows included
  std::string field{};    // the column's name in a data file
};

struct Diagnostic {
  Severity severity = Severity::error;
  Fault fault = Fault::spec;
  std::string code;  // stable, kebab-case: "unknown-key"
  Place place{};
  std::string message;        // lower case, no full stop, quotes the input, says what was expected
  std::string hint{};         // what to do next; may be empty
  std::string source_line{};  // the line of the spec the caret stands under; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

/// A value, or at least one diagnostic of severity error.
template <class T>
using Result = tl::expected<T, Diagnostics>;

inline tl::unexpected<Diagnostics> failure(Diagnostic one) {
  Diagnostics all;
  all.push_back(std::move(one));
  return tl::unexpected<Diagnostics>(std::move(all));
}
inline tl::unexpected<Diagnostics> failure(Diagnostics all) { return tl::unexpected<Diagnostics>(std::move(all)); }

bool has_errors(Diagnostics const& diagnostics);

/// "file:line:column: error[code]: message", the source line with a caret under it, and "hint: ...".
/// `colour` adds terminal colours. Ends with a newline.
std::string to_text(Diagnostic const& diagnostic, bool colour);

/// One JSON object on one line, without newline: severity, fault, code, file, line, column, row, field, message, hint.
std::string to_json(Diagnostic const& diagnostic);

/// Damerau-Levenshtein distance (adjacent transpositions count 1) in code points.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, at most max(1, length/3) edits away; empty if none is.
std::string nearest(std::string_view word, std::vector<std::string> const& candidates);

/// "did you mean 'x'?", or "one of: a, b, c" (at most 8), for hints.
std::string suggestion(std::string_view word, std::vector<std::string> const& candidates);

}  // namespace yekun
