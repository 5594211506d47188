// Carried fonts cut down to the letters that a page needs, for embedding.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

/// The code points of UTF-8 text; what is not UTF-8 is left out.
std::set<char32_t> letters_of(std::string_view text);

/// `font` is the bytes of a TrueType file. The result is one too, without hints, with the glyphs of `letters` alone;
/// empty if the font has none of them. Error (Fault::internal): the font cannot be read or cut.
Result<std::string> subset_font(std::string_view font, std::set<char32_t> const& letters);

struct GlyphSubset {
  std::string font{};                    // a TrueType file with outlines and metrics alone, as PDF embeds them
  std::vector<std::uint16_t> numbers{};  // in it, of each glyph asked for
};

/// `font` cut to `glyphs` (and what they are composed of), without hints. Error as above.
Result<GlyphSubset> subset_glyphs(std::string_view font, std::vector<std::uint32_t> const& glyphs);

}  // namespace yekun
