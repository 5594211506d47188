
#include <catch2/catch.hpp>

#include "output/scene_type.h"

using namespace yekun;

TEST_CASE("the carried fonts hold the letters of all five languages", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  for (std::string const text : {"Gəncə-Daşkəsən ğıöüç ₼", "ქართული ენა ₾",
                                 "Türkmençe ňŇžŽýÝ", "Русский ₽", "English – … × №"}) {
    for (bool const bold : {false, true}) CHECK(measurer.width(text, {9, bold}) > 40);
  }
  CHECK(measurer.texts_with_missing_glyphs().empty());
}

TEST_CASE("a letter that no carried font holds is reported", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  measurer.width("漢", {9, false});
  CHECK(measurer.texts_with_missing_glyphs() == std::set<std::string>{"漢"});
  REQUIRE(measurer.warnings().size() == 1);
  CHECK(measurer.warnings().front().message == "the carried fonts lack a letter of '漢'; readers would see a box");
}

TEST_CASE("a line end or tab within a name is drawn as a space", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  for (char const* name : {"Baku\ncity", "Baku\tcity",
                           "Baku\x7F"
                           "city"})
    CHECK(measurer.width(name, {9, false}) == Approx(measurer.width("Baku city", {9, false})));
  CHECK(measurer.texts_with_missing_glyphs().empty());
}

TEST_CASE("widths grow in proportion to the size and bold is wider", "[output]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  for (std::string const text : {"Attendance rate", "დასწრების მაჩვენებელი"}) {
    double const eight = measurer.width(text, {8, false});
    CHECK(measurer.width(text, {16, false}) == Approx(2 * eight).epsilon(0.01));
    CHECK(measurer.width(text, {8, true}) > 1.02 * eight);
  }
}
