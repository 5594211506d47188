// The workbooks are written by make_xlsx.py when the tests are built.
#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

SourceContext workbooks() { return {.folder = YEKUN_WORKBOOKS}; }

std::string findings_of(Dataset const& dataset, std::vector<std::string> names = {}) {
  return findings_shown(dataset, workbooks(), std::move(names));
}

std::string cells_of(Dataset const& dataset, std::vector<std::string> names = {}) {
  return read_shown(dataset, workbooks(), std::move(names));
}

std::string headings_of(Dataset const& dataset) {
  auto const source = open_source(dataset, workbooks());
  if (!source) return shown(source.error());
  auto const columns = (*source)->columns();
  if (!columns) return shown(columns.error());
  std::string all;
  for (auto const& column : *columns) all += "[" + column.name + "]";
  return all;
}

Dataset typed_services() {
  return dataset_of("openpyxl.xlsx", {{"date", Type::date},
                                      {"entered", Type::date},
                                      {"count", Type::integer},
                                      {"cost", Type::decimal},
                                      {"present", Type::boolean}});
}

}  // namespace

TEST_CASE("cells of undeclared columns are text as a reader of the sheet knows it", "[xlsx]") {
  CHECK(cells_of(dataset_of("openpyxl.xlsx")) ==
        "P001|2025-07-14|2025-07-14T08:30:00|12|0.1|TRUE|ə, თბილისი & <b>\n"
        "P002|1900-01-01|2025-07-15|-3|1234567.89|FALSE|a\nb\n"
        "7|1900-03-01|·|4|0.000001|·|·\n"
        "12.5|9999-12-31|·|1.5|0.3333333333333333|yes| \n");
}

TEST_CASE("the declared type decides what a cell of a workbook is", "[xlsx]") {
  CHECK(cells_of(typed_services(), {"date", "entered", "count", "cost", "present"}) ==
        "2025-07-14|2025-07-14|12|0.1|true\n"
        "1900-01-01|2025-07-15|-3|1234567.89|false\n"
        "1900-03-01|·|4|0.000001|·\n"
        "9999-12-31|·|·|·|true\n");
}

TEST_CASE("cells of a workbook that do not fit their type are missing and found", "[xlsx]") {
  CHECK(findings_of(typed_services(), {"count", "cost"}) ==
        "openpyxl.xlsx:6 count rejected-cell '1.5' not a whole number\n"
        "openpyxl.xlsx:6 cost rejected-cell '0.3333333333333333' more than six decimal places\n"
        "openpyxl.xlsx:0 detected 'Services' the workbook has 2 sheets; this one is read because no \"sheet\" is "
        "declared\n");
  auto dates_as_numbers = dataset_of("openpyxl.xlsx", {{"date", Type::integer}, {"present", Type::number}});
  CHECK_THAT(findings_of(dates_as_numbers, {"date", "present"}),
             Catch::Matchers::StartsWith(
                 "openpyxl.xlsx:2 date rejected-cell '2025-07-14' the cell is shown as a date or time; a whole number "
                 "was expected\n"
                 "openpyxl.xlsx:2 present rejected-cell 'TRUE' the cell holds a truth value; a number was expected\n"
                 "openpyxl.xlsx:3 date rejected-cell '1900-01-01' the cell is shown as a"));
}

TEST_CASE("a personal cell is masked in what is found in a workbook", "[xlsx]") {
  auto dataset = dataset_of("openpyxl.xlsx", {{.name = "person", .type = Type::integer, .personal = true}});
  dataset.source.sheet = "Services";
  CHECK(findings_of(dataset, {"person"}) ==
        "openpyxl.xlsx:2 person rejected-cell '•••' not a whole number\n"
        "openpyxl.xlsx:3 person rejected-cell '•••' not a whole number\n"
        "openpyxl.xlsx:6 person rejected-cell '•••' not a whole number\n");
}

TEST_CASE("day numbers count from 1904 where the workbook says so", "[xlsx]") {
  CHECK(cells_of(dataset_of("from-1904.xlsx", {{"day", Type::date}})) == "2025-07-14\n1904-01-02\n");
}

