#include <catch2/catch.hpp>

#include "core/locale.h"
#include "core/texts.h"

using namespace yekun;

namespace {

std::string filled(std::string_view pattern, MessageArguments const& arguments, std::string_view language = "en") {
  auto const out = Locale(language).message(pattern, arguments);
  return out ? *out : "error: " + out.error();
}

MessageValue whole(std::int64_t n) { return n; }
MessageValue none() { return std::monostate{}; }

}  // namespace

TEST_CASE("a message without arguments is itself", "[core]") {
  CHECK(filled("plain # text", {}) == "plain # text");
  CHECK(filled("", {}).empty());
  CHECK(filled("it's {x}", {{"x", "it's"}}) == "it's it's");
  CHECK(filled("'{x}' is quoted", {}) == "{x} is quoted");
}

TEST_CASE("numbers in messages follow the language and round half away from zero", "[core]") {
  MessageArguments const arguments{{"n", whole(1234567)}, {"d", Decimal{-2'675'000}}, {"x", 0.285}};
  CHECK(filled("{n} {d} {x}", arguments) == "1,234,567 −2.675 0.285");
  CHECK(filled("{n, number} {d, number, #,##0.00}", arguments, "az") == "1.234.567 −2,68");
  CHECK(filled("{x, number, percent}", arguments, "ru") == "29\u00A0%");
  CHECK(filled("{d, number, integer} {n, number, 0} {n, number, ::group-off}", arguments) == "−3 1234567 1234567");
  CHECK(filled("{x, number, ::percent .0} {d, number, ::.0#} {n, number, 0.0}", arguments) == "28.5% −2.68 1234567.0");
  CHECK(filled("{x, number, #,##0.0#%}", arguments) == "28.5%");
}

TEST_CASE("a missing value reads as words in every language", "[core]") {
  CHECK(filled("{n, number} people", {{"n", none()}}) == "no data people");
  CHECK(filled("people: {n}", {{"n", none()}}, "az") == "people: məlumat yoxdur");
  CHECK(filled("{n, plural, one {# person} other {# people}}", {{"n", none()}}, "ru") == "нет данных");
  CHECK(filled("{d, date}", {{"d", none()}}) == "no data");
  CHECK(filled("{n, select, missing {nobody told us} other {told}}", {{"n", none()}}) == "nobody told us");
  CHECK(filled("{n}", {{"n", std::numeric_limits<double>::infinity()}}) == "no data");
}

TEST_CASE("a text in the place of a number, such as a mark, is inserted as it is", "[core]") {
  CHECK(filled("{n, number} of {m, plural, one {#} other {#}}", {{"n", "×"}, {"m", "<5"}}) == "× of <5");
}

TEST_CASE("plurals choose the language's form", "[core]") {
  auto const people = [](std::int64_t n) {
    return filled("{n, plural, =0 {никого} one {# человек} few {# человека} many {# человек} other {# человека}}",
                  {{"n", whole(n)}}, "ru");
  };
  CHECK(people(0) == "никого");
  CHECK(people(1) == "1 человек");
  CHECK(people(3) == "3 человека");
  CHECK(people(11) == "11 человек");
  CHECK(people(21) == "21 человек");
  CHECK(people(1005) == "1\u00A0005 человек");
  CHECK(filled("{n, plural, one {#} few {#} many {#} other {# человека}}", {{"n", Decimal{1'500'000}}}, "ru") ==
        "1,5 человека");
  CHECK(filled("{n, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}", {{"n", whole(3)}}) ==
        "you and 2 others");
  CHECK(filled("{n, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}", {{"n", whole(2)}}) ==
        "you and 1 other");
  CHECK(filled("{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}", {{"n", whole(22)}}) == "22nd");
}

TEST_CASE("branches may hold arguments and branches of their own", "[core]") {
  std::string_view const pattern =
      "{sex, select, f {{n, plural, one {# woman} other {# women of {place}}}} other {{n} people}}";
  CHECK(filled(pattern, {{"sex", "f"}, {"n", whole(2)}, {"place", "Quba"}}) == "2 women of Quba");
  CHECK(filled(pattern, {{"sex", "m"}, {"n", whole(2)}, {"place", "Quba"}}) == "2 people");
}

TEST_CASE("text from data is never read as a message", "[core]") {
  CHECK(filled("{name}!", {{"name", "{n, plural, other {#}} '"}}) == "{n, plural, other {#}} '!");
}

TEST_CASE("dates in messages are long unless short is asked for", "[core]") {
  MessageArguments const arguments{{"d", date_of(2025, 7, 14)}};
  CHECK(filled("{d}; {d, date}; {d, date, short}", arguments, "az") == "14 iyul 2025; 14 iyul 2025; 14.07.2025");
}

TEST_CASE("what is wrong with a message is said in words", "[core]") {
  CHECK(filled("{peple}", {{"people", whole(1)}}) ==
        "error: the text uses {peple}, which is not given here; did you mean {people}?");
  CHECK(filled("{x", {{"x", whole(1)}}) == "error: a '{' of the text is not closed with '}'");
  CHECK(filled("{x, plural, one {a}}", {{"x", whole(1)}})
            .starts_with("error: a plural or select needs a branch 'other {...}'"));
  CHECK(filled("{x, number, ::scientific}", {{"x", whole(1)}}) ==
        "error: {x} has the number style '::scientific', expected integer, percent or a pattern like #,##0.0");
  CHECK(filled("{x, spellout}", {{"x", whole(1)}}) ==
        "error: {x} has the type 'spellout', expected number, date, plural, selectordinal or select");
  CHECK(filled("{x, number}", {{"x", date_of(2025, 1, 1)}}) == "error: {x} is a date, not a number");
  CHECK(filled("{x, date}", {{"x", whole(1)}}) == "error: {x} is a number, not a date");
  CHECK(filled("{x, choice, 0#a|1#b}", {{"x", whole(1)}}) ==
        "error: choice in {x} is not supported, use plural or select");
}

TEST_CASE("a message with braces without end is refused, not followed down the stack", "[core]") {
  std::string deep;
  for (int i = 0; i < 30'000; ++i) deep += "{n,plural,other{";
  CHECK(filled(deep, {{"n", whole(1)}}) == "error: the text has too many braces in braces, or is too long");
  CHECK_FALSE(message_arguments(deep).has_value());
}

TEST_CASE("the arguments of a message are its names, once each", "[core]") {
  CHECK(message_arguments("{b} {a, plural, one {{c}} other {{b}}}").value() == std::vector<std::string>{"a", "b", "c"});
  CHECK(message_arguments("none").value().empty());
  CHECK(message_arguments("{0}").error() == "the text numbers its arguments, expected names such as {people}");
  CHECK_FALSE(message_arguments("{").has_value());
}

TEST_CASE("the pseudo-language changes letters and leaves arguments alone", "[core]") {
  CHECK(pseudo("Page {page} of {pages}") == "[Þàgé {page} öf {pages}~~~]");
  CHECK(pseudo("{n, plural, one {# row} other {# rows}} left") == "[{n, plural, one {# ŕöw} other {# ŕöwš}} łéfţ~~~~]");
  CHECK(pseudo("Total") == "[Ţöţàł~]");
  CHECK(pseudo("broken {") == "broken {");
  CHECK(filled(pseudo("{n, plural, one {# row} other {# rows}}"), {{"n", whole(2)}}) == "[2 ŕöwš~~~]");
}
