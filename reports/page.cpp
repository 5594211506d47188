#include "reports/page.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace yekun {

PageGeometry page_geometry(std::string_view paper, bool landscape, double margin) {
  PageGeometry page;
  page.left = page.right = margin;
  if (paper == "Letter") {
    page.width = 612;
    page.height = 792;
  }
  if (landscape) std::swap(page.width, page.height);
  return page;
}

double chart_width(PageGeometry const& page, double share) {
  double const abreast = std::max(1.0, std::round(1.0 / std::clamp(share, 0.2, 1.0)));
  double const room = page.text_width() - kChartGutter * (abreast - 1);
  return std::floor(room / abreast);
}

}  // namespace yekun
