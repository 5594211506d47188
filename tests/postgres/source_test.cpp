#include <chrono>
#include <thread>

#include "data-loaders/postgres_pool.h"
#include "tests/data-loaders/csv_fixture.h"
#include "tests/postgres/database.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

SourceContext const kNowhere{};

}  // namespace

TEST_CASE("a table's rows are typed as declared, in the order of the table", "[postgres]") {
  ask_server(
      "drop table if exists people; create table people (id text, born date, visits int, cost numeric(12,4), exact "
      "numeric, active boolean, score double precision, seen timestamp, told timestamptz, code char(5), \"odd \"\" "
      "name\" varchar, photo bytea); insert into people values "
      "('007', '1990-02-28', 3, 0.1, 123456789012.123456, true, 0.1, '2025-03-01 23:30', '2025-03-01 23:30+00', 'ab', "
      "E'tab\\tnew\\nline\\\\', '\\x00'),"
      "('', null, -2, 12, 1.50000000, false, 1e300, null, null, null, '', null),"
      "('c', '0044-03-15 BC', null, -0.05, 'NaN', null, 'Infinity', 'infinity', null, null, null, null)");
  Dataset dataset = table_dataset("people", {{"born", Type::date},
                                             {"visits", Type::integer},
                                             {"cost", Type::decimal},
                                             {"exact", Type::decimal},
                                             {"active", Type::boolean},
                                             {"score", Type::number},
                                             {"seen", Type::date},
                                             {"told", Type::date},
                                             {.name = "odd", .from = "odd \" name"}});
  dataset.timezone = "Asia/Tbilisi";
  auto const table =
      read(dataset, kNowhere,
           {"id", "born", "visits", "cost", "exact", "active", "score", "seen", "told", "code", "odd", "photo"});
  REQUIRE(table);
  CHECK(shown(*table) ==
        "007|1990-02-28|3|0.1|123456789012.123456|true|0.1|2025-03-01|2025-03-02|ab|tab\tnew\nline\\|·\n"
        "·|·|-2|12|1.5|false|1e300|·|·|·|·|·\n"
        "c|·|·|-0.05|·|·|·|·|·|·|·|·\n");
  CHECK(shown(table->summary.findings) ==
        "people:1 photo rejected-cell '' bytes, not text\n"
        "people:3 born rejected-cell '0044-03-15 BC' not a date of the form yyyy-mm-dd\n"
        "people:3 exact rejected-cell 'NaN' not a number\n"
        "people:3 score rejected-cell 'Infinity' not a number\n"
        "people:3 seen rejected-cell 'infinity' not a date of the form yyyy-mm-dd\n");
}

TEST_CASE("undeclared columns are text as the database writes them", "[postgres]") {
  auto const shown_rows = read_shown(
      query_dataset("select 1 as i, 1.50::numeric(9,2) as n, true as b, date '2025-01-31' as d, 0.1::float8 as f, "
                    "'{1,2}'::int[] as list;  "),
      kNowhere);
  CHECK(shown_rows == "1|1.50|true|2025-01-31|0.1|{1,2}\n");
}

TEST_CASE("numbers and dates that are stored as text are read as declared", "[postgres]") {
  auto dataset = query_dataset("select '31.01.2025' as day, '1,5' as n, 7 as flag",
                               {{.name = "day", .type = Type::date, .date_format = "dd.mm.yyyy"},
                                {"n", Type::decimal},
                                {.name = "flag", .mapping = {{"7", "seven"}}}});
  dataset.source.dialect.decimal = ',';
  CHECK(read_shown(dataset, kNowhere, {"day", "n", "flag"}) == "2025-01-31|1.5|seven\n");
}

TEST_CASE("an empty table and a table without columns are no mistakes", "[postgres]") {
  ask_server("drop table if exists nothing, bare; create table nothing (a text); create table bare ()");
  CHECK(read_shown(table_dataset("nothing"), kNowhere) == "");
  CHECK(columns_shown(table_dataset("nothing"), kNowhere) == "[a]");
  CHECK(columns_shown(table_dataset("bare"), kNowhere) == "");
}

