#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "output/layout_columns.h"
#include "output/layout_text.h"
#include "tests/output/layout_support.h"

using namespace yekun;
using namespace yekun::output_test;

namespace {

std::vector<std::string> broken(std::string const& text, double width) {
  std::vector<std::string> lines;
  for (auto const& line : page::break_lines(FixedType(), text, {10}, {}, width)) {
    std::string all;
    for (auto const& span : line.spans) all += span.text;
    lines.push_back(all);
  }
  return lines;
}

page::Text find(page::Page const& one, std::string const& wanted) {
  for (auto const& text : texts_of(one))
    if (text.text == wanted) return text;
  FAIL("'" << wanted << "' is not on the page");
  return {};
}

TableBlock numbers(std::vector<std::pair<std::string, int>> const& cells) {
  TableBlock table;
  table.title = "Numbers";
  table.columns = {{"Label", "", ColumnRole::label, {}, "l"}, {"Number", "", ColumnRole::number, {}, "n"}};
  for (auto const& [text, places] : cells) {
    Cell cell;
    cell.text = text;
    cell.shape.places = places;
    cell.value = Value::of(std::int64_t{0});
    table.rows.push_back({RowKind::data, 0, {words("row " + text), cell}});
  }
  return table;
}

}  // namespace

TEST_CASE("lines break at spaces and after hyphens, never at no-break spaces", "[output][layout]") {
  CHECK(broken("aaa bbb ccc", 35) == std::vector<std::string>{"aaa bbb", "ccc"});
  CHECK(broken("well-known fact", 30) == std::vector<std::string>{"well-", "known", "fact"});
  CHECK(broken("1\u00A0131 nəfər", 30) == std::vector<std::string>{"1\u00A0131", "nəfər"});
  CHECK(broken("2020-2026", 30) == std::vector<std::string>{"2020-2", "026"});
  CHECK(broken("one\ntwo", 100) == std::vector<std::string>{"one", "two"});
  CHECK(broken("", 100) == std::vector<std::string>{""});
}

TEST_CASE("a word wider than the line is broken between characters, none lost", "[output][layout]") {
  CHECK(broken("ააბბგგ", 20) == std::vector<std::string>{"ააბბ", "გგ"});
  CHECK(broken("to 0123456789", 25) == std::vector<std::string>{"to", "01234", "56789"});
}

TEST_CASE("a number is cut at its decimal mark, a state's mark stands where whole digits end", "[output][layout]") {
  CHECK(page::cut_number("1,131", 0).whole_bytes == 5);
  CHECK(page::cut_number("92.4%", 1).whole_bytes == 2);
  CHECK(page::cut_number("−0,70", 2).whole_bytes == 4);
  CHECK(page::cut_number("1 131,50", 2).whole_bytes == 5);
  CHECK(page::cut_number("…", 1).whole_bytes == 3);
  CHECK(page::cut_number("", 1).whole_bytes == 0);
}

TEST_CASE("figures of a column stand with their decimal marks below each other", "[output][layout]") {
  Document document = bare_document();
  document.blocks.emplace_back(numbers({{"9.5", 1}, {"1,131.25", 2}, {"7", 0}}));
  auto const page = laid_out(document).pages.at(0);
  double const mark = find(page, "1,131.25").x + 5 * 0.5 * 8.5;
  CHECK(find(page, "9.5").x + 1 * 0.5 * 8.5 == Approx(mark));
  CHECK(find(page, "7").x + 1 * 0.5 * 8.5 == Approx(mark));
}

TEST_CASE("a heading is never the last thing on a page", "[output][layout]") {
  for (int lines = 20; lines < 60; ++lines) {
    Document document = bare_document();
    for (int i = 0; i < lines; ++i)
      document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"line"}}}}});
    document.blocks.emplace_back(Heading{1, "Heading", "h"});
    document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"after"}}}}});
    for (auto const& page : laid_out(document).pages) {
      INFO(lines << " lines, page " << page.number);
      CHECK(count_of(page, "Heading") == count_of(page, "after"));
    }
  }
}

TEST_CASE("a paragraph leaves two lines at least on either side of a page's end", "[output][layout]") {
  for (int before = 30; before < 42; ++before) {
    Document document = bare_document();
    for (int i = 0; i < before; ++i)
      document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"line"}}}}});
    Paragraph paragraph;
    for (int i = 0; i < 6; ++i) paragraph.runs.push_back({"long" + std::string(i < 5 ? "\n" : "")});
    document.blocks.emplace_back(Narrative{{paragraph}});
    for (auto const& page : laid_out(document).pages) {
      INFO(before << " lines before, page " << page.number);
      CHECK(count_of(page, "long") != 1);
      CHECK(count_of(page, "long") != 5);
    }
  }
}

TEST_CASE("a mark is explained on the pages that use it and on no other", "[output][layout]") {
  Document document = bare_document();
  document.marks = {{"missing", "…", "no data was reported"}};
  auto table = numbers({});
  for (int i = 0; i < 80; ++i) {
    Cell cell = words(std::to_string(i));
    if (i == 70) cell.marks = {"missing"};
    table.rows.push_back({RowKind::data, 0, {words("row"), cell}});
  }
  document.blocks.emplace_back(std::move(table));
  auto const all = laid_out(document);
  REQUIRE(all.pages.size() == 3);
  for (auto const& page : all.pages) CHECK(count_of(page, "no data was reported") == count_of(page, "70"));
}

