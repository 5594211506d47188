// What the legend above a chart names: what the picture itself cannot.
#pragma once

#include <vector>

#include "charts/drawing.h"
#include "charts/frame.h"

namespace yekun::charts {

/// Entries in the order in which readers meet the series; empty where all are named in the picture. `height_pt`: room
/// for the picture and the legend together.
std::vector<LegendEntry> legend_of(Drawing const& drawing, double height_pt);

}  // namespace yekun::charts