TEST_CASE("tables are found by schema, without regard to case where that is clear, and missing ones suggested",
          "[postgres]") {
  ask_server(
      "drop schema if exists registry cascade; create schema registry; create table registry.visits (a int); drop "
      "table "
      "if exists \"Mixed\"; create table \"Mixed\" (b int)");
  CHECK(columns_shown(table_dataset("registry.visits"), kNowhere) == "[a]");
  CHECK(columns_shown(table_dataset("mixed"), kNowhere) == "[b]");
  CHECK(columns_shown(table_dataset("registry.visit"), kNowhere) ==
        "error[unknown-table]: the database of 'd' has no table 'registry.visit'\n  hint: did you mean "
        "'registry.visits'?\n");
  CHECK(read_shown(table_dataset("Mixed"), kNowhere, {"c"}) ==
        "Mixed: column 'c': error[unknown-column]: 'Mixed' has no column 'c'\n  hint: did you mean 'b'?\n");
}

TEST_CASE("a query may select and nothing else", "[postgres]") {
  ask_server(
      "drop table if exists kept; create table kept (a int); insert into kept values (1); drop "
      "sequence if exists counter; create sequence counter");
  auto const said = [](std::string const& query) { return read_shown(query_dataset(query), kNowhere); };
  CHECK(said("select a from kept") == "1\n");
  CHECK(said("select a from kept -- and a remark") == "1\n");
  CHECK(said("select 1; drop table kept") ==
        "error[bad-query]: the rows of 'd' cannot be asked for: cannot insert multiple commands into a prepared "
        "statement\n");
  CHECK(said("delete from kept returning a") ==
        "error[bad-query]: the rows of 'd' cannot be asked for: syntax error at or near \"from\"\n");
  CHECK(said("with gone as (delete from kept returning a) select a from gone") ==
        "error[bad-query]: the rows of 'd' cannot be asked for: WITH clause containing a data-modifying statement must "
        "be at the top level\n");
  CHECK(said("select 1) as q) to program 'true' --") ==
        "error[bad-query]: the rows of 'd' cannot be asked for: syntax error at or near \")\"\n");
  CHECK(said("select nextval('counter')") ==
        "error[read-only]: the database of 'd' is only read here: a query may select, and nothing else\n");
  CHECK(ask_server("select count(*) from kept") == "1");
  CHECK(said("select b from kept") ==
        "error[bad-query]: the rows of 'd' cannot be asked for: column \"b\" does not exist\n");
}

TEST_CASE("a server's words about a value are not repeated", "[postgres]") {
  ask_server("drop table if exists secret; create table secret (a text); insert into secret values ('Mammadova')");
  CHECK(read_shown(query_dataset("select a::int as n from secret"), kNowhere) ==
        "error[database-failed]: the database could not work out the rows of 'd' (SQL state 22P02)\n  hint: run the "
        "query in psql to see why\n");
}

TEST_CASE("each way of not getting in is told apart", "[postgres]") {
  ask_server(
      "drop table if exists closed; create table closed (a int); drop role if exists reader; create role reader login "
      "password 'also for tests'");
  auto dataset = table_dataset("closed");
  auto const said = [&](std::string const& connection) {
    dataset.source.connection = connection;
    return read_shown(dataset, kNowhere);
  };
  CHECK(said(server_address() + " user=reader") ==
        "error[wrong-password]: '127.0.0.1' does not take the password of user 'reader'\n  hint: the variable "
        "PGPASSWORD, a password file (~/.pgpass) or the service's file gives it\n");
  std::string const address = std::string("host=127.0.0.1 user=postgres port=") + std::getenv("PGPORT");
  CHECK(
      said(address + " dbname=registri") ==
      "error[unknown-database]: '127.0.0.1' has no database 'registri'\n  hint: \"connection\" names it: dbname=...\n");
  CHECK(
      said("host=127.0.0.1 port=1 user=postgres dbname=postgres") ==
      "error[unreachable-database]: no connection to a database: connection to server at \"127.0.0.1\", port 1 failed: "
      "Connection refused\n  hint: is the host right, does the server run, is the network there?\n");
  CHECK(said("host=no.such.host.invalid user=postgres dbname=postgres").starts_with("error[unreachable-database]"));
  CHECK(
      said("no-such-service") ==
      "error[unreachable-database]: no connection to a database: definition of service \"no-such-service\" not found\n "
      " hint: is the host right, does the server run, is the network there?\n");
}

