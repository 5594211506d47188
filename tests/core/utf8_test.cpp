#include "core/utf8.h"

#include <catch2/catch.hpp>

using namespace yekun;

TEST_CASE("invalid UTF-8 is found at its first byte", "[core]") {
  CHECK(is_utf8("Bakı, თბილისი, Aşgabat, Москва 😀"));
  CHECK(is_utf8(""));
  CHECK(invalid_utf8_at("0123456789\xFFxx") == 10u);
  CHECK(invalid_utf8_at("ab\xC3") == 2u);            // cut off
  CHECK(invalid_utf8_at("\xC0\x80") == 0u);          // overlong
  CHECK(invalid_utf8_at("\xE0\x9F\xBF") == 0u);      // overlong
  CHECK(invalid_utf8_at("\xED\xA0\x80") == 0u);      // surrogate
  CHECK(invalid_utf8_at("\xF4\x90\x80\x80") == 0u);  // above U+10FFFF
  CHECK(invalid_utf8_at("\xF0\x8F\xBF\xBF") == 0u);  // overlong
  CHECK(invalid_utf8_at("a\x80") == 1u);             // continuation without start
  CHECK(is_utf8("\xF4\x8F\xBF\xBF"));
}

TEST_CASE("invalid sequences are replaced one by one", "[core]") {
  CHECK(to_valid_utf8("a\xFF\xFE z") == "a\uFFFD\uFFFD z");
  CHECK(to_valid_utf8("\xE1\x80y") == "\uFFFDy");
  CHECK(to_valid_utf8("ğ") == "ğ");
}

TEST_CASE("code points are counted, cut and written back", "[core]") {
  CHECK(count_code_points("ağ😀") == 3);
  CHECK(to_code_points("ağ😀") == std::vector<char32_t>{U'a', U'ğ', U'😀'});
  CHECK(first_code_points("ağ😀b", 3) == "ağ😀");
  CHECK(first_code_points("ab", 9) == "ab");
  CHECK(first_code_points("ab", 0).empty());
  CHECK(to_utf8(U'ə') == "ə");
  CHECK(to_utf8(U'😀') == "😀");
  CHECK(to_utf8(0xD800) == "\uFFFD");
  CHECK(to_utf8(0x110000) == "\uFFFD");
}

TEST_CASE("lower case follows Unicode without any language", "[core]") {
  CHECK(lower("ABC xyz 19") == "abc xyz 19");
  CHECK(lower("ŞƏKİ ÝĞ МОСКВА") == "şəki̇ ýğ москва");
  CHECK(lower("I") == "i");
  CHECK(lower("ᲗᲑᲘᲚᲘᲡᲘ") == "თბილისი");
}

TEST_CASE("cleaning trims, folds white space of every kind and composes letters", "[core]") {
  CHECK(clean("  a \t\n b\u00A0\u2003c ") == "a b c");
  CHECK(clean("\u00A0\u202F") == "");
  CHECK(clean("") == "");
  CHECK(clean("g\u0306") == "ğ");
  CHECK(clean("already clean") == "already clean");
  CHECK(to_nfc("e\u0301") == "é");
}
