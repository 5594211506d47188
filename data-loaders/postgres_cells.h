// Values as PostgreSQL prints them, into columns of any type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/row_writer.h"
#include "data-loaders/sql_table.h"

namespace yekun {

/// By the type's number in the catalogue.
SqlType sql_type_of(unsigned oid);

/// Cuts a line of COPY's text form into cells, unescaped; nullopt: null. Views into `scratch`, which keeps its memory.
void cut_copy_line(std::string_view line, std::string& scratch, std::vector<SqlValue>& cells);

void write_cell(SqlType type, SqlValue const& value, RowWriter& writer, std::size_t column, std::uint64_t row);

}  // namespace yekun
