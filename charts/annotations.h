// Notes that the spec puts beside a period: words above the plot with a thin line down to their place.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "charts/drawing.h"

namespace yekun::charts {

/// Words above the plot, in rows so that none touch.
struct Annotations {
  struct One {
    std::size_t category = 0;
    std::vector<std::string> lines{};
    double width_pt = 0;
    double top_pt = 0;  // below the upper edge of the area
  };
  std::vector<One> all{};
  double height_pt = 0;  // room they take above the plot; 0: none
};

/// For charts over periods that are not small, at most four; the others are said below the picture (annotation_notes).
Annotations plan_annotations(Drawing const& drawing, Box area, bool small);
/// What is left of the area.
Box below(Annotations const& annotations, Box area);
/// `area`: as given to plan_annotations. Drawn before the marks, so that bars hide the thin lines.
void draw_annotations(Drawing& drawing, Annotations const& annotations, std::span<double const> centres, Box area,
                      double bottom);

/// "Quba: a new centre opened" for each annotation that has no place in the picture.
std::vector<std::string> annotation_notes(Drawing const& drawing);

}  // namespace yekun::charts