TEST_CASE("day 60 of the 1900 calendar is no day, and times round to milliseconds", "[xlsx]") {
  auto const dataset = dataset_of("days.xlsx", {{"d", Type::date}});
  CHECK(cells_of(dataset, {"d"}) == "1900-01-01\n1900-02-28\n·\n1900-03-01\n2025-07-14\n2025-07-15\n·\n·\n·\n");
  CHECK(findings_of(dataset, {"d"}) ==
        "days.xlsx:4 d rejected-cell '60' the number is not a day of the workbook's calendar\n"
        "days.xlsx:8 d rejected-cell '-1' the number is not a day of the workbook's calendar\n"
        "days.xlsx:9 d rejected-cell '0' the number is not a day of the workbook's calendar\n"
        "days.xlsx:10 d rejected-cell '2958466' the number is not a day of the workbook's calendar\n");
}

TEST_CASE("LibreOffice's day numbers count from 1899-12-30, without 29 February 1900, and backwards", "[xlsx]") {
  CHECK(cells_of(dataset_of("libre-days.xlsx", {{"d", Type::date}}), {"d"}) ==
        "1899-12-31\n1900-02-28\n1900-03-01\n1899-12-30\n1890-05-04\n1582-10-15\n·\n");
  CHECK(cells_of(dataset_of("libre-days.xlsx"), {"d"}) ==
        "1899-12-31\n1900-02-28\n1900-03-01\n1899-12-30\n1890-05-04T12:00:00\n1582-10-15\n-115859\n");
  CHECK(cells_of(dataset_of("libre-days.xlsx", {{"n", Type::date}}), {"n"}) ==
        "1899-12-31\n1900-02-28\n1900-03-01\n·\n·\n·\n·\n");
  CHECK(cells_of(dataset_of("excel-days.xlsx", {{"d", Type::date}}), {"d"}) ==
        "1900-01-01\n·\n1900-03-01\n·\n·\n·\n·\n");
}

TEST_CASE("a plain number in a date column is a day number unless it looks like a year", "[xlsx]") {
  CHECK(cells_of(dataset_of("days.xlsx", {{"n", Type::date}}), {"n"}) ==
        "1900-01-01\n1900-02-28\n·\n1900-03-01\n2025-07-14\n2025-07-15\n·\n·\n·\n");
  CHECK(findings_of(dataset_of("years.xlsx", {{"year", Type::date}})) ==
        "years.xlsx:2 year rejected-cell '2025' a plain number that looks like a year; a date was expected\n");
  ColumnSpec compact{"day", Type::date};
  compact.date_format = "yyyymmdd";
  CHECK(cells_of(dataset_of("years.xlsx", {compact}), {"day"}) == "2025-07-14\n");
}

TEST_CASE("number formats that mean dates and times are known", "[xlsx]") {
  CHECK(cells_of(dataset_of("xlsxwriter.xlsx"), {"rich", "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"}) ==
        "plain bold end|2025-07-14T06:00:00|2025-07-14T06:00:00|42:30:00|2025-07-14T06:00:00|45852.25|45852.25|"
        "06:00:00|2025-07-14T06:00:00|45852.25\n");
}

TEST_CASE("a length of time in a date column is no day of 1900", "[xlsx]") {
  auto const dataset = dataset_of("xlsxwriter.xlsx", {{"f2", Type::date}, {"f6", Type::date}});
  CHECK(cells_of(dataset, {"f2", "f6"}) == "·|·\n");
  CHECK_THAT(findings_of(dataset, {"f2"}),
             Catch::Matchers::Contains("f2 rejected-cell '42:30:00' a time without a day; a date was expected"));
}

TEST_CASE("an error value is missing and found, a formula gives its stored result", "[xlsx]") {
  auto dataset = dataset_of("xlsxwriter.xlsx");
  CHECK(cells_of(dataset, {"error", "formula", "flag"}) == "·|2|TRUE\n");
  CHECK(findings_of(dataset, {"error", "formula"}) ==
        "xlsxwriter.xlsx:2 error rejected-cell '#DIV/0!' the cell holds an error value\n");
  dataset.missing = {"#DIV/0!"};
  CHECK(findings_of(dataset, {"error", "formula"}).empty());
}