TEST_CASE("a table too wide for the page is turned, and one too wide for that is split with its labels again",
          "[output][layout]") {
  auto const wide = [](std::size_t columns) {
    TableBlock table;
    table.title = "Wide";
    table.columns = {{"Label", "", ColumnRole::label, {}, "l"}};
    TableRow row{RowKind::data, 0, {words("label")}};
    for (std::size_t c = 0; c < columns; ++c) {
      table.columns.push_back({"n" + std::to_string(c), "", ColumnRole::number, {}, "n"});
      row.cells.push_back(words("1234567"));
    }
    table.rows = {row, row};
    Document document = bare_document();
    document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"before"}}}}});
    document.blocks.emplace_back(Heading{1, "Above", "above"});
    document.blocks.emplace_back(std::move(table));
    return laid_out(document);
  };
  auto const turned = wide(16);
  REQUIRE(turned.pages.size() == 2);
  CHECK(turned.pages[0].geometry.width < turned.pages[0].geometry.height);
  CHECK(turned.pages[1].geometry.width > turned.pages[1].geometry.height);
  CHECK(count_of(turned.pages[1], "n15") == 1);
  CHECK(count_of(turned.pages[0], "Above") == 0);
  CHECK(count_of(turned.pages[1], "Above") == 1);
  auto const split = wide(40);
  std::size_t labels = 0;
  std::size_t cells = 0;
  for (auto const& page : split.pages) {
    labels += count_of(page, "label");
    cells += count_of(page, "1234567");
  }
  CHECK(cells == 80);
  CHECK(labels == 4);
}

TEST_CASE("contents show the page of each heading, and every page its number of all", "[output][layout]") {
  Document document = bare_document();
  document.contents = true;
  document.blocks.emplace_back(Heading{1, "First", "first"});
  document.blocks.emplace_back(PageBreak{});
  document.blocks.emplace_back(Heading{1, "Second", "second"});
  auto const all = laid_out(document);
  REQUIRE(all.pages.size() == 4);
  CHECK(count_of(all.pages[1], "3") == 1);
  CHECK(count_of(all.pages[1], "4") == 1);
  CHECK(find(all.pages[1], "3").y == Approx(find(all.pages[1], "First").y));
  CHECK(count_of(all.pages[3], "Page 4 of 4") == 1);
  REQUIRE(all.result.bookmarks.size() == 2);
  CHECK(all.result.bookmarks[1].page == 4);
}

TEST_CASE("an empty document is one page with its title", "[output][layout]") {
  auto const all = laid_out(bare_document());
  REQUIRE(all.pages.size() == 1);
  CHECK(count_of(all.pages[0], "Title") == 1);
  CHECK(count_of(all.pages[0], "Page 1 of 1") == 1);
}

TEST_CASE("a reference leads to the page of its table, and one to nothing is only words", "[output][layout]") {
  Document document = bare_document();
  TextRun there{"Table 1"};
  there.target = "table-t";
  TextRun nowhere{"Table 9"};
  nowhere.target = "table-x";
  document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {there, {" and "}, nowhere}}}});
  document.blocks.emplace_back(PageBreak{});
  auto table = numbers({{"1", 0}});
  table.id = "t";
  document.blocks.emplace_back(table);
  auto const all = laid_out(document);
  REQUIRE(all.pages.size() == 2);
  std::vector<page::Link> links;
  for (auto const& item : all.pages[0].items)
    if (auto const* link = std::get_if<page::Link>(&item)) links.push_back(*link);
  REQUIRE(links.size() == 1);
  CHECK(links[0].target.empty());
  CHECK(links[0].page == 2);
  CHECK(links[0].y == Approx(72));
  CHECK(count_of(all.pages[0], "Table 9") == 1);
}

TEST_CASE("charts stand two or three abreast as their shares allow, within the margins", "[output][layout]") {
  Document document = bare_document();
  for (double const share : {0.5, 0.5, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0}) {
    ChartBlock chart;
    chart.share = share;
    chart.scene.width_pt = chart_width(page_geometry("A4", false), share);
    chart.scene.height_pt = 100;
    document.blocks.emplace_back(chart);
  }
  std::vector<scene::Box> boxes;
  auto const all = laid_out(document);
  for (auto const& item : all.pages.at(0).items)
    if (auto const* drawing = std::get_if<page::Drawing>(&item)) boxes.push_back(drawing->box);
  REQUIRE(boxes.size() == 6);
  CHECK(boxes[0].y == boxes[1].y);
  CHECK(boxes[2].y > boxes[1].y);
  CHECK(boxes[2].y == boxes[4].y);
  CHECK(boxes[5].y > boxes[4].y);
  for (auto const& box : boxes) CHECK(box.right() <= 595.28 - 56 + 0.5);
  CHECK(boxes[1].x >= boxes[0].right());
  CHECK(boxes[4].x >= boxes[3].right());
}

