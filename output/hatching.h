// The diagonals of hatched areas, for every painter of scenes alike.
#pragma once

#include <vector>

#include "charts/scene.h"

namespace yekun {

inline constexpr double kHatchStepPt = 4;
inline constexpr double kHatchWidthPt = 0.9;

struct Stroke {
  scene::Point from{};
  scene::Point to{};
};

/// Diagonals over `box`, to be clipped to it. Their phase is fixed to the page, so that neighbouring boxes join.
std::vector<Stroke> hatch_strokes(scene::Box const& box, bool reverse);

/// The outline drawn around a hatched box, inside it.
scene::Box hatch_outline(scene::Box const& box);

}  // namespace yekun
