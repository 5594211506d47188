#include "charts/drawing.h"

#include <algorithm>

namespace yekun::charts {

scene::Text Drawing::text(std::string words, Point at, TextStyle style, Colour colour, Anchor anchor) const {
  double const width_pt = measurer.width(words, style);
  return {at, std::move(words), style.size_pt, style.bold, colour, anchor, width_pt};
}

Box Drawing::add_lines(Group& group, std::vector<std::string> const& lines, Point top, TextStyle style, Colour colour,
                       Anchor anchor) const {
  Box box{top.x, top.y, 0, 0};
  for (auto const& line : lines) {
    group.marks.emplace_back(text(line, {top.x, baseline_below(box.bottom(), style)}, style, colour, anchor));
    box.height += line_pt(style);
    box.width = std::max(box.width, measurer.width(line, style));
  }
  if (anchor == Anchor::middle) box.x -= box.width / 2;
  if (anchor == Anchor::end) box.x -= box.width;
  return box;
}

WrappedText Drawing::wrapped(std::string_view words, TextStyle style, double width_pt, std::size_t most_lines) {
  WrappedText lines = wrap(measurer, words, style, width_pt, most_lines);
  auto& known = scene.shortened;
  if (lines.shortened && std::find(known.begin(), known.end(), words) == known.end()) known.emplace_back(words);
  return lines;
}

scene::Line straight(Point a, Point b, Colour colour, double width_pt, std::vector<double> dash_pt) {
  return {{a, b}, colour, width_pt, std::move(dash_pt)};
}

}  // namespace yekun::charts
