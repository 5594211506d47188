// Expressions as PostgreSQL's SQL: the same values for the same rows, or a reason why not.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/sql_table.h"
#include "indicators/compiled_plan.h"

namespace yekun {

/// A table as a statement calls it ("r", "l0"), and what its columns are in the database.
struct SqlRelation {
  std::string alias{};
  std::string from{};
  std::vector<SqlColumn> columns{};
  Dataset const* dataset = nullptr;
  SqlColumn const* column(std::string_view name) const;
};

/// Writes expressions over the rows (relation 0) and the targets of lookups (by index). Literals become parameters.
/// Values are exact: integers are bigint, decimals numeric(18,6) (a larger one is an error of the database, so that the
/// rows are read instead), texts compare by code point.
class SqlWriter {
 public:
  SqlWriter(CompiledPlan const& plan, SqlRelation const& rows, std::map<std::size_t, SqlRelation> const& lookups)
      : plan_(plan), rows_(rows), lookups_(lookups) {}

  std::string write(BoundExpression const& expression);
  /// A condition that is true where the expression is, and false or null elsewhere: planners see plain columns.
  std::string holds(BoundExpression const& expression) { return holds(expression.root, expression); }
  /// A condition that is true where the expression has a value, and false or null elsewhere; empty: everywhere.
  std::string present(BoundExpression const& expression) { return present(expression.root, expression); }
  /// Of a date's SQL: in a year that no Date has.
  static std::string unfit_date(std::string const& date);
  /// Of a number's SQL: it is one that only databases have.
  static std::string not_a_number(std::string const& number) { return number + " = 'NaN'"; }
  std::string schema_column(std::size_t column);
  /// A column of a relation in the type that the spec declares; what the declaration asks for beyond types is refused.
  std::string typed(SqlRelation const& relation, std::string const& name);
  std::string parameter(std::string value, std::string_view type);

  /// "null" of nothing; what could not be written first.
  std::string const& reason() const { return reason_; }
  std::vector<std::string> const& parameters() const { return parameters_; }
  /// Conditions under which a value of a column that was used is no value of its declared type (in other words: counted
  /// rows must be 0, else the rows are to be read).
  std::vector<std::string> const& unfit() const { return unfit_; }

 private:
  std::string node(BoundNode const& node, BoundExpression const& expression);
  std::string holds(BoundNode const& node, BoundExpression const& expression);
  std::string present(BoundNode const& node, BoundExpression const& expression);
  std::string all_present(BoundNode const& node, BoundExpression const& expression);
  /// A column of texts as it is, with the empty text for a missing one; nullopt: it is something else.
  std::optional<std::string> raw_text(BoundNode const& node, BoundExpression const& expression) const;
  static constexpr double kMostDecimal = 9e12;  // a Decimal holds a little more
  double greatest(BoundNode const& node, BoundExpression const& expression) const;
  std::string parts(BoundNode const& node, BoundExpression const& expression, std::string_view between);
  std::string constant(Constant const& value, Type type);
  std::string sum(BoundNode const& node, BoundExpression const& expression);
  std::string compare(BoundNode const& node, BoundExpression const& expression);
  std::string in_list(BoundNode const& node, BoundExpression const& expression);
  std::string case_when(BoundNode const& node, BoundExpression const& expression);
  std::string call(BoundNode const& node, BoundExpression const& expression);
  std::string date_call(BoundNode const& node, std::vector<std::string> const& arguments);
  std::string band(BoundNode const& node, std::string const& value);
  std::string refuse(std::string reason);

  CompiledPlan const& plan_;
  SqlRelation const& rows_;
  std::map<std::size_t, SqlRelation> const& lookups_;
  std::string reason_{};
  std::vector<std::string> parameters_{};
  std::map<std::string, std::string> known_{};  // parameters by type and value
  std::vector<std::string> unfit_{};
};

}  // namespace yekun
