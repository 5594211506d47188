#include "core/theme.h"

#include <catch2/catch.hpp>

using namespace yekun;

TEST_CASE("contrast is WCAG's", "[core]") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == Approx(21));
  CHECK(contrast({255, 255, 255}, {255, 255, 255}) == Approx(1));
  CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) == Approx(4.478).epsilon(0.001));
  CHECK(contrast({255, 255, 255}, {0x77, 0x77, 0x77}) == contrast({0x77, 0x77, 0x77}, {255, 255, 255}));
}

TEST_CASE("the default theme's texts can be read on what they stand on", "[core]") {
  Theme const theme;
  for (auto const colour : {theme.text, theme.muted, theme.accent, theme.good, theme.neutral})
    CHECK(contrast(colour, theme.background) >= 4.5);
  CHECK(contrast(theme.bad, theme.background) >= 3.0);  // only for large figures and glyphs
  CHECK(contrast(theme.text, theme.panel) >= 4.5);
  CHECK(contrast(theme.accent_text, theme.accent) >= 4.5);
}

TEST_CASE("colours are read and written in hexadecimal", "[core]") {
  CHECK(to_hex({0x00, 0x72, 0xB2}) == "#0072B2");
  CHECK(parse_colour("#0072b2") == Colour{0x00, 0x72, 0xB2});
  CHECK(parse_colour("#07B") == Colour{0x00, 0x77, 0xBB});
  for (auto const text : {"", "#", "0072B2", "#0072B", "#GG0000", "#00 2B2", "blue"})
    CHECK_FALSE(parse_colour(text).has_value());
}
