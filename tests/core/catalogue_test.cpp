#include "core/catalogue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "core/assets.h"
#include "core/texts.h"

using namespace yekun;

namespace {

Texts texts_of(std::string_view language) { return load_texts(language).value(); }

/// Texts about dates and periods pick what they need from arguments that Locale gives to all of them.
bool picks_arguments(std::string_view key) { return key.starts_with("period.") || key.starts_with("date."); }

}  // namespace

TEST_CASE("every language has the same keys", "[core]") {
  auto const english = texts_of("en");
  CHECK(english.size() > 250);
  for (auto const language : kLanguages) {
    auto const texts = texts_of(language);
    for (auto const& [key, text] : english)
      if (texts.count(key) == 0) FAIL_CHECK(language << " lacks " << key);
    for (auto const& [key, text] : texts)
      if (english.count(key) == 0) FAIL_CHECK("en lacks " << key << " of " << language);
  }
}

TEST_CASE("every text is a message that parses, has words, and uses the English one's arguments", "[core]") {
  auto const english = texts_of("en");
  for (auto const language : kLanguages) {
    for (auto const& [key, text] : texts_of(language)) {
      auto const names = message_arguments(text);
      if (!names) {
        FAIL_CHECK(language << " " << key << ": " << names.error());
        continue;
      }
      if (text.empty()) FAIL_CHECK(language << " " << key << " is empty");
      if (picks_arguments(key) || english.count(key) == 0) continue;
      if (names != message_arguments(english.at(key))) FAIL_CHECK(language << " " << key << " uses other arguments");
    }
  }
}

TEST_CASE("every text can be filled in, in every language, with a missing number too", "[core]") {
  for (auto const language : {"az", "ka", "tk", "ru", "en", "qps"}) {
    auto const catalogue = Catalogue::load(language).value();
    for (auto const& key : catalogue.keys()) {
      auto const& text = catalogue.locale().texts().at(key);
      for (MessageValue const& value : {MessageValue(std::int64_t{3}), MessageValue(std::monostate{})}) {
        MessageArguments arguments;
        auto const names = message_arguments(text).value();
        for (auto const& name : names) arguments[name] = value;
        auto const filled = catalogue.locale().message(text, arguments);
        if (!filled || filled->empty() || filled->find('{') != std::string::npos) FAIL_CHECK(language << " " << key);
      }
    }
  }
}

TEST_CASE("Georgian and Russian texts are in their own script", "[core]") {
  // UTF-8 of Georgian starts with E1 83, of Cyrillic with D0 or D1.
  for (auto const key : {"heading.summary", "state.missing", "label.target"}) {
    CHECK(texts_of("ka").at(key).starts_with("\xE1\x83"));
    CHECK(texts_of("ru").at(key).find_first_of("\xD0\xD1") == 0);
  }
}

TEST_CASE("no text is left in English by mistake", "[core]") {
  auto const english = texts_of("en");
  for (auto const language : {"az", "ka", "tk", "ru"}) {
    for (auto const& [key, text] : texts_of(language)) {
      bool const words = key.starts_with("heading.") || key.starts_with("state.") || key.starts_with("verdict.") ||
                         key.starts_with("quality.") || key.starts_with("sentence.") || key.starts_with("note.");
      if (words && english.count(key) == 1 && english.at(key) == text)
        FAIL_CHECK(language << " " << key << ": " << text);
    }
  }
}

TEST_CASE("Georgian texts hold no capital Mtavruli letters", "[core]") {
  for (auto const& [key, text] : texts_of("ka"))
    if (text.find("\xE1\xB2") != std::string::npos) FAIL_CHECK(key << ": " << text);
}

TEST_CASE("counted units agree with their number", "[core]") {
  auto const counted = [](std::string_view language, std::int64_t n) {
    auto const catalogue = Catalogue::load(language).value();
    return catalogue.text("unit.people", {{"count", n}, {"value", catalogue.locale().whole(n)}});
  };
  CHECK(counted("en", 1) == "1 person");
  CHECK(counted("en", 1100) == "1,100 people");
  CHECK(counted("ru", 2) == "2 человека");
  CHECK(counted("ru", 5) == "5 человек");
  CHECK(counted("az", 1100) == "1.100 nəfər");
  CHECK(counted("ka", 2) == "2 ადამიანი");
}

TEST_CASE("an unknown key shows itself in brackets, and so does a text whose arguments are wrong", "[core]") {
  auto const catalogue = Catalogue::load("en").value();
  CHECK(catalogue.text("no.such.key") == "[no.such.key]");
  CHECK(catalogue.text("label.page") == "[label.page]");
  CHECK(catalogue.has("label.page"));
  CHECK_FALSE(catalogue.has("no.such.key"));
  CHECK(catalogue.text("label.page", {{"page", std::int64_t{2}}, {"pages", std::int64_t{9}}}) == "Page 2 of 9");
}

TEST_CASE("a language without texts is an error that names those there are", "[core]") {
  auto const loaded = Catalogue::load("xx");
  REQUIRE_FALSE(loaded);
  CHECK(to_text(loaded.error()[0], false) ==
        "error[unknown-language]: there are no texts in the language 'xx'\n  hint: one of: az, ka, tk, ru, en\n");
}

TEST_CASE("the pseudo-language lengthens every text", "[core]") {
  auto const english = texts_of("en");
  auto const pseudo_texts = texts_of("qps");
  CHECK(pseudo_texts.at("heading.summary") == "[Šûmmàŕý~~]");
  CHECK(pseudo_texts.size() == english.size());
}

TEST_CASE("a text file with a mistake names its place", "[core]") {
  auto const wrong = parse_texts("{\"a\": \"x\",\n \"b\": 3}", "texts/xx.json");
  REQUIRE_FALSE(wrong);
  CHECK(to_text(wrong.error()[0], false) ==
        "texts/xx.json:2:7: error[text-expected]: the text 'b' is not a text in quotes\n");
}
