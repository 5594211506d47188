#include <zlib.h>
#include <zstd.h>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

std::vector<std::string> findings_of(std::string const& text, Dataset const& dataset = dataset_of("a.csv"),
                                     std::vector<std::string> names = {}) {
  TestFolder const folder;
  folder.write("a.csv", text);
  auto const table = read(dataset, folder.context(), std::move(names));
  if (!table) return {shown(table.error())};
  std::vector<std::string> all;
  for (auto const& finding : table->summary.findings.listed) all.push_back(shown(finding));
  return all;
}

std::string rows_of(std::string const& text, Dataset const& dataset = dataset_of("a.csv"),
                    std::vector<std::string> names = {}) {
  TestFolder const folder;
  folder.write("a.csv", text);
  return read_shown(dataset, folder.context(), std::move(names));
}

std::vector<std::string> names_of(std::string const& text, Dataset const& dataset = dataset_of("a.csv")) {
  TestFolder const folder;
  folder.write("a.csv", text);
  auto const source = open_source(dataset, folder.context());
  REQUIRE(source);
  auto const columns = (*source)->columns();
  REQUIRE(columns);
  std::vector<std::string> names;
  for (auto const& column : *columns) names.push_back(column.name);
  return names;
}

using Strings = std::vector<std::string>;

