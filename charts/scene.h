// A chart laid out: marks at fixed positions. Backends paint it and decide nothing.
// Units are points; x grows to the right, y down; (0, 0) is the top left corner.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/theme.h"

namespace yekun {

namespace scene {

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

/// A filled rectangle; `outline_pt` 0: none.
struct Rect {
  Box box{};
  Colour colour{};
  double outline_pt = 0;
  Colour outline{};
  double radius_pt = 0;
};

/// Diagonal lines over a rectangle on white: suppressed or partial. Told apart by `reverse` (falling lines).
struct Hatch {
  Box box{};
  Colour colour{};
  bool reverse = false;
};

/// An open polyline. `dash_pt`: lengths of strokes and gaps in turn; empty: solid.
struct Line {
  std::vector<Point> points{};
  Colour colour{};
  double width_pt = 1;
  std::vector<double> dash_pt{};
};

/// A closed outline of straight lines and cubic curves (three points a curve), filled; several contours: even-odd.
struct Path {
  enum class Verb { move, line, curve, close };
  std::vector<Verb> verbs{};
  std::vector<Point> points{};  // move 1, line 1, curve 3, close 0
  Colour colour{};
  double outline_pt = 0;
  Colour outline{};
  bool hatched = false;  // lines of `colour` on white instead of a fill
  double opacity = 1;
};

enum class Anchor { start, middle, end };

/// One line of text; `at` is on the baseline. Never rotated. `width_pt` is the measured width.
struct Text {
  Point at{};
  std::string text{};
  double size_pt = 8;
  bool bold = false;
  Colour colour{};
  Anchor anchor = Anchor::start;
  double width_pt = 0;
};

/// Left edge, ascent above and descent below the baseline, by the factors that layouts use for every font size.
Box box_of(Text const& text);

using Mark = std::variant<Rect, Hatch, Line, Path, Text>;

/// Marks that belong together. `role` is the SVG class: "title", "grid", "axis", "bar series-1", "target", ...
struct Group {
  std::string role{};
  std::string tooltip{};  // "Quba, 2025: 1,204 people"; empty: none
  std::string figure{};   // id of the figure drawn; empty: none
  std::vector<Mark> marks{};
};

}  // namespace scene

/// The chart's numbers as readers would write them; the accessible twin of the picture.
struct SceneTable {
  std::vector<std::string> header{};
  std::vector<std::vector<std::string>> rows{};  // as wide as the header; the first cell is the category
};

struct Scene {
  double width_pt = 0;
  double height_pt = 0;
  std::string font{};  // family
  std::string language{};
  std::string title{};                 // plain, for <title> and captions
  std::string alt_text{};              // type, subject, period, extremes, latest against target
  std::vector<scene::Group> groups{};  // painted in this order
  SceneTable table{};
  std::vector<std::string> shortened{};  // full texts of labels that had to be ellipsised
};

/// One mark a line, positions with two decimals; for goldens and `--plan`.
std::string to_text(Scene const& scene);

}  // namespace yekun
