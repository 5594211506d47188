// Text in the carried fonts: measured for layouts and painted for surfaces by the very same shaped lines.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "charts/text_measurer.h"
#include "core/diagnostic.h"
#include "core/theme.h"
#include "output/fonts.h"

typedef struct _cairo cairo_t;  // NOLINT(bugprone-reserved-identifier): as cairo declares it

namespace yekun {

/// Keeps what it shaped: labels repeat from chart to chart. `fonts` must outlive it. One thread at a time.
class PangoMeasurer final : public TextMeasurer {
 public:
  PangoMeasurer(FontSet const& fonts, std::string family);
  ~PangoMeasurer() override;
  PangoMeasurer(PangoMeasurer const&) = delete;
  PangoMeasurer& operator=(PangoMeasurer const&) = delete;

  double width(std::string_view text, TextStyle style) const override;
  /// Paints one line in the surface's current source colour, its left end at (x, y) on the baseline, in units of `cr`.
  void paint(cairo_t* cr, std::string_view text, TextStyle style, double x, double y) const;
  /// A warning (Fault::render) a text for which the fonts lack a letter.
  Diagnostics warnings() const;
  /// Texts for which the fonts lack a glyph, found while measuring or painting; readers would see a box.
  std::set<std::string> const& texts_with_missing_glyphs() const;

 private:
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

}  // namespace yekun