std::string gzip(std::string const& text) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(text.size() + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

std::string zstd(std::string const& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace

TEST_CASE("separators are recognised", "[data-loaders]") {
  CHECK(rows_of("a,b\n1,2\n") == "1|2\n");
  CHECK(rows_of("a;b\n1,5;2\n") == "1,5|2\n");
  CHECK(rows_of("a\tb\n1\t2\n") == "1|2\n");
  CHECK(rows_of("a|b\n1|2\n") == "1|2\n");
  CHECK(rows_of("name;note\nAli;\"a, b, c\"\nNino;\"d, e, f\"\n") == "Ali|a, b, c\nNino|d, e, f\n");
}

TEST_CASE("commas in the texts of a single column are not separators", "[data-loaders]") {
  auto const names = names_of("name\nHuseynova, Aysel\nBeridze, Nino\n");
  CHECK(names == Strings{"name"});
}

TEST_CASE("a declared separator is used even where another seems likelier", "[data-loaders]") {
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.separator = ';';
  CHECK(rows_of("a,b,c\n1,2,3\n", dataset) == "1,2,3\n");
}

TEST_CASE("quoted cells keep separators, line breaks and doubled quotes", "[data-loaders]") {
  CHECK(rows_of("a,b\n\"x,\"\"y\"\"\",\"1\r\n2\"\n\"\",z\n") == "x,\"y\"|1\r\n2\n·|z\n");
}

TEST_CASE("quotes inside an unquoted cell are plain characters", "[data-loaders]") {
  CHECK(rows_of("a,b\n5\" pipe,\"ok\"\nOOO \"Dawn\",2\n") == "5\" pipe|ok\nOOO \"Dawn\"|2\n");
}

TEST_CASE("single quotes, escapes and comments are read where declared", "[data-loaders]") {
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.quote = '\'';
  CHECK(rows_of("a,b\n'x,y','it''s'\n", dataset) == "x,y|it's\n");
  dataset = dataset_of("a.csv");
  dataset.source.dialect.escape = '\\';
  CHECK(rows_of("a,b\n\"say \\\"no\\\"\",x\\,y\n", dataset) == "say \"no\"|x,y\n");
  dataset = dataset_of("a.csv");
  dataset.source.dialect.comment = "#";
  CHECK(rows_of("# made by hand, \"twice\na,b\n1,2\n# end, \"\n3,4\n", dataset) == "1|2\n3|4\n");
}

TEST_CASE("line ends of all kinds may be mixed, and the last may be missing", "[data-loaders]") {
  CHECK(rows_of("a,b\r1,2\n3,4\r\n5,6") == "1|2\n3|4\n5|6\n");
  CHECK(rows_of("a,b\r\n1,\r\n,2\r\n") == "1|·\n·|2\n");
}

TEST_CASE("blank lines are not rows, except where there is one column", "[data-loaders]") {
  CHECK(rows_of("\n\na,b\n1,2\n\n3,4\n\n\n") == "1|2\n3|4\n");
  CHECK(rows_of("a\n1\n\n3\n") == "1\n·\n3\n");
}

TEST_CASE("short rows miss their last cells and long rows list what is not read", "[data-loaders]") {
  CHECK(rows_of("a,b,c\n1,2\n1,2,3,4,5\n6,7,8,\n") == "1|2|·\n1|2|3\n6|7|8\n");
  CHECK(findings_of("a,b,c\n1,2\n1,2,3,4,5\n6,7,8,\n") ==
        Strings{"a.csv:2 short-row '' 2 of 3 cells; the missing ones are read as empty",
                "a.csv:3 long-row '4 | 5' 5 cells where 3 were expected; those behind the last column are not read"});
}

TEST_CASE("a quote that never closes is refused with the line where it opened", "[data-loaders]") {
  CHECK(findings_of("a,b\n1,\"x\ny\",\"\n2,3\n4,5\n") ==
        Strings{"a.csv: row 3: error[unterminated-quote]: the quote that opens on line 3 is never closed\n"
                "  hint: close it, double it if it is part of the text, or declare another \"quote\"\n"});
}

TEST_CASE("text behind a closing quote is kept and found", "[data-loaders]") {
  CHECK(rows_of("a,b\n\"x\" y,1\n") == "x y|1\n");
  CHECK(findings_of("a,b\n\"x\" y,1\n") ==
        Strings{"a.csv:2 stray-quote '\" y,1 ' text behind a closing quote; quotes inside a quoted cell are doubled"});
}

TEST_CASE("bad bytes and NUL are read as replacement characters and found, in wanted columns only", "[data-loaders]") {
  std::string const text("a,b\nx\xFFy,\xFE\ng\0h,2\nGəncə,3\nŞəki,4\n", 34);
  CHECK(rows_of(text, dataset_of("a.csv"), {"a"}) == "x\uFFFDy\ng\uFFFDh\nGəncə\nŞəki\n");
  auto const found = findings_of(text, dataset_of("a.csv"), {"a"});
  CHECK(found ==
        Strings{"a.csv:2 a invalid-text 'x\uFFFDy' bytes that are not text in the file's encoding; they are read "
                "as \uFFFD",
                "a.csv:3 a invalid-text 'g\uFFFDh' a NUL byte in the text; it is read as \uFFFD"});
}

TEST_CASE("headings are cleaned, numbered where doubled and named by place where empty", "[data-loaders]") {
  CHECK(names_of(" a  b ,x,,x,\"two\nlines\"\n1,2,3,4,5\n") == Strings{"a b", "x", "c3", "x (2)", "two lines"});
  CHECK(findings_of("x,x\n1,2\n") ==
        Strings{"a.csv:1 x (2) doubled-heading 'x' the heading stands here again; this column is read as 'x (2)'"});
}

TEST_CASE("headings of several rows are joined, merged upper ones carried to the right", "[data-loaders]") {
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.header_rows = 2;
  CHECK(names_of("Place,,People,,Note\nregion,district,girls,boys,\nQuba,x,1,2,n\n", dataset) ==
        Strings{"Place / region", "Place / district", "People / girls", "People / boys", "Note"});
}

TEST_CASE("without a header columns are named by place", "[data-loaders]") {
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.header_rows = 0;
  CHECK(names_of("1,2\n3,4\n", dataset) == Strings{"c1", "c2"});
  CHECK(rows_of("1,2\n3,4\n", dataset) == "1|2\n3|4\n");
}

TEST_CASE("a declared column may be headed otherwise in the file", "[data-loaders]") {
  auto const dataset = dataset_of("a.csv", {{.name = "people", .type = Type::integer, .from = "Number of people"}});
  CHECK(rows_of("Region,Number of people\nQuba,3\n", dataset, {"people"}) == "3\n");
}

TEST_CASE("lines before the table are skipped, declared or seen", "[data-loaders]") {
  std::string const text = "Register of services\nprinted 2025-07-01\n\nregion,sex,people\nQuba,f,3\nQax,m,4\n";
  CHECK(rows_of(text) == "Quba|f|3\nQax|m|4\n");
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.skip = 3;
  CHECK(rows_of(text, dataset) == "Quba|f|3\nQax|m|4\n");
}

TEST_CASE("an empty file has no columns and a header alone no rows", "[data-loaders]") {
  CHECK(names_of("").empty());
  CHECK(
      rows_of("", dataset_of("a.csv"), {"a"}) ==
      "a.csv: column 'a': error[unknown-column]: 'a.csv' has no column 'a'\n  hint: the file has no columns at all\n");
  CHECK(rows_of("a,b\n").empty());
  CHECK(rows_of("a,b").empty());
}

TEST_CASE("encodings are recognised or declared", "[data-loaders]") {
  std::string const expected = "Москва|привет мир\n";
  CHECK(rows_of("\xEF\xBB\xBF"
                "город,слово\nМосква,привет мир\n") == expected);
  CHECK(rows_of("\xE3\xEE\xF0\xEE\xE4,\xF1\xEB\xEE\xE2\xEE\n\xCC\xEE\xF1\xEA\xE2\xE0,\xEF\xF0\xE8\xE2\xE5\xF2 "
                "\xEC\xE8\xF0\n") == expected);
  CHECK(rows_of("\xC7\xCF\xD2\xCF\xC4,\xD3\xCC\xCF\xD7\xCF\n\xED\xCF\xD3\xCB\xD7\xC1,\xD0\xD2\xC9\xD7\xC5\xD4 "
                "\xCD\xC9\xD2\n") == expected);
  CHECK(rows_of("ad,yer\n\xDEirin,\xC7"
                "ay\xFDr\n") == "Şirin|Çayır\n");
  CHECK(rows_of("name,place\nJos\xE9,K\xF6ln\n") == "José|Köln\n");
  std::u16string const wide = u"a,b\nQuba,Gəncə\n";
  std::string le("\xFF\xFE");
  std::string be("\xFE\xFF");
  for (char16_t const c : wide) {
    le += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
    be += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
  }
  CHECK(rows_of(le) == "Quba|Gəncə\n");
  CHECK(rows_of(be) == "Quba|Gəncə\n");
  CHECK(rows_of(le.substr(2)) == "Quba|Gəncə\n");
  auto dataset = dataset_of("a.csv");
  dataset.source.dialect.encoding = "ISO-8859-9";
  CHECK(rows_of("a,b\n\xFE,\xF0\n", dataset) == "ş|ğ\n");
  dataset.source.dialect.encoding = "klingon";
  CHECK(rows_of("a,b\n1,2\n", dataset) ==
        "error[unknown-encoding]: 'klingon' is not the name of an encoding\n"
        "  hint: for example \"utf-8\", \"utf-16le\", \"windows-1251\", \"windows-1254\", \"koi8-r\"\n");
}

TEST_CASE("a guessed encoding is told", "[data-loaders]") {
  CHECK(findings_of("a\n\xCC\xEE\xF1\xEA\xE2\xE0\n") ==
        Strings{"a.csv:0 detected 'windows-1251' the file is not UTF-8; it is read as windows-1251"});
}

TEST_CASE("packed files are read, and damage is refused", "[data-loaders]") {
  TestFolder const folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 50000; ++i) text += std::to_string(i) + ",x\n";
  folder.write("a.csv.gz", gzip(text));
  folder.write("a.csv.zst", zstd(text));
  folder.write("a.csv", text);
  auto const plain = read_shown(dataset_of("a.csv"), folder.context());
  CHECK(read_shown(dataset_of("a.csv.gz"), folder.context()) == plain);
  CHECK(read_shown(dataset_of("a.csv.zst"), folder.context()) == plain);
  folder.write("cut.csv.gz", gzip(text).substr(0, 5000));
  CHECK(read_shown(dataset_of("cut.csv.gz"), folder.context()) ==
        "cut.csv.gz: error[damaged-file]: 'cut.csv.gz' is cut off: the packed data end too early\n"
        "  hint: fetch or pack it again\n");
  std::string broken = zstd(text);
  broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 0x55);
  broken.resize(broken.size() - 10);
  folder.write("bad.csv.zst", broken);
  CHECK(read_shown(dataset_of("bad.csv.zst"), folder.context()).find("error[damaged-file]") != std::string::npos);
}

