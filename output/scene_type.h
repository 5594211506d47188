// Text of scenes in the carried fonts: measured for layouts and painted by the very same shaped words.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "charts/text_measurer.h"
#include "core/diagnostic.h"
#include "output/typeface.h"

namespace yekun {

/// Keeps what it measured: labels repeat from chart to chart. `type` must outlive it. One thread at a time.
class SceneType final : public TextMeasurer {
 public:
  explicit SceneType(Typeface const& type);
  ~SceneType() override;
  SceneType(SceneType const&) = delete;
  SceneType& operator=(SceneType const&) = delete;

  double width(std::string_view text, TextStyle style) const override;
  /// Paints one line in the surface's current source colour, its left end at (x, y) on the baseline, in units of `cr`.
  void paint(cairo_t* cr, std::string_view text, TextStyle style, double x, double y) const;
  /// The glyphs of one line, added to `out`.
  void glyphs(std::string_view text, TextStyle style, std::vector<LineGlyph>& out) const;
  Typeface const& typeface() const { return type_; }
  /// A warning (Fault::render) a text for which the fonts lack a letter.
  Diagnostics warnings() const;
  /// Texts for which the fonts lack a glyph, found while measuring; readers would see a box.
  std::set<std::string> const& texts_with_missing_glyphs() const;

 private:
  struct Cache;
  Typeface const& type_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace yekun
