#include "core/json_tree.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

std::string errors_of(std::string_view text) {
  auto const parsed = parse_json(text, "a.json");
  if (parsed) return "parsed";
  std::string out;
  for (auto const& d : parsed.error()) out += to_text(d, false);
  return out;
}

}  // namespace

TEST_CASE("every value knows the line and column of its first character", "[core]") {
  auto const parsed =
      parse_json("{ \"a\": [1, -2.50e1 ,true],\n  // \"x\": [\n  \"ə\" : \"b\\\"c\" , /* } */ \"n\":null}", "a.json");
  REQUIRE(parsed);
  CHECK(parsed->place.line == 1);
  CHECK(parsed->place.column == 1);
  auto const* const a = parsed->find("a");
  REQUIRE(a != nullptr);
  CHECK(a->place.column == 8);
  REQUIRE(a->items.size() == 3);
  CHECK(a->items[0].place.column == 9);
  CHECK(a->items[1].place.column == 12);
  CHECK(a->items[1].text == "-2.50e1");
  CHECK(a->items[1].number == -25.0);
  CHECK(a->items[2].place.column == 21);
  auto const& e = parsed->members.at(1);
  CHECK(e.key_place.line == 3);
  CHECK(e.key_place.column == 3);
  CHECK(e.value.place.column == 9);
  CHECK(e.value.text == "b\"c");
  CHECK(parsed->members.at(2).key_place.column == 26);
  CHECK(parsed->members.at(2).value.place.column == 30);
}

TEST_CASE("all duplicate names are reported with both places", "[core]") {
  CHECK(errors_of("{\"a\":1,\n \"b\":{\"c\":1,\"c\":2},\n \"a\":3, \"a\":4}") ==
        "a.json:2:13: error[duplicate-key]: the name \"c\" stands twice in this object\n"
        "   \"b\":{\"c\":1,\"c\":2},\n"
        "              ^\n"
        "  hint: it was first given at 2:7; keep one of them\n"
        "a.json:3:2: error[duplicate-key]: the name \"a\" stands twice in this object\n"
        "   \"a\":3, \"a\":4}\n"
        "   ^\n"
        "  hint: it was first given at 1:2; keep one of them\n"
        "a.json:3:9: error[duplicate-key]: the name \"a\" stands twice in this object\n"
        "   \"a\":3, \"a\":4}\n"
        "          ^\n"
        "  hint: it was first given at 1:2; keep one of them\n");
}

TEST_CASE("a missing comma is shown where it belongs", "[core]") {
  CHECK(errors_of("{\n  \"a\": 1\n  \"b\": 2\n}") ==
        "a.json:2:9: error[json-syntax]: a comma is missing here\n"
        "    \"a\": 1\n"
        "          ^\n"
        "  hint: add ',' between this and what follows\n");
}

TEST_CASE("a comma before a closing bracket is named", "[core]") {
  CHECK(errors_of("[1, 2, ]") ==
        "a.json:1:6: error[json-syntax]: a comma must not stand before ']'\n"
        "  [1, 2, ]\n"
        "       ^\n"
        "  hint: remove the comma\n");
}
