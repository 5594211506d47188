// Paper and margins, in points. Charts are laid out for the text width, so composing and rendering share this.
#pragma once

#include <string_view>

namespace yekun {

inline constexpr double kGrid = 4;          // every distance is a multiple of it
inline constexpr double kChartGutter = 20;  // between charts side by side

struct PageGeometry {
  double width = 595.28;
  double height = 841.89;
  double left = 56;
  double right = 56;
  double top = 72;     // below it the text; the running header stands above
  double bottom = 64;  // above it the text; the running footer stands below
  double text_width() const { return width - left - right; }
  double text_height() const { return height - top - bottom; }
};

/// `paper` is "A4" or "Letter"; anything else is A4. `margin` is left and right of the text (Theme::margin_pt).
PageGeometry page_geometry(std::string_view paper, bool landscape, double margin = PageGeometry{}.left);

/// Width of a chart that takes `share` of the text width (1, 0.5, 1/3), gutters taken off.
double chart_width(PageGeometry const& page, double share);

}  // namespace yekun
