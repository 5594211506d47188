#include "data-loaders/cell_parser.h"

#include <catch2/catch.hpp>

#include "data-loaders/csv_fast_cells.h"
#include "data-loaders/number_form.h"

using namespace yekun;

namespace {

CellParser parser_of(ColumnSpec const& spec, NumberForm const& form = {}, std::vector<std::string> missing = {}) {
  Dataset dataset;
  dataset.missing = std::move(missing);
  auto parser = CellParser::make(dataset, &spec, form);
  REQUIRE(parser);
  return *parser;
}

/// "value", "missing", or the reason.
std::string read(CellParser const& parser, std::string_view cell) {
  std::string scratch;
  auto const value = parser.parse(cell, scratch);
  if (value.outcome == Outcome::missing) return "missing";
  if (value.outcome == Outcome::rejected) return parser.reason(value.reject);
  switch (parser.type()) {
    case Type::text:
      return std::string(value.text) + (value.unmapped ? " (unmapped)" : "");
    case Type::decimal:
      return to_text(Decimal{value.whole});
    case Type::number:
      return to_shortest(value.number);
    case Type::date:
      return to_iso(Date{static_cast<std::int32_t>(value.whole)});
    default:
      return std::to_string(value.whole);
  }
}

std::string day(std::string const& form, std::string_view cell) {
  ColumnSpec spec;
  spec.type = Type::date;
  spec.date_format = form;
  return read(parser_of(spec), cell);
}

}  // namespace

TEST_CASE("whole numbers", "[data-loaders]") {
  auto const parser = parser_of({.name = "n", .type = Type::integer});
  CHECK(read(parser, "12") == "12");
  CHECK(read(parser, " +12 ") == "12");
  CHECK(read(parser, "\u221212\u00A0") == "-12");
  CHECK(read(parser, "12.00") == "12");
  CHECK(read(parser, "12.5") == "not a whole number");
  CHECK(read(parser, "1e3") == "not a whole number");
  CHECK(read(parser, "1,234") == "not a whole number");
  CHECK(read(parser, "9223372036854775807") == "9223372036854775807");
  CHECK(read(parser, "9223372036854775808") == "the number is too large");
  CHECK(read(parser, "-") == "not a whole number");
  CHECK(read(parser, "  ") == "missing");
}

TEST_CASE("decimals are exact and have at most six places", "[data-loaders]") {
  auto const parser = parser_of({.name = "n", .type = Type::decimal});
  CHECK(read(parser, "0.000001") == "0.000001");
  CHECK(read(parser, ".5") == "0.5");
  CHECK(read(parser, "5.") == "5");
  CHECK(read(parser, "0.0000001") == "more than six decimal places");
  CHECK(read(parser, "99999999999999") == "the number is too large");
  CHECK(read(parser, "1.2.3") == "not a number with a decimal point");
  CHECK(read(parser, "nan") == "not a number with a decimal point");
}

TEST_CASE("a percent sign makes hundredths of decimals and numbers", "[data-loaders]") {
  auto const decimal = parser_of({.name = "n", .type = Type::decimal}, {.decimal = ','});
  CHECK(read(decimal, "82%") == "0.82");
  CHECK(read(decimal, "-7,5\u00A0%") == "-0.075");
  CHECK(read(decimal, "0,00001%") == "more than six decimal places");
  CHECK(read(decimal, "%") == "not a number with a decimal comma");
  CHECK(read(decimal, "0,82") == "0.82");
  CHECK(read(parser_of({.name = "n", .type = Type::number}), "12.5%") == "0.125");
  CHECK(read(parser_of({.name = "n", .type = Type::integer}), "82%") == "not a whole number");
}

TEST_CASE("numbers may have exponents but not be infinite", "[data-loaders]") {
  auto const parser = parser_of({.name = "n", .type = Type::number});
  CHECK(read(parser, "1e3") == "1000");
  CHECK(read(parser, "2.5E-1") == "0.25");
  CHECK(read(parser, "inf") == "not a number with a decimal point");
  CHECK(read(parser, "1e999") == "the number is too large");
  CHECK(read(parser, "1e") == "not a number with a decimal point");
}

