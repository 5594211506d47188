#include "indicators/dimension.h"

#include <catch2/catch.hpp>

#include "tests/indicators/expression_support.h"

using namespace yekun;
using namespace yekun::test;

using Texts = std::vector<std::string>;

namespace {

SmallTable people() {
  SmallTable t;
  t.add("birth", Type::date, {"2025-01-01", "2020-01-02", "2020-01-01", "1960-06-01", "", "2025-12-31"});
  t.add("seen", Type::date, {"2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01"});
  t.add("sex", Type::text, {"K", "F", "M", "?", "", "K"});
  return t;
}

std::string mistakes_of(Dimension const& dimension) {
  auto const rule = resolve_dimension(dimension, people().schema);
  REQUIRE_FALSE(rule);
  return messages(rule.error());
}

}  // namespace

TEST_CASE("bands include their lower bound and are named by their values", "[indicators]") {
  CHECK(band_names({0, 5, 12, 18, 60}) == Texts{"0-4", "5-11", "12-17", "18-59", "60+"});
  CHECK(band_names({0, 1, 5}) == Texts{"0", "1-4", "5+"});
  CHECK(value("band(4.999999, 0, 5)") == "0-4");
  CHECK(value("band(-1, 0, 5)") == "<0");
  CHECK(value("band(9 / 2, 0, 5)") == "0-4");
  CHECK(value("band(null, 0, 5)") == "null");
  CHECK(mistakes("band(1, 5, 5)", people()).find("the lower bounds of bands are whole numbers that rise") !=
        std::string::npos);
}

TEST_CASE("an age group is an expression; an unknown age is missing", "[indicators]") {
  Dimension d;
  d.id = "age_group";
  d.of = "age(birth, seen)";
  d.bands = {0, 5, 18, 60};
  auto const rule = resolve_dimension(d, people().schema);
  REQUIRE(rule);
  CHECK(rule->expression == "band(age(birth, seen), 0, 5, 18, 60)");
  CHECK(values(rule->expression, people()) == Texts{"0-4", "0-4", "5-17", "60+", "null", "null"});
  CHECK(ordered_values(d, {"60+", "5-17", "0-4"}) == Texts{"0-4", "5-17", "60+"});
}

TEST_CASE("a mapping merges values; others stay or fall into one group", "[indicators]") {
  Dimension d;
  d.id = "sex";
  d.mapping = {{"K", "female"}, {"F", "female"}, {"M", "male"}};
  CHECK(values(resolve_dimension(d, people().schema)->expression, people()) ==
        Texts{"female", "female", "male", "?", "null", "female"});
  d.other = "other";
  CHECK(values(resolve_dimension(d, people().schema)->expression, people()) ==
        Texts{"female", "female", "male", "other", "null", "female"});
  d.split = ";";
  auto const rule = resolve_dimension(d, people().schema);
  REQUIRE(rule);
  CHECK(rule->expression == "sex");
  CHECK(rule->mapping.at("M") == "male");
}

TEST_CASE("a dimension that does not fit its columns is refused", "[indicators]") {
  Dimension d;
  d.id = "sex";
  d.place = spec_place("p.json", 9, 3);
  d.bands = {0, 5};
  CHECK(mistakes_of(d) ==
        "p.json:9:3: error[bands]: the bands of dimension 'sex' need a number, 'sex' is a text\n"
        "  hint: declare the column's type, or use age(birth, on)\n");
  d.bands = {5, 0};
  CHECK(mistakes_of(d).find("do not rise") != std::string::npos);
  d.bands.clear();
  d.of = "sxe";
  CHECK(mistakes_of(d) == "p.json:9:3: error[unknown-column]: unknown column 'sxe'\n  hint: did you mean 'sex'?\n");
}
