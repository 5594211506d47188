// Expressions over small tables: values and mistakes.
#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "indicators/evaluate.h"
#include "tests/indicators/small_table.h"

namespace yekun::test {

inline Place spec_place(std::string file, std::uint64_t line, std::uint64_t column) {
  Place place;
  place.file = std::move(file);
  place.line = line;
  place.column = column;
  return place;
}

inline std::string messages(Diagnostics const& diagnostics) {
  std::string all;
  for (Diagnostic const& d : diagnostics) all += to_text(d, false);
  return all;
}

/// All entries of the expression over the table.
inline std::vector<std::string> values(std::string_view text, SmallTable const& table) {
  auto const parsed = parse(text);
  if (!parsed) FAIL(messages(parsed.error()));
  auto const bound = bind(*parsed, table.schema);
  if (!bound) FAIL(messages(bound.error()));
  auto const column = evaluate(*bound, table.batch);
  if (!column) FAIL(messages(column.error()));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < table.batch.rows; ++i) out.push_back(cell_text(*column, i));
  return out;
}

/// The value of an expression without columns.
inline std::string value(std::string_view text) {
  SmallTable table;
  table.batch.rows = 1;
  return values(text, table).front();
}

/// The diagnostics of an expression that must not bind or evaluate.
inline std::string mistakes(std::string_view text, SmallTable const& table,
                            Place const& place = spec_place("p.json", 3, 10)) {
  auto const parsed = parse(text, place);
  if (!parsed) return messages(parsed.error());
  auto const bound = bind(*parsed, table.schema);
  if (!bound) return messages(bound.error());
  auto const column = evaluate(*bound, table.batch);
  REQUIRE_FALSE(column);
  return messages(column.error());
}

}  // namespace yekun::test