TEST_CASE("a chart a little too high for the rest of the page is drawn smaller, one much too high is not",
          "[output][layout]") {
  auto const drawn = [](double second) {
    Document document = bare_document();
    ChartBlock first;
    first.scene.width_pt = 483;
    first.scene.height_pt = 300;
    document.blocks.emplace_back(first);
    document.blocks.emplace_back(Heading{1, "With its chart", "with"});
    ChartBlock chart;
    chart.scene.width_pt = 483;
    chart.scene.height_pt = second;
    document.blocks.emplace_back(chart);
    auto const pages = laid_out(document).pages;
    auto const at = std::find_if(pages.begin(), pages.end(),
                                 [](page::Page const& page) { return count_of(page, "With its chart") > 0; });
    REQUIRE(at != pages.end());
    for (auto item = at->items.rbegin(); item != at->items.rend(); ++item)
      if (auto const* drawing = std::get_if<page::Drawing>(&*item)) return std::pair(at->number, drawing->box);
    return std::pair(0, scene::Box{});
  };
  double fits = 100;  // the highest that needs no second page as it is
  while (drawn(fits + 1).first == 1 && drawn(fits + 1).second.height == fits + 1) ++fits;
  REQUIRE(fits > 100);
  auto const [page, box] = drawn(fits + 10);
  CHECK(page == 1);
  CHECK(box.height == Approx(fits).margin(1));
  CHECK(box.width == Approx(483 * box.height / (fits + 10)));
  CHECK(drawn(fits * 1.2).first == 2);
  CHECK(drawn(fits * 1.2).second.height == Approx(fits * 1.2));
}

TEST_CASE("a draft says so on every page, and Letter paper has its own size", "[output][layout]") {
  Document document = bare_document();
  document.status = "Draft";
  document.paper = "Letter";
  document.blocks.emplace_back(Heading{1, "First", "first"});
  document.blocks.emplace_back(PageBreak{true});
  document.blocks.emplace_back(Heading{1, "Second", "second"});
  auto const all = laid_out(document);
  REQUIRE(all.pages.size() == 2);
  CHECK(all.pages[0].geometry.width == 612);
  CHECK(all.pages[1].geometry.width == 792);
  for (auto const& one : all.pages) CHECK(count_of(one, "Draft · Programme · as of today") == 1);
  CHECK(count_of(all.pages[0], "Draft") == 1);
}

TEST_CASE("a theme's spacing moves what stands on the page", "[output][layout]") {
  Document document = bare_document();
  for (int i = 0; i < 3; ++i)
    document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"line" + std::to_string(i)}}}}});
  auto const usual = laid_out(document).pages.at(0);
  document.theme.margin_pt = 72;
  document.theme.block_spacing = 2;
  auto const airy = laid_out(document).pages.at(0);
  CHECK(find(usual, "line0").x == Approx(56));
  CHECK(find(airy, "line0").x == Approx(72));
  CHECK(find(usual, "line2").y - find(usual, "line1").y == Approx(14 + 8));
  CHECK(find(airy, "line2").y - find(airy, "line1").y == Approx(14 + 16));
}

TEST_CASE("a text that runs into its neighbour or over the margin is named", "[output][layout]") {
  Document document = bare_document();
  KpiRow row;
  for (int i = 0; i < 4; ++i) {
    Kpi kpi;
    kpi.label = "Label";
    kpi.value.text = "1";
    kpi.unit = i == 0 ? std::string(40, 'u') : i == 3 ? std::string(41, 'w') : "people";
    row.kpis.push_back(kpi);
  }
  document.blocks.emplace_back(row);
  auto const problems = laid_out(document).result.problems;
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].message == "page 1: '" + std::string(41, 'w') + "' does not fit on the page");
  CHECK(problems[1].message == "page 1: '" + std::string(40, 'u') + "' runs into 'people'");
}

TEST_CASE("a heading that must stand apart from what follows is named", "[output][layout]") {
  Document document = bare_document();
  document.blocks.emplace_back(Narrative{{Paragraph{ParagraphKind::body, 0, 0, {{"before"}}}}});
  document.blocks.emplace_back(Heading{1, "Alone", "alone"});
  ChartBlock chart;
  chart.scene.width_pt = 483;
  chart.scene.height_pt = 650;
  document.blocks.emplace_back(chart);
  auto const problems = laid_out(document).result.problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "widow");
  CHECK(problems[0].message == "page 2: 'Alone' stands apart from what follows, which fills a page");
}

TEST_CASE("the pages of the sample report stand where they stood", "[output][layout][golden]") {
  std::string text;
  for (auto const& one : laid_out(sample_document("en")).pages) text += to_text(one);
  std::string const path = std::string(YEKUN_SOURCE_DIR) + "/tests/output/golden/pages.txt";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream in(path, std::ios::binary);
  std::stringstream want;
  want << in.rdbuf();
  INFO("golden file " << path << "; UPDATE_GOLDEN=1 accepts what is laid out now");
  CHECK(text == want.str());
}
