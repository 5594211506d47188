// The carried fonts for pages: shaped by HarfBuzz word by word, kept, and painted by the very glyphs that were
// measured.
#pragma once

#include <memory>
#include <string>

#include "output/page.h"

typedef struct _cairo cairo_t;  // NOLINT(bugprone-reserved-identifier): as cairo declares it

namespace yekun {

/// Noto Sans (or the theme's font) in four cuts, Noto Sans Georgian and Noto Sans Mono in two, each standing in for what the one before
/// lacks. Words repeat, so a report of 500 pages shapes only some thousands. One thread at a time.
class Typeface final : public TypeMeasurer {
 public:
  /// The theme's own fonts come before the carried ones. Fails if a font does not read (Fault::internal; of a theme's
  /// font Fault::spec).
  static Result<std::unique_ptr<Typeface>> load(Theme const& theme = {});
  ~Typeface() override;
  double width(std::string_view text, TypeStyle style) const override;
  std::string missing_glyphs(std::string_view text) const override;
  /// Paints in the current source colour, the left end at (x, y) on the baseline.
  void paint(cairo_t* cr, std::string_view text, TypeStyle style, double x, double y) const;

 private:
  struct Faces;
  explicit Typeface(std::unique_ptr<Faces> faces);
  std::unique_ptr<Faces> faces_;
};

}  // namespace yekun
