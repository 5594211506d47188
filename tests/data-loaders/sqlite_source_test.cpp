#include <sqlite3.h>

#include "csv_fixture.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

void make_database(TestFolder const& folder, std::string const& name, char const* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((folder.path() / name).c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

constexpr char const* kPeople =
    "create table people (id text, born text, visits integer, cost real, active integer, photo blob, \"odd \"\" "
    "name\");"
    "create index by_id on people (id desc, visits);"
    "insert into people values ('007', '1990-02-28', 3, 0.1, 1, x'00', 'a'), ('b', '1990-02-30', 2.5, 1e-7, 0, null, "
    "null), ('c', null, 9007199254740993, 12, 2, null, '');";

}  // namespace

TEST_CASE("the only table of a database is read in the order of its rows", "[sqlite]") {
  TestFolder const folder;
  make_database(folder, "a.db", kPeople);
  CHECK(read_shown(dataset_of("a.db"), folder.context()) ==
        "007|1990-02-28|3|0.1|1|·|a\n"
        "b|1990-02-30|2.5|0.0000001|0|·|·\n"
        "c|·|9007199254740993|12|2|·|·\n");
}

TEST_CASE("values of a database are typed as declared and rejects are found", "[sqlite]") {
  TestFolder const folder;
  make_database(folder, "a.db", kPeople);
  auto const dataset = dataset_of("a.db", {{"born", Type::date},
                                           {"visits", Type::integer},
                                           {"cost", Type::decimal},
                                           {"active", Type::boolean},
                                           {.name = "odd", .from = "odd \" name"}});
  auto const table = read(dataset, folder.context(), {"born", "visits", "cost", "active", "odd"});
  REQUIRE(table);
  CHECK(shown(*table) == "1990-02-28|3|0.1|true|a\n·|·|·|false|·\n·|9007199254740993|12|·|·\n");
  CHECK(findings_shown(dataset, folder.context(), {"photo"}) == "a.db:1 photo rejected-cell '' bytes, not text\n");
  CHECK(shown(table->summary.findings) ==
        "a.db:2 born rejected-cell '1990-02-30' there is no such day\n"
        "a.db:2 visits rejected-cell '2.5' not a whole number\n"
        "a.db:2 cost rejected-cell '0.0000001' more than six decimal places\n"
        "a.db:3 active rejected-cell '2' not yes or no\n");
}

TEST_CASE("a query may select and nothing else", "[sqlite]") {
  TestFolder const folder;
  make_database(folder, "a.db", kPeople);
  auto dataset = dataset_of("a.db");
  dataset.source.query = "select id, visits * 2 as twice from people where visits > 2.6 order by id;";
  CHECK(read_shown(dataset, folder.context()) == "007|6\nc|18014398509481986\n");
  for (auto const* query : {"delete from people", "attach 'b.db' as b", "pragma user_version"}) {
    dataset.source.query = query;
    CHECK(read_shown(dataset, folder.context()) ==
          "a.db: error[unreadable-file]: 'a.db' is only read here: a query may select, and nothing else\n");
  }
  dataset.source.query = "select 1; select 2";
  CHECK(read_shown(dataset, folder.context()) ==
        "a.db: error[unreadable-file]: 'a.db' needs one query, a single \"select\"\n");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "b.db"));
}

TEST_CASE("a table that is not there or not said is an error with the choices", "[sqlite]") {
  TestFolder const folder;
  make_database(folder, "a.db", "create table visits (a); create table people (b);");
  auto dataset = dataset_of("a.db");
  CHECK(read_shown(dataset, folder.context()) ==
        "a.db: error[unknown-table]: 'a.db' has 2 tables; \"table\" or \"query\" says which to read\n"
        "  hint: one of: people, visits\n");
  dataset.source.table = "peple";
  CHECK(read_shown(dataset, folder.context()) ==
        "a.db: error[unknown-table]: 'a.db' has no table 'peple'\n  hint: did you mean 'people'?\n");
  dataset.source.table = "Visits";
  CHECK(read_shown(dataset, folder.context()).empty());
}

TEST_CASE("a damaged or foreign database is refused", "[sqlite]") {
  TestFolder const folder;
  folder.write("a.db",
               "not a database at all, but long enough to have a header of one hundred bytes, which SQLite "
               "reads before anything else");
  CHECK(read_shown(dataset_of("a.db"), folder.context()) ==
        "a.db: error[unreadable-file]: 'a.db' is not an SQLite database, or is encrypted\n");
}
