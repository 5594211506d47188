#include "output/sheet_rows.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "output/workbook_book.h"
#include "tests/output/zip_member.h"

using namespace yekun;

namespace {

std::vector<std::string> const kStyles{"0", "7"};

std::string cell(std::string_view text) {
  RowXml rows(kStyles);
  rows.begin(0);
  rows.text(0, text, 1);
  return std::string(rows.xml()).substr(std::string_view("<row r=\"1\">").size());
}

struct Written {
  std::string path =
      (std::filesystem::temp_directory_path() / ("yekun-rows-" + std::to_string(getpid()) + ".xlsx")).string();
  Diagnostics problems{};
  Written(std::uint32_t count, unsigned threads, double value = 0.5) {
    Book book(path, date_of(2025, 1, 1), "Noto Sans", threads);
    Sheet const sheet = book.add_sheet("Data");
    book.table(sheet, "Data_1", {0, 0}, count, {"Name", "Number"}, {{}, {}});
    book.rows(sheet, 1, {{}, {.number_format = "0.0"}},
              {count, 2, [value](RowXml& rows, std::uint32_t first, std::uint32_t some) {
                 for (std::uint32_t i = first; i < first + some; ++i) {
                   rows.begin(i + 1);
                   rows.text(0, "row " + std::to_string(i), 0);
                   rows.number(1, i + value, 1);
                   rows.end();
                 }
               }});
    problems = book.close();
  }
  ~Written() { std::filesystem::remove(path); }
  std::string bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("texts of bulk rows are escaped, cleaned and never formulas", "[output]") {
  CHECK(cell("=1+1") == R"(<c s="7" r="A1" t="inlineStr"><is><t>=1+1</t></is></c>)");
  CHECK(cell("a<b&c>") == R"(<c s="7" r="A1" t="inlineStr"><is><t>a&lt;b&amp;c&gt;</t></is></c>)");
  CHECK(cell(" x") == R"(<c s="7" r="A1" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c>)");
  CHECK(cell("a\x01z") == R"(<c s="7" r="A1" t="inlineStr"><is><t>az</t></is></c>)");
  CHECK(cell("\xff") == "<c s=\"7\" r=\"A1\" t=\"inlineStr\"><is><t>\xEF\xBF\xBD</t></is></c>");
  CHECK(cell("_x0041_") == R"(<c s="7" r="A1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>)");
  CHECK(cell("_x") == R"(<c s="7" r="A1" t="inlineStr"><is><t>_x</t></is></c>)");
  CHECK(cell(std::string(40'000, 'x')).size() == cell(std::string(32'766, 'x')).size() + 3);  // and an ellipsis
}

TEST_CASE("formulas of bulk rows keep their cached value", "[output]") {
  RowXml rows(kStyles);
  rows.begin(4);
  rows.formula(27, "IF(A1<2,\"a&b\",1)", 0.1, 0);
  rows.formula(28, "A1", std::string_view("…"), 0);
  rows.array_formula(29, "SUM(A1:A2)", 3, 0);
  rows.end();
  CHECK(rows.xml() ==
        "<row r=\"5\"><c s=\"0\" r=\"AB5\"><f>IF(A1&lt;2,\"a&amp;b\",1)</f><v>0.1</v></c>"
        "<c s=\"0\" r=\"AC5\" t=\"str\"><f>A1</f><v>…</v></c>"
        "<c s=\"0\" r=\"AD5\"><f t=\"array\" ref=\"AD5\">SUM(A1:A2)</f><v>3</v></c></row>");
  CHECK(rows.refused().empty());
}

TEST_CASE("a cell that Excel cannot hold is named", "[output]") {
  RowXml rows(kStyles);
  rows.begin(1);
  rows.number(3, std::numeric_limits<double>::quiet_NaN(), 0);
  CHECK(rows.refused() == "D2");
  RowXml wide(kStyles);
  wide.begin(0);
  wide.text(16'384, "x", 0);
  CHECK(wide.refused() == "XFE1");
  RowXml deep(kStyles);
  deep.begin(1'048'576);
  deep.text(0, "x", 0);
  CHECK(deep.refused() == "A1048577");
  Written const book(10, 1, std::numeric_limits<double>::infinity());
  REQUIRE(book.problems.size() == 1);
  CHECK(book.problems.front().message ==
        "'Data'!B2: not a cell that Excel can hold: rows, columns or a number out of range");
}

TEST_CASE("rows of several pieces stand whole and in order below the heading, whatever the threads", "[output]") {
  std::uint32_t const count = 3 * kRowsAPiece + 5;
  Written const book(count, 1);
  REQUIRE(book.problems.empty());
  std::string const xml = test::zip_member(book.path, "xl/worksheets/sheet1.xml");
  CHECK_THAT(xml, Catch::Contains("<dimension ref=\"A1:B" + std::to_string(count + 1) + "\"/>"));
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    at = xml.find("<row r=\"" + std::to_string(i + 2) + "\"", at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(xml.find("<row r=\"" + std::to_string(count + 2) + "\"") == std::string::npos);
  CHECK_THAT(test::zip_member(book.path, "xl/tables/table1.xml"),
             Catch::Contains("ref=\"A1:B" + std::to_string(count + 1) + "\""));
  std::string const alone = book.bytes();
  CHECK(Written(count, 3).bytes() == alone);
}
