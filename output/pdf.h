// Document -> PDF: laid out, painted by cairo, finished by libqpdf. The same document gives the same bytes.
#pragma once

#include <string>

#include "core/diagnostic.h"
#include "reports/document.h"

namespace yekun {

struct PdfOptions {
  bool lenient = false;  // missing glyphs and clipped text warn instead of failing
};

struct Pdf {
  std::string bytes;
  int pages = 0;
  Diagnostics warnings{};
};

/// Tagged to headings, paragraphs, table rows and figures (with alternative text), with bookmarks, links, language, XMP
/// metadata and the document's as-of date as its only date. Errors (Fault::render): a missing glyph or clipped text,
/// with the page named; (Fault::internal) a library's refusal.
Result<Pdf> render_pdf(Document const& document, PdfOptions const& options = {});

}  // namespace yekun
