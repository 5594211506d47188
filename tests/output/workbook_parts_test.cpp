// The parts of a workbook's package that a reader sees but a cell does not show: read from the package itself.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "output/png.h"
#include "output/workbook.h"
#include "output/workbook_sheets.h"
#include "tests/output/sample_document.h"
#include "tests/output/zip_member.h"

using namespace yekun;

namespace {

ChartBlock bars() {
  ChartBlock chart;
  chart.id = "chart";
  chart.title = "Visits";
  chart.alt_text = "Visits by month & place";
  chart.data.categories = {{.label = "July", .short_label = "Jul"}, {.label = "August", .short_label = "Aug"}};
  ChartSeries series;
  series.label = "Visits";
  series.points.resize(2);
  series.points[0].value = Value::of(std::int64_t{3});
  series.points[1].value = Value::of(std::int64_t{4});
  chart.data.panels.resize(1);
  chart.data.panels[0].series = {series};
  return chart;
}

Document document() {
  auto const catalogue = Catalogue::load("en");
  Document out = output_test::sample_document("en", 0);
  std::uint32_t const dots[] = {0x808080};
  out.logo_png = encode_png({.words = dots});
  out.author = "Programme unit";
  std::erase_if(out.blocks, [](Block const& block) {
    return std::holds_alternative<TableBlock>(block) || std::holds_alternative<ChartBlock>(block);
  });
  auto& kpi = std::get<KpiRow>(out.blocks[1]).kpis[0];
  auto leaf = std::make_shared<Lineage>();
  leaf->kind = Lineage::Kind::cell;
  leaf->indicator = "people_served";
  leaf->period = period_at(PeriodKind::quarter, date_of(2025, 7, 1), {});
  leaf->value = kpi.value.value.value();
  kpi.value.lineage = leaf;
  kpi.value.figure = "people_served@2025-Q3";
  kpi.achievement = value_cell(Value::of(0.95), {.percent = true}, *catalogue);
  kpi.status = Status::on_track;
  kpi.status_text = "on track";
  TableBlock table = output_test::sample_table(3, output_test::words_in("en"), *catalogue);
  std::erase_if(table.rows, [](TableRow const& row) { return row.kind == RowKind::group; });
  table.columns[2].heading = "Share";
  table.columns[1].heading = "People";
  table.rows[0].cells[1].marks = {"partial"};
  table.rows[1].cells[1].marks = {"restated"};
  table.rows[2].cells[1].marks = {"suppressed"};
  out.blocks.emplace_back(std::move(table));
  out.blocks.emplace_back(bars());
  return out;
}

/// The workbook's parts, in the order Cover, Summary, table, Charts, Data.
class Parts {
 public:
  Parts() {
    auto const catalogue = Catalogue::load("en");
    REQUIRE(write_workbook(document(), *catalogue, path_));
  }
  ~Parts() { std::filesystem::remove(path_); }
  Parts(Parts const&) = delete;
  Parts& operator=(Parts const&) = delete;
  std::string operator()(std::string const& name) const { return test::zip_member(path_, name); }
  std::string sheet(int number) const { return (*this)("xl/worksheets/sheet" + std::to_string(number) + ".xml"); }

 private:
  std::string path_ =
      (std::filesystem::temp_directory_path() / ("yekun-parts-" + std::to_string(getpid()) + ".xlsx")).string();
};

using Catch::Contains;

}  // namespace

TEST_CASE("the Summary has bars of what is reached, and a status by sign, word and colour", "[output]") {
  Parts const parts;
  std::string const summary = parts.sheet(2);
  CHECK_THAT(summary, Contains("<cfRule type=\"dataBar\"") && Contains("<cfvo type=\"num\" val=\"1\"/>"));
  CHECK_THAT(summary, Contains("<v>◐ on track</v>"));
  CHECK_THAT(summary, Contains("<formula>LEFT(H5,2)=\"◐ \"</formula>"));
  CHECK_THAT(parts("xl/styles.xml"), Contains("<dxf><font><color rgb=\"FF"));
}

TEST_CASE("the indicator's cell has a name, its number a format that Excel writes in the reader's way", "[output]") {
  Parts const parts;
  CHECK_THAT(parts("xl/workbook.xml"),
             Contains("<definedName name=\"people_served_2025Q3\">Summary!$C$5</definedName>") ||
                 Contains("<definedName name=\"people_served_2025Q3\">'Summary'!$C$5<"));
  CHECK_THAT(parts("xl/styles.xml"), Contains("formatCode=\"#,##0\"") && Contains("numFmtId=\"14\""));
}

