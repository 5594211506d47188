#include "core/column.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>

using namespace yekun;

TEST_CASE("types have one name each", "[core]") {
  for (auto const type : {Type::text, Type::integer, Type::decimal, Type::number, Type::date, Type::boolean})
    CHECK(parse_type(to_text(type)) == type);
  CHECK(to_text(Type::boolean) == "boolean");
  CHECK_FALSE(parse_type("Text").has_value());
  CHECK_FALSE(parse_type("").has_value());
}

TEST_CASE("a dictionary numbers distinct texts in order of arrival", "[core]") {
  Dictionary words;
  CHECK(words.size() == 0);
  CHECK_FALSE(words.find("Quba").has_value());
  CHECK(words.code("Quba") == 0);
  CHECK(words.code("") == 1);
  CHECK(words.code("quba") == 2);
  CHECK(words.code("Quba") == 0);
  CHECK(words.find("quba") == 2u);
  CHECK(words.text(1).empty());
  CHECK(words.size() == 3);
}

TEST_CASE("a dictionary agrees with a map over many random texts, and its views outlive its growth", "[core]") {
  std::mt19937 random(3);
  std::map<std::string, std::uint32_t> expected;
  Dictionary words;
  std::string_view const first = words.text(words.code("the first"));
  expected["the first"] = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string text(random() % 24, 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 3);
    if (i % 1000 == 0) text.append(5000, static_cast<char>('A' + i / 1000 % 26));
    auto const [at, added] = expected.emplace(text, static_cast<std::uint32_t>(expected.size()));
    if (words.code(text) != at->second) FAIL(text);
  }
  CHECK(words.size() == expected.size());
  for (auto const& [text, code] : expected)
    if (words.text(code) != text || words.find(text) != code) FAIL(text);
  CHECK(first == "the first");
  Dictionary const moved = std::move(words);
  CHECK(first == "the first");
  CHECK(moved.find("the first") == 0u);
}

TEST_CASE("texts with bytes of zero are different texts", "[core]") {
  Dictionary words;
  CHECK(words.code(std::string_view("a\0", 2)) == 0);
  CHECK(words.code("a") == 1);
  CHECK(words.code(std::string_view("\0\0", 2)) == 2);
  CHECK(words.code(std::string_view("\0", 1)) == 3);
}

TEST_CASE("a text column reads alike in both forms", "[core]") {
  auto words = std::make_shared<Dictionary>();
  auto const code = words->code("north");
  Column coded{Type::text, {1, 0}};
  coded.codes = {code, 0};
  coded.dictionary = words;
  Column raw{Type::text, {1, 0}};
  raw.form = TextForm::raw;
  raw.raw = {"north", ""};
  CHECK(coded.text(0) == raw.text(0));
  CHECK_FALSE(coded.has(1));
  CHECK(raw.size() == 2);
}
