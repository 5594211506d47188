// Document -> pictures of its pages, for looking at them on a screen: what the PDF shows, from the same layout and
// painter.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue.h"
#include "output/scene_type.h"
#include "reports/document.h"

namespace yekun {

struct PageImages {
  struct Image {
    std::string png;
    int width = 0;  // in points
    int height = 0;
  };
  std::vector<Image> images{};
  int pages = 0;           // of the whole document
  Diagnostics problems{};  // missing glyphs and clipped text, which fail a PDF
};

/// The first pages, at most `most`. `type` is what `scenes` measures with. Errors (Fault::render): a page cannot be
/// painted.
Result<PageImages> render_page_images(Document const& document, Catalogue const& catalogue, Typeface const& type,
                                      SceneType const& scenes, std::size_t most, double pixels_per_point = 1.6);

}  // namespace yekun
