// OpenDocument spreadsheets, written by make_xlsx.py when the tests are built.
#include <ctime>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

SourceContext workbooks() { return {.folder = YEKUN_WORKBOOKS}; }

std::string cells_of(Dataset const& dataset, std::vector<std::string> names = {}) {
  return read_shown(dataset, workbooks(), std::move(names));
}

std::string findings_of(Dataset const& dataset, std::vector<std::string> names) {
  return findings_shown(dataset, workbooks(), std::move(names));
}

}  // namespace

TEST_CASE("cells of an OpenDocument sheet are text as stored, repeated rows come one by one", "[ods]") {
  auto dataset = dataset_of("people.ods");
  dataset.source.sheet = "People";
  CHECK(cells_of(dataset) ==
        "P001|2025-07-14|0.1|08:30:00|TRUE|ə &  b\nc\nd\n"
        "P2|1899-12-31T23:00:00|·|·|·|·\n"
        "P2|1899-12-31T23:00:00|·|·|·|·\n");
}

TEST_CASE("the declared type decides what a cell of an OpenDocument sheet is", "[ods]") {
  auto dataset = dataset_of("people.ods", {{"date", Type::date}, {"n", Type::decimal}, {"ok", Type::boolean}});
  dataset.source.sheet = "people";
  CHECK(cells_of(dataset, {"date", "n", "ok"}) == "2025-07-14|0.1|true\n1899-12-31|·|·\n1899-12-31|·|·\n");
}

TEST_CASE("errors, missing results and what is hidden in an OpenDocument sheet are told", "[ods]") {
  auto dataset = dataset_of("people.ods", {{"date", Type::date}, {"time", Type::date}});
  CHECK(
      findings_of(dataset, {"date", "n", "time", "ok"}) ==
      "people.ods:2 time rejected-cell '08:30:00' not a date of the form yyyy-mm-dd\n"
      "people.ods:6 n rejected-cell '#DIV/0!' the cell holds an error value\n"
      "people.ods:6 ok formula-without-result '' a formula saved without its result; open the file in Excel or "
      "LibreOffice and save it\n"
      "people.ods:7 n rejected-cell '#DIV/0!' the cell holds an error value\n"
      "people.ods:7 ok formula-without-result '' a formula saved without its result; open the file in Excel or "
      "LibreOffice and save it\n"
      "people.ods:0 hidden-rows 'People' 1 rows of the sheet are hidden; they are read\n"
      "people.ods:0 hidden-columns 'People' 1 columns of the sheet are hidden; they are read\n"
      "people.ods:0 detected 'People' the workbook has 2 sheets; this one is read because no \"sheet\" is declared\n");
}

TEST_CASE("hidden sheets and named ranges of an OpenDocument file are sources", "[ods]") {
  auto dataset = dataset_of("people.ods");
  dataset.source.sheet = "#2";
  CHECK(cells_of(dataset) == "1|2\n");
  dataset.source.sheet.clear();
  dataset.source.table = "part";
  CHECK(cells_of(dataset) == "1\n");
  dataset.source.table = "parts";
  CHECK(cells_of(dataset) ==
        "people.ods: error[unreadable-file]: 'people.ods' has no table or named range 'parts'\n"
        "  hint: it has 'Part'\n");
}

TEST_CASE("merged headings of an OpenDocument sheet are joined", "[ods]") {
  auto const source = open_source(dataset_of("merged.ods"), workbooks());
  REQUIRE(source);
  auto const columns = (*source)->columns();
  REQUIRE(columns);
  REQUIRE(columns->size() == 3);
  CHECK((*columns)[1].name == "Women / adults");
  CHECK((*columns)[2].name == "Women / children");
}

TEST_CASE("OpenDocument files that are no sheet, closed or repeat without end are refused", "[ods]") {
  std::clock_t const start = std::clock();  // processor time: a loaded machine fails no test
  CHECK(cells_of(dataset_of("text.ods")) == "text.ods: error[unreadable-file]: 'text.ods' holds no sheet\n");
  CHECK(cells_of(dataset_of("password.ods")) ==
        "password.ods: error[unreadable-file]: 'password.ods' is protected by a password\n"
        "  hint: open it in LibreOffice, save it without one and use that copy\n");
  CHECK(cells_of(dataset_of("repeats.ods", {}), {"1"}) ==
        "repeats.ods: error[unreadable-file]: 'repeats.ods' repeats more than ten million cells\n");
  CHECK(std::clock() - start < testing::kRefusal);
}
