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

namespace {

/// The one syntax error of `text`: "line:column message (hint)".
std::string mistake_in(std::string_view text) {
  auto const parsed = parse_json(text, "a.json");
  if (parsed) return "parsed";
  auto const& d = parsed.error().back();
  std::string const where = std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " ";
  return where + d.message + (d.hint.empty() ? "" : " (" + d.hint + ")");
}

}  // namespace

TEST_CASE("what is not closed is shown where it opens", "[core]") {
  CHECK(mistake_in("{\n \"a\": [1, 2\n") == "2:7 the '[' here is not closed (add ']' where it ends)");
  CHECK(mistake_in("{\"a\": {\"b\": 1}") == "1:1 the '{' here is not closed (add '}' where it ends)");
  CHECK(mistake_in("{\n\"a\": \"x,\n\"b\": 1}") ==
        "2:6 the text that starts here has no closing quote on its line (add '\"' where the text ends)");
  CHECK(mistake_in("{\"a\": \"x") ==
        "1:7 the text that starts here has no closing quote on its line (add '\"' where the text ends)");
  CHECK(mistake_in("{} /* x") == "1:4 the comment that starts here is not closed (add '*/' where the comment ends)");
  CHECK(mistake_in("[1}") == "1:3 expected ']' to close the '[' of line 1, found '}'");
}

TEST_CASE("commas and colons that are missing or too many are named", "[core]") {
  CHECK(mistake_in("[1 2]") == "1:3 a comma is missing here (add ',' between this and what follows)");
  CHECK(mistake_in("{\"a\":1,}") == "1:7 a comma must not stand before '}' (remove the comma)");
  CHECK(mistake_in("[1,,2]") == "1:4 two commas in a row (remove one)");
  CHECK(mistake_in("{\"a\" 1}") == "1:5 expected ':' after the name \"a\"");
  CHECK(mistake_in("{\"a\":}") == "1:6 the name \"a\" has no value (write one after the ':', or remove the name)");
  CHECK(mistake_in("[\"a\": 1]") ==
        "1:5 expected ',' or a closing bracket, found ':' (members with names need { } around them)");
  CHECK(mistake_in("{} {}") == "1:4 there is text after the end of the JSON value (remove it, or put it in a comment)");
}

TEST_CASE("words, quotes and numbers of other languages are put right", "[core]") {
  CHECK(mistake_in("{\"a\": True}") ==
        "1:7 'True' is not in quotes and is not true, false or null (did you mean true?)");
  CHECK(mistake_in("{\"a\": bakı}") ==
        "1:7 'bakı' is not in quotes and is not true, false or null (put texts in double quotes)");
  CHECK(mistake_in("{a: 1}") == "1:2 the name 'a' must stand in double quotes (write \"a\")");
  CHECK(mistake_in("{\"a\": 'x'}") == "1:7 texts start with \", not ' (use straight double quotes on both sides)");
  CHECK(mistake_in("{“a”: 1}") == "1:2 names start with \", not “ (use straight double quotes on both sides)");
  CHECK(mistake_in("[01]") ==
        "1:2 '01' is not a number that JSON knows, or is too large (remove the leading zeros, or put it in quotes)");
  CHECK(mistake_in("{\"a\": 2025-07-14}") ==
        "1:7 '2025-07-14' is not a number that JSON knows, or is too large (put dates in double quotes)");
  CHECK(mistake_in("[.5]") == "1:2 '.5' is not a number that JSON knows, or is too large (write 0.5)");
  CHECK(mistake_in("[1.]") == "1:2 '1.' is not a number that JSON knows, or is too large (write 1)");
  CHECK(mistake_in("[+1]") == "1:2 '+1' is not a number that JSON knows, or is too large (write 1)");
}

TEST_CASE("escapes and characters that a text cannot hold are named at their place", "[core]") {
  CHECK(mistake_in("[\"C:\\data\"]") ==
        "1:5 '\\d' means nothing inside a text (to write a backslash, double it: \\\\; in paths use / instead)");
  CHECK(mistake_in("[\"a\tb\"]") == "1:4 a tab inside a text (write \\t, or use spaces)");
  CHECK(mistake_in("[\"\\u12\"]") ==
        "1:3 '\\u' must be followed by four hexadecimal digits (write the character itself instead)");
  CHECK(mistake_in("[\"\\ud800\"]") ==
        "1:2 this text holds half of a '\\u' character pair (write the character itself instead)");
}

