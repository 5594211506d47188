// The parts that a plan's statements are written from: columns of places, days, conditions, keys.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "indicators/sql_layers.h"
#include "indicators/sql_relations.h"
#include "indicators/sql_stretches.h"

namespace yekun {

/// Each term is written for a statement's writer, which numbers the parameters.
struct SqlTerms {
  CompiledPlan const& plan;
  SqlRelations tables{};
  SqlStretches stretches{};  // of groupings by stretches

  /// A statement of its own: its parameters are numbered from $1.
  SqlWriter writer() const { return {plan, tables.rows, tables.lookups}; }
  std::string day(SqlWriter& writer) const;
  /// Of a grouping's statements.
  SqlStretches stretches_of(std::size_t grouping) const;
  /// The place's columns that say when, who reports and by which dimensions.
  std::vector<std::string> place(SqlWriter& writer, std::size_t grouping) const;
  std::string by(SqlWriter& writer, std::size_t grouping, std::size_t dimension) const;
  /// Which stretch of the layer, and the condition that leaves its days only (empty: all rows).
  std::pair<std::string, std::string> stretch_of(SqlWriter& writer, SqlLayer const& layer) const;
  /// Only days of windows; empty: all rows are wanted.
  std::string wanted_days(SqlWriter& writer) const;
  /// Whether wanted_days() leaves out rows without a date.
  bool leaves_undated_out() const;
  /// The rows that an aggregate uses; empty: all.
  std::string condition(SqlWriter& writer, std::size_t mask) const;
  /// How many rows an aggregate uses, and the filter of its other states (" filter (where ...)"; empty: none). Where a
  /// column's value is all that a row needs, states leave out rows without one by themselves.
  struct Rows {
    std::string count;
    std::string filter;
  };
  Rows rows(SqlWriter& writer, CompiledAggregate const& aggregate) const;
  /// An expression as a group's key. A column of texts stands there as it is, since planners look for the columns that
  /// tables are partitioned by; that an empty text is missing is known when groups are loaded.
  std::string key(SqlWriter& writer, std::size_t expression) const;

 private:
  bool wants_some_days() const;
  std::vector<std::string> conditions(SqlWriter& writer, CompiledMask const& mask) const;
  static std::string date(SqlWriter& writer, std::int32_t days);
  std::string between(SqlWriter& writer, std::int32_t from, std::int32_t end) const;
  std::string slot(SqlWriter& writer, SqlStretches const& stretches) const;
};

}  // namespace yekun
