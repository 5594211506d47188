// Broken and hostile workbooks, written by make_xlsx.py when the tests are built.
#include <sys/resource.h>

#include <ctime>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

std::string refusal_of(std::string const& file) {
  auto const message = read_shown(dataset_of(file), {.folder = YEKUN_WORKBOOKS});
  std::string const start = file + ": error[unreadable-file]: '" + file + "' ";
  return message.starts_with(start) ? message.substr(start.size()) : message;
}

long peak_memory_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

}  // namespace

TEST_CASE("what is not a workbook is refused with what it is and what to do", "[xlsx]") {
  CHECK(refusal_of("empty.xlsx") == "is empty\n");
  CHECK(refusal_of("text.xlsx") ==
        "is a text file with the name of a workbook\n  hint: if it is CSV, declare \"format\": \"csv\"\n");
  CHECK(refusal_of("page.xlsx") ==
        "is a web page with the name of a workbook\n  hint: open it in Excel or LibreOffice and save it as .xlsx\n");
  CHECK(refusal_of("old.xls") ==
        "is an old binary workbook (.xls)\n  hint: open it in Excel or LibreOffice and save it as .xlsx\n");
  CHECK(refusal_of("password.xlsx") ==
        "is protected by a password\n"
        "  hint: open it in Excel or LibreOffice, save it without one and use that copy\n");
  CHECK(refusal_of("document.xlsx") == "is not an Excel workbook: the zip file holds no workbook part\n");
}

TEST_CASE("a workbook that is cut off or damaged is refused with the place", "[xlsx]") {
  CHECK(refusal_of("cut.xlsx") == "is not a zip file, or is cut off\n");
  CHECK(refusal_of("cut-xml.xlsx") == "is cut off in the middle of its XML\n");
  CHECK(refusal_of("checksum.xlsx") == "is damaged: its part 'xl/worksheets/sheet1.xml' cannot be read\n");
  CHECK(refusal_of("deflate.xlsx") == "is damaged: its part 'xl/worksheets/sheet1.xml' fails its checksum\n");
  CHECK(refusal_of("rows.xlsx") == "is damaged: row 2 comes after row 3\n");
  CHECK(refusal_of("twice.xlsx") == "is damaged: cell A2 stands there twice\n");
  CHECK(refusal_of("column.xlsx") == "has a cell past the last column that a sheet has\n");
  CHECK(refusal_of("utf16.xlsx") == "is not in UTF-8\n");
}

TEST_CASE("document types and entities in a workbook are refused", "[xlsx]") {
  CHECK(refusal_of("doctype.xlsx") ==
        "declares a document type or XML entities, which no workbook does\n"
        "  hint: open it in Excel or LibreOffice and save it again\n");
  CHECK(refusal_of("entity.xlsx") == "holds an XML entity that is not known\n");
}

TEST_CASE("zip bombs are refused at once and without memory", "[xlsx]") {
  long const before = peak_memory_mb();
  std::clock_t const start = std::clock();  // processor time: a loaded machine fails no test
  std::string const expected =
      "would unpack to far more than a workbook holds (a \"zip bomb\")\n  hint: ask who made it for another copy\n";
  CHECK(refusal_of("bomb.xlsx") == expected);
  CHECK(refusal_of("bomb-strings.xlsx") == expected);
  CHECK(refusal_of("bomb-lying.xlsx") ==
        "is damaged: its part 'xl/worksheets/sheet1.xml' holds more than it declares\n");
  CHECK(std::clock() - start < testing::kRefusal);
  CHECK(peak_memory_mb() - before < 50);
}
