#include "output/workbook.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "core/utf8.h"
#include "output/workbook_book.h"
#include "output/workbook_data.h"
#include "tests/output/zip_member.h"

using namespace yekun;

namespace {

Period quarter() { return period_at(PeriodKind::quarter, date_of(2025, 7, 1), {}); }

constexpr double kReadable = 205;  // characters in a page's width

LineagePtr leaf(std::string const& indicator, Number number, std::vector<PlacePart> place = {}, bool additive = false) {
  auto node = std::make_shared<Lineage>();
  node->kind = Lineage::Kind::cell;
  node->indicator = indicator;
  node->measure = "sum(" + indicator + ")";
  node->period = quarter();
  node->place = std::move(place);
  node->value = Value::of(number);
  node->additive = additive;
  return node;
}

LineagePtr ratio(LineagePtr const& above, LineagePtr const& below, double value) {
  auto node = std::make_shared<Lineage>();
  node->kind = Lineage::Kind::divide;
  node->parts = {above, below};
  node->value = Value::of(value);
  return node;
}

Cell words(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

Cell figure(LineagePtr const& lineage, std::string id, NumberShape shape = {}) {
  Cell cell;
  cell.value = lineage->value;
  cell.lineage = lineage;
  cell.figure = std::move(id);
  cell.shape = std::move(shape);
  return cell;
}

Document document_of(TableBlock table) {
  Document document;
  document.stem = "test";
  document.language = "en";
  document.title = "A report & its workbook";
  document.period_text = "3rd quarter of 2025";
  document.as_of = date_of(2025, 10, 5);
  document.blocks.emplace_back(std::move(table));
  return document;
}

TableBlock table_of(std::vector<TableRow> rows) {
  TableBlock table;
  table.id = "t";
  table.title = "By place";
  table.columns = {{.heading = "Place", .role = ColumnRole::label}, {.heading = "Rate"}};
  table.rows = std::move(rows);
  return table;
}

struct Written {
  std::string path =
      (std::filesystem::temp_directory_path() / ("yekun-workbook-" + std::to_string(getpid()) + ".xlsx")).string();
  explicit Written(Document const& document) {
    auto const catalogue = Catalogue::load("en");
    REQUIRE(catalogue);
    auto const result = write_workbook(document, *catalogue, path);
    if (!result)
      for (auto const& d : result.error()) UNSCOPED_INFO(to_text(d, false));
    REQUIRE(result);
  }
  ~Written() { std::filesystem::remove(path); }
  std::string sheet(int number) const {
    return test::zip_member(path, "xl/worksheets/sheet" + std::to_string(number) + ".xml");
  }
  std::string bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("a ratio is a live formula over its numerator's and denominator's Data cells, its value cached", "[output]") {
  auto const rate = ratio(leaf("resident_days", std::int64_t{3}), leaf("place_days", std::int64_t{4}), 0.75);
  Written const book(
      document_of(table_of({{RowKind::data, 0, {words("All"), figure(rate, "rate@2025-Q3", {.percent = true})}}})));
  // Data rows are in the order of the indicators' names: place_days in row 4, resident_days in row 5.
  CHECK_THAT(book.sheet(3), Catch::Contains("<f>IF(COUNT('Data'!$H$5,'Data'!$H$4)&lt;2,\"…\",IF('Data'!$H$4=0,\"–\","
                                            "'Data'!$H$5/'Data'!$H$4))</f><v>0.75</v>"));
  CHECK_THAT(book.sheet(4), Catch::Contains("r=\"H4\"") && Catch::Contains("<v>4</v>") && Catch::Contains("<v>3</v>"));
  CHECK_THAT(test::zip_member(book.path, "xl/workbook.xml"),
             Catch::Contains("<definedName name=\"rate_2025Q3\">'By place'!$B$5</definedName>"));
}

TEST_CASE("an additive total is the sum of its parts on the Data sheet, another total a value of its own", "[output]") {
  auto const place = [](char const* name) { return std::vector<PlacePart>{{"region", name, false}}; };
  auto rows = [&](bool additive, std::int64_t whole) {
    std::vector<TableRow> out;
    out.push_back(
        {RowKind::data, 0, {words("Quba"), figure(leaf("visits", std::int64_t{3}, place("Quba"), additive), "a")}});
    out.push_back(
        {RowKind::data, 0, {words("5*?"), figure(leaf("visits", std::int64_t{4}, place("5*?"), additive), "b")}});
    out.push_back({RowKind::total,
                   0,
                   {words("Total"), figure(leaf("visits", whole, {{"region", std::nullopt, false}}, additive), "c")}});
    return out;
  };
  std::deque<Document> documents;  // an index points into its document
  auto const index_of = [&](bool additive, std::int64_t whole, std::size_t rows_a_sheet = 100) {
    documents.push_back(document_of(table_of(rows(additive, whole))));
    DataIndex index(documents.back(), rows_a_sheet);
    index.name_sheets({"Data", "Data 2"});
    return index;
  };
  DataIndex const flows = index_of(true, 7);
  REQUIRE(flows.rows().size() == 3);
  CHECK(flows.sum_formula(flows.rows()[0]) ==
        "SUMIFS($I$4:$I$6,$A$4:$A$6,\"=visits\",$B$4:$B$6,\"=sum(visits)\",$E$4:$E$6,45839,$F$4:$F$6,45930,"
        "$G$4:$G$6,\"=region\")");
  CHECK_FALSE(flows.sum_formula(flows.rows()[1]));
  // People do not add up; parts that do not make the total (one is not shown) are no formula for it.
  CHECK_FALSE(index_of(false, 5).sum_formula(index_of(false, 5).rows()[0]));
  CHECK_FALSE(index_of(true, 9).sum_formula(index_of(true, 9).rows()[0]));
  // Rows that pass to a second sheet are summed on both.
  DataIndex const split = index_of(true, 7, 2);
  REQUIRE(split.sheets() == 2);
  CHECK(split.rows()[2].sheet == 1);
  CHECK(split.rows()[2].row == DataIndex::kHeadingRow + 1);
  CHECK_THAT(*split.sum_formula(split.rows()[0]), Catch::StartsWith("SUMIFS('Data'!$I$4:$I$5,'Data'!$A$4:$A$5,") &&
                                                      Catch::Contains(")+SUMIFS('Data 2'!$I$4:$I$4,"));
}

TEST_CASE("a Data sheet that could not be read on one page's width prints on pages side by side", "[output]") {
  std::vector<PlacePart> places;
  for (int i = 0; i < 14; ++i)
    places.push_back({.dimension = "dimension_number_" + std::to_string(i), .value = "x", .unknown = false});
  Written const wide(
      document_of(table_of({{.cells = {words("A"), figure(leaf("visits", std::int64_t{3}, places), "f")}}})));
  CHECK_THAT(wide.sheet(4), Catch::Contains("<pageSetup") && Catch::Contains("fitToWidth=\"3\"") &&
                                Catch::Contains("pageOrder=\"overThenDown\"") && Catch::Contains("fitToHeight=\"0\""));
  CHECK_THAT(test::zip_member(wide.path, "xl/workbook.xml"), Catch::Contains("!$A:$A,"));
  Written const narrow(document_of(table_of({{.cells = {words("A"), figure(leaf("visits", std::int64_t{3}), "f")}}})));
  CHECK_THAT(narrow.sheet(4), !Catch::Contains("fitToWidth"));
}

TEST_CASE("a table that is too wide for a page lets its columns of words wrap", "[output]") {
  TableBlock table = table_of({{.cells = {words(std::string(60, 'a')), words(std::string(60, 'b')),
                                          words(std::string(60, 'c')), words(std::string(60, 'd'))}}});
  table.columns = {{.heading = "Place", .role = ColumnRole::label},
                   {.heading = "One", .role = ColumnRole::text},
                   {.heading = "Two", .role = ColumnRole::text},
                   {.heading = "Three", .role = ColumnRole::text}};
  Written const book(document_of(table));
  std::string const sheet = book.sheet(3);
  double total = 0;
  for (auto at = sheet.find(" width=\""); at != std::string::npos; at = sheet.find(" width=\"", at + 1))
    total += std::stod(sheet.substr(at + 8));
  CHECK(total == Approx(kReadable).margin(4));
  CHECK_THAT(sheet, !Catch::Contains("fitToWidth"));
}

TEST_CASE("what SUMIFS would take for another text is no criterion", "[output]") {
  for (char const* text : {"visits", "5*?", "2025-Q3", "12", "0", "Quba 7"}) CHECK(is_sure_criterion(text));
  for (char const* text : {"", "05", "1.0", "2025-07", "1e3", "50%", ">5", "=x", "TRUE", "#N/A", "1234567890123456"})
    CHECK_FALSE(is_sure_criterion(text));
  CHECK_FALSE(is_sure_criterion(std::string(300, 'x')));
  CHECK(criterion("a \"5*?~\"") == "\"=a \"\"5~*~?~~\"\"\"");
}

TEST_CASE("text from data never becomes a formula, and a suppressed cell has none", "[output]") {
  Cell hidden;
  hidden.value = Value{State::suppressed, std::int64_t{0}, false, {}};
  hidden.text = "•";
  hidden.lineage = leaf("visits", std::int64_t{3});
  Written const book(document_of(table_of({{RowKind::data, 0, {words("=1+1"), hidden}}})));
  CHECK_THAT(test::zip_member(book.path, "xl/sharedStrings.xml"), Catch::Contains("<t>=1+1</t>"));
  CHECK_THAT(book.sheet(3), !Catch::Contains("<f>"));
}

TEST_CASE("a missing and a not applicable figure show their marks, never zero", "[output]") {
  auto none = std::make_shared<Lineage>(*leaf("visits", std::int64_t{0}));
  none->value = Value::missing();
  Cell missing = figure(none, "visits@2025-Q3");
  Cell divided = figure(ratio(leaf("a", std::int64_t{3}), leaf("b", std::int64_t{0}), 0), "r");
  divided.value = Value::not_applicable();
  Written const book(
      document_of(table_of({{RowKind::data, 0, {words("x"), missing}}, {RowKind::data, 0, {words("y"), divided}}})));
  CHECK_THAT(book.sheet(3), Catch::Contains("<f>'Data'!$H$6</f><v>…</v>"));
  CHECK_THAT(book.sheet(3), Catch::Contains("</f><v>–</v>"));
}

TEST_CASE("the same document gives the same bytes", "[output]") {
  auto const document =
      document_of(table_of({{RowKind::data, 0, {words("x"), figure(leaf("v", std::int64_t{1}), "v@2025-Q3")}}}));
  std::string const first = Written(document).bytes();
  CHECK(first.size() > 4000);
  CHECK(first == Written(document).bytes());
}

TEST_CASE("sheet names keep Excel's rules and stay apart", "[output]") {
  CHECK(sheet_name("Q1/Q2: [draft]?*") == "Q1 Q2 draft");
  CHECK(sheet_name("'quoted'") == "quoted");
  CHECK(sheet_name("") == "Sheet");
  CHECK(sheet_name("History") == "History_");
  CHECK(sheet_name("Indicators against target and previous quarter") == "Indicators against target and");
  std::string const georgian = "სოციალური მომსახურების საწარმოები და ბენეფიციარები";
  CHECK(count_code_points(sheet_name(georgian)) <= 31);
  Book book("unused.xlsx", date_of(2025, 1, 1), "Noto Sans");
  CHECK(book.add_sheet(georgian).name != book.add_sheet(georgian).name);
  CHECK(book.add_sheet("Table").name == "Table");
  CHECK(book.add_sheet("TABLE").name == "TABLE 2");
  book.close();
  std::filesystem::remove("unused.xlsx");
}

TEST_CASE("texts are made safe for Excel", "[output]") {
  CHECK(cell_text("a\x01"
                  "b\tc") == "ab\tc");
  CHECK(cell_text("\xff") == "\xEF\xBF\xBD");
  std::string const longest(40000, 'x');
  CHECK(count_code_points(cell_text(longest)) == 32767);
}

TEST_CASE("the links that a sheet cannot hold are plain texts", "[output]") {
  std::string const path = (std::filesystem::temp_directory_path() / "yekun-links.xlsx").string();
  Book book(path, date_of(2025, 1, 1), "Noto Sans");
  Sheet const sheet = book.add_sheet("Links");
  for (std::uint32_t row = 0; row < 65'532; ++row) book.link(sheet, {row, 0}, "Links", "there", {});
  CHECK(book.close().empty());
  std::string const xml = test::zip_member(path, "xl/worksheets/sheet1.xml");
  std::filesystem::remove(path);
  std::size_t links = 0;
  for (auto at = xml.find("<hyperlink "); at != std::string::npos; at = xml.find("<hyperlink ", at + 1)) ++links;
  CHECK(links == 65'530);
  CHECK(xml.find("<c r=\"A65532\"") != std::string::npos);
}

TEST_CASE("a table of more columns than Excel has, and a number that is none, are refused by name", "[output]") {
  TableBlock wide = table_of({});
  wide.columns.assign(70'000, {.heading = "Rate"});
  auto const catalogue = Catalogue::load("en");
  std::string const path = (std::filesystem::temp_directory_path() / "yekun-wide.xlsx").string();
  auto const refused = write_workbook(document_of(wide), *catalogue, path);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().front().message, Catch::StartsWith("sheet 'By place', 6 rows and 70000 columns: "));
  Book book(path, date_of(2025, 1, 1), "Noto Sans");
  Sheet const sheet = book.add_sheet("Numbers");
  book.number(sheet, {0, 0}, std::numeric_limits<double>::quiet_NaN(), {});
  auto const errors = book.close();
  std::filesystem::remove(path);
  REQUIRE(errors.size() == 1);
  CHECK_THAT(errors.front().message, Catch::StartsWith("'Numbers'!$A$1: "));
}

TEST_CASE("texts that begin like formulas stay texts, and change in points says its unit", "[output]") {
  auto change = std::make_shared<Lineage>();
  change->kind = Lineage::Kind::subtract;
  change->parts = {ratio(leaf("a", std::int64_t{3}), leaf("b", std::int64_t{4}), 0.75),
                   ratio(leaf("c", std::int64_t{1}), leaf("d", std::int64_t{4}), 0.25)};
  change->value = Value::of(0.5);
  NumberShape points;
  points.points = true;
  points.places = 1;
  points.sign = true;
  std::vector<TableRow> rows;
  for (char const* text : {"=1", "+1", "-1", "@SUM(A1)"})
    rows.push_back({RowKind::data, 0, {words(text), figure(change, "", points)}});
  Written const book(document_of(table_of(std::move(rows))));
  std::string const texts = test::zip_member(book.path, "xl/sharedStrings.xml");
  for (char const* text : {"<t>=1</t>", "<t>+1</t>", "<t>-1</t>", "<t>@SUM(A1)</t>"})
    CHECK_THAT(texts, Catch::Contains(text));
  CHECK_THAT(test::zip_member(book.path, "xl/styles.xml"),
             Catch::Contains("formatCode=\"+0.0&quot; pp&quot;;-0.0&quot; pp&quot;;0.0&quot; pp&quot;\""));
  // A part that is missing shows the mark of the missing, not that of a division by zero.
  CHECK_THAT(book.sheet(3), Catch::Contains("&lt;4,\"…\",IF(") && Catch::Contains(",100*(") &&
                                Catch::Contains("</f><v>50</v>") && !Catch::Contains("IFERROR"));
}

TEST_CASE("a folder that is not there is named", "[output]") {
  auto const catalogue = Catalogue::load("en");
  auto const result = write_workbook(document_of(table_of({})), *catalogue, "no-such-folder/book.xlsx");
  REQUIRE_FALSE(result);
  CHECK(result.error().front().place.file == "no-such-folder/book.xlsx");
  CHECK(result.error().front().fault == Fault::render);
}
