// Rows of a statement's result into the groups of a worker.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data-loaders/sql_table.h"
#include "indicators/engine.h"
#include "indicators/sql_plan.h"

namespace yekun {

/// A value as a database prints it, as Column holds it: whole numbers, millionths, days, 0 or 1. nullopt: it is none.
std::optional<std::int64_t> whole_of(std::string_view text, Type type);
/// Digits with at most `places` behind the point, in units of 10^-places; nullopt beyond 128 bits, or what is no
/// number.
std::optional<Int128> scaled_of(std::string_view text, int places);

/// Gathers some rows and adds them to groups. `well()` is false once a value could not be read.
class SqlGroups {
 public:
  /// `counted`: of the statement's aggregate, where it gives numbers.
  SqlGroups(CompiledPlan const& plan, SqlStatement const& statement, ScanWorker& worker, IdDomains& ids,
            CountedIds* counted);
  SqlGroups(SqlGroups const&) = delete;
  SqlGroups& operator=(SqlGroups const&) = delete;
  bool take(std::vector<SqlValue> const& row);
  /// Adds what was gathered last.
  bool finish();
  /// SqlStatement::once, and two rows were one group: not well either.
  bool met_twice() const { return met_twice_; }  // of numbers too: two rows were one place

 private:
  void start();
  void take_place(std::vector<SqlValue> const& row);
  void take_states(std::vector<SqlValue> const& row);
  Merged take_state(std::size_t index, std::vector<SqlValue> const& row, std::size_t& at);
  bool has_dimension(std::size_t dimension) const { return (statement_.set >> dimension & 1U) != 0; }
  void take_value(std::vector<SqlValue> const& row);
  std::vector<std::vector<std::uint32_t>> place_codes();
  void find_groups();
  void add_states();
  void add_numbers();
  void add_values();
  void add_run(Accumulator& state, CompiledAggregate const& aggregate, std::vector<std::uint32_t> const& entries);
  Column new_column(Type type) const;
  void append(Column& column, Dictionary& dictionary, SqlValue const& value);
  std::vector<std::uint32_t> number(std::size_t ids, Column const& column);

  CompiledPlan const& plan_;
  SqlStatement const& statement_;
  CompiledGrouping const& grouping_;
  WorkerGroups& groups_;
  IdDomains& ids_;
  CountedIds* counted_;
  bool well_ = true;
  bool met_twice_ = false;
  std::vector<bool> met_{};  // once: by group
  std::vector<std::int32_t> days_{};
  std::vector<std::uint8_t> dated_{};
  std::vector<Column> place_{};    // reporters, then dimensions
  std::vector<bool> is_column_{};  // of place_: nothing but a column of the table
  std::vector<std::shared_ptr<Dictionary>> dictionaries_{};
  std::vector<std::vector<Merged>> states_{};  // by aggregate of the statement, by row
  Column value_{};
  Column other_{};
  std::shared_ptr<Dictionary> value_texts_{};
  std::shared_ptr<Dictionary> other_texts_{};
  std::vector<std::uint64_t> times_{};  // values: rows; numbers: ids
  std::vector<std::uint32_t> found_{};
};

}  // namespace yekun
