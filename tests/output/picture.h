// A picture as an independent reader (libpng, by cairo) sees it, and how far two of them are apart.
#pragma once

#include <cairo.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace yekun::pictures {

struct Picture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint32_t> pixels{};  // 0xRRGGBB, row by row
};

/// No pixels if it is no PNG.
inline Picture read(std::string_view png) {
  auto const next = [](void* left, unsigned char* out, unsigned int count) {
    auto& bytes = *static_cast<std::string_view*>(left);
    if (bytes.size() < count) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(out, bytes.data(), count);
    bytes.remove_prefix(count);
    return CAIRO_STATUS_SUCCESS;
  };
  cairo_surface_t* const surface = cairo_image_surface_create_from_png_stream(next, &png);
  Picture picture;
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
    picture.width = static_cast<std::uint32_t>(cairo_image_surface_get_width(surface));
    picture.height = static_cast<std::uint32_t>(cairo_image_surface_get_height(surface));
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (std::size_t y = 0; y < picture.height; ++y)
      for (std::size_t x = 0; x < picture.width; ++x) {
        std::uint32_t pixel = 0;
        std::memcpy(&pixel, cairo_image_surface_get_data(surface) + y * stride + 4 * x, 4);
        picture.pixels.push_back(pixel & 0xFFFFFFU);
      }
  }
  cairo_surface_destroy(surface);
  return picture;
}

struct Difference {
  double share = 0;                      // of pixels that differ plainly: by more than a quarter of the range
  double mean = 0;                       // of all channels, 0 to 255
  std::vector<std::uint32_t> picture{};  // those pixels red on white
  /// Other versions of cairo smooth edges a little differently.
  bool is_plain() const { return share > 0.005 || mean > 1; }
};

/// Of pictures of one size.
inline Difference compare(Picture const& got, Picture const& want) {
  Difference found;
  std::size_t plain = 0;
  double sum = 0;
  for (std::size_t i = 0; i < got.pixels.size(); ++i) {
    int most = 0;
    for (unsigned const shift : {0U, 8U, 16U}) {
      int const apart = std::abs(static_cast<int>((got.pixels[i] >> shift) & 0xFFU) -
                                 static_cast<int>((want.pixels[i] >> shift) & 0xFFU));
      most = std::max(most, apart);
      sum += apart;
    }
    if (most > 64) ++plain;
    found.picture.push_back(most > 64 ? 0xFF0000U : 0xFFFFFFU);
  }
  auto const pixels = static_cast<double>(std::max<std::size_t>(1, got.pixels.size()));
  found.share = static_cast<double>(plain) / pixels;
  found.mean = sum / (3 * pixels);
  return found;
}

}  // namespace yekun::pictures
