// How a statement puts days into stretches between the boundaries of windows.
#pragma once

#include <cstdint>
#include <vector>

#include "indicators/compiled_plan.h"

namespace yekun {

struct SqlStretches {
  enum class Form {
    by_day,   // each day for itself
    whole,    // all rows are one stretch, those without a date too
    between,  // by the number of boundaries that are not after the day
  };
  Form form = Form::by_day;
  std::vector<std::int32_t> days{};  // whole: the first day; between: the boundaries, sorted
  /// Questions without a period have the data's periods for windows. Boundaries are laid over these days, so that no
  /// statement need ask for the first and last day before: [from, to), empty where nothing is supposed. Outside them
  /// `days` has gaps.
  std::int32_t from = 0;
  std::int32_t to = 0;
  bool is_supposed() const { return from < to; }
  /// A day of a stretch, by its number.
  std::int32_t day_of(std::size_t stretch) const;
};

/// Of groupings with TimeMode::stretches. `suppose`: boundaries may be supposed; else such days are taken one by one.
SqlStretches sql_stretches(CompiledPlan const& plan, bool suppose);

}  // namespace yekun
