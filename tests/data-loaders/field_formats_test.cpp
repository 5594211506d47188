// What surveys and data exchanges export, and what spreadsheets add to text tables, without configuration.
#include <array>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

struct Seen {
  std::string cells;
  std::string findings;
};

Seen seen(std::string const& file, std::string_view bytes, std::vector<ColumnSpec> columns = {},
          std::vector<std::string> names = {}) {
  TestFolder const folder;
  folder.write(file, bytes);
  auto const table = read(dataset_of(file, std::move(columns)), folder.context(), std::move(names));
  if (!table) return {shown(table.error()), ""};
  return {shown(*table), shown(table->summary.findings)};
}

std::string headings(std::string_view bytes) {
  TestFolder const folder;
  folder.write("a.csv", bytes);
  return columns_shown(dataset_of("a.csv"), folder.context());
}

constexpr std::string_view kTagged =
    "Region,Girls,Boys\n#adm1 +name,#affected +F +children,#affected+m+children\nQuba,3,4\n";

}  // namespace

TEST_CASE("a row of HXL tags in a text table is not data, and columns are found by tag", "[csv][hxl]") {
  std::vector<ColumnSpec> const girls{{.name = "girls", .type = Type::integer, .from = "#affected+f-infants"}};
  CHECK(seen("a.csv", kTagged).cells == "Quba|3|4\n");
  CHECK(seen("a.csv", kTagged, girls, {"girls"}).cells == "3\n");
  CHECK(headings("#adm1+name,#affected+f\nQuba,3\n") == "[#adm1+name][#affected+f]");
  auto const titled = seen("a.csv", "A title,,\n,,\n" + std::string(kTagged), girls, {"Region", "girls"});
  CHECK(titled.cells == "Quba|3\n");
  CHECK(titled.findings == "a.csv:3 detected '' the headings were found in line 3; what stands above is not read\n");
}

TEST_CASE("a row with a text that begins with # is data unless half of it are tags and one is HXL's", "[csv][hxl]") {
  CHECK(seen("a.csv", "id,tag\n1,#one\n2,plain\n").cells == "1|#one\n2|plain\n");
  CHECK(seen("a.csv", "tag\nplain\n#one\n").cells == "plain\n#one\n");
  CHECK(seen("a.csv", "a,b,c\n#adm1,x,y\n").cells == "#adm1|x|y\n");
  CHECK(seen("a.csv", "a,b\n#adm1,x\n1,2\n").cells == "1|2\n");
  CHECK(seen("a.csv", "a,b\n#x_kept,\n1,2\n").cells == "1|2\n");
  CHECK(seen("a.csv", "a,b\n#mine,#yours+f\n1,2\n").cells == "1|2\n");
  CHECK(seen("a.csv", "a,b\n,\n1,2\n").cells == "·|·\n1|2\n");
}

TEST_CASE("several rows of texts that begin with # are data", "[csv][hxl]") {
  CHECK(seen("a.csv", "tag\n#one\n#two\n").cells == "#one\n#two\n");
}

TEST_CASE("a title that a spreadsheet padded with separators is not the header", "[csv]") {
  auto const padded = seen("a.csv", "Register of the centre,,\nid,name,n\n1,A,5\n2,B,6\n", {}, {"name"});
  CHECK(padded.cells == "A\nB\n");
  CHECK(padded.findings == "a.csv:2 detected '' the headings were found in line 2; what stands above is not read\n");
  CHECK(headings("id,,\n1,A,5\n2,B,6\n") == "[id][c2][c3]");
}

TEST_CASE("titles and facts that a spreadsheet padded stand above the header", "[csv]") {
  CHECK(headings("Report,,\nGenerated,2025-03-01,\n,,\nid,name,n\n1,A,5\n2,B,6\n") == "[id][name][n]");
  CHECK(headings("name,,\nAli,5,\nAna,6,x\n") == "[name][c2][c3]");
  CHECK(headings("id,name,n\nGenerated,2025-03-01,\nA,B,C\n1,A,5\n") == "[id][name][n]");
}

