// What all layouts share while they fill a scene: the inputs, and short ways to add texts and marks.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "charts/scene.h"
#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "core/theme.h"

namespace yekun::charts {

using scene::Anchor;
using scene::Box;
using scene::Group;
using scene::Point;

inline constexpr double kPadding = 10;  // between the edge of the scene and what is drawn
inline constexpr TextStyle kTitle{12, true};
inline constexpr TextStyle kSubtitle{9, false};
inline constexpr TextStyle kLabel{8.5, false};
inline constexpr TextStyle kLabelBold{8.5, true};
inline constexpr TextStyle kTick{8, false};
inline constexpr TextStyle kNote{8, false};  // print minimum

/// Height of one line of a style.
inline double line_pt(TextStyle style) { return style.size_pt * kTextLineHeight; }
/// Baseline of a line whose top is at `top`, and of one centred on `middle` (by the height of capitals).
inline double baseline_below(double top, TextStyle style) { return top + style.size_pt * (kTextAscent + 0.1); }
inline double baseline_around(double middle, TextStyle style) { return middle + style.size_pt * 0.36; }

/// How a series looks in areas, lines and texts.
struct Look {
  Colour fill{};
  Colour outline{};  // of fills too faint on white
  double outline_pt = 0;
  Colour line{};
  Colour text{};  // the line's colour, dark enough to read
  int marker = 0;
  std::vector<double> dash_pt{};  // of lines; empty: solid
};

struct Drawing {
  ChartSpec const& spec;
  ChartData const& data;
  Theme const& theme;
  Catalogue const& catalogue;
  TextMeasurer const& measurer;
  Scene scene{};
  bool tooltips = true;
  std::vector<Look> looks{};  // a series each; filled before anything is drawn

  double width(std::string_view text, TextStyle style) const { return measurer.width(text, style); }

  scene::Text text(std::string words, Point at, TextStyle style, Colour colour, Anchor anchor = Anchor::start) const;
  /// Lines under each other from `top`, at x; the box they take.
  Box add_lines(Group& group, std::vector<std::string> const& lines, Point top, TextStyle style, Colour colour,
                Anchor anchor = Anchor::start) const;
  /// Wraps and remembers in the scene what had to be shortened.
  WrappedText wrapped(std::string_view words, TextStyle style, double width_pt, std::size_t most_lines);

  void add(Group group) {
    if (!group.marks.empty()) scene.groups.push_back(std::move(group));
  }
  void add(std::string role, scene::Mark mark) { scene.groups.push_back({std::move(role), {}, {}, {std::move(mark)}}); }

  std::string say(std::string_view key, MessageArguments const& arguments = {}) const {
    return catalogue.text(key, arguments);
  }
};

/// A straight line from a to b.
scene::Line straight(Point a, Point b, Colour colour, double width_pt, std::vector<double> dash_pt = {});

inline std::vector<double> target_dash() { return {4, 3}; }

}  // namespace yekun::charts