TEST_CASE("partial, restated and suppressed cells say so in a comment", "[output]") {
  Parts const parts;
  auto const catalogue = Catalogue::load("en");
  std::string const comments = parts("xl/comments1.xml");
  int at = 5;
  for (char const* id : {"partial", "restated", "suppressed"}) {
    auto const all = mark_texts(*catalogue);
    auto const mark = std::find_if(all.begin(), all.end(), [&](MarkText const& one) { return one.id == id; });
    REQUIRE(mark != all.end());
    CHECK_THAT(comments, Contains("<comment ref=\"B" + std::to_string(at++) + "\"") && Contains(mark->text));
  }
}

TEST_CASE("tables have filters and headings that stay and repeat; pages fit the width", "[output]") {
  Parts const parts;
  CHECK_THAT(parts("xl/tables/table1.xml"), Contains("ref=\"A4:E7\"") && Contains("<autoFilter ref=\"A4:E7\"/>"));
  for (int const sheet : {3, 5}) {
    CHECK_THAT(parts.sheet(sheet), Contains("<tableParts count=\"1\">") && Contains("state=\"frozen\""));
    CHECK_THAT(parts.sheet(sheet), Contains("<pageSetUpPr fitToPage=\"1\"/>") && Contains("fitToHeight=\"0\""));
  }
  for (int const sheet : {1, 2, 3, 4, 5})
    CHECK_THAT(parts.sheet(sheet),
               Contains("<oddHeader>&amp;L&amp;8Social services: quarterly report</oddHeader>") &&
                   Contains("<oddFooter>&amp;L&amp;8&amp;A&amp;R&amp;8&amp;P / &amp;N</oddFooter>"));
  std::string const book = parts("xl/workbook.xml");
  CHECK_THAT(book, Contains("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"2\">") && Contains("!$4:$4<"));
  CHECK_THAT(book, Contains("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"4\">") && Contains("!$3:$3<"));
}

TEST_CASE("every chart and picture has a text for those who do not see it", "[output]") {
  Parts const parts;
  CHECK_THAT(parts("xl/drawings/drawing1.xml"), Contains("descr=\"State social services\""));
  CHECK_THAT(parts("xl/drawings/drawing2.xml"), Contains("descr=\"Visits by month &amp; place\""));
  CHECK_THAT(parts("xl/charts/chart1.xml"), Contains("<c:f>Charts!$L$6:$L$7</c:f>") || Contains("'Charts'!$L$6:$L$7"));
}

TEST_CASE("the file says what it is", "[output]") {
  Parts const parts;
  CHECK_THAT(parts("docProps/core.xml"), Contains("<dc:title>Social services: quarterly report</dc:title>") &&
                                             Contains("<dc:creator>Programme unit</dc:creator>") &&
                                             Contains(">2025-10-05T00:00:00Z</dcterms:created>"));
  CHECK_THAT(parts("docProps/app.xml"), Contains("<Company>State social services</Company>"));
}

TEST_CASE("headings of a table are told apart, where cases do not count", "[output]") {
  CHECK(distinct_headings({"project", "Project", "Date", "PROJECT", "Project 2"}) ==
        std::vector<std::string>{"project", "Project 2", "Date", "PROJECT 3", "Project 2 2"});
}

TEST_CASE("a scatter of two indicators is a native scatter over their cells, its points bear their names", "[output]") {
  Document both = document();
  ChartBlock chart = bars();
  chart.title = "=Visits and cost";
  chart.data.type = ChartType::scatter;
  chart.data.panels[0].series.push_back(chart.data.panels[0].series[0]);
  chart.data.panels[0].series[1].label = "=Cost";
  std::vector<std::string> chart_names;
  for (auto const& category : chart.data.categories) chart_names.push_back(category.label);
  REQUIRE(chart_names.size() == 2);
  both.blocks.emplace_back(std::move(chart));
  std::string const path =
      (std::filesystem::temp_directory_path() / ("yekun-scatter-" + std::to_string(getpid()) + ".xlsx")).string();
  auto const catalogue = Catalogue::load("en");
  REQUIRE(write_workbook(both, *catalogue, path));
  std::string const xml = test::zip_member(path, "xl/charts/chart2.xml");
  std::filesystem::remove(path);
  CHECK_THAT(xml, Contains("<c:scatterChart>"));
  CHECK_THAT(xml, Contains("<c:xVal><c:numRef><c:f>'Charts'!$L$27:$L$28</c:f>"));
  CHECK_THAT(xml, Contains("<c:yVal><c:numRef><c:f>'Charts'!$M$27:$M$28</c:f>"));
  for (auto const& category : chart_names) CHECK_THAT(xml, Contains("<a:t>" + category + "</a:t>"));
  CHECK_THAT(xml, Contains("<a:t> =Cost</a:t>") && Contains("<a:t> =Visits and cost</a:t>"));  // no formulas
}

