// The carried fonts for pages: shaped by HarfBuzz word by word, kept, and painted by the very glyphs that were
// measured.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "output/page.h"

typedef struct _cairo cairo_t;  // NOLINT(bugprone-reserved-identifier): as cairo declares it

namespace yekun {

/// A font that text is set in: the PostScript name and the bytes of its TrueType file.
struct CarriedFont {
  std::string_view name{};
  std::string_view bytes{};
};

/// A glyph of a line: where it is painted, in points from the line's start; y grows down.
struct LineGlyph {
  std::size_t face = 0;     // of the carried fonts
  std::uint32_t index = 0;  // in that font
  double x = 0;
  double y = 0;
  std::string_view text{};  // what it and the glyphs after it without text stand for; a part of the line's text
};

/// Noto Sans (or the theme's font) in four cuts, Noto Sans Georgian and Noto Sans Mono in two, each standing in for
/// what the one before lacks. Words repeat, so a report of 500 pages shapes only some thousands. One thread at a time.
class Typeface final : public TypeMeasurer {
 public:
  /// The theme's own fonts come before the carried ones. Fails if a font does not read (Fault::internal; of a theme's
  /// font Fault::spec).
  static Result<std::unique_ptr<Typeface>> load(Theme const& theme = {});
  ~Typeface() override;
  double width(std::string_view text, TypeStyle style) const override;
  std::string missing_glyphs(std::string_view text) const override;
  /// The glyphs of one line, from left to right, added to `out`.
  void glyphs(std::string_view text, TypeStyle style, std::vector<LineGlyph>& out) const;
  static constexpr std::size_t kFaces = 10;
  CarriedFont font(std::size_t face) const;
  /// Paints in the current source colour, the left end at (x, y) on the baseline.
  void paint(cairo_t* cr, std::string_view text, TypeStyle style, double x, double y) const;

 private:
  struct Faces;
  explicit Typeface(std::unique_ptr<Faces> faces);
  std::unique_ptr<Faces> faces_;
};

}  // namespace yekun
