// A dataset's rows in memory with the columns it looks up and derives.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "indicators/evaluate.h"
#include "indicators/lookup.h"
#include "indicators/row_schema.h"
#include "indicators/source_cache.h"

namespace yekun {

class JoinedRows {
 public:
  /// `wanted`: indexes into `schema`. Columns that depend on a window stay empty (null).
  static Result<JoinedRows> read(Dataset const& dataset, RowSchema const& schema,
                                 std::vector<std::size_t> const& wanted, SourceCache& sources);

  Table const& table() const { return table_; }
  /// One for each column of the schema, null where it was not wanted.
  std::vector<Column const*> const& columns() const { return columns_; }

 private:
  JoinedRows() = default;
  struct Found {
    LookupTable table;
    std::vector<std::uint32_t> rows;
  };
  std::size_t add(Column column);
  Result<void> look_up(Dataset const& dataset, RowSchema const& schema, std::size_t column,
                       std::vector<std::string> const& wanted, SourceCache& sources);
  Result<void> derive(BoundExpression const& expression, std::size_t column);
  Table table_{};                         // the source's columns
  std::map<std::size_t, Found> found_{};  // by lookup
  std::vector<std::unique_ptr<Column>> made_{};
  std::vector<std::unique_ptr<Evaluator>> evaluators_{};  // own the dictionaries of derived texts
  std::vector<Column const*> columns_{};
};

}  // namespace yekun