TEST_CASE("a decimal comma and grouped thousands", "[data-loaders]") {
  auto const spaces = parser_of({.name = "n", .type = Type::decimal}, {.decimal = ',', .thousands = "space"});
  CHECK(read(spaces, "1 234 567,5") == "1234567.5");
  CHECK(read(spaces, "1\u00A0234") == "1234");
  CHECK(read(spaces, "1\u202F234,25") == "1234.25");
  CHECK(read(spaces, "12 34") == "not a number with a decimal comma");
  CHECK(read(spaces, "1.5") == "not a number with a decimal comma");
  auto const commas = parser_of({.name = "n", .type = Type::integer}, {.decimal = '.', .thousands = ","});
  CHECK(read(commas, "1,234,567") == "1234567");
  CHECK(read(commas, "1,23") == "not a whole number");
  CHECK(read(commas, "1234") == "1234");
}

TEST_CASE("how numbers are written is seen only where it is certain", "[data-loaders]") {
  CHECK(sniff_numbers({"1,5", "2"}, {}) == NumberForm{.decimal = ',', .thousands = ""});
  CHECK(sniff_numbers({"1,234"}, {}) == NumberForm{});
  CHECK(sniff_numbers({"1,234", "1.5"}, {}) == NumberForm{});
  CHECK(sniff_numbers({"1,234.5"}, {}) == NumberForm{.decimal = '.', .thousands = ","});
  CHECK(sniff_numbers({"1.234,5"}, {}) == NumberForm{.decimal = ',', .thousands = "."});
  CHECK(sniff_numbers({"1\u202F234"}, {}) == NumberForm{.decimal = '.', .thousands = "space"});
  CHECK(sniff_numbers({"1 234,50"}, {}) == NumberForm{.decimal = ',', .thousands = "space"});
  CHECK(sniff_numbers({"1,5"}, {.decimal = '.'}) == NumberForm{});
  CHECK(sniff_numbers({"1,5", "1.5"}, {}) == NumberForm{});
  CHECK(sniff_numbers({}, {}) == NumberForm{});
}

TEST_CASE("yes and no in five languages", "[data-loaders]") {
  auto const parser = parser_of({.name = "b", .type = Type::boolean});
  for (auto const* word : {"yes", "TRUE", "1", "Bəli", "BƏLİ", "კი", "hawa", "Да"}) CHECK(read(parser, word) == "1");
  for (auto const* word : {"no", "False", "0", "xeyr", "არა", "ýok", "НЕТ"}) CHECK(read(parser, word) == "0");
  CHECK(read(parser, "perhaps") == "not yes or no");
  CHECK(read(parser, "2") == "not yes or no");
}

TEST_CASE("dates in declared forms", "[data-loaders]") {
  CHECK(day("", "2024-02-29") == "2024-02-29");
  CHECK(day("", "2023-02-29") == "there is no such day");
  CHECK(day("", "2024-02-29T23:59:59Z") == "2024-02-29");
  CHECK(day("", "29.02.2024") == "not a date of the form yyyy-mm-dd");
  CHECK(day("dd.mm.yyyy", "7.3.2024") == "2024-03-07");
  CHECK(day("dd.mm.yyyy", "07.03.2024 10:30") == "2024-03-07");
  CHECK(day("dd.mm.yyyy", "07.03.2024x") == "not a date of the form dd.mm.yyyy");
  CHECK(day("mm/dd/yyyy", "12/31/2024") == "2024-12-31");
  CHECK(day("mm/dd/yyyy", "31/12/2024") == "there is no such day");
  CHECK(day("dd.mm.yy", "01.02.69") == "2069-02-01");
  CHECK(day("dd.mm.yy", "01.02.70") == "1970-02-01");
  CHECK(day("yyyymmdd", "20240229") == "2024-02-29");
  CHECK(day("yyyymmdd", "2024229") == "not a date of the form yyyymmdd");
  CHECK(day("mmmm yyyy", "Март 2025") == "2025-03-01");
  CHECK(day("mm.yyyy", "13.2025") == "there is no such day");
  CHECK(day("dd.mm.yyyy|yyyy-mm-dd", "2024-02-29") == "2024-02-29");
  CHECK(day("dd.mm.yyyy|yyyy-mm-dd", "x") == "not a date of the form dd.mm.yyyy or yyyy-mm-dd");
}

TEST_CASE("month names in five languages", "[data-loaders]") {
  for (auto const* cell :
       {"14 iyul 2025", "14 ივლისი 2025", "14 iýul 2025", "14 июля 2025", "14 July 2025", "14 JUL 2025"})
    CHECK(day("d mmmm yyyy", cell) == "2025-07-14");
  for (auto const* cell : {"14 İyul 2025", "14 IYUL 2025", "14 İYUL 2025", "14 iy\u0301ul 2025"})
    CHECK(day("d mmmm yyyy", cell) == "2025-07-14");
  CHECK(day("d-mmm-yy", "7-Sept-25") == "2025-09-07");
  CHECK(day("mmmm d, yyyy", "May 1, 2025") == "2025-05-01");
  CHECK(day("d mmmm yyyy", "14 smarch 2025") == "not a date of the form d mmmm yyyy");
}

