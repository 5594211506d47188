// Named dimensions as expressions: bands, mappings, answers that share a cell.
#pragma once

#include <string>
#include <vector>

#include "indicators/bind.h"
#include "indicators/definitions.h"

namespace yekun {

/// How rows fall into the groups of a dimension.
struct DimensionRule {
  std::string expression{};                      // canonical text; gives the group's name or a value that is one
  std::string split{};                           // not empty: cut the text at this, each part is a group
  std::map<std::string, std::string> mapping{};  // with split: of each part (without, it is in the expression)
  std::string other{};         // with split: of parts that the mapping does not know; empty: they stay
  std::uint32_t overlaps = 0;  // with split: groups are the sets of at most so many parts; 0: the parts
};

/// "0-4", "5-11", "12-17", "18-59", "60+" of [0, 5, 12, 18, 60]; a value below the first bound is "<0". A single value
/// between two bounds is named by itself: [0, 1, 5] gives "0", "1-4", "5+".
std::vector<std::string> band_names(std::vector<std::int64_t> const& bands);

/// The rule over a dataset's columns: a dimension (bands, mapping) or, with a name that is no dimension, the column
/// itself. Fails where the columns do not exist; mistakes in the dimension's expression have their place.
Result<DimensionRule> resolve_dimension(Dimension const& dimension, Schema const& schema);
Result<DimensionRule> resolve_column(std::string_view name, Schema const& schema);

/// A dimension with `combined_by`: what is combined, over whose rows.
struct Combination {
  DimensionRule value{};  // of each row; values are told apart as text
  std::string entity{};   // canonical text: whose rows are taken together
  std::string where{};    // rows whose values count; empty: all
};
Result<Combination> resolve_combination(Dimension const& dimension, Schema const& schema);
/// The name under which a dataset's rows have the combination (row_schema.h).
std::string combination_column(Dimension const& dimension);
/// What stands between the values of a combination: "cash + food".
inline constexpr std::string_view kCombined = " + ";

/// "cash + food" -> "cash", "food".
std::vector<std::string> combined_values(std::string_view combination);

/// The order in which groups stand: declared order, bands by bound, else by code point; the unknown group is not listed
/// and stands last. `values` are those that occur.
std::vector<std::string> ordered_values(Dimension const& dimension, std::vector<std::string> values);

}  // namespace yekun
