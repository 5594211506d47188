#include "output/hatching.h"

#include <cmath>

namespace yekun {

std::vector<Stroke> hatch_strokes(scene::Box const& box, bool reverse) {
  std::vector<Stroke> strokes;
  double const low = std::floor((reverse ? box.x - box.bottom() : box.x + box.y) / kHatchStepPt) * kHatchStepPt;
  double const high = reverse ? box.right() - box.y : box.right() + box.bottom();
  double const side = reverse ? 1 : -1;
  for (int i = 0; low + i * kHatchStepPt <= high; ++i) {
    double const c = low + i * kHatchStepPt;
    strokes.push_back({{c + side * box.y, box.y}, {c + side * box.bottom(), box.bottom()}});
  }
  return strokes;
}

scene::Box hatch_outline(scene::Box const& box) {
  double const half = kHatchWidthPt / 2;
  return {box.x + half, box.y + half, std::fmax(0, box.width - kHatchWidthPt),
          std::fmax(0, box.height - kHatchWidthPt)};
}

}  // namespace yekun
