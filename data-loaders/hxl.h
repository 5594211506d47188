// HXL tags: "#affected +f +children" under the headings of a table says what its columns mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yekun {

/// A tag with its attributes, all in lower case, attributes sorted.
struct HxlTag {
  std::string tag;                      // "#affected"
  std::vector<std::string> attributes;  // "children", "f"
  friend bool operator==(HxlTag const&, HxlTag const&) = default;
};

/// "#affected+f +children"; case, spaces and the order of attributes do not count. nullopt: not a tag.
std::optional<HxlTag> parse_hxl_tag(std::string_view text);
/// "#affected+children+f"
std::string to_text(HxlTag const& tag);

/// "#affected+f-children", "#*+f", "#x+a+b!" (exactly these attributes).
struct HxlPattern {
  std::string tag;  // "#*": any
  std::vector<std::string> with;
  std::vector<std::string> without;
  bool exactly = false;
  bool matches(HxlTag const& tag) const;
};
std::optional<HxlPattern> parse_hxl_pattern(std::string_view text);

/// Whether at least half of the cells that are not empty are tags, and these are not just texts that begin with "#":
/// one is of HXL 1.1 or begins with "#x_", or all cells are tags and there are two or more.
bool is_hxl_row(std::vector<std::string> const& cells);

/// A tag row is looked for in so many rows.
inline constexpr std::size_t kHxlRows = 25;

}  // namespace yekun
