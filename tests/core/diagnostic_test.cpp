#include "core/diagnostic.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

Diagnostic unknown_key() {
  Diagnostic d{
      Severity::error, Fault::spec, "unknown-key", {"programme.json", 12, 5, 0, ""}, "unknown key 'indicatros'"};
  d.hint = "did you mean 'indicators'?";
  d.source_line = "    \"indicatros\": {";
  return d;
}

}  // namespace

TEST_CASE("a mistake in a spec shows its place, the line, a caret and what to do", "[core]") {
  CHECK(to_text(unknown_key(), false) ==
        "programme.json:12:5: error[unknown-key]: unknown key 'indicatros'\n"
        "      \"indicatros\": {\n"
        "      ^\n"
        "  hint: did you mean 'indicators'?\n");
}

TEST_CASE("a finding in data shows file, row and column", "[core]") {
  Diagnostic const d{
      Severity::warning, Fault::data, "rejected-cell", {"people.csv", 0, 0, 12, "age"}, "'abc' is not an integer"};
  CHECK(to_text(d, false) == "people.csv: row 12, column 'age': warning[rejected-cell]: 'abc' is not an integer\n");
  CHECK(to_text({Severity::note, Fault::data, "", {"a.csv", 0, 0, 0, "age"}, "one"}, false) ==
        "a.csv: column 'age': note: one\n");
  CHECK(to_text({Severity::error, Fault::usage, "no-file", {}, "no file"}, false) == "error[no-file]: no file\n");
}

TEST_CASE("the caret stands under its character behind tabs and letters of several bytes", "[core]") {
  Diagnostic d{Severity::error, Fault::spec, "x", {"a.json", 1, 5, 0, ""}, "m"};
  d.source_line = "\tşə: oops";
  CHECK(to_text(d, false) == "a.json:1:5: error[x]: m\n  \tşə: oops\n  \t   ^\n");
  d.place.column = 10;  // one past the end
  CHECK(to_text(d, false) == "a.json:1:10: error[x]: m\n  \tşə: oops\n  \t        ^\n");
}

TEST_CASE("a long line is cut around the caret", "[core]") {
  Diagnostic d{Severity::error, Fault::spec, "x", {"a.json", 1, 501, 0, ""}, "m"};
  d.source_line = std::string(500, 'a') + "B" + std::string(500, 'c');
  std::string const text = to_text(d, false);
  auto const caret = text.rfind('^') - text.rfind('\n', text.rfind('^'));
  auto const line = text.substr(text.find('\n') + 1);
  CHECK(line.size() < 300);
  CHECK(line.find('B') - 2 == caret - 1);  // the ellipsis before it has three bytes and one column
}

TEST_CASE("control characters from data cannot steer the terminal", "[core]") {
  Diagnostic const d{Severity::error, Fault::data, "x", {"a\x1b[2J.csv", 0, 0, 1, "c\n"}, "bad '\x1b[31m\xff'"};
  CHECK(to_text(d, false) == "a\\x1b[2J.csv: row 1, column 'c\\x0a': error[x]: bad '\\x1b[31m\uFFFD'\n");
}

TEST_CASE("colour comes only when asked for", "[core]") {
  CHECK(to_text(unknown_key(), false).find('\x1b') == std::string::npos);
  CHECK(to_text(unknown_key(), true).find("\x1b[1;31merror[unknown-key]:\x1b[0m") != std::string::npos);
}

TEST_CASE("JSON has every field on one line, null where it is not known", "[core]") {
  CHECK(
      to_json(unknown_key()) ==
      R"({"severity":"error","fault":"spec","code":"unknown-key","file":"programme.json","line":12,"column":5,"row":null,)"
      R"("field":null,"message":"unknown key 'indicatros'","hint":"did you mean 'indicators'?"})");
  CHECK(to_json({Severity::warning, Fault::data, "c", {"a.csv", 0, 0, 3, "x\"y"}, "line\nbreak"}) ==
        R"({"severity":"warning","fault":"data","code":"c","file":"a.csv","line":null,"column":null,"row":3,)"
        R"("field":"x\"y","message":"line\nbreak","hint":null})");
}

TEST_CASE("edits are counted in code points, a swap of neighbours as one", "[core]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("regoin", "region") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("rayon", "ərayon") == 1);
  CHECK(edit_distance("ca", "abc") == 3);
}

TEST_CASE("the nearest name is offered only if it is near", "[core]") {
  std::vector<std::string> const names{"region", "district", "sex", "age"};
  CHECK(nearest("regoin", names) == "region");
  CHECK(nearest("REGION", names) == "region");
  CHECK(nearest("sx", names) == "sex");
  CHECK(nearest("colour", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest("x", {}).empty());
  CHECK(nearest(std::string(100'000, 'x'), names).empty());
}

TEST_CASE("a suggestion names the nearest, or lists what there is", "[core]") {
  std::vector<std::string> const names{"region", "district"};
  CHECK(suggestion("regoin", names) == "did you mean 'region'?");
  CHECK(suggestion("zzz", names) == "one of: region, district");
  CHECK(suggestion("zzz", {}).empty());
  std::vector<std::string> many;
  for (int i = 0; i < 21; ++i) many.push_back("name" + std::to_string(i));
  CHECK(suggestion("zzz", many) == "one of: name0, name1, name2, name3, name4, name5, name6, name7 and 13 more");
  many.pop_back();
  CHECK(suggestion("zzz", many).ends_with(", name18, name19"));
  CHECK(suggestion("zzz", {"y", "x", "y"}) == "one of: y, x");
}

TEST_CASE("only errors count as errors", "[core]") {
  CHECK_FALSE(has_errors({}));
  CHECK_FALSE(
      has_errors({{Severity::warning, Fault::data, "x", {}, "m"}, {Severity::note, Fault::data, "x", {}, "m"}}));
  CHECK(has_errors({{Severity::warning, Fault::data, "x", {}, "m"}, {Severity::error, Fault::data, "x", {}, "m"}}));
}
