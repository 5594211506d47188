#include "output/scene_pdf.h"

#include <cairo-pdf.h>

#include <memory>

#include "output/scene_painter.h"

namespace yekun {

namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

Diagnostic render_error(std::string message) { return {Severity::error, Fault::render, "pdf", {}, std::move(message)}; }

cairo_status_t append(void* out, unsigned char const* bytes, unsigned count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<char const*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

void set_metadata(cairo_surface_t* surface, Scene const& first, Date made) {
  std::string const stamp = to_iso(made) + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, first.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, first.alt_text.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, stamp.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, stamp.c_str());
}

}  // namespace

Result<std::string> render_scenes_pdf(std::span<Scene const> scenes, SceneType const& measurer, Date made) {
  if (scenes.empty()) return failure(render_error("a PDF of no charts cannot be made"));
  for (auto const& scene : scenes)
    if (!(scene.width_pt >= 1 && scene.height_pt >= 1 && scene.width_pt <= 14'400 && scene.height_pt <= 14'400))
      return failure(render_error("a chart's page must be from 1 to 14,400 points wide and high"));
  std::string bytes;
  std::unique_ptr<cairo_surface_t, Destroy> const surface(
      cairo_pdf_surface_create_for_stream(append, &bytes, scenes.front().width_pt, scenes.front().height_pt));
  set_metadata(surface.get(), scenes.front(), made);
  std::unique_ptr<cairo_t, Destroy> const cr(cairo_create(surface.get()));
  for (auto const& scene : scenes) {
    cairo_pdf_surface_set_size(surface.get(), scene.width_pt, scene.height_pt);
    paint_scene(cr.get(), scene, measurer);
    cairo_show_page(cr.get());
  }
  cairo_surface_finish(surface.get());
  if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return failure(render_error("the charts cannot be painted"));
  return bytes;
}

}  // namespace yekun
