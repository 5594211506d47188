#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

std::string cells_of(std::string_view json, std::vector<ColumnSpec> columns = {}, std::vector<std::string> names = {},
                     std::string const& path = {}, std::string const& file = "a.json") {
  TestFolder const folder;
  folder.write(file, json);
  auto dataset = dataset_of(file, std::move(columns));
  dataset.source.path = path;
  return read_shown(dataset, folder.context(), std::move(names));
}

std::string headings_of(std::string_view json) {
  TestFolder const folder;
  folder.write("a.json", json);
  return columns_shown(dataset_of("a.json"), folder.context());
}

}  // namespace

TEST_CASE("records of a JSON array are rows, members that lack are missing", "[json]") {
  CHECK(cells_of(R"([{"id": "007", "n": 1.50, "ok": true}, {"n": null, "id": "b"}, {}])") ==
        "007|1.50|true\nb|·|·\n·|·|·\n");
}

TEST_CASE("nested members are named by their path", "[json]") {
  constexpr auto kJson = R"([{"a": {"b": [{"c": 1}, {"c": 2}]}, "tags": ["x", 3, null]}])";
  CHECK(headings_of(kJson) == "[a.b[0].c][a.b[1].c][tags]");
  CHECK(cells_of(kJson, {{.name = "second", .type = Type::integer, .from = "a.b[1].c"}, {.name = "tags"}},
                 {"second", "tags"}) == "2|x; 3\n");
}

TEST_CASE("JSON values are typed as declared, numbers exactly", "[json]") {
  CHECK(cells_of(R"([{"d": 0.1, "i": 1e3, "t": 12.0, "day": "2025-07-14", "b": 1},
                     {"d": 123456789012.345678, "i": 2.5, "t": 1E+2, "day": 20250714, "b": "no"},
                     {"d": 0.30000000000000004, "i": true, "t": false, "day": "x", "b": false}])",
                 {{"d", Type::decimal}, {"i", Type::integer}, {"t"}, {"day", Type::date}, {"b", Type::boolean}},
                 {"d", "i", "t", "day", "b"}) ==
        "0.1|1000|12.0|2025-07-14|true\n"
        "123456789012.345678|·|100|·|false\n"
        "0.3|·|false|·|false\n");
}

TEST_CASE("records stand where the path says, or in the only array of objects", "[json]") {
  constexpr auto kJson = R"({"count": 2, "data": {"rows": [{"a": 1}, {"a": 2}]}, "list": [1, 2]})";
  CHECK(cells_of(kJson) == "1\n2\n");
  CHECK(cells_of(kJson, {}, {}, "data.rows") == "1\n2\n");
  CHECK(cells_of(kJson, {}, {}, "list") == "1\n2\n");
  CHECK(cells_of(kJson, {}, {}, "rows") ==
        "a.json: error[unreadable-file]: 'a.json' has no array at 'rows'\n  hint: there is 'data.rows'\n");
  CHECK(cells_of(R"({"x": [{"a": 1}], "y": [{"a": 1}]})") ==
        "a.json: error[unreadable-file]: 'a.json' has several arrays of records\n"
        "  hint: say which in \"path\"; there is 'x', 'y'\n");
  CHECK(cells_of(R"({"a": 1, "b": {"c": 2}})") == "1|2\n");
}

TEST_CASE("lines of NDJSON are rows, and a broken line is skipped and found", "[json]") {
  TestFolder const folder;
  folder.write("a.ndjson", "{\"a\": 1}\n\n{\"a\": 2\n{\"a\": 3}\r\n17\n{\"a\": 4}");
  auto const table = read(dataset_of("a.ndjson"), folder.context());
  REQUIRE(table);
  CHECK(shown(*table) == "1\n3\n4\n");
  CHECK(table->row_in_file == std::vector<std::uint64_t>{1, 4, 6});
  REQUIRE(table->summary.findings.listed.size() == 2);
  CHECK(shown(table->summary.findings.listed[0]) == "a.ndjson:3 skipped-row '{\"a\": 2' the line is not valid JSON");
  CHECK(shown(table->summary.findings.listed[1]) == "a.ndjson:5 skipped-row '17' the line holds no record");
  CHECK(table->summary.files[0].rows == 5);
  CHECK(table->summary.files[0].skipped == 2);
}