TEST_CASE("what is no table of text is refused by what it is", "[csv][refusal]") {
  auto const refusal = [](std::string_view bytes) { return seen("a.csv", bytes).cells; };
  CHECK(refusal("\n <!DOCTYPE html><html>") ==
        "a.csv: error[unreadable-file]: 'a.csv' is a web page, not a table of text\n"
        "  hint: open it in Excel or LibreOffice and save it as CSV or .xlsx\n");
  CHECK(refusal("%PDF-1.4\n") ==
        "a.csv: error[unreadable-file]: 'a.csv' is a PDF document, not a table of text\n"
        "  hint: ask for the table that it was printed from\n");
  CHECK(refusal("\xFD"
                "7zXZ\n") ==
        "a.csv: error[unreadable-file]: 'a.csv' is packed by xz\n  hint: unpack it, or pack it by gzip or zstd\n");
  std::string bytes;
  for (int i = 0; i < 400; ++i) bytes += static_cast<char>(i * 37 % 256);
  CHECK(refusal(bytes) == "a.csv: error[unreadable-file]: 'a.csv' is not a text file\n");
  CHECK(refusal(std::string_view("a,b\n1,x\0y\n", 10)) == "1|x\uFFFDy\n");
}

TEST_CASE("a JSON text without any record is refused", "[json]") {
  CHECK(seen("a.json", "5").cells ==
        "a.json: error[unreadable-file]: 'a.json' holds no record\n"
        "  hint: an object or an array of objects was expected\n");
  CHECK(seen("a.json", "[]").cells.empty());
}

TEST_CASE("Excel's first line that names the separator is followed", "[csv]") {
  CHECK(seen("a.csv", "sep=;\na;b\n1,5;2\n").cells == "1,5|2\n");
  CHECK(seen("a.csv", "sep=\t\r\na\tb\r\n1\t2\r\n").cells == "1|2\n");
}

TEST_CASE("questions of a survey's CSV export are found behind their groups", "[csv][survey]") {
  constexpr std::string_view kKobo =
      "\"start\";\"group_a/sex\";\"group_a/age\";\"q\";\"q/a\";\"q/b\"\n"
      "\"2025-03-01T22:30:00.000+04:00\";\"female\";\"12\";\"a b\";\"1\";\"1\"\n";
  CHECK(seen("a.csv", kKobo, {{"age", Type::integer}, {"q/b", Type::boolean}}, {"sex", "age", "q", "q/b"}).cells ==
        "a.csv: row 1, column 'sex': error[unknown-column]: 'a.csv' has no column 'sex'\n"
        "  hint: one of: start, group_a/sex, age, q, q/a, q/b\n");
  CHECK(seen("a.csv", kKobo, {{"sex"}, {"age", Type::integer}, {"q/b", Type::boolean}}, {"sex", "age", "q", "q/b"})
            .cells == "female|12|a b|true\n");
}

TEST_CASE("a date-time with an offset is the day of the programme's time zone", "[date]") {
  TestFolder const folder;
  folder.write("a.csv",
               "at\n2025-03-01T22:30:00Z\n2025-03-01 19:59:59.999+00:00\n2025-03-01T20:00:00+0000\n"
               "2025-03-02T01:00:00+06:00\n2025-03-01T22:30:00\n2025-03-01\n1969-12-31T23:00:00-03\n");
  auto dataset = dataset_of("a.csv", {{"at", Type::date}});
  CHECK(read_shown(dataset, folder.context()) ==
        "2025-03-01\n2025-03-01\n2025-03-01\n2025-03-02\n2025-03-01\n2025-03-01\n1969-12-31\n");
  dataset.timezone = "Asia/Baku";
  CHECK(read_shown(dataset, folder.context()) ==
        "2025-03-02\n2025-03-01\n2025-03-02\n2025-03-01\n2025-03-01\n2025-03-01\n1970-01-01\n");
}

TEST_CASE("the clock change of a time zone counts", "[date]") {
  TestFolder const folder;
  folder.write("a.csv", "at\n2025-07-01T22:30:00Z\n2025-01-01T22:30:00Z\n");
  auto dataset = dataset_of("a.csv", {{"at", Type::date}});
  dataset.timezone = "Europe/Paris";
  CHECK(read_shown(dataset, folder.context()) == "2025-07-02\n2025-01-01\n");
}

