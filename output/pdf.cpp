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
  set(CAIRO_PDF_METADATA_KEYWORDS, document.provenance.receipt);
  set(CAIRO_PDF_METADATA_CREATE_DATE, stamp);
  set(CAIRO_PDF_METADATA_MOD_DATE, stamp);
}

/// Coordinates in attributes are whole points: cairo writes them with the locale's decimal mark otherwise.
int add_bookmark(cairo_surface_t* surface, int parent, std::string const& text, int page, double y) {
  std::string const where = fmt::format("page={} pos=[0 {}]", page, std::max(0L, std::lround(y) - 8));
  return cairo_pdf_surface_add_outline(surface, parent, text.c_str(), where.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

/// The headings of one document, whose first page is `first`, below `root`.
void add_outline(cairo_surface_t* surface, std::vector<page::Bookmark> const& bookmarks, int root, int first) {
  int parent = root;
  for (auto const& bookmark : bookmarks) {
    int const above = bookmark.level <= 1 ? root : parent;
    int const id = add_bookmark(surface, above, bookmark.text, bookmark.page + first - 1, bookmark.y);
    if (bookmark.level <= 1) parent = id;
  }
}

/// Lays out and paints one document after those that are painted already, `before` pages.
Result<LayoutResult> paint(Document const& document, Typeface const& type, PagePainter& painter, int before) {
  auto catalogue = Catalogue::load(document.language);
  if (!catalogue) return failure(catalogue.error());
  return lay_out_pages(document, type, *catalogue, [&](page::Page&& one) {
    for (auto& item : one.items)
      if (auto* const link = std::get_if<page::Link>(&item); link != nullptr && link->page > 0) link->page += before;
    painter.paint(one);
  });
}

Result<Pdf> finish(std::string const& drawn, Document const& document, PagePainter& painter, int pages,
                   Diagnostics problems) {
  PdfFacts const facts{document.title,
                       document.author,
                       document.programme + " · " + document.period_text,
                       document.language,
                       "Yekun " + document.provenance.version,
                       document.provenance.receipt,
                       document.as_of,
                       painter.take_alt_texts()};
  auto finished = finish_pdf(drawn, facts);
  if (!finished) return failure(finished.error());
  for (auto& problem : problems) problem.severity = Severity::warning;
  return Pdf{std::move(*finished), pages, std::move(problems)};
}

}  // namespace

Result<Pdf> render_pdf(Document const& document, PdfOptions const& options) {
  return render_pdf(std::span(&document, 1), options);
}

Result<Pdf> render_pdf(std::span<Document const> documents, PdfOptions const& options) {
  Document const& main = documents.front();
  auto const type = Typeface::load(main.theme);
  if (!type) return failure(type.error());
  SceneType const scenes(**type);

  std::string drawn;
  std::unique_ptr<cairo_surface_t, DestroySurface> const surface(
      cairo_pdf_surface_create_for_stream(append, &drawn, 595, 842));
  set_metadata(surface.get(), main);
  std::unique_ptr<cairo_t, DestroySurface> const cr(cairo_create(surface.get()));
  PagePainter painter(surface.get(), cr.get(), **type, scenes);
  int pages = 0;
  Diagnostics problems;
  std::vector<LayoutResult> laid;
  for (auto const& document : documents) {
    auto one = paint(document, **type, painter, pages);
    if (!one) return failure(one.error());
    pages += one->pages;
    problems.insert(problems.end(), one->problems.begin(), one->problems.end());
    laid.push_back(std::move(*one));
  }
  painter.finish();
  for (std::size_t i = 0, first = 1; i < laid.size(); first += static_cast<std::size_t>(laid[i++].pages)) {
    int const at = static_cast<int>(first);
    int const root = laid.size() == 1 ? CAIRO_PDF_OUTLINE_ROOT
                                      : add_bookmark(surface.get(), CAIRO_PDF_OUTLINE_ROOT, documents[i].title, at, 0);
    add_outline(surface.get(), laid[i].bookmarks, root, at);
  }
  cairo_surface_finish(surface.get());
  for (auto const status : {cairo_surface_status(surface.get()), cairo_status(cr.get())})
    if (status != CAIRO_STATUS_SUCCESS)
      return failure(refused(fmt::format("the PDF could not be drawn: {}", cairo_status_to_string(status))));
  if (!problems.empty() && !options.lenient) return failure(std::move(problems));
  return finish(drawn, main, painter, pages, std::move(problems));
}

}  // namespace yekun
