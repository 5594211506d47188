// The tables that a plan's statements are about: the rows, and behind them the targets of its lookups.
#pragma once

#include <map>
#include <string>

#include "indicators/sql_expression.h"

namespace yekun {

struct SqlRelations {
  Dataset const* dataset = nullptr;
  CompiledPlan const* plan = nullptr;
  SqlRelation rows{};                            // "r"
  std::map<std::size_t, SqlRelation> lookups{};  // "l0", "l1", ...: those that the plan needs

  /// The key of a lookup's target.
  std::string key(SqlWriter& writer, std::size_t lookup) const;
  /// "from ... as r left join ... as l0 on ...".
  std::string from(SqlWriter& writer) const;

 private:
  std::string match(SqlWriter& writer, std::size_t lookup) const;
};

/// Failures: the database cannot be asked.
Result<SqlRelation> sql_relation(SqlTable const& table, std::string alias);

}  // namespace yekun
