// Document -> PDF: laid out, painted by cairo, finished by libqpdf. The same document gives the same bytes.
#pragma once

#include <span>
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

/// One PDF of several versions of a report, one after another, for readers of several languages: each with its own page
/// numbers, its bookmarks below its title. Language and metadata are those of the first. At least one.
Result<Pdf> render_pdf(std::span<Document const> documents, PdfOptions const& options = {});

}  // namespace yekun
