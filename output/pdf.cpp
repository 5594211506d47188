#include "output/pdf.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>

#include <cmath>

#include "core/catalogue.h"
#include "output/layout.h"
#include "output/pdf_finish.h"
#include "output/pdf_painter.h"
#include "output/scene_painter.h"
#include "output/typeface.h"

namespace yekun {

namespace {

Diagnostic refused(std::string message) {
  Diagnostic error;
  error.fault = Fault::internal;
  error.code = "pdf";
  error.message = std::move(message);
  return error;
}

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

cairo_status_t append(void* closure, unsigned char const* data, unsigned size) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<char const*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

void set_metadata(cairo_surface_t* surface, Document const& document) {
  std::string const stamp = to_iso(document.as_of) + "T00:00:00Z";
  auto const set = [&](cairo_pdf_metadata_t key, std::string const& text) {
    if (!text.empty()) cairo_pdf_surface_set_metadata(surface, key, text.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, document.title);
  set(CAIRO_PDF_METADATA_AUTHOR, document.author);
  set(CAIRO_PDF_METADATA_SUBJECT, document.programme + " · " + document.period_text);
  set(CAIRO_PDF_METADATA_CREATOR, "Yekun " + document.provenance.version);
  set(CAIRO_PDF_METADATA_CREATE_DATE, stamp);
  set(CAIRO_PDF_METADATA_MOD_DATE, stamp);
}

/// Coordinates in attributes are whole points: cairo writes them with the locale's decimal mark otherwise.
void add_outline(cairo_surface_t* surface, std::vector<page::Bookmark> const& bookmarks) {
  int parent = CAIRO_PDF_OUTLINE_ROOT;
  for (auto const& bookmark : bookmarks) {
    int const above = bookmark.level <= 1 ? CAIRO_PDF_OUTLINE_ROOT : parent;
    std::string const where =
        fmt::format("page={} pos=[0 {}]", bookmark.page, std::max(0L, std::lround(bookmark.y) - 8));
    int const id = cairo_pdf_surface_add_outline(surface, above, bookmark.text.c_str(), where.c_str(),
                                                 CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (bookmark.level <= 1) parent = id;
  }
}

}  // namespace

Result<Pdf> render_pdf(Document const& document, PdfOptions const& options) {
  auto catalogue = Catalogue::load(document.language);
  if (!catalogue) return failure(catalogue.error());
  auto const type = Typeface::load(document.theme);
  if (!type) return failure(type.error());
  SceneType const scenes(**type);

  std::string drawn;
  std::unique_ptr<cairo_surface_t, DestroySurface> const surface(
      cairo_pdf_surface_create_for_stream(append, &drawn, 595, 842));
  set_metadata(surface.get(), document);
  std::unique_ptr<cairo_t, DestroySurface> const cr(cairo_create(surface.get()));
  PagePainter painter(surface.get(), cr.get(), **type, scenes);
  LayoutResult laid = lay_out_pages(document, **type, *catalogue, [&](page::Page&& page) { painter.paint(page); });
  painter.finish();
  add_outline(surface.get(), laid.bookmarks);
  cairo_surface_finish(surface.get());
  if (auto const status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
    return failure(refused(fmt::format("the PDF could not be drawn: {}", cairo_status_to_string(status))));
  if (auto const status = cairo_status(cr.get()); status != CAIRO_STATUS_SUCCESS)
    return failure(refused(fmt::format("the PDF could not be drawn: {}", cairo_status_to_string(status))));
  if (!laid.problems.empty() && !options.lenient) return failure(std::move(laid.problems));

  PdfFacts const facts{document.title,
                       document.author,
                       document.programme + " · " + document.period_text,
                       document.language,
                       "Yekun " + document.provenance.version,
                       document.as_of,
                       painter.take_alt_texts()};
  auto finished = finish_pdf(drawn, facts);
  if (!finished) return failure(finished.error());
  for (auto& problem : laid.problems) problem.severity = Severity::warning;
  return Pdf{std::move(*finished), laid.pages, std::move(laid.problems)};
}

}  // namespace yekun
