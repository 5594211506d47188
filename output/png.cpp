#include "output/png.h"

#include <cairo.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <vector>

#include "output/scene_painter.h"

namespace yekun {

namespace {

constexpr double kPointsPerMetre = 72 / 0.0254;
constexpr double kMostPixels = 1e8;

Diagnostic render_error(std::string message) { return {Severity::error, Fault::render, "png", {}, std::move(message)}; }

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

/// Every colour that the scene names, the most used first by way of the order of painting; repeats are harmless.
std::vector<Colour> colours_of(Scene const& scene, Colour background) {
  std::vector<Colour> colours{background};
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks) {
      std::visit([&](auto const& one) { colours.push_back(one.colour); }, mark);
      if (auto const* rect = std::get_if<scene::Rect>(&mark)) colours.push_back(rect->outline);
    }
  return colours;
}

bool paint(std::vector<std::uint32_t>& words, int width, int height, Scene const& scene, SceneType const& measurer,
           double scale) {
  std::unique_ptr<cairo_surface_t, Destroy> const surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(words.data()), CAIRO_FORMAT_RGB24, width, height, 4 * width));
  std::unique_ptr<cairo_t, Destroy> const cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), scale, scale);
  paint_scene(cr.get(), scene, measurer);
  cairo_surface_flush(surface.get());
  return cairo_status(cr.get()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> render_png(Scene const& scene, SceneType const& measurer, PngOptions const& options) {
  double const width = std::round(scene.width_pt * options.pixels_per_point);
  double const height = std::round(scene.height_pt * options.pixels_per_point);
  if (!(width >= 1 && height >= 1 && width * height <= kMostPixels))
    return failure(render_error(fmt::format("a picture of {} x {} pixels cannot be made", width, height)));
  auto const columns = static_cast<std::uint32_t>(width);
  auto const rows = static_cast<std::uint32_t>(height);
  Colour const back = options.background;
  std::vector<std::uint32_t> words(std::size_t{columns} * rows, 0xFF000000U | (std::uint32_t{back.red} << 16U) |
                                                                    (std::uint32_t{back.green} << 8U) | back.blue);
  if (!paint(words, static_cast<int>(columns), static_cast<int>(rows), scene, measurer, options.pixels_per_point))
    return failure(render_error("the picture cannot be painted"));
  Pixels const pixels{words, columns, rows, columns, options.pixels_per_point * kPointsPerMetre};
  if (options.colours == PngColours::palette)
    if (auto file = encode_palette_png(pixels, colours_of(scene, back), options.small)) return std::move(*file);
  return encode_png(pixels);
}

}  // namespace yekun
