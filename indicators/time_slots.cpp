#include "indicators/time_slots.h"

#include <algorithm>

namespace yekun {

/// False where the day is in no window.
bool TimeSlots::stretch_of(std::int32_t day, std::int32_t& first) const {
  auto const& days = boundaries_.days;
  auto const after = std::upper_bound(days.begin(), days.end(), day);
  bool const between = after != days.begin() && after != days.end();
  if (!between && !boundaries_.outside && boundaries_.kinds.empty()) return false;
  first = after == days.begin() ? kBeforeAll : *(after - 1);
  if (boundaries_.every_day) first = day;
  for (auto const& [kind, back] : boundaries_.kinds) {
    Date const probe{std::clamp(day + back, kFirstDate.days, kLastDate.days)};
    first = std::max(first, period_at(kind, probe, boundaries_.fiscal).first.days - back);
  }
  return true;
}

std::uint32_t TimeSlots::code_of_stretch(std::int32_t first_day) {
  auto const [at, is_new] = codes_.try_emplace(first_day, size());
  if (is_new) first_days_.push_back(first_day);
  return at->second;
}

std::uint32_t TimeSlots::code_of(std::int32_t day) {
  std::int32_t first = 0;
  return stretch_of(day, first) ? code_of_stretch(first) : 0;
}

void TimeSlots::widen(std::int32_t low, std::int32_t high) {
  if (!by_day_.empty()) {
    low = std::min(low, base_);
    high = std::max(high, base_ + static_cast<std::int32_t>(by_day_.size()) - 1);
  }
  constexpr std::int32_t kRoom = 400;
  low = std::max(low - kRoom, kFirstDate.days);
  high = std::min(high + kRoom, kLastDate.days);
  std::vector<std::uint32_t> wider(static_cast<std::size_t>(high - low + 1), kUnknown);
  if (!by_day_.empty()) std::copy(by_day_.begin(), by_day_.end(), wider.begin() + (base_ - low));
  by_day_ = std::move(wider);
  base_ = low;
}

void TimeSlots::code(std::int32_t const* days, std::uint8_t const* dated, std::size_t rows, std::uint32_t* out) {
  std::int32_t low = std::numeric_limits<std::int32_t>::max();
  std::int32_t high = std::numeric_limits<std::int32_t>::min();
  bool any = false;
  for (std::size_t i = 0; i < rows; ++i) {
    if (dated[i] == 0) continue;
    any = true;
    low = std::min(low, days[i]);
    high = std::max(high, days[i]);
  }
  if (any && (by_day_.empty() || low < base_ || high >= base_ + static_cast<std::int32_t>(by_day_.size())))
    widen(low, high);
  std::uint32_t const undated = boundaries_.undated ? code_of_stretch(kUndated) : 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if (dated[i] == 0) {
      out[i] = undated;
      continue;
    }
    std::uint32_t& known = by_day_[static_cast<std::size_t>(days[i] - base_)];
    if (known == kUnknown) known = code_of(days[i]);
    out[i] = known;
  }
}

}  // namespace yekun
