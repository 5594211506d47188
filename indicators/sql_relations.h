// The tables that a plan's statements are about: the rows, and behind them the targets of its lookups.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "indicators/sql_expression.h"

namespace yekun {

struct SqlRelations {
  Dataset const* dataset = nullptr;
  CompiledPlan const* plan = nullptr;
  SqlRelation rows{};                            // "r"
  std::map<std::size_t, SqlRelation> lookups{};  // "l0", "l1", ...: those that the plan needs

  /// The key of a lookup's target.
  std::string key(SqlWriter& writer, std::size_t lookup) const;
  /// "from ... as r left join ... as l0 on ...": the lookups that the statement's other parts use. Each row finds one
  /// row of them at most, so that those left out change nothing.
  std::string from(SqlWriter& writer, std::string_view others) const;

 private:
  std::string match(SqlWriter& writer, std::size_t lookup) const;
};

/// Failures: the database cannot be asked.
Result<SqlRelation> sql_relation(SqlTable const& table, std::string alias);

}  // namespace yekun
