// Stretches: the runs of days between window boundaries. Rows are gathered by stretch; windows are unions of stretches,
// so overlapping windows, previous periods and cumulative ones cost nothing in the scan.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/period.h"

namespace yekun {

/// Where windows may begin and end.
struct Boundaries {
  std::vector<std::int32_t> days{};  // sorted, each once
  /// For questions without a period, whose windows depend on the data: the first days of all periods of these kinds,
  /// moved back by the second member (carry).
  std::vector<std::pair<PeriodKind, std::int32_t>> kinds{};
  FiscalYear fiscal{};
  bool every_day = false;  // each day is a stretch
  bool outside = false;    // keep days before the first and after the last of `days` too
  bool undated = false;    // keep rows without a date
};

/// The first day of the stretch that holds rows without a date.
inline constexpr std::int32_t kUndated = std::numeric_limits<std::int32_t>::min();
/// The first day of the stretch before all boundaries.
inline constexpr std::int32_t kBeforeAll = kFirstDate.days - 1;

/// Codes of stretches, 1, 2, ... in order of arrival; 0: a day in no window.
class TimeSlots {
 public:
  explicit TimeSlots(Boundaries boundaries) : boundaries_(std::move(boundaries)) {}
  void code(std::int32_t const* days, std::uint8_t const* dated, std::size_t rows, std::uint32_t* out);
  /// The first day of a stretch; kUndated for rows without a date.
  std::int32_t first_day(std::uint32_t code) const { return first_days_[code]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(first_days_.size()); }
  /// The first day of the stretch that a day is in; nullopt: in no window.
  std::optional<std::int32_t> stretch(std::int32_t day) const {
    std::int32_t first = 0;
    return stretch_of(day, first) ? std::optional(first) : std::nullopt;
  }

 private:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFFU;
  std::uint32_t code_of(std::int32_t day);
  std::uint32_t code_of_stretch(std::int32_t first_day);
  void widen(std::int32_t low, std::int32_t high);
  bool stretch_of(std::int32_t day, std::int32_t& first) const;

  Boundaries boundaries_;
  std::int32_t base_ = 0;
  std::vector<std::uint32_t> by_day_{};
  std::vector<std::int32_t> first_days_{kUndated};
  std::unordered_map<std::int32_t, std::uint32_t> codes_{};
};

}  // namespace yekun