TEST_CASE("several files are one dataset by the names of columns", "[data-loaders]") {
  TestFolder const folder;
  folder.write("data/b.csv", "people,region\n2,Qax\n");
  folder.write("data/a.csv", "region,people\nQuba,1\n");
  auto dataset = dataset_of("data/*.csv", {{.name = "people", .type = Type::integer}});
  dataset.source.file_column = "file";
  CHECK(read_shown(dataset, folder.context(), {"region", "people", "file"}) == "Quba|1|a.csv\nQax|2|b.csv\n");
  folder.write("data/c.csv", "region,poeple\nOğuz,3\n");
  CHECK(read_shown(dataset, folder.context(), {"region", "people"}) ==
        "data/c.csv: row 1, column 'people': error[unknown-column]: 'data/c.csv' has no column 'people'\n"
        "  hint: did you mean 'poeple'?\n");
}

TEST_CASE("files outside the programme's folder are refused", "[data-loaders]") {
  TestFolder const folder;
  TestFolder const other;
  other.write("x.csv", "a\n1\n");
  std::filesystem::create_symlink(other.path() / "x.csv", folder.path() / "link.csv");
  std::string const up = "../" + other.path().filename().string() + "/x.csv";
  CHECK(read_shown(dataset_of(up), folder.context()) ==
        "error[outside-folder]: '" + up +
            "' is outside the programme's folder\n"
            "  hint: paths are relative to the folder of programme.json and stay below it\n");
  CHECK(read_shown(dataset_of("link.csv"), folder.context()) ==
        "error[outside-folder]: 'link.csv' leads out of the programme's folder by a symbolic link\n"
        "  hint: copy the file below the programme's folder\n");
  auto context = folder.context();
  context.allow_outside = true;
  CHECK(read_shown(dataset_of(up), context) == "1\n");
  CHECK(read_shown(dataset_of("none*.csv"), folder.context()) ==
        "error[no-such-file]: no file matches 'none*.csv'\n"
        "  hint: paths are relative to the folder of programme.json\n");
}

TEST_CASE("personal cells are masked in findings", "[data-loaders]") {
  auto const dataset = dataset_of("a.csv", {{.name = "born", .type = Type::date, .personal = true}});
  CHECK(findings_of("born,x\n31/12/1980,1,secret\n", dataset) ==
        Strings{"a.csv:2 born rejected-cell '•••' not a date of the form yyyy-mm-dd",
                "a.csv:2 long-row '•••' 3 cells where 2 were expected; those behind the last column are not read"});
}

TEST_CASE("the file's hash is that of its bytes", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv", "a\nabc\n");
  auto const source = open_source(dataset_of("a.csv"), folder.context());
  REQUIRE(source);
  struct : BatchSink {
    void begin(unsigned) override {}
    bool accept(Batch&) override { return true; }
  } sink;
  ScanRequest request;
  request.hash_files = true;
  auto const summary = (*source)->scan(request, sink);
  REQUIRE(summary);
  CHECK(summary->files[0].sha256 == "6b6494035bc577dae2ff22d9522d839aff3a497561447d65da21ddd11bd5f151");
  CHECK(summary->files[0].bytes == 6);
  CHECK(summary->files[0].rows == 1);
}
