// PNG and SVG of one scene: headers, pixels, well-formed text.
#include <expat.h>
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "charts/scene.h"
#include "output/png.h"
#include "output/scene_svg.h"
#include "tests/output/png_reader.h"

using namespace yekun;

using png_reader::be32;
using png_reader::pixels_of;

namespace {

Scene small_scene() {
  Scene scene;
  scene.width_pt = 40;
  scene.height_pt = 20;
  scene.font = "Noto Sans";
  scene.language = "en";
  scene.title = "Cost & \"use\" <2025>";
  scene.alt_text = "Bar chart.";
  scene::Group group{"bar series-1", "Bakı: 3 < 4", "people@2025"};
  group.marks.emplace_back(scene::Rect{{10, 5, 20, 10}, {0, 0x72, 0xB2}});
  group.marks.emplace_back(scene::Hatch{{0, 0, 8, 8}, {0x76, 0x76, 0x76}});
  group.marks.emplace_back(scene::Line{{{0, 19}, {40, 19}}, {0, 0, 0}, 1, {4, 3}});
  group.marks.emplace_back(scene::Text{{2, 14}, "a<b\x01", 8, true, {0, 0, 0}, scene::Anchor::end, 12});
  scene.groups.push_back(std::move(group));
  return scene;
}

std::string text_in_xml(std::string const& xml) {
  XML_Parser const parser = XML_ParserCreate(nullptr);
  std::string text;
  XML_SetUserData(parser, &text);
  XML_SetCharacterDataHandler(parser, [](void* out, XML_Char const* chars, int length) {
    static_cast<std::string*>(out)->append(chars, static_cast<std::size_t>(length));
  });
  auto const status = XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1);
  INFO(XML_ErrorString(XML_GetErrorCode(parser)));
  XML_ParserFree(parser);
  REQUIRE(status == XML_STATUS_OK);
  return text;
}

}  // namespace

TEST_CASE("a PNG has the scene's size, its density and its colours", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  auto const png = render_png(small_scene(), measurer, {2.5, {0xFF, 0xFF, 0xFF}, PngColours::exact, false});
  REQUIRE(png.has_value());
  CHECK(png->substr(0, 8) == std::string("\x89PNG\r\n\x1a\n", 8));
  CHECK(be32(*png, 16) == 100);
  CHECK(be32(*png, 20) == 50);
  auto const density = png->find("pHYs");
  REQUIRE(density != std::string::npos);
  CHECK(be32(*png, density + 4) == 7087);  // 180 pixels an inch
  auto const rows = pixels_of(*png);
  auto const pixel = [&](std::size_t x, std::size_t y) { return rows.substr(y * 301 + 1 + 3 * x, 3); };
  CHECK(pixel(50, 25) == std::string("\x00\x72\xB2", 3));
  CHECK(pixel(90, 5) == std::string("\xFF\xFF\xFF", 3));
}

TEST_CASE("the same scene gives the same PNG bytes twice", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const first(**type);
  SceneType const second(**type);
  auto const a = render_png(small_scene(), first);
  auto const b = render_png(small_scene(), second);
  REQUIRE(a.has_value());
  REQUIRE(b.has_value());
  CHECK(*a == *b);
}

TEST_CASE("a picture without area is refused", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  Scene scene;
  auto const png = render_png(scene, measurer);
  REQUIRE_FALSE(png.has_value());
  CHECK(png.error().front().message == "a picture of 0 x 0 pixels cannot be made");
}

TEST_CASE("pixels of any pattern survive the PNG encoder", "[output]") {
  std::vector<std::uint32_t> pixels(37 * 23);
  std::uint32_t state = 1;
  for (auto& one : pixels) one = (state = state * 1664525U + 1013904223U) & 0xFFFFFFU;
  auto const rows = pixels_of(encode_png({pixels, 37, 23, 37, 2835}));
  for (std::size_t y = 0; y < 23; ++y)
    for (std::size_t x = 0; x < 37; ++x) {
      auto const* at = reinterpret_cast<unsigned char const*>(rows.data()) + y * 112 + 1 + 3 * x;
      REQUIRE(((std::uint32_t{at[0]} << 16U) | (std::uint32_t{at[1]} << 8U) | at[2]) == pixels[y * 37 + x]);
    }
}

TEST_CASE("a palette keeps the scene's colours and rounds smoothed edges by less than one step", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  auto const exact = render_png(small_scene(), measurer, {2.5, {0xFF, 0xFF, 0xFF}, PngColours::exact, false});
  auto const numbered = render_png(small_scene(), measurer, {2.5, {0xFF, 0xFF, 0xFF}, PngColours::palette, false});
  REQUIRE(exact.has_value());
  REQUIRE(numbered.has_value());
  REQUIRE((*numbered)[25] == '\x03');
  auto const palette = numbered->substr(numbered->find("PLTE") + 4, be32(*numbered, numbered->find("PLTE") - 4));
  auto const rgb = pixels_of(*exact, 3);
  auto const numbers = pixels_of(*numbered, 1);
  int farthest = 0;
  for (std::size_t y = 0; y < 50; ++y)
    for (std::size_t x = 0; x < 100; ++x)
      for (std::size_t c = 0; c < 3; ++c) {
        auto const number = static_cast<unsigned char>(numbers[y * 101 + 1 + x]);
        int const got = static_cast<unsigned char>(palette.at(3 * std::size_t{number} + c));
        int const want = static_cast<unsigned char>(rgb[y * 301 + 1 + 3 * x + c]);
        farthest = std::max(farthest, std::abs(got - want));
        if (x == 50 && y == 25) CHECK(got == want);
      }
  CHECK(farthest < 16);
}

TEST_CASE("a picture of too many colours is not forced into a palette", "[output]") {
  std::vector<std::uint32_t> pixels;
  for (std::uint32_t i = 0; i < 4096; ++i)
    pixels.push_back(((i >> 8U) << 20U) | (((i >> 4U) & 15U) << 12U) | ((i & 15U) << 4U));
  CHECK_FALSE(encode_palette_png({pixels, 64, 64, 64, 2835}, {}, false).has_value());
}

TEST_CASE("an SVG is well formed, escapes what it quotes and describes itself", "[output]") {
  auto const svg = render_svg(small_scene(), {true, "fig1", true});
  auto const text = text_in_xml(svg);
  CHECK(text.find("Cost & \"use\" <2025>") != std::string::npos);
  CHECK(text.find("Bakı: 3 < 4") != std::string::npos);
  CHECK(text.find("a<b") != std::string::npos);
  CHECK(svg.find("role=\"img\"") != std::string::npos);
  CHECK(svg.find("aria-labelledby=\"fig1-title fig1-desc\"") != std::string::npos);
  CHECK(svg.find("id=\"fig1-desc\">Bar chart.<") != std::string::npos);
  CHECK(svg.find("<script") == std::string::npos);
}
