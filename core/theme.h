// How a report looks: colours, fonts, spacing. A value; the default is a good-looking theme by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yekun {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(Colour const&, Colour const&) = default;
};

/// WCAG contrast ratio, 1 to 21.
double contrast(Colour a, Colour b);
/// "#0072B2"
std::string to_hex(Colour colour);
/// "#0072B2", "#0072b2" or "#07B"; nullopt for anything else.
std::optional<Colour> parse_colour(std::string_view text);

/// The bytes of a theme's own font files; an empty cut is drawn with the regular one.
struct FontFiles {
  std::string regular{};
  std::string bold{};
  std::string italic{};
  std::string bold_italic{};
};

/// Sizes are in points. Colours of series are in the order in which they are given out.
struct Theme {
  std::string name = "yekun";
  std::string font = "Noto Sans";
  std::string mono_font = "Noto Sans Mono";
  double body_pt = 9.5;  // tables are a point smaller
  double small_pt = 8;
  double heading_pt = 14;
  double title_pt = 24;
  Colour text{0x33, 0x33, 0x33};
  Colour muted{0x66, 0x66, 0x66};
  Colour faint{0xD9, 0xDE, 0xE4};  // rules and grid lines
  Colour background{0xFF, 0xFF, 0xFF};
  Colour panel{0xF4, 0xF6, 0xF8};   // cards, banded rows
  Colour accent{0x0B, 0x4F, 0x71};  // headings, title block
  Colour accent_text{0xFF, 0xFF, 0xFF};
  Colour good{0x00, 0x72, 0xB2};  // status: blue, grey, orange plus a glyph; never red and green alone
  Colour neutral{0x76, 0x76, 0x76};
  Colour bad{0xD5, 0x5E, 0x00};
  std::vector<Colour> series{{0x00, 0x72, 0xB2}, {0xD5, 0x5E, 0x00}, {0x00, 0x9E, 0x73}, {0xCC, 0x79, 0xA7},
                             {0xE6, 0x9F, 0x00}, {0x56, 0xB4, 0xE9}, {0x33, 0x33, 0x33}};
  std::string logo_png{};                    // the bytes of a PNG; empty: the programme's
  double margin_pt = 56;                     // left and right of the text
  double line_spacing = 1;                   // times the usual distance of lines
  double block_spacing = 1;                  // times the usual space between paragraphs, tables, charts and headings
  std::shared_ptr<FontFiles const> fonts{};  // shared: every document has its theme; null: the carried fonts
};

}  // namespace yekun