TEST_CASE("DHIS2 exports are tables: data value sets, analytics, and their CSV", "[dhis2]") {
  CHECK(seen("a.json", R"({"dataSet": "D", "period": "202401", "orgUnit": "O", "dataValues":
                         [{"dataElement": "E", "value": "1"}, {"dataElement": "F", "period": "202402", "value": "2"}]})",
             {{"value", Type::integer}}, {"dataElement", "period", "orgUnit", "value"})
            .cells == "E|202401|O|1\nF|202402|O|2\n");
  CHECK(seen("a.json", R"({"headers": [{"name": "dx"}, {"name": "value"}], "metaData": {"items": {"E": {"name": "x"}}},
                         "rows": [["E", "12.0"]], "width": 2})",
             {{"value", Type::integer}}, {"dx", "value"})
            .cells == "E|12\n");
  CHECK(seen("a.csv", "\"dataelement\",\"period\",\"value\"\n\"E\",\"202401\",\"7\"\n").cells == "E|202401|7\n");
}

TEST_CASE("JSON is read in the encodings and packings that text tables are", "[json]") {
  std::string_view const wide("\xFF\xFE[\0{\0\"\0a\0\"\0:\0\"\0\x59\x02\"\0}\0]\0", 24);
  CHECK(seen("a.json", wide).cells == "ə\n");
  std::array<unsigned char, 29> const packed{0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x81, 0x00, 0x00, 0x7b,
                                             0x22, 0x61, 0x22, 0x3a, 0x31, 0x7d, 0x0a, 0x7b, 0x22, 0x61,
                                             0x22, 0x3a, 0x32, 0x7d, 0x0a, 0xee, 0xed, 0xac, 0xf2};
  CHECK(seen("a.ndjson.zst", {reinterpret_cast<char const*>(packed.data()), packed.size()}).cells == "1\n2\n");
}

TEST_CASE("a member that only a late record has is a column", "[json]") {
  std::string text = "[";
  for (int i = 0; i < 1500; ++i) text += "{\"a\": 1},";
  text += "{\"late\": 5}]";
  auto const table = seen("a.json", text).cells;
  CHECK(table.ends_with("1|·\n·|5\n"));
}

TEST_CASE("what later files of a dataset have more or less than the first is told, by file and column", "[files]") {
  TestFolder const folder;
  folder.write("a.csv", "id,n,old\n1,2,x\n");
  folder.write("b.csv", "id,n,new\n3,4,y\n");
  auto dataset = dataset_of("*.csv", {{"n", Type::integer}});
  auto const source = open_source(dataset, folder.context());
  REQUIRE(source);
  class Rows : public BatchSink {
   public:
    void begin(unsigned) override {}
    bool accept(Batch& batch) override {
      for (std::size_t row = 0; row < batch.rows; ++row)
        for (auto const& column : batch.columns) all += shown(column, row) + " ";
      return true;
    }
    std::string all;
  } rows;
  auto const summary = (*source)->scan({.columns = {{"n"}, {.name = "old", .optional = true}}}, rows);
  REQUIRE(summary);
  CHECK(rows.all == "2 x 4 · ");
  CHECK(
      shown(summary->findings) ==
      "b.csv:1 old missing-column '' the first file has this column, this one has not; it is missing in all its rows\n"
      "b.csv:1 new extra-column '' the first file has no such column; it is not read\n");
  CHECK(read_shown(dataset, folder.context(), {"old"}) ==
        "b.csv: row 1, column 'old': error[unknown-column]: 'b.csv' has no column 'old'\n"
        "  hint: one of: id, n, new\n");
}

TEST_CASE("the members of all JSON files are columns", "[json][files]") {
  TestFolder const folder;
  folder.write("a.json", R"([{"id": 1}])");
  folder.write("b.json", R"([{"id": 2, "late": "x"}])");
  CHECK(read_shown(dataset_of("*.json"), folder.context()) == "1|·\n2|x\n");
}

TEST_CASE("the file's SHA-256 is told for every kind of file", "[provenance]") {
  TestFolder const folder;
  folder.write("a.json", "[{\"a\": 1}]");
  auto const source = open_source(dataset_of("a.json"), folder.context());
  REQUIRE(source);
  class Nothing : public BatchSink {
   public:
    void begin(unsigned) override {}
    bool accept(Batch&) override { return true; }
  } nothing;
  auto const summary = (*source)->scan({.hash_files = true}, nothing);
  REQUIRE(summary);
  CHECK(summary->files.front().sha256 == "2696610e78752a9e7bd0c4b0404b2fb01a41a19bf23c9b8efa066811c8555d6b");
  CHECK(summary->files.front().bytes == 10);
}
