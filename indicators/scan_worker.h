// One worker of a scan: batches in, states of groups out.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "indicators/accumulator.h"
#include "indicators/batch_values.h"
#include "indicators/dimension_coder.h"
#include "indicators/group_table.h"
#include "indicators/grouped_rows.h"
#include "indicators/time_slots.h"

namespace yekun {

/// The groups of one grouping as one worker found them. Group 0 is scrap.
struct WorkerGroups {
  TimeMode mode = TimeMode::stretches;
  std::optional<GroupTable> table{};
  std::vector<std::unique_ptr<Accumulator>> states{};  // by aggregate
  std::vector<std::unique_ptr<DimensionCoder>> by{};
  std::vector<std::unique_ptr<DimensionCoder>> reporters{};
  std::unique_ptr<TimeSlots> slots{};  // stretches; reports: days
  std::uint32_t compact_at = 1U << 16;

  std::uint32_t size() const { return table->size(); }
  bool by_window() const { return mode == TimeMode::windows || mode == TimeMode::report_windows; }
  bool by_report() const { return mode == TimeMode::reports || mode == TimeMode::report_windows; }
  /// Index of the window, for the modes by window.
  std::size_t window(std::uint32_t group) const { return table->word(group, 0) - 1; }
  /// stretches: the stretch's first day; reports: the report's day. kUndated for rows without a date.
  std::int32_t day(std::uint32_t group) const {
    return slots->first_day(table->word(group, by_report() && by_window() ? 1 : 0));
  }
  std::size_t first_reporter_word() const { return by_report() && by_window() ? 2 : 1; }
  std::size_t first_by_word() const { return first_reporter_word() + reporters.size(); }
};

class ScanWorker {
 public:
  ScanWorker(CompiledPlan const& plan, std::vector<LookupTable const*> const& lookups, std::vector<IdTable*> const& ids,
             unsigned worker);

  /// False after an error.
  bool accept(Batch const& batch);
  /// Stocks of which only the last (first) report of a stretch counts: drops what has been overtaken.
  void compact(std::size_t grouping);

  std::vector<WorkerGroups> const& groups() const { return groups_; }
  /// For states that come from elsewhere than batches.
  std::vector<WorkerGroups>& loaded_groups() { return groups_; }
  std::vector<std::vector<std::int32_t>>& loaded_contacts() { return first_contacts_; }
  BatchValues& values() { return values_; }
  std::uint64_t undated() const { return undated_; }
  std::int32_t first_day() const { return first_day_; }  // above last_day() if no row has a date
  std::int32_t last_day() const { return last_day_; }
  bool has_open() const { return has_open_; }  // an interval without an end: it reaches beyond last_day()
  /// By contact, by id: the first day; kNever where there is none.
  static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();
  std::vector<std::vector<std::int32_t>> const& first_contacts() const { return first_contacts_; }

 private:
  void note_days();
  void note_contacts();
  void add_rows(std::size_t grouping, std::uint32_t const* window_code);
  void add_states(std::size_t grouping);
  void add_split(std::size_t grouping, std::vector<std::uint32_t const*> words);
  bool find_window_rows(Period const& window, std::uint32_t code);

  CompiledPlan const& plan_;
  BatchValues values_;
  std::vector<WorkerGroups> groups_{};
  std::vector<std::vector<std::int32_t>> first_contacts_{};
  std::uint64_t undated_ = 0;
  std::int32_t first_day_ = std::numeric_limits<std::int32_t>::max();
  std::int32_t last_day_ = std::numeric_limits<std::int32_t>::min();
  bool has_open_ = false;
  std::vector<std::vector<std::uint32_t>> words_{};  // scratch
  std::vector<std::uint32_t> found_{};               // scratch
  GroupedRows grouped_;                              // scratch
  std::vector<std::uint32_t> window_codes_{};        // scratch
  std::vector<std::int32_t> ends_{};                 // intervals: the last day, kLastDate where open
};

}  // namespace yekun
