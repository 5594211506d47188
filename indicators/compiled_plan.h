// A plan bound to a dataset's columns: every distinct expression, mask and list of ids once, so that measures share
// them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indicators/bind.h"
#include "indicators/plan.h"
#include "indicators/row_schema.h"

namespace yekun {

struct CompiledExpression {
  BoundExpression bound{};
  bool windowed = false;  // reads window_first or window_end
};

/// Rows that count: all conditions are true, argument and weight are present.
struct CompiledMask {
  std::vector<std::size_t> conditions{};
  std::optional<std::size_t> argument{};
  std::optional<std::size_t> weight{};
  bool dated = false;  // and the row has a date
  bool windowed = false;
  friend bool operator==(CompiledMask const&, CompiledMask const&) = default;
};

/// The numbers of an expression's values in a domain.
struct CompiledIds {
  std::size_t expression = 0;
  std::size_t domain = 0;
  std::size_t mask = 0;  // that the value is present
  friend bool operator==(CompiledIds const&, CompiledIds const&) = default;
};

struct CompiledAggregate {
  AggregateKind kind = AggregateKind::count;
  Type type = Type::integer;  // of the argument
  std::optional<std::size_t> argument{};
  std::optional<std::size_t> weight{};
  std::optional<std::size_t> ids{};
  std::optional<std::size_t> others{};
  std::size_t mask = 0;
};

struct CompiledGrouping {
  std::vector<std::size_t> by{};
  std::vector<std::size_t> reporters{};
  std::vector<CompiledAggregate> aggregates{};
  bool splits = false;
};

struct CompiledContact {
  std::size_t ids = 0;
  std::size_t mask = 0;
};

/// By window of the plan and number of the entity: the code of its combination and 1; 0 (or no entry): none.
struct CombinationTable {
  std::shared_ptr<Dictionary> texts = std::make_shared<Dictionary>();
  std::vector<std::vector<std::uint32_t>> by_window{};
};

/// A column that the entity pass fills before the scan (combination_pass.h).
struct CompiledCombination {
  std::size_t schema_column = 0;
  std::size_t combination = 0;  // index into RowSchema::combinations
  std::size_t ids = 0;          // numbers of the entities
  std::shared_ptr<CombinationTable const> table{};
};

/// The source's columns that are read, in the order asked for.
struct CompiledRead {
  std::size_t schema_column = 0;
  TextForm form = TextForm::coded;
};

struct CompiledPlan {
  AggregationPlan plan{};
  RowSchema schema{};
  std::vector<CompiledExpression> expressions{};
  std::vector<CompiledMask> masks{};
  std::vector<CompiledIds> ids{};
  std::vector<CompiledGrouping> groupings{};  // as in plan
  std::vector<CompiledContact> contacts{};    // as in plan
  std::vector<CompiledCombination> combinations{};
  std::vector<std::string> domains{};
  std::vector<std::size_t> dates{};  // schema columns
  std::vector<CompiledRead> reads{};
  /// Schema columns to be worked out before anything else, in this order: lookups' and derived ones that are needed.
  std::vector<std::size_t> computed{};
  /// For each of the dataset's lookups: the schema columns of its keys and date; empty where it is not needed.
  std::vector<std::vector<std::size_t>> lookup_keys{};
  std::vector<std::optional<std::size_t>> lookup_dates{};
  /// For each lookup the target's columns that are needed.
  std::vector<std::vector<std::string>> lookup_columns{};
};

/// Binds every expression of the plan. The planner has checked them: failures here name the expression all the same.
Result<CompiledPlan> compile(AggregationPlan plan, RowSchema schema, Dataset const& dataset);

}  // namespace yekun
