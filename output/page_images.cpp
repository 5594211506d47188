#include "output/page_images.h"

#include <cairo.h>

#include <cmath>
#include <cstdint>
#include <memory>

#include "output/layout.h"
#include "output/pdf_painter.h"
#include "output/png.h"

namespace yekun {
namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

/// Empty: cairo refused.
std::string paint_page(page::Page const& page, Typeface const& type, SceneType const& scenes, double scale) {
  auto const width = static_cast<std::uint32_t>(std::lround(page.geometry.width * scale));
  auto const height = static_cast<std::uint32_t>(std::lround(page.geometry.height * scale));
  std::vector<std::uint32_t> words(std::size_t{width} * height, 0xFFFFFFFFU);
  std::unique_ptr<cairo_surface_t, Destroy> const surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(words.data()), CAIRO_FORMAT_RGB24, static_cast<int>(width),
      static_cast<int>(height), static_cast<int>(4 * width)));
  std::unique_ptr<cairo_t, Destroy> const cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), scale, scale);
  PagePainter(nullptr, cr.get(), type, scenes).paint(page);
  cairo_surface_flush(surface.get());
  if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS) return {};
  return encode_png({words, width, height, width, scale * 72 / 0.0254});
}

}  // namespace

Result<PageImages> render_page_images(Document const& document, Catalogue const& catalogue, Typeface const& type,
                                      SceneType const& scenes, std::size_t most, double pixels_per_point) {
  PageImages out;
  bool painted = true;
  auto laid = lay_out_pages(document, type, catalogue, [&](page::Page&& page) {
    if (out.images.size() >= most) return;
    auto png = paint_page(page, type, scenes, pixels_per_point);
    painted = painted && !png.empty();
    out.images.push_back({std::move(png), static_cast<int>(std::lround(page.geometry.width)),
                          static_cast<int>(std::lround(page.geometry.height))});
  });
  if (!painted) return failure({Severity::error, Fault::render, "page-image", {}, "a page cannot be painted"});
  out.pages = laid.pages;
  out.problems = std::move(laid.problems);
  return out;
}

}  // namespace yekun