TEST_CASE("rows that a user may not read are refused by name", "[postgres]") {
  ask_server("drop table if exists closed; create table closed (a int); drop role if exists reader");
  ask_server(std::string("create role reader login password '") + std::getenv("PGPASSWORD") + "'");
  auto dataset = table_dataset("closed");
  dataset.source.connection = server_address() + " user=reader";
  CHECK(read_shown(dataset, kNowhere) ==
        "error[no-access]: the rows of 'd' may not be read: permission denied for table closed\n");
}

TEST_CASE("a statement that takes too long is ended", "[postgres]") {
  auto dataset = query_dataset("select 1 as a from pg_sleep(20)");
  dataset.source.timeout_seconds = 1;
  CHECK(read_shown(dataset, kNowhere) ==
        "error[database-time-out]: reading 'd' took longer than 1 seconds\n  hint: \"timeout\" in the source allows "
        "more\n");
}

TEST_CASE("all datasets of a run see one snapshot, and a new run a new one", "[postgres]") {
  ask_server("drop table if exists one, two; create table one (a int); create table two (a int)");
  SourceContext context;
  context.databases = std::make_shared<PostgresPool>();
  CHECK(read_shown(table_dataset("one"), context) == "");
  ask_server("insert into one values (1); insert into two values (2)");
  CHECK(read_shown(table_dataset("one"), context) == "");
  CHECK(read_shown(table_dataset("two"), context) == "");
  // At once, on a second connection.
  auto const held = context.databases->take({table_dataset("two").source.connection, "d", 10, {}});
  REQUIRE(held);
  CHECK(read_shown(table_dataset("two"), context) == "");
  CHECK(read_shown(table_dataset("two"), kNowhere) == "2\n");
}

TEST_CASE("a failed statement leaves the run's snapshot in use", "[postgres]") {
  ask_server("drop table if exists one; create table one (a int)");
  SourceContext context;
  context.databases = std::make_shared<PostgresPool>();
  CHECK(read_shown(table_dataset("one"), context) == "");
  CHECK(read_shown(query_dataset("select b from one"), context).starts_with("error[bad-query]"));
  ask_server("insert into one values (1)");
  CHECK(read_shown(table_dataset("one"), context) == "");
}

TEST_CASE("a connection that broke before any row was used is made again, later ones are told", "[postgres]") {
  ask_server("drop table if exists one; create table one (a int); insert into one values (1)");
  static constexpr char const* kEnd =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yekun'";
  SourceContext context;
  context.databases = std::make_shared<PostgresPool>();
  CHECK(columns_shown(table_dataset("one"), context) == "[a]");
  ask_server(kEnd);
  CHECK(read_shown(table_dataset("one"), context) == "1\n");
  ask_server(kEnd);
  CHECK(read_shown(table_dataset("one"), context) ==
        "error[connection-lost]: the connection was lost while the rows of 'd' were read\n  hint: nothing was written; "
        "run it again\n");
}

TEST_CASE("what is being asked can be cancelled from another thread", "[postgres]") {
  SourceContext context;
  context.databases = std::make_shared<PostgresPool>();
  std::thread stopper([&] {
    for (int i = 0; i < 100; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      if (ask_server("select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(77)%' and "
                     "pid <> pg_backend_pid()") != "0")
        break;
    }
    context.databases->cancel();
  });
  auto const said = read_shown(query_dataset("select 1 as a from pg_sleep(77)"), context);
  stopper.join();
  CHECK(said.starts_with("error[database-time-out]"));
  CHECK(
      ask_server("select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(77)%' and pid "
                 "<> pg_backend_pid()") == "0");
}

TEST_CASE("a scan that has enough ends the statement, and the connection serves on", "[postgres]") {
  struct FirstBatch final : BatchSink {
    std::size_t rows = 0;
    void begin(unsigned) override {}
    bool accept(Batch& batch) override {
      rows += batch.rows;
      return false;
    }
  } sink;
  SourceContext context;
  context.databases = std::make_shared<PostgresPool>();
  auto const source = open_source(query_dataset("select n from generate_series(1, 5000000) as n"), context);
  REQUIRE(source);
  ScanRequest request;
  request.columns = {{"n"}};
  REQUIRE((*source)->scan(request, sink));
  CHECK(sink.rows == 4096);
  CHECK(read_shown(query_dataset("select 1 as a"), context) == "1\n");
}
