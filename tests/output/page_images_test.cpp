#include "output/page_images.h"

#include <cairo.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "output/pdf.h"
#include "tests/output/sample_document.h"

using namespace yekun;

namespace {

struct Reader {
  std::string const& bytes;
  std::size_t at = 0;
};

cairo_status_t read(void* closure, unsigned char* to, unsigned count) {
  auto& reader = *static_cast<Reader*>(closure);
  if (reader.at + count > reader.bytes.size()) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(to, reader.bytes.data() + reader.at, count);
  reader.at += count;
  return CAIRO_STATUS_SUCCESS;
}

/// Width, height and the share of pixels that are not white.
struct Seen {
  int width = 0;
  int height = 0;
  double ink = 0;
};

Seen look_at(std::string const& png) {
  Reader reader{png};
  cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(read, &reader);
  Seen out{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface)};
  unsigned char const* const rows = cairo_image_surface_get_data(surface);
  int const stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) out.ink += rows[y * stride + 4 * x] < 250 ? 1 : 0;
  out.ink /= double{1} * out.width * out.height;
  cairo_surface_destroy(surface);
  return out;
}

}  // namespace

TEST_CASE("pictures of pages are as many as the PDF's, of their shape, and not empty", "[output]") {
  Document const document = output_test::sample_document("ka");
  auto const words = Catalogue::load("ka");
  auto const type = Typeface::load();
  REQUIRE(type);
  SceneType const scenes(**type);
  auto const images = render_page_images(document, *words, **type, scenes, 100, 2);
  REQUIRE(images);
  auto const pdf = render_pdf(document);
  REQUIRE(pdf);
  CHECK(images->pages == pdf->pages);
  CHECK(images->images.size() == static_cast<std::size_t>(pdf->pages));
  CHECK(images->problems.empty());
  for (auto const& image : images->images) {
    Seen const seen = look_at(image.png);
    CHECK(std::abs(seen.width - 2 * image.width) <= 1);
    CHECK(std::abs(seen.height - 2 * image.height) <= 1);
    CHECK(seen.ink > 0.002);
    CHECK(seen.ink < 0.6);
  }
  auto const few = render_page_images(document, *words, **type, scenes, 1, 2);
  REQUIRE(few);
  CHECK(few->images.size() == 1);
  CHECK(few->pages == images->pages);
  CHECK(few->images[0].png == images->images[0].png);
}
