// Paints laid-out pages on a cairo PDF surface, tags and links included. Decides nothing. Internal to the PDF renderer.
#pragma once

#include <string>
#include <vector>

#include "output/page.h"
#include "output/scene_type.h"
#include "output/typeface.h"

typedef struct _cairo_surface cairo_surface_t;  // NOLINT(bugprone-reserved-identifier): as cairo declares it

namespace yekun {

class PagePainter {
 public:
  /// All must outlive the painter; `scenes` measured the charts. `surface` is null where `cr` paints pixels: then the
  /// painter paints one page, and tags and links come to nothing.
  PagePainter(cairo_surface_t* surface, cairo_t* cr, Typeface const& type, SceneType const& scenes)
      : surface_(surface), cr_(cr), type_(type), scenes_(scenes) {}

  void paint(page::Page const& page);
  /// Ends the last page; nothing may be painted after.
  void finish();
  /// Alternative texts of the figures painted, in order.
  std::vector<std::string> take_alt_texts() { return std::move(alt_texts_); }

 private:
  void put(page::Text const& text);
  void put(page::Fill const& fill);
  void put(page::Rule const& rule);
  void put(page::Sign const& sign);
  void put(page::Drawing const& drawing);
  void put(page::Image const& image);
  void put(page::Open const& open);
  void put(page::Close const&);
  void put(page::Link const& link);
  void use(Colour colour);

  bool started_ = false;
  cairo_surface_t* surface_;
  cairo_t* cr_;
  Typeface const& type_;
  SceneType const& scenes_;
  std::vector<char const*> tags_;
  std::vector<std::string> alt_texts_;
  std::vector<page::Link> links_;
};

}  // namespace yekun
