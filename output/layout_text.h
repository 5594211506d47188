// Runs of text -> lines. Internal to the page layout.
#pragma once

#include <string>
#include <vector>

#include "output/page.h"

namespace yekun::page {

/// A stretch of one style on a line; `x` from the line's start.
struct Span {
  std::string text;
  TypeStyle style{};
  Colour colour{};
  std::string link{};
  double x = 0;
  double width = 0;
};

struct TextLine {
  std::vector<Span> spans{};
  double width = 0;
};

/// Greedy lines that break at spaces and after hyphens and slashes, and at a line feed. A word wider than `width` is
/// broken where it must be. At least one line, which may be empty. No-break spaces do not break.
std::vector<TextLine> break_lines(TypeMeasurer const& measurer, std::vector<Span> const& spans, double width);
/// The same for text of one style.
std::vector<TextLine> break_lines(TypeMeasurer const& measurer, std::string const& text, TypeStyle style, Colour colour,
                                  double width);

/// The widest piece that break_lines would not break: what a column must have.
double widest_word(TypeMeasurer const& measurer, std::string const& text, TypeStyle style);

/// As much of the text as fits, with an ellipsis where it does not.
std::string shorten(TypeMeasurer const& measurer, std::string const& text, TypeStyle style, double width);

/// Adds the line's spans as items with the baseline at (x, y); links become areas.
void add_line(std::vector<Item>& items, TextLine const& line, double x, double y);

}  // namespace yekun::page