TEST_CASE("a bad date form is refused", "[data-loaders]") {
  CHECK(DateFormats::compile("dd.qq.yyyy").error() ==
        "the date form 'dd.qq.yyyy' cannot be used: 'qq' is not a part of a date form");
  CHECK(DateFormats::compile("dd.mm").error() ==
        "the date form 'dd.mm' cannot be used: a date form has a month and a year");
}

TEST_CASE("missing marks are those declared and no others", "[data-loaders]") {
  ColumnSpec text{.name = "t"};
  CHECK(read(parser_of(text), "NA") == "NA");
  CHECK(read(parser_of(text, {}, {"NA", "-"}), "NA") == "missing");
  CHECK(read(parser_of(text, {}, {"NA"}), "nan") == "nan");
  text.missing = std::vector<std::string>{"?"};
  CHECK(read(parser_of(text, {}, {"NA"}), "NA") == "NA");
  CHECK(read(parser_of(text, {}, {"NA"}), "?") == "missing");
  CHECK(read(parser_of({.name = "n", .type = Type::integer}, {}, {"-99"}), "-99") == "missing");
}

TEST_CASE("mappings merge spellings and tell what they do not know", "[data-loaders]") {
  ColumnSpec const sex{.name = "sex", .mapping = {{"K", "female"}, {"Q", "female"}, {"M", "male"}, {"?", ""}}};
  auto const parser = parser_of(sex);
  CHECK(read(parser, "K") == "female");
  CHECK(read(parser, "female") == "female");
  CHECK(read(parser, "?") == "missing");
  CHECK(read(parser, "x") == "x (unmapped)");
}

TEST_CASE("clean columns are trimmed and folded, others are kept as they are", "[data-loaders]") {
  CHECK(read(parser_of({.name = "t"}), " a  b ") == " a  b ");
  CHECK(read(parser_of({.name = "t", .clean = true}), " a  b ") == "a b");
  CHECK(read(parser_of({.name = "t", .clean = true}), "   ") == "missing");
}

TEST_CASE("the fast readers agree with the parser wherever they take a cell", "[data-loaders]") {
  auto const decimals = parser_of({.name = "n", .type = Type::decimal});
  auto const dates = parser_of({.name = "n", .type = Type::date});
  std::string const alphabet = "0123456789.-/, ";
  std::uint32_t state = 1;
  auto const next = [&state] { return (state = state * 1664525U + 1013904223U) >> 16U; };
  for (int round = 0; round < 200000; ++round) {
    std::string cell;
    for (std::uint32_t i = next() % 10; i > 0; --i) cell += alphabet[next() % (round % 3 == 0 ? 15 : 12)];
    std::string const padded = cell + std::string(16, '7');
    auto const number = fast_number(padded.data(), cell.size(), '.');
    if (number.taken && number.places <= 6) {
      std::string scratch;
      auto const value = decimals.parse(cell, scratch);
      std::int64_t scale = 1'000'000;
      for (unsigned i = 0; i < number.places; ++i) scale /= 10;
      INFO(cell);
      REQUIRE(value.outcome == Outcome::value);
      REQUIRE(value.whole == number.value * scale);
    }
  }
  for (std::int32_t days = kFirstDate.days; days <= kLastDate.days; days += 3) {
    std::string const cell = to_iso(Date{days});
    auto const fast = fast_iso_date((cell + "999999").c_str(), cell.size());
    REQUIRE(fast.taken);
    REQUIRE(fast.days == days);
  }
  CHECK(fast_iso_date("2025-07-14", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-13-14", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-0a-14", 10).taken);
  CHECK_FALSE(fast_iso_date("2025/07-14", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-07-00", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-04-31", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-02-29", 10).taken);
  CHECK_FALSE(fast_iso_date("1900-02-29", 10).taken);
  CHECK(fast_iso_date("2000-02-29", 10).taken);
  CHECK_FALSE(fast_iso_date("0000-02-29", 10).taken);
  CHECK_FALSE(fast_iso_date("2025-07-140", 11).taken);
  CHECK(dates.type() == Type::date);
}