TEST_CASE("a chart without a figure is a sentence, and the workbook is whole", "[output]") {
  Document bare = document();
  ChartBlock chart = bars();
  chart.title = "Visits by month";
  chart.data.panels[0].series.clear();
  bare.blocks.emplace_back(chart);
  chart.data.categories.clear();
  chart.data.panels.clear();
  chart.data.panels.push_back({});
  bare.blocks.emplace_back(chart);
  std::string const path =
      (std::filesystem::temp_directory_path() / ("yekun-bare-" + std::to_string(getpid()) + ".xlsx")).string();
  REQUIRE(write_workbook(bare, *Catalogue::load("en"), path));
  CHECK_THAT(test::zip_member(path, "xl/sharedStrings.xml"),
             Contains("Visits by month") && Contains("There is no data to show for this period"));
  CHECK(test::zip_member(path, "xl/charts/chart2.xml").empty());
  std::filesystem::remove(path);
}

namespace {

/// The Charts sheet of the document with this chart in place of its own, and what else the file has.
struct ChartBook {
  std::string sheet;
  std::string strings;
  std::string comments;
};

ChartBook book_with(ChartBlock chart) {
  Document one = document();
  std::get<ChartBlock>(one.blocks.back()) = std::move(chart);
  std::string const path =
      (std::filesystem::temp_directory_path() / ("yekun-chart-" + std::to_string(getpid()) + ".xlsx")).string();
  REQUIRE(write_workbook(one, *Catalogue::load("en"), path));
  ChartBook out{test::zip_member(path, "xl/worksheets/sheet4.xml"), test::zip_member(path, "xl/sharedStrings.xml"),
                test::zip_member(path, "xl/comments2.xml")};
  std::filesystem::remove(path);
  return out;
}

}  // namespace

TEST_CASE("a chart's targets lead to their rows on the Data sheet", "[output]") {
  ChartBlock chart = bars();
  chart.data.target_label = "Target";
  for (auto& point : chart.data.panels[0].series[0].points) {
    Figure figure;
    figure.indicator = "a_visits";
    figure.period = period_at(PeriodKind::quarter, date_of(2025, 7, 1), {});
    figure.target = Value::of(std::int64_t{5});
    point.target = figure.target;
    point.target_lineage = goal_lineage(Lineage::Kind::target, figure);
  }
  std::string const charts = book_with(std::move(chart)).sheet;
  CHECK_THAT(charts, Contains("<f>'Data'!$H$4</f><v>5</v>"));
}

TEST_CASE("a chart's fixed target is one cell, and the others refer to it", "[output]") {
  ChartBlock chart = bars();
  chart.data.target_label = "Target";
  for (auto& point : chart.data.panels[0].series[0].points) point.target = Value::of(std::int64_t{5});
  std::string const charts = book_with(std::move(chart)).sheet;
  CHECK_THAT(charts, Contains("<c r=\"M6\"") && Contains("<f>$M$6</f><v>5</v>"));
}

TEST_CASE("what is no value leaves a gap in a chart, never a zero; its name and a comment say what it is", "[output]") {
  ChartBlock chart = bars();
  chart.data.panels[0].series[0].points[0].value = Value{.state = State::suppressed};
  chart.data.panels[0].series[0].points[1].value = Value::not_applicable();
  ChartBook const book = book_with(std::move(chart));
  for (char const* at : {"<c r=\"L6\"", "<c r=\"L7\""}) {
    auto const cell = book.sheet.find(at);
    REQUIRE(cell != std::string::npos);
    CHECK(book.sheet.at(book.sheet.find('>', cell) - 1) == '/');  // nothing in it
  }
  CHECK_THAT(book.strings, Contains("<t>July ×</t>") && Contains("<t>August –</t>"));
  CHECK_THAT(book.comments,
             Contains("× suppressed to protect people in small groups") && Contains("– cannot be worked out"));
}

TEST_CASE("a chart stands on one page: it begins a new one where it would cross the end", "[output]") {
  Document many = document();
  for (int i = 0; i < 4; ++i) many.blocks.emplace_back(bars());
  std::string const path =
      (std::filesystem::temp_directory_path() / ("yekun-pages-" + std::to_string(getpid()) + ".xlsx")).string();
  REQUIRE(write_workbook(many, *Catalogue::load("en"), path));
  std::string const charts = test::zip_member(path, "xl/worksheets/sheet4.xml");
  std::filesystem::remove(path);
  // Three charts of 19 rows with two between them end in row 64; the page ends above row 66.
  CHECK_THAT(charts,
             Contains("<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"65\"") && !Contains("fitToPage"));
  CHECK_THAT(charts, Contains("scale=\"72\""));
}
