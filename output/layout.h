// Document -> pages of positioned items. Pure: the same document and measurer give the same pages.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "output/page.h"

namespace yekun {

struct LayoutResult {
  int pages = 0;
  std::vector<page::Bookmark> bookmarks{};
  /// Warnings and errors that name the place: "missing-glyph", "clipped-text".
  Diagnostics problems{};
};

using PageSink = std::function<void(page::Page&&)>;

/// Gives the pages one by one, in order, so that long reports need no memory for all of them. Lays out twice: the first
/// time for the number of pages and the page of each heading, which contents and footers show. `catalogue` is of the
/// document's language. The pages point into the document.
LayoutResult lay_out_pages(Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                           PageSink const& sink);

}  // namespace yekun
