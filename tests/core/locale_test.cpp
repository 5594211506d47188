#include "core/locale.h"

#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>
#include <unicode/dtfmtsym.h>

#include <catch2/catch.hpp>

#include "core/catalogue.h"

using namespace yekun;

namespace {

std::string said(std::string_view language, std::string_view period) {
  auto const parsed = parse_period(period, {});
  return parsed ? Locale(language).period(*parsed) : parsed.error();
}

std::string briefly(std::string_view language, std::string_view period) {
  return Locale(language).period_short(parse_period(period, {}).value());
}

std::string utf8(icu::UnicodeString const& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

char const* icu_name(std::string_view language) { return language == "en" ? "en_001" : language.data(); }

}  // namespace

TEST_CASE("numbers carry each language's marks", "[core]") {
  Decimal const value{-1234567'450000};
  CHECK(Locale("az").number(value, 1) == "−1.234.567,5");
  CHECK(Locale("ka").number(value, 1) == "−1\u00A0234\u00A0567,5");
  CHECK(Locale("tk").number(value, 1) == "−1\u00A0234\u00A0567,5");
  CHECK(Locale("ru").number(value, 1) == "−1\u00A0234\u00A0567,5");
  CHECK(Locale("en").number(value, 1) == "−1,234,567.5");
  CHECK(Locale("en").number(2.675, 2) == "2.68");
  CHECK(Locale("en").number(Decimal{-4'000}, 2) == "0.00");
  CHECK(Locale("az").whole(999) == "999");
  CHECK(Locale("az").whole(-1000) == "−1.000");
  CHECK(Locale("en").number(std::numeric_limits<double>::quiet_NaN(), 1) == "no data");
}

TEST_CASE("percentages have the sign where the language puts it, and round on the shown digits", "[core]") {
  CHECK(Locale("az").percent(0.934, 1) == "93,4%");
  CHECK(Locale("ka").percent(0.934, 1) == "93,4%");
  CHECK(Locale("tk").percent(0.934, 1) == "93,4\u00A0%");
  CHECK(Locale("ru").percent(0.934, 1) == "93,4\u00A0%");
  CHECK(Locale("en").percent(0.285, 0) == "29%");
  CHECK(Locale("en").percent(-0.0004, 1) == "0.0%");
  CHECK(Locale("en").percent(12.5, 0) == "1,250%");
}

TEST_CASE("marks and month names are ICU's", "[core]") {
  for (auto const language : kLanguages) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale const locale(icu_name(language));
    Locale const ours(language);
    icu::DecimalFormatSymbols const marks(locale, status);
    CHECK(utf8(marks.getSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol)) ==
          std::string(1, ours.decimal_mark()));
    CHECK(utf8(marks.getSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol)) == ours.group_mark());
    std::unique_ptr<icu::NumberFormat> const percent(icu::NumberFormat::createPercentInstance(locale, status));
    icu::UnicodeString formatted;
    CHECK(utf8(percent->format(0.93, formatted)) == ours.percent(0.93, 0));
    icu::DateFormatSymbols const dates(locale, status);
    int count = 0;
    auto const* const wide = dates.getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
    auto const* const in_date = dates.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    auto const* const brief =
        dates.getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::ABBREVIATED);
    for (int i = 0; i < 12; ++i) {
      CHECK(utf8(wide[i]) == ours.month_name(i + 1));
      if (language != "en") CHECK(utf8(brief[i]) == ours.month_short(i + 1));
      CHECK(ours.date_long(date_of(2025, i + 1, 14)).find(utf8(in_date[i])) != std::string::npos);
    }
    CHECK(U_SUCCESS(status));
  }
}

TEST_CASE("dates are written as each language writes them", "[core]") {
  Date const day = date_of(2025, 7, 4);
  CHECK(Locale("az").date_long(day) == "4 iyul 2025");
  CHECK(Locale("ka").date_long(day) == "4 ივლისი, 2025");
  CHECK(Locale("tk").date_long(day) == "4 iýul 2025");
  CHECK(Locale("ru").date_long(day) == "4 июля 2025 г.");
  CHECK(Locale("en").date_long(day) == "4 July 2025");
  for (auto const language : {"az", "ka", "tk", "ru"}) CHECK(Locale(language).date_short(day) == "04.07.2025");
  CHECK(Locale("en").date_short(day) == "4 Jul 2025");
}

TEST_CASE("a quarter is named as each language names it", "[core]") {
  CHECK(said("az", "2025-Q3") == "2025-ci ilin 3-cü rübü");
  CHECK(said("ka", "2025-Q3") == "2025 წლის III კვარტალი");
  CHECK(said("tk", "2025-Q3") == "2025-nji ýylyň 3-nji çärýegi");
  CHECK(said("ru", "2025-Q3") == "III квартал 2025 г.");
  CHECK(said("en", "2025-Q3") == "3rd quarter of 2025");
}

TEST_CASE("ordinal suffixes follow the vowels of the number", "[core]") {
  CHECK(said("az", "2025") == "2025-ci il");
  CHECK(said("az", "2023") == "2023-cü il");
  CHECK(said("az", "2026") == "2026-cı il");
  CHECK(said("az", "2029") == "2029-cu il");
  CHECK(said("az", "2030") == "2030-cu il");
  CHECK(said("az", "2040") == "2040-cı il");
  CHECK(said("az", "2000") == "2000-ci il");
  CHECK(said("tk", "2025") == "2025-nji ýyl");
  CHECK(said("tk", "2026") == "2026-njy ýyl");
  CHECK(said("tk", "2029") == "2029-njy ýyl");
  CHECK(said("tk", "2030") == "2030-njy ýyl");
  CHECK(said("tk", "2020") == "2020-nji ýyl");
  CHECK(said("ka", "2025-W01") == "2025 წლის 1-ლი კვირა");
  CHECK(said("ka", "2025-W20") == "2025 წლის მე-20 კვირა");
  CHECK(said("ka", "2025-W21") == "2025 წლის 21-ე კვირა");
  CHECK(said("az", "2025-W30") == "2025-ci ilin 30-cu həftəsi");
  CHECK(said("tk", "2025-W40") == "2025-nji ýylyň 40-njy hepdesi");
}

TEST_CASE("periods of every kind have a name in every language", "[core]") {
  CHECK(said("az", "2025-07") == "2025-ci ilin iyul ayı");
  CHECK(said("ka", "2025-07") == "2025 წლის ივლისი");
  CHECK(said("tk", "2025-07") == "2025-nji ýylyň iýul aýy");
  CHECK(said("ru", "2025-07") == "июль 2025 г.");
  CHECK(said("ru", "2025-H1") == "I полугодие 2025 г.");
  CHECK(said("en", "FY2025") == "Fiscal year 2025");
  CHECK(said("en", "2025-W30") == "week 30 of 2025");
  CHECK(said("en", "2025-07-14") == "14 July 2025");
  for (auto const language : kLanguages)
    for (auto const text :
         {"2025", "2025-H1", "2025-Q3", "2025-07", "2025-W30", "2025-07-14", "FY2025", "2025-Q1..2025-Q3",
          "2024-10..2025-03", "2023..2025", "FY2023..FY2025", "2025-07-01..2025-07-14", "2025-07-01..2025-08-18",
          "2024-12-01..2025-02-18", "2025-W01..2025-W05"}) {
      CHECK(said(language, text).find('[') == std::string::npos);
      CHECK(briefly(language, text).find('[') == std::string::npos);
      CHECK(said(language, text).find("2025") != std::string::npos);
    }
  Period all = parse_period("2025", {}).value();
  all.label = "all";
  all.kind = PeriodKind::range;
  CHECK(Locale("en").period(all) == "the whole period");
}

TEST_CASE("ranges say what both ends share once", "[core]") {
  CHECK(said("en", "2025-07-01..2025-07-14") == "1–14 July 2025");
  CHECK(said("en", "2025-07-01..2025-08-18") == "1 July – 18 August 2025");
  CHECK(said("en", "2024-12-01..2025-02-18") == "1 December 2024 – 18 February 2025");
  CHECK(said("en", "2025-Q1..2025-Q3") == "January – September 2025");
  CHECK(said("az", "2025-Q1..2025-Q3") == "2025-ci ilin yanvar – sentyabr ayları");
  CHECK(said("ru", "2025-07-01..2025-08-18") == "1 июля – 18 августа 2025 г.");
  CHECK(said("en", "2024-10..2025-03") == "October 2024 – March 2025");
  CHECK(said("en", "2023..2025") == "2023–2025");
  CHECK(said("tk", "2025-01..2025-09") == "2025-nji ýylyň ýanwar – sentýabr aýlary");
  CHECK(briefly("en", "2025-01..2025-09") == "Jan–Sep 2025");
  CHECK(briefly("ru", "2025-Q3") == "III кв. 2025");
  CHECK(briefly("az", "2025-Q3") == "III rüb 2025");
}

TEST_CASE("lists end with the language's word for and", "[core]") {
  CHECK(Locale("az").list({"a", "b", "c"}) == "a, b və c");
  CHECK(Locale("ka").list({"a", "b"}) == "a და b");
  CHECK(Locale("tk").list({"a", "b", "c"}) == "a, b we c");
  CHECK(Locale("ru").list({"a", "b", "c"}) == "a, b и c");
  CHECK(Locale("en").list({"a", "b", "c"}) == "a, b and c");
  CHECK(Locale("en").list({"only {x}"}) == "only {x}");
  CHECK(Locale("en").list({}).empty());
}

TEST_CASE("texts sort as each language's alphabet does", "[core]") {
  auto const sorted = [](std::string_view language, std::vector<std::string> texts) {
    Locale(language).sort(texts);
    std::string out;
    for (auto const& text : texts) out += text;
    return out;
  };
  CHECK(sorted("az", {"z", "x", "ə", "e", "f", "h", "q", "k", "ğ", "g", "ı", "i"}) == "eəfgğhxıikqz");
  CHECK(sorted("tk", {"z", "ž", "ý", "y", "ň", "n", "ç", "c", "ä", "a", "e"}) == "acçeäžnňyýz");
  CHECK(sorted("ru", {"я", "ё", "е", "ж", "а"}) == "аеёжя");
  CHECK(sorted("ka", {"ჰ", "ა", "ბ", "თ", "ი"}) == "აბთიჰ");
  CHECK(sorted("en", {"b", "A", "a", "B"}) == "aAbB");
  CHECK(Locale("en").compare("a", "a") == 0);
  CHECK(Locale("en").compare("a\u0301", "\u00E1") != 0);  // equal for the reader: code points decide
}

TEST_CASE("lower case knows the dotless i", "[core]") {
  CHECK(Locale("az").lower("QIZ İL") == "qız il");
  CHECK(Locale("en").lower("QIZ") == "qiz");
  CHECK(Locale("ka").lower("თბილისი") == "თბილისი");
}

TEST_CASE("a text falls back to English, then to any", "[core]") {
  LocalText const text{{"az", "salam"}, {"en", "hello"}};
  CHECK(text_in(text, "az") == "salam");
  CHECK(text_in(text, "ka") == "hello");
  CHECK(text_in({{"ru", "привет"}}, "az") == "привет");
  CHECK(text_in({}, "az").empty());
}

TEST_CASE("an unknown language is English", "[core]") {
  CHECK(Locale("xx").language() == "en");
  CHECK(Locale("").whole(1000) == "1,000");
}
