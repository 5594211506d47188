// How wide texts are. Layouts ask through this interface, so that tests need no fonts and all backends agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yekun {

struct TextStyle {
  double size_pt = 8;
  bool bold = false;
};

class TextMeasurer {
 public:
  virtual ~TextMeasurer() = default;
  /// Width in points of one line, kerned and shaped as it will be painted. Not for several threads at once.
  virtual double width(std::string_view text, TextStyle style) const = 0;
};

/// Of the bundled Noto fonts (Latin, Cyrillic and Georgian), as shares of the size: what one line needs.
inline constexpr double kTextAscent = 0.80;   // above the baseline: capitals, dots and Georgian tall letters
inline constexpr double kTextDescent = 0.24;  // below it
inline constexpr double kTextLineHeight = 1.25;

/// A text cut to lines. `shortened`: an ellipsis had to replace part of it.
struct WrappedText {
  std::vector<std::string> lines{};
  double width_pt = 0;  // of the widest line
  bool shortened = false;
};

/// Breaks at spaces, and after hyphens and slashes; the last line is ellipsised if the text needs more than
/// `most_lines`, and a word too wide for a line is too. At least one line, which may be empty; a lone ellipsis if not
/// even one letter fits.
WrappedText wrap(TextMeasurer const& measurer, std::string_view text, TextStyle style, double width_pt,
                 std::size_t most_lines);

/// The longest beginning that fits with an ellipsis, or the text itself if it fits. Cuts between code points.
std::string ellipsise(TextMeasurer const& measurer, std::string_view text, TextStyle style, double width_pt);

}  // namespace yekun