TEST_CASE("a member that a record has twice is found, and the first is read", "[json]") {
  TestFolder const folder;
  folder.write("a.json", R"([{"a": 1, "a": 2}])");
  CHECK(read_shown(dataset_of("a.json"), folder.context()) == "1\n");
  CHECK(findings_shown(dataset_of("a.json"), folder.context()) ==
        "a.json:1 a doubled-member '2' the record has this member twice; the first is read\n");
}

TEST_CASE("a broken line is masked where the dataset has personal columns", "[json]") {
  TestFolder const folder;
  folder.write("a.ndjson", "{\"name\": \"Aysel\"\n{\"name\": \"Rashad\"}\n");
  auto const table = read(dataset_of("a.ndjson", {{.name = "name", .personal = true}}), folder.context());
  REQUIRE(table);
  CHECK(shown(table->summary.findings.listed.at(0)) == "a.ndjson:1 skipped-row '•••' the line is not valid JSON");
}

TEST_CASE("several objects in a .json file are lines", "[json]") {
  CHECK(cells_of("{\"a\": 1}\n{\"a\": 2}\n") == "1\n2\n");
}

TEST_CASE("DHIS2 data value sets give every value its set, period and unit", "[json][dhis2]") {
  constexpr auto kJson = R"({"dataSet": "ds", "period": "202507", "orgUnit": "ou", "dataValues": [
    {"dataElement": "de1", "value": "12"}, {"dataElement": "de2", "value": "x", "orgUnit": "other"}]})";
  CHECK(headings_of(kJson) == "[dataElement][value][orgUnit][dataSet][period]");
  CHECK(cells_of(kJson, {{"value", Type::integer}}, {"dataElement", "value", "orgUnit", "period"}) ==
        "de1|12|ou|202507\nde2|·|other|202507\n");
}

TEST_CASE("DHIS2 analytics are a table with its headers", "[json][dhis2]") {
  constexpr auto kJson = R"({"headers": [{"name": "dx", "column": "Data"}, {"name": "value", "valueType": "NUMBER"}],
    "metaData": {"items": {"a": {"name": "A"}}}, "rows": [["de1", "12.5"], ["de2", "7"]]})";
  CHECK(headings_of(kJson) == "[dx][value]");
  CHECK(cells_of(kJson, {{"value", Type::decimal}}, {"value", "dx"}) == "12.5|de1\n7|de2\n");
}

TEST_CASE("survey questions in groups are found by their own name", "[json][kobo]") {
  CHECK(cells_of(R"({"results": [{"intro/age": "12", "_uuid": "u"}]})", {{"age", Type::integer}}, {"age"}) == "12\n");
}

TEST_CASE("broken JSON is refused with its line", "[json]") {
  CHECK(cells_of("[{\"a\": 1},\n {\"a\": }]") ==
        "a.json: error[unreadable-file]: 'a.json' is not valid JSON: line 2, near '\"a\": }'\n");
  CHECK_THAT(cells_of(std::string(100'000, '[')), Catch::Matchers::Contains("is nested too deeply on line 1"));
  CHECK_THAT(cells_of("[\"" + std::string(20 << 20, 'x') + "\"]"),
             Catch::Matchers::Contains("holds a single text of more than 16 MB"));
}

TEST_CASE("a column that no record has is an error with the nearest", "[json]") {
  CHECK(cells_of(R"([{"region": 1}])", {}, {"regoin"}) ==
        "a.json: column 'regoin': error[unknown-column]: no record of 'a.json' has 'regoin'\n  hint: did you mean "
        "'region'?\n");
  CHECK(cells_of("[]", {}, {"region"}).empty());
}
