// What one column of a dataset holds: its counts while a scan runs, and its profile after.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/column.h"
#include "data-loaders/findings.h"
#include "data-loaders/profile.h"

namespace yekun {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Counts = std::unordered_map<std::string, std::uint64_t, TextHash, std::equal_to<>>;

/// A present value as text, for counting; `scratch` holds it where the column does not.
std::string_view text_of(Column const& column, std::size_t row, std::string& scratch);

/// One column as one worker saw it; states of workers add up to the whole's, in any order.
struct ColumnState {
  std::uint64_t present = 0;
  std::uint64_t missing = 0;
  bool more = false;
  Counts counts;
  TypeGuess guess;
  std::int64_t least_whole = std::numeric_limits<std::int64_t>::max();
  std::int64_t most_whole = std::numeric_limits<std::int64_t>::min();
  double least_number = std::numeric_limits<double>::infinity();
  double most_number = -std::numeric_limits<double>::infinity();

  /// Every cell of `column`; `infer`: its distinct texts go to the guess.
  void add(Column const& column, bool infer, std::string& scratch);
  void add(ColumnState const& other);

 private:
  void count(std::string_view text, std::uint64_t times, bool infer);
};

/// The profile of column `name`, declared by `spec` or, without one, of the type inferred from all its values.
ColumnProfile profile_of(std::string const& name, ColumnSpec const* spec, ColumnState const& state,
                         Findings const& findings);

}  // namespace yekun
