// The sentences below a picture that keep readers from misreading it, and its source.
#pragma once

#include <string>
#include <vector>

#include "charts/axes.h"
#include "charts/drawing.h"

namespace yekun::charts {

/// Whether any value of the chart is in this state.
bool has_state(ChartData const& data, State state);
/// The parts that are not empty, with middle dots between them.
std::string joined(std::vector<std::string> const& parts);
/// A line of notes and one for the source; none where there is nothing to say. `range`: of the value axis, null without
/// one. `hidden`: rows that did not fit.
std::vector<std::string> notes_of(Drawing const& drawing, AxisRange const* range, std::size_t hidden);

}  // namespace yekun::charts