TEST_CASE("a formula without a stored result is missing and found", "[xlsx]") {
  CHECK(cells_of(dataset_of("no-results.xlsx")) == "1|·\n");
  CHECK(findings_of(dataset_of("no-results.xlsx")) ==
        "no-results.xlsx:2 b formula-without-result '' a formula saved without its result; open the file in Excel or "
        "LibreOffice and save it\n");
}

TEST_CASE("all kinds of cells are read", "[xlsx]") {
  CHECK(cells_of(dataset_of("kinds.xlsx")) ==
        "str|·\n2025-07-14|TRUE\n·|·\n0.30000000000000004|100000000000000000000\n12|0.00001\n");
  auto const decimals = dataset_of("kinds.xlsx", {{"k", Type::decimal}, {"v", Type::decimal}});
  CHECK(cells_of(decimals) == "·|·\n·|·\n·|·\n0.3|·\n12|0.00001\n");
}

TEST_CASE("strict namespaces, prefixes, odd part names, runs, readings and escapes are understood", "[xlsx]") {
  CHECK(cells_of(dataset_of("strict.xlsx")) == "two runs\n東京\na\rb _x000D_ _x4 &lt; ə\n·\n<raw> &amp; tail\n");
}

TEST_CASE("cells and rows without addresses stand one after another, others where they say", "[xlsx]") {
  auto const table = read(dataset_of("sparse.xlsx"), workbooks());
  REQUIRE(table);
  CHECK(shown(*table) == "·|2|·\n1|·|3\n");
  CHECK(table->row_in_file == std::vector<std::uint64_t>{3, 9});
}

TEST_CASE("headings of two rows with merged cells are joined", "[xlsx]") {
  auto dataset = dataset_of("two-headers.xlsx");
  std::string const expected = "[Region][Women / adults][Women / children][Men / adults][Men / children][Total]";
  CHECK(headings_of(dataset) == expected);
  CHECK(cells_of(dataset) == "Quba|1|2|3|4|10\n");
  dataset.source.dialect.header_rows = 2;
  CHECK(headings_of(dataset) == expected);
  dataset.source.dialect.skip = 2;
  CHECK(headings_of(dataset) == expected);
  dataset.source.dialect = {.skip = 3, .header_rows = 1};
  CHECK(headings_of(dataset) == "[adults][children][adults (2)][children (2)]");
}

TEST_CASE("without header rows columns are named by position", "[xlsx]") {
  auto dataset = dataset_of("two-headers.xlsx");
  dataset.source.dialect = {.skip = 4, .header_rows = 0};
  CHECK(headings_of(dataset) == "[c1][c2][c3][c4][c5][c6]");
  CHECK(cells_of(dataset) == "Quba|1|2|3|4|10\n");
}

TEST_CASE("a sheet is chosen by name or number, or all are one dataset", "[xlsx]") {
  auto dataset = dataset_of("sheets.xlsx");
  dataset.source.sheet = "Şəki";
  CHECK(cells_of(dataset) == "b|2\nc|3\n");
  CHECK(findings_of(dataset) ==
        "sheets.xlsx:0 hidden-sheet 'Şəki' the sheet is hidden; it is read\n"
        "sheets.xlsx:0 hidden-rows 'Şəki' 1 rows of the sheet are hidden; they are read\n"
        "sheets.xlsx:0 hidden-columns 'Şəki' 1 columns of the sheet are hidden; they are read\n");
  dataset.source.sheet = "#1";
  CHECK(cells_of(dataset) == "a|1\n");
  dataset.source.sheet = "*";
  dataset.source.sheet_column = "town";
  dataset.source.file_column = "file";
  CHECK(cells_of(dataset) == "a|1|sheets.xlsx|Quba\nb|2|sheets.xlsx|Şəki\nc|3|sheets.xlsx|Şəki\n");
  dataset.source.sheet = "Baku";
  CHECK(cells_of(dataset) ==
        "sheets.xlsx: error[unreadable-file]: 'sheets.xlsx' has no sheet 'Baku'\n"
        "  hint: its sheets are 'Quba', 'Notes', 'Şəki'\n");
}

