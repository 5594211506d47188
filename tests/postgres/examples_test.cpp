// The five examples give the same numbers from files, SQLite and PostgreSQL.
#include <sqlite3.h>

#include <sstream>

#include "core/utf8.h"
#include "indicators/findings_source.h"
#include "indicators/planner.h"
#include "tests/postgres/moved_programme.h"

using namespace yekun;
using namespace yekun::testing;

namespace {

struct Three {
  Programme files{};
  Programme sqlite{};
  Programme postgres{};
};

void store_in_sqlite(std::string const& path, std::string const& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  int const code = sqlite3_exec(database, ("begin;" + sql + "commit").c_str(), nullptr, nullptr, nullptr);
  INFO(sqlite3_errmsg(database));
  REQUIRE(code == SQLITE_OK);
  sqlite3_close(database);
}

/// All columns, but for those that only case tells from a declared one: SQLite takes them for the same.
std::vector<std::string> stored_columns(Dataset const& dataset, SourceContext const& context) {
  auto const source = open_source(dataset, context);
  REQUIRE(source);
  auto const found = (*source)->columns();
  REQUIRE(found);
  std::vector<std::string> names;
  for (auto const& column : *found) {
    bool const shadows = std::any_of(dataset.columns.begin(), dataset.columns.end(), [&](auto const& declared) {
      return declared.name != column.name && lower(declared.name) == lower(column.name);
    });
    if (!shadows) names.push_back(column.name);
  }
  return names;
}

/// Moves every dataset of an example's programme into tables of both databases.
Three moved(std::string const& example, TestFolder const& folder) {
  std::string const home = std::string(YEKUN_SOURCE_DIR) + "/examples/" + example;
  auto parsed = read_programme(home + "/programme.json");
  REQUIRE(parsed);
  Three out{parsed->programme, parsed->programme, parsed->programme};
  SourceContext const context{.folder = home};
  std::string for_sqlite;
  std::string for_postgres = "drop schema if exists example cascade; create schema example;";
  for (std::size_t i = 0; i < out.files.datasets.size(); ++i) {
    Dataset const& dataset = out.files.datasets[i];
    if (is_findings(dataset)) continue;
    auto const table = read(dataset, context, stored_columns(dataset, context));
    REQUIRE(table);
    for_sqlite += table_statements(quoted_name(dataset.id), *table, true);
    for_postgres += table_statements("example." + quoted_name(dataset.id), *table, false);
    SourceSpec source;
    source.table = dataset.id;
    Dataset& in_sqlite = out.sqlite.datasets[i];
    in_sqlite.source = source;
    in_sqlite.source.files = {(folder.path() / "example.sqlite").string()};
    settle_columns(in_sqlite, *table);
    Dataset& in_postgres = out.postgres.datasets[i];
    in_postgres.source = source;
    in_postgres.source.connection = server_address() + " user=postgres";
    in_postgres.source.table = "example." + dataset.id;
    settle_columns(in_postgres, *table);
  }
  store_in_sqlite((folder.path() / "example.sqlite").string(), for_sqlite);
  ask_server(for_postgres);
  return out;
}

Environment environment_of(Programme const& programme) {
  Environment out;
  out.sources.folder = programme.folder;
  out.sources.allow_outside = true;
  out.as_of = programme.start.value_or(Date{20000});
  return out;
}

/// For no dimension and for each: all indicators that may be asked so, by half-year.
std::vector<Question> questions_of(Programme const& programme) {
  std::vector<Question> out;
  Environment const environment = environment_of(programme);
  SourceCache sources(programme, environment.sources);
  std::vector<std::vector<std::string>> by{{}};
  for (auto const& dimension : programme.dimensions) by.push_back({dimension.id});
  for (auto const& dimensions : by) {
    Question question;
    question.by = dimensions;
    question.period =
        Period{*parse_iso_date("2018-01-01"), *parse_iso_date("2026-01-01"), PeriodKind::range, "2018..2025", false};
    question.per = PeriodKind::half;
    question.totals = true;
    std::vector<std::string> may;
    for (auto const& indicator : programme.indicators) {
      question.indicators = {indicator.id};
      if (plan(programme, std::span(&question, 1), sources, environment)) may.push_back(indicator.id);
    }
    if (may.empty()) continue;
    question.indicators = std::move(may);
    out.push_back(std::move(question));
  }
  return out;
}

std::string numbers_of(Programme const& programme, std::vector<Question> const& questions) {
  auto const answers = answer(programme, questions, environment_of(programme));
  if (!answers) return shown(answers.error());
  std::string out;
  for (auto const& one : answers->answers) out += to_csv(one);
  return out;
}

/// The first lines that differ.
std::string first_difference(std::string const& a, std::string const& b) {
  std::istringstream left(a);
  std::istringstream right(b);
  std::string one;
  std::string other;
  for (;;) {
    bool const more = static_cast<bool>(std::getline(left, one));
    bool const more_there = static_cast<bool>(std::getline(right, other));
    if (more != more_there) return "one is longer";
    if (!more) return "";
    if (one != other) return one + " | " + other;
  }
}

}  // namespace

TEST_CASE("the five examples give the same numbers from files, SQLite and PostgreSQL", "[postgres][examples]") {
  for (std::string const example :
       {"az-social-services", "az-association", "ge-association", "tm-online-training", "tm-field-work"}) {
    INFO(example);
    TestFolder const folder;
    Three const three = moved(example, folder);
    auto const questions = questions_of(three.files);
    REQUIRE(questions.size() > 1);
    std::string const numbers = numbers_of(three.files, questions);
    REQUIRE(numbers.size() > 1000);
    CHECK(first_difference(numbers, numbers_of(three.sqlite, questions)) == "");
    CHECK(first_difference(numbers, numbers_of(three.postgres, questions)) == "");
  }
}