TEST_CASE("an empty file and one that is not UTF-8 say so", "[core]") {
  CHECK(mistake_in("") == "1:1 the file is empty, expected '{'");
  CHECK(mistake_in(" // nothing\n") == "1:1 the file is empty, expected '{'");
  CHECK(mistake_in("{\n\"a\": \"\xE9\"}") == "2:0 this line is not UTF-8 text (save the file as UTF-8 in your editor)");
  CHECK(mistake_in("\xFF\xFE{") == "1:0 the file is UTF-16, expected UTF-8 (save the file as UTF-8 in your editor)");
}

TEST_CASE("a byte order mark counts for nothing", "[core]") {
  auto const parsed = parse_json("\xEF\xBB\xBF{\"a\": 1}", "a.json");
  REQUIRE(parsed);
  CHECK(parsed->place.column == 1);
  CHECK(parsed->find("a")->place.column == 7);
  CHECK(line_of("\xEF\xBB\xBF{\"a\": 1}", 1) == "{\"a\": 1}");
}

TEST_CASE("numbers keep their text and say whether they are whole", "[core]") {
  auto const parsed = parse_json("[0.10, 12, -9223372036854775808, 9223372036854775808, 1e3, -0]", "a.json");
  REQUIRE(parsed);
  auto const& items = parsed->items;
  CHECK(items[0].kind == JsonKind::number);
  CHECK(items[0].text == "0.10");
  CHECK(items[1].kind == JsonKind::integer);
  CHECK(items[1].integer == 12);
  CHECK(items[2].integer == std::numeric_limits<std::int64_t>::min());
  CHECK(items[3].kind == JsonKind::number);
  CHECK(items[3].number == 9223372036854775808.0);
  CHECK(items[4].kind == JsonKind::number);
  CHECK(items[5].kind == JsonKind::integer);
  CHECK(mistake_in("[1e999]") ==
        "1:2 '1e999' is not a number that JSON knows, or is too large (write numbers like 12, -0.5 or 1e6)");
}

TEST_CASE("a number at the very end has its place too", "[core]") {
  auto const parsed = parse_json("\n  42", "a.json");
  REQUIRE(parsed);
  CHECK(parsed->text == "42");
  CHECK(parsed->place.line == 2);
  CHECK(parsed->place.column == 3);
}

TEST_CASE("brackets in brackets are read to a limit, not to the end of the stack", "[core]") {
  std::string const fine = std::string(200, '[') + std::string(200, ']');
  CHECK(parse_json(fine, "a.json"));
  CHECK(mistake_in(std::string(201, '[')) == "1:201 more than 200 levels of brackets (split the file)");
  std::string const deep(5'000'000, '[');
  CHECK(mistake_in(deep) == "1:201 more than 200 levels of brackets (split the file)");
}

TEST_CASE("too many values and too many bytes are refused", "[core]") {
  CHECK(parse_json("[1,2,3]", "a.json", {100, 4, 10}));
  auto const many = parse_json("[1,2,3,4]", "a.json", {100, 4, 10});
  REQUIRE_FALSE(many);
  CHECK(many.error()[0].message == "more than 4 values in one file");
  CHECK(many.error()[0].place.column == 8);
  auto const large = parse_json("[1,2,3,4]", "a.json", {8, 100, 10});
  REQUIRE_FALSE(large);
  CHECK(to_text(large.error()[0], false) ==
        "a.json: error[json-limit]: the file has 9 bytes, expected at most 8\n  hint: split the file\n");
}

TEST_CASE("find answers for objects only", "[core]") {
  auto const parsed = parse_json("{\"a\": [1]}", "a.json");
  REQUIRE(parsed);
  CHECK(parsed->find("b") == nullptr);
  CHECK(parsed->find("a")->find("a") == nullptr);
}

TEST_CASE("lines are found by number, their ends cut off", "[core]") {
  CHECK(line_of("a\r\nb\n", 1) == "a");
  CHECK(line_of("a\r\nb\n", 2) == "b");
  CHECK(line_of("a\r\nb\n", 3).empty());
  CHECK(line_of("a", 9).empty());
  CHECK(line_of("a", 0).empty());
}

TEST_CASE("quoted JSON escapes what it must and keeps the rest", "[core]") {
  CHECK(quote_json("Bakı \"x\" \\ \n\t\x01") == "\"Bakı \\\"x\\\" \\\\ \\n\\t\\u0001\"");
  CHECK(quote_json("\xFF") == "\"\uFFFD\"");
  CHECK(quote_json("") == "\"\"");
}
