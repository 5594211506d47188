#include "core/assets.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace yekun;

TEST_CASE("carried files are found by their path, byte for byte", "[core]") {
  auto const licence = asset("fonts/OFL.txt");
  REQUIRE(licence);
  std::ifstream file(YEKUN_SOURCE_DIR "/templates/fonts/OFL.txt", std::ios::binary);
  CHECK(*licence == std::string(std::istreambuf_iterator<char>(file), {}));
  CHECK_FALSE(asset("fonts/none.ttf").has_value());
  CHECK_FALSE(asset("").has_value());
}

TEST_CASE("a folder's files come sorted", "[core]") {
  auto const texts = assets_in("texts/");
  CHECK(std::is_sorted(texts.begin(), texts.end()));
  CHECK(std::count(texts.begin(), texts.end(), "texts/ka.json") == 1);
  CHECK(assets_in("no-such-folder/").empty());
}

TEST_CASE("the bundled fonts go with their licence and their owner's name", "[core]") {
  CHECK(assets_in("fonts/").size() >= 9);
  CHECK(asset("fonts/OFL.txt")->find("SIL OPEN FONT LICENSE Version 1.1") != std::string_view::npos);
  CHECK(asset("fonts/OFL.txt")->find("Google LLC") != std::string_view::npos);
}
