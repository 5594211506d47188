// A programme's datasets moved into typed tables of databases: what was read from files once is stored as it was read.
#pragma once

#include "reports/programme_parser.h"
#include "tests/data-loaders/csv_fixture.h"
#include "tests/postgres/database.h"

namespace yekun::testing {

inline std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

inline std::string quoted_text(std::string_view text) {
  std::string out = "'";
  for (char const c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

/// The declared type in PostgreSQL; SQLite takes decimals as text, which is exact.
inline std::string sql_type(Type type, bool sqlite) {
  switch (type) {
    case Type::integer:
      return "bigint";
    case Type::decimal:
      return sqlite ? "text" : "numeric(19,6)";
    case Type::number:
      return "double precision";
    case Type::date:
      return sqlite ? "text" : "date";
    case Type::boolean:
      return sqlite ? "text" : "boolean";
    case Type::text:
      break;
  }
  return "text";
}

/// "create table ...; insert ..." of all rows.
inline std::string table_statements(std::string const& name, Table const& table, bool sqlite) {
  std::string sql = "create table " + name + " (";
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    sql += (c == 0 ? "" : ", ") + quoted_name(table.names[c]) + " " + sql_type(table.columns[c].type, sqlite);
  sql += ");\n";
  for (std::size_t row = 0; row < table.rows(); ++row) {
    sql += row % 500 != 0 ? ", (" : (row == 0 ? "" : ";\n") + ("insert into " + name) + " values (";
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      sql += (c == 0 ? "" : ", ") +
             (table.columns[c].has(row) ? quoted_text(entry_text(table.columns[c], row)) : std::string("null"));
    sql += ")";
  }
  return sql + ";\n";
}

/// Read already: a column has its name and type, and nothing more to be done.
inline void settle_columns(Dataset& dataset, Table const& table) {
  std::vector<ColumnSpec> columns;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    ColumnSpec const* const spec = dataset.column(table.names[c]);
    columns.push_back(
        {.name = table.names[c], .type = table.columns[c].type, .personal = spec != nullptr && spec->personal});
    if (spec != nullptr) columns.back().split = spec->split;
  }
  dataset.columns = std::move(columns);
  dataset.missing.clear();
}

}  // namespace yekun::testing
