// From values and categories to positions in points.
#pragma once

#include <cmath>
#include <cstddef>

namespace yekun::charts {

/// A value's position between two points of the scene. A range of no length puts everything at `from_pt`.
struct LinearScale {
  double low = 0;
  double high = 1;
  double from_pt = 0;  // where `low` is
  double to_pt = 1;    // where `high` is; less than from_pt for upright axes
  bool log = false;    // low, high and values above 0

  double operator()(double value) const {
    if (log) return place(std::log10(value), std::log10(low), std::log10(high));
    return place(value, low, high);
  }

 private:
  double place(double value, double first, double last) const {
    return last == first ? from_pt : from_pt + (value - first) / (last - first) * (to_pt - from_pt);
  }
};

/// Equal bands for categories, each with room on both sides. `gap` is the share of a band that stays empty.
struct BandScale {
  double from_pt = 0;
  double length_pt = 1;
  std::size_t count = 1;
  double gap = 0.3;

  double step() const { return length_pt / static_cast<double>(count == 0 ? 1 : count); }
  double band() const { return step() * (1 - gap); }
  double start(std::size_t i) const { return from_pt + step() * (static_cast<double>(i) + gap / 2); }
  double centre(std::size_t i) const { return from_pt + step() * (static_cast<double>(i) + 0.5); }
};

/// Points from edge to edge; a single one stands in the middle.
struct PointScale {
  double from_pt = 0;
  double length_pt = 1;
  std::size_t count = 1;

  double step() const { return count > 1 ? length_pt / static_cast<double>(count - 1) : length_pt; }
  double operator()(std::size_t i) const {
    return count > 1 ? from_pt + step() * static_cast<double>(i) : from_pt + length_pt / 2;
  }
};

}  // namespace yekun::charts
