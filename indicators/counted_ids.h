// Numbers of different ids that a database worked out by itself, where the ids stay in it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/period.h"

namespace yekun {

/// Of an aggregate. `sets` are those of PlanAggregate::asked_sets, `windows` those of PlanAggregate::asked_windows.
struct CountedIds {
  /// Index of the window, set, code of each of the grouping's dimensions in the first worker (0: not in the set, or
  /// missing).
  using Place = std::vector<std::uint32_t>;

  std::vector<Period> windows{};
  std::vector<std::uint32_t> sets{};
  std::map<Place, std::uint64_t> numbers{};

  /// 0 where no row counts; nullopt where nothing was asked of the database.
  std::optional<std::uint64_t> number(Period const& window, std::uint32_t set,
                                      std::vector<std::uint32_t> const& codes) const {
    auto const at =
        std::find_if(windows.begin(), windows.end(), [&](Period const& one) { return same_days(one, window); });
    if (at == windows.end() || std::find(sets.begin(), sets.end(), set) == sets.end()) return std::nullopt;
    Place place{static_cast<std::uint32_t>(at - windows.begin()), set};
    place.insert(place.end(), codes.begin(), codes.end());
    auto const found = numbers.find(place);
    return found == numbers.end() ? 0 : found->second;
  }

  /// The same rows: only the window of everything has those without a date.
  static bool same_days(Period const& a, Period const& b) {
    return a.first == b.first && a.end == b.end && (a.label == kEverything) == (b.label == kEverything);
  }
  static constexpr std::string_view kEverything = "all";
};

}  // namespace yekun