TEST_CASE("tables and named ranges are sources, without the totals row", "[xlsx]") {
  auto dataset = dataset_of("ranges.xlsx");
  dataset.source.table = "people";
  CHECK(cells_of(dataset) == "x|1\ny|2\n");
  dataset.source.table = "Area";
  CHECK(cells_of(dataset) == "x|1\ny|2\n");
  dataset.source.table = "Place";
  CHECK(cells_of(dataset) ==
        "ranges.xlsx: error[unreadable-file]: 'ranges.xlsx' has no table or named range 'Place'\n"
        "  hint: it has 'People', 'Area'\n");
}

TEST_CASE("rows above the headings are told", "[xlsx]") {
  CHECK(findings_of(dataset_of("ranges.xlsx")) ==
        "ranges.xlsx:4 detected '' the headings were found in row 4; rows above them that are not read: 1\n");
}

TEST_CASE("an HXL tag row ends the header and its tags can be mapped", "[xlsx][hxl]") {
  auto dataset = dataset_of("hxl.xlsx");
  CHECK(headings_of(dataset) == "[Place][Women][Girls]");
  CHECK(cells_of(dataset) == "Quba|5|2\n");
  dataset.columns = {{.name = "adults", .type = Type::integer, .from = "#affected+f-children"},
                     {.name = "girls", .type = Type::integer, .from = "#*+f+children"},
                     {.name = "place", .from = "#adm1"}};
  CHECK(cells_of(dataset, {"place", "girls", "adults"}) == "Quba|2|5\n");
}

TEST_CASE("questions of a survey are found in their groups, answers to several as columns of 0 and 1", "[xlsx][kobo]") {
  auto const dataset = dataset_of("kobo.xlsx", {{"region"}, {"visited", Type::date}, {"needs/water", Type::boolean}});
  CHECK(cells_of(dataset, {"region", "visited", "needs", "needs/water"}) ==
        "Quba|2025-07-14|food water|true\nŞəki|2025-07-15|food|false\n");
}

TEST_CASE("a repeat of a survey has the columns of its submission, by uuid", "[xlsx][kobo]") {
  auto dataset = dataset_of("kobo.xlsx", {{"age", Type::integer}, {"region"}, {"visited", Type::date}});
  dataset.source.sheet = "members";
  CHECK(cells_of(dataset, {"age", "region", "visited"}) ==
        "34|Quba|2025-07-14\n7|Quba|2025-07-14\n61|Şəki|2025-07-15\n5|·|·\n");
  CHECK(
      findings_of(dataset, {"age", "region"}) ==
      "kobo.xlsx:5 _submission__uuid unmatched-submission 'u-9' the main sheet has no such submission; its columns are "
      "missing here\n");
  CHECK(findings_of(dataset, {"age"}).empty());
  CHECK(
      headings_of(dataset) ==
      "[age][members/sex][_index][_parent_table_name][_parent_index][_submission__id][_submission__uuid][start][region]"
      "[visited][needs][needs/food][needs/water][_id][_uuid]");
}

TEST_CASE("the number of threads does not change what is read of a workbook", "[xlsx]") {
  auto const dataset = dataset_of("long.xlsx", {{"n", Type::integer}, {"half", Type::decimal}});
  class Sums final : public BatchSink {
   public:
    void begin(unsigned workers) override { CHECK(workers == 1); }
    bool accept(Batch& batch) override {
      CHECK(batch.order == rows);
      rows += batch.rows;
      for (std::size_t i = 0; i < batch.rows; ++i)
        sum = sum * 31 + static_cast<std::uint64_t>(batch.columns[0].whole[i]) * 7 +
              static_cast<std::uint64_t>(batch.columns[1].whole[i]) + batch.columns[2].text(i).size();
      return !stop || rows < 5000;
    }
    std::uint64_t rows = 0;
    std::uint64_t sum = 0;
    bool stop = false;
  };
  auto const source = open_source(dataset, workbooks());
  REQUIRE(source);
  auto const scan = [&](unsigned threads, bool stop) {
    ScanRequest request;
    request.threads = threads;
    request.columns = {{"n"}, {"half"}, {"text", TextForm::raw}};
    Sums sums;
    sums.stop = stop;
    REQUIRE((*source)->scan(request, sums));
    return std::pair(sums.rows, sums.sum);
  };
  CHECK(scan(1, false).first == 30'000);
  CHECK(scan(1, false) == scan(4, false));
  CHECK(scan(4, true).first == 8192);  // the sink stops, and so does the thread that reads ahead
}
