#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

TEST_CASE("undeclared columns are text, as they stand, and only empty cells are missing", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv", "id,name,amount\n007,nan,1.50\n008,,NA\n");
  CHECK(read_shown(dataset_of("a.csv"), folder.context()) == "007|nan|1.50\n008|·|NA\n");
}

TEST_CASE("declared types decide how cells are read", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv",
               "n,money,x,day,yes\n"
               "12,3.50,1e3,2024-02-29,yes\n"
               "-7,-0.000001,2.5,2023-01-01,0\n"
               ",,,,\n");
  auto const dataset = dataset_of("a.csv", {{.name = "n", .type = Type::integer},
                                            {.name = "money", .type = Type::decimal},
                                            {.name = "x", .type = Type::number},
                                            {.name = "day", .type = Type::date},
                                            {.name = "yes", .type = Type::boolean}});
  CHECK(read_shown(dataset, folder.context()) ==
        "12|3.5|1000|2024-02-29|true\n"
        "-7|-0.000001|2.5|2023-01-01|false\n"
        "·|·|·|·|·\n");
}

TEST_CASE("a cell that does not parse is missing and found with row, column and reason", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv", "n,day,note\n12,2024-02-30,\"two\nlines\"\nmany,2023-01-01,x\n");
  auto const dataset = dataset_of("a.csv", {{.name = "n", .type = Type::integer}, {.name = "day", .type = Type::date}});
  auto const table = read(dataset, folder.context(), {"n", "day"});
  REQUIRE(table);
  CHECK(shown(*table) == "12|·\n·|2023-01-01\n");
  REQUIRE(table->summary.findings.listed.size() == 2);
  CHECK(shown(table->summary.findings.listed[0]) == "a.csv:2 day rejected-cell '2024-02-30' there is no such day");
  CHECK(shown(table->summary.findings.listed[1]) == "a.csv:4 n rejected-cell 'many' not a whole number");
  CHECK(table->row_in_file == std::vector<std::uint64_t>{2, 4});
}

TEST_CASE("a wanted column that is not there fails with the nearest name", "[data-loaders]") {
  TestFolder const folder;
  folder.write("a.csv", "region,people\nQuba,3\n");
  CHECK(read_shown(dataset_of("a.csv"), folder.context(), {"regoin"}) ==
        "a.csv: row 1, column 'regoin': error[unknown-column]: 'a.csv' has no column 'regoin'\n"
        "  hint: did you mean 'region'?\n");
}
