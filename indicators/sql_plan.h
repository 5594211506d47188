// An aggregation plan as SQL statements that run where the rows live: the finest groups come back, not the rows.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "indicators/engine.h"
#include "indicators/sql_expression.h"
#include "indicators/sql_layers.h"
#include "indicators/sql_stretches.h"

namespace yekun {

/// What a statement's rows are.
struct SqlStatement {
  enum class Gives {
    facts,     // one row: rows, first date, last date, rows without a date, rows that must be read, then for every
               // lookup its unmatched rows
    obstacle,  // a row: only reading gives the right numbers (or the right words of what is wrong)
    examples,  // keys without a match in a lookup
    states,    // a row a group: its place, then the states of aggregates
    values,    // a row a group and value (id, pair): its place, the value, (the other,) how many rows
    contacts,  // a row an id: its first date
    numbers  // a row a place of some dimensions: which of the layer's stretches, then how many different ids there are
  };
  Gives gives = Gives::states;
  std::size_t grouping = 0;               // states, values; contacts: index of the contact; examples: of the lookup
  std::vector<std::size_t> aggregates{};  // states: in this order; values: the one
  bool once = false;                      // states: rows must be different groups
  std::vector<std::size_t> rows_only{};   // states: of `aggregates` those that are nothing but the rows used
  std::uint32_t set = 0;                  // numbers: which of the grouping's dimensions, a bit each
  SqlLayer layer{};                       // numbers
  std::size_t facts_at = 0;               // states: the same of the group's rows from this column on; 0: not there
  SqlStretches stretches{};               // the place's first column: the number of the stretch, or the day
  std::string sql{};
  std::vector<std::string> parameters{};
  bool is_rows_only(std::size_t aggregate) const {
    return std::find(rows_only.begin(), rows_only.end(), aggregate) != rows_only.end();
  }
};

/// Statements, or why the rows have to be read instead.
struct SqlPlan {
  std::string reason{};  // empty: statements hold all of the plan
  std::vector<SqlStatement> statements{};
  /// The same, without supposing which days there are, or that each group of a place comes once: where the statements
  /// turn out to suppose wrongly. Empty: they suppose nothing.
  std::vector<SqlStatement> plain{};
};

/// Failures: the database cannot be reached or asked.
Result<SqlPlan> compile_sql(Dataset const& dataset, CompiledPlan const& plan, SqlTable const& table,
                            SourceOpener& sources, FactsOf facts);

/// What a dataset whose spec says that its database computes is told where the rows would have to be read.
Diagnostic refused_by_database(std::string const& dataset, std::string const& reason);

/// The statements as text, with their parameters as comments; the reason as a comment where there are none.
std::string to_text(SqlPlan const& plan, std::string const& dataset);

}  // namespace yekun
