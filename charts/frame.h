// The parts around the picture: title, subtitle, legend above; notes and source below.
#pragma once

#include <string>
#include <vector>

#include "charts/drawing.h"

namespace yekun::charts {

enum class Swatch { fill, line, dashes, hatch };

struct LegendEntry {
  std::string label{};
  Colour colour{};
  Swatch swatch = Swatch::fill;
  int marker = -1;                // of lines: see add_marker; -1: none
  std::vector<double> dash_pt{};  // of lines; empty: solid
};

/// Draws title and subtitle; `subtitle` is the final text. The y below them.
double draw_header(Drawing& drawing, std::string const& subtitle);

/// A row (or more) of swatches and names from `left`, within `width_pt`; rows that would pass `bottom` are left out and
/// remembered as shortened. The y below it; `top` itself if empty.
double draw_legend(Drawing& drawing, std::vector<LegendEntry> const& entries, double left, double top, double width_pt,
                   double bottom);

/// Draws the notes and the source at the bottom edge. The y above them. The first and the last note always stand; those
/// between that would take more than a quarter of the height are left out and remembered as shortened.
double draw_footer(Drawing& drawing, std::vector<std::string> const& notes);

/// A small sign centred at a point: 0 disc, 1 square, 2 triangle, 3 diamond, then again hollow.
void add_marker(Group& group, int marker, Point at, double size_pt, Colour colour, Colour background);

}  // namespace yekun::charts
