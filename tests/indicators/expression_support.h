// Small tables for tests of expressions.
#pragma once

#include <catch2/catch.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/column.h"
#include "core/column_text.h"
#include "indicators/bind.h"
#include "indicators/evaluate.h"

namespace yekun::test {

/// A table under construction: names, types and cells as text ("" is missing).
struct SmallTable {
  Schema schema{};
  Batch batch{};

  void add(std::string name, Type type, std::vector<std::string> const& cells, TextForm form = TextForm::coded) {
    schema.columns.push_back({std::move(name), type});
    batch.rows = cells.size();
    Column column;
    column.type = type;
    column.form = form;
    auto dictionary = std::make_shared<Dictionary>();
    for (std::string const& cell : cells) {
      column.present.push_back(!cell.empty());
      if (type == Type::text && form == TextForm::coded)
        column.codes.push_back(cell.empty() ? 0 : dictionary->code(cell));
      if (type == Type::text && form == TextForm::raw) column.raw.push_back(kept(cell));
      if (type == Type::number) column.number.push_back(cell.empty() ? 0 : std::stod(cell));
      if (type == Type::text || type == Type::number) continue;
      column.whole.push_back(cell.empty() ? 0 : whole(type, cell));
    }
    if (type == Type::text) column.dictionary = dictionary;
    batch.columns.push_back(std::move(column));
  }

 private:
  static std::int64_t whole(Type type, std::string const& cell) {
    if (type == Type::decimal) return parse_decimal(cell).value.micros;
    if (type == Type::date) return parse_iso_date(cell).value().days;
    if (type == Type::boolean) return cell == "true" ? 1 : 0;
    return std::stoll(cell);
  }
  std::string_view kept(std::string const& cell) {
    if (!texts_) {
      texts_ = std::make_shared<std::deque<std::string>>();
      batch.bytes = texts_;
    }
    return texts_->emplace_back(cell);
  }
  std::shared_ptr<std::deque<std::string>> texts_{};
};

/// One entry as text: "null" where missing.
inline std::string cell_text(Column const& column, std::size_t row) {
  if (!column.has(row)) return "null";
  return entry_text(column, row);
}

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
