#include "output/workbook_finish.h"

#include <catch2/catch.hpp>

using namespace yekun;

TEST_CASE("the series of a bar chart that is a target becomes a line over the same axes", "[output]") {
  std::string const axes = R"(<c:axId val="1"/><c:axId val="2"/>)";
  std::string const bars =
      R"(<c:ser><c:idx val="0"/><c:cat/><c:val><c:numRef><c:f>'A &amp; B'!$B$2:$B$3</c:f></c:numRef></c:val></c:ser>)";
  std::string const target =
      R"(<c:ser><c:idx val="1"/><c:spPr/><c:invertIfNegative val="0"/><c:cat/><c:val><c:numRef><c:f>'A &amp; B'!$C$2:$C$3</c:f></c:numRef></c:val></c:ser>)";
  std::string const line =
      R"(<c:ser><c:idx val="1"/><c:spPr/><c:marker><c:symbol val="none"/></c:marker><c:cat/><c:val><c:numRef><c:f>'A &amp; B'!$C$2:$C$3</c:f></c:numRef></c:val></c:ser>)";
  std::string const chart = "<c:plotArea><c:barChart>" + bars + target + axes + "</c:barChart><c:catAx/></c:plotArea>";
  CHECK(with_line(chart, "'A & B'!$C$2:$C$3") ==
        "<c:plotArea><c:barChart>" + bars + axes + "</c:barChart><c:lineChart><c:grouping val=\"standard\"/>" + line +
            "<c:marker val=\"1\"/>" + axes + "</c:lineChart><c:catAx/></c:plotArea>");
  CHECK(with_line(chart, "'A & B'!$D$2:$D$3") == chart);
}

TEST_CASE("a sheet is cut around the row that shows the styles, and its range widened", "[output]") {
  auto const frame = frame_of(
      R"(<w><dimension ref="A1:C4"/><sheetData><row r="3"><c r="A3" s="1"/></row><row r="4"><c r="A4" s="5"/><c r="B4" s="12"/></row></sheetData></w>)",
      3, 100);
  CHECK(frame.head == R"(<w><dimension ref="A1:C103"/><sheetData><row r="3"><c r="A3" s="1"/></row>)");
  CHECK(frame.tail == "</sheetData></w>");
  CHECK(frame.styles == std::vector<std::string>{"5", "12"});
  CHECK(frame_of("<w/>", 3, 1).styles.empty());
}
