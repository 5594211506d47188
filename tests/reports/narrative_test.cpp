#include <catch2/catch.hpp>

#include "reports/narrative.h"
#include "reports/narrative_pieces.h"
#include "tests/reports/compose_support.h"

using namespace yekun;

namespace {

NarrativeValues values() {
  NarrativeValues made;
  made["residents"] = {Value::of(std::int64_t{1131}), {.places = 0}, "residents@2025-Q3"};
  made["homes"] = {Value::of(std::int64_t{1}), {}, "homes@2025-Q3"};
  made["rate"] = {Value::of(0.9245), {.percent = true, .places = 1}, "rate@2025-Q3"};
  made["absent"] = {Value::missing(), {}, "absent@2025-Q3"};
  made["hidden"] = {Value{State::suppressed}, {}, "hidden@2025-Q3"};
  made["period"].text = "July *2025*";
  made["period"].is_text = true;
  return made;
}

std::string written(std::string const& text, std::string const& language = "en") {
  auto const catalogue = Catalogue::load(language);
  auto const paragraphs = write_narrative(text, values(), *catalogue);
  if (!paragraphs) return "error: " + paragraphs.error();
  Document document;
  document.blocks.emplace_back(Narrative{*paragraphs});
  std::string const all = to_text(document);
  std::size_t at = 0;
  for (int i = 0; i < 3; ++i) at = all.find('\n', at) + 1;
  return all.substr(at);
}

}  // namespace

TEST_CASE("a number in a text is written as tables write it and keeps its figure", "[reports]") {
  CHECK(written("In all **{residents, number}** people, {rate, number, percent}.") ==
        "body: In all *[1,131|residents@2025-Q3]* people, [92.5%|rate@2025-Q3].\n");
}

TEST_CASE("a plural takes its form from the number", "[reports]") {
  CHECK(written("{homes, plural, one {# home} other {# homes}}") == "body: [1 home|homes@2025-Q3]\n");
  CHECK(written("{residents, plural, one {# дом} few {# дома} many {# домов} other {# дома}}", "ru") ==
        "body: [1\u00A0131 дом|residents@2025-Q3]\n");
}

TEST_CASE("a missing or suppressed number reads as words, in plurals too", "[reports]") {
  CHECK(written("Reached: {absent, number}; {absent, plural, one {# home} other {# homes}}; {hidden}.") ==
        "body: Reached: [no data|absent@2025-Q3]; [no data|absent@2025-Q3]; [suppressed|hidden@2025-Q3].\n");
}

TEST_CASE("values are never taken for markup", "[reports]") {
  CHECK(written("For {period} **only**") == "body: For July *2025* *only*\n");
}

TEST_CASE("markdown makes paragraphs, lists, quotes and links", "[reports]") {
  CHECK(written("One.\n\n- first\n- *second* {homes}\n\n3. third\n\n> said\n\n[site](https://example.org) "
                "[no](file:///etc)") ==
        "body: One.\n"
        "bullet: first\n"
        "bullet: /second/ [1|homes@2025-Q3]\n"
        "numbered 3: third\n"
        "quote: said\n"
        "body: [site](https://example.org) no\n");
}

TEST_CASE("an unknown name and a broken message are errors", "[reports]") {
  CHECK(written("{nobody, number}") == "error: unknown name 'nobody' in the text");
  CHECK(written("{residents, plural, one {#}").starts_with("error: "));
}

TEST_CASE("a message is cut at its outermost braces, quoted braces are text", "[reports]") {
  auto const pieces = cut_message("a '{'b'}' {n, plural, one {{x}} other {#}} c");
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].text == "a '{'b'}' ");
  CHECK(pieces[1].name == "n");
  CHECK(pieces[1].kind == "plural");
  CHECK(pieces[1].style == "one {{x}} other {#}");
  CHECK(pieces[2].text == " c");
}

TEST_CASE("the indicators of a text are found, companions and built-ins known", "[reports]") {
  auto const made = compose_test::programme();
  auto const found = narrative_indicators("{period}: {people_target, number} of {residents}, {people_change}", made);
  REQUIRE(found);
  CHECK(*found == std::vector<std::string>{"people", "residents"});
}
