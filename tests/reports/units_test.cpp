#include "reports/units.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/catalogue.h"

using namespace yekun;

TEST_CASE("every unit of the closed list has its words in the catalogue", "[reports]") {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue);
  auto const words = unit_words();
  CHECK(std::is_sorted(words.begin(), words.end()));
  for (auto const& word : words) {
    INFO(word);
    CHECK(catalogue->has("unit." + word));
    CHECK(catalogue->has("unit." + word + ".name"));
  }
}

TEST_CASE("a currency is a unit with two decimals, three other capitals are not", "[reports]") {
  REQUIRE(find_unit("AZN"));
  CHECK(find_unit("AZN")->places == 2);
  CHECK(find_unit("people")->places == 0);
  CHECK_FALSE(find_unit("QQQ"));
  CHECK_FALSE(find_unit("azn"));
  CHECK_FALSE(find_unit(""));
}
