// Small tables of typed columns, written as texts; for tests and fuzz targets of expressions.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/column.h"
#include "core/column_text.h"
#include "indicators/bind.h"

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

}  // namespace yekun::test
