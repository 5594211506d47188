// The server that tests/postgres/server.py started: statements of its owner, and what datasets need to reach it.
#pragma once

#include <libpq-fe.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "data-loaders/dataset.h"

namespace yekun::testing {

/// Runs statements; the first value of the last one.
inline std::string ask_server(std::string const& sql) {
  PGconn* const connection = PQconnectdb("");
  REQUIRE(PQstatus(connection) == CONNECTION_OK);
  PQclear(PQexec(connection, "set client_min_messages = warning"));
  PGresult* const result = PQexec(connection, sql.c_str());
  INFO(PQresultErrorMessage(result));
  auto const status = PQresultStatus(result);
  std::string const value = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  PQfinish(connection);
  REQUIRE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK));
  return value;
}

/// Connection string without user.
inline std::string server_address() {
  return std::string("host=127.0.0.1 port=") + std::getenv("PGPORT") + " dbname=postgres";
}

inline Dataset table_dataset(std::string const& table, std::vector<ColumnSpec> columns = {}) {
  Dataset dataset;
  dataset.id = "d";
  dataset.source.connection = server_address() + " user=postgres";
  dataset.source.table = table;
  dataset.columns = std::move(columns);
  return dataset;
}

inline Dataset query_dataset(std::string const& query, std::vector<ColumnSpec> columns = {}) {
  Dataset dataset = table_dataset("", std::move(columns));
  dataset.source.query = query;
  return dataset;
}

}  // namespace yekun::testing
