#include "output/png.h"

#include <cairo.h>
#include <fmt/format.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "output/scene_painter.h"

namespace yekun {

namespace {

constexpr double kPointsPerMetre = 72 / 0.0254;
constexpr double kMostPixels = 1e8;

void append_be32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void append_chunk(std::string& out, std::string_view type, std::string_view body) {
  append_be32(out, static_cast<std::uint32_t>(body.size()));
  auto const from = out.size();
  out += type;
  out += body;
  append_be32(out, crc32_gzip_refl(0, reinterpret_cast<unsigned char const*>(out.data() + from), out.size() - from));
}

/// Rows of a filter byte (none) and RGB triples.
std::vector<std::uint8_t> to_rows(std::span<std::uint32_t const> pixels, std::size_t width, std::size_t height,
                                  std::size_t stride) {
  std::vector<std::uint8_t> rows(height * (3 * width + 1));
  std::uint8_t* out = rows.data();
  for (std::size_t y = 0; y < height; ++y) {
    std::uint32_t const* row = pixels.data() + y * stride;
    if (y > 0 && std::memcmp(row, row - stride, 4 * width) == 0) {  // most rows of a chart repeat the one above
      std::memcpy(out, out - (3 * width + 1), 3 * width + 1);
      out += 3 * width + 1;
      continue;
    }
    *out++ = 0;
    for (std::size_t x = 0; x < width; ++x) {
      *out++ = static_cast<std::uint8_t>(row[x] >> 16U);
      *out++ = static_cast<std::uint8_t>(row[x] >> 8U);
      *out++ = static_cast<std::uint8_t>(row[x]);
    }
  }
  return rows;
}

std::string deflate(std::vector<std::uint8_t>& rows) {
  std::vector<std::uint8_t> buffer(ISAL_DEF_LVL1_DEFAULT);
  std::string out(rows.size() / 8 + 65536, '\0');
  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.gzip_flag = IGZIP_ZLIB;
  stream.level = 1;
  stream.level_buf = buffer.data();
  stream.level_buf_size = static_cast<std::uint32_t>(buffer.size());
  stream.next_in = rows.data();
  stream.avail_in = static_cast<std::uint32_t>(rows.size());
  stream.end_of_stream = 1;
  std::size_t used = 0;
  do {
    if (out.size() - used < 65536) out.resize(2 * out.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data()) + used;
    stream.avail_out = static_cast<std::uint32_t>(out.size() - used);
    isal_deflate(&stream);
    used = out.size() - stream.avail_out;
  } while (stream.internal_state.state != ZSTATE_END);
  out.resize(used);
  return out;
}

Diagnostic render_error(std::string message) { return {Severity::error, Fault::render, "png", {}, std::move(message)}; }

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cr) const { cairo_destroy(cr); }
};

}  // namespace

namespace {

/// Signature and the chunks before the pixels. `kind`: 2 RGB, 3 palette.
std::string begin_png(std::uint32_t width, std::uint32_t height, char kind, double pixels_per_metre) {
  std::string out("\x89PNG\r\n\x1a\n", 8);
  std::string header;
  append_be32(header, width);
  append_be32(header, height);
  header += {'\x08', kind, '\x00', '\x00', '\x00'};  // 8 bits a sample, not interlaced
  append_chunk(out, "IHDR", header);
  std::string density;
  append_be32(density, static_cast<std::uint32_t>(std::lround(pixels_per_metre)));
  append_be32(density, static_cast<std::uint32_t>(std::lround(pixels_per_metre)));
  density += '\x01';
  append_chunk(out, "pHYs", density);
  return out;
}

/// A picture in numbered colours: rows of a filter byte and numbers.
struct Numbered {
  std::string palette{};
  std::string rows{};
};

/// Each channel rounded to so many steps above 0, so that 0 and 255 stay; nullopt if over 256 colours are left.
std::optional<Numbered> number_colours(std::span<std::uint32_t const> pixels, std::uint32_t width, std::uint32_t height,
                                       std::size_t stride, std::uint32_t steps) {
  auto const one = [steps](std::uint32_t part) { return ((part & 0xFFU) * steps + 127) / 255 * 255 / steps; };
  std::map<std::uint32_t, std::uint8_t> numbers;
  Numbered out;
  out.rows.reserve((std::size_t{width} + 1) * height);
  for (std::uint32_t y = 0; y < height; ++y) {
    out.rows += '\0';
    for (std::uint32_t x = 0; x < width; ++x) {
      std::uint32_t const pixel = pixels[y * stride + x];
      std::uint32_t const colour = (one(pixel >> 16U) << 16U) | (one(pixel >> 8U) << 8U) | one(pixel);
      auto const [found, added] = numbers.emplace(colour, static_cast<std::uint8_t>(numbers.size()));
      if (added) {
        if (numbers.size() > 256) return std::nullopt;
        for (unsigned const shift : {16U, 8U, 0U}) out.palette += static_cast<char>(colour >> shift);
      }
      out.rows += static_cast<char>(found->second);
    }
  }
  return out;
}

}  // namespace

std::string encode_png(std::span<std::uint32_t const> pixels, std::uint32_t width, std::uint32_t height,
                       std::size_t stride, double pixels_per_metre) {
  auto rows = to_rows(pixels, width, height, stride);
  std::string const body = deflate(rows);
  std::string out = begin_png(width, height, '\x02', pixels_per_metre);
  append_chunk(out, "IDAT", body);
  append_chunk(out, "IEND", {});
  return out;
}

std::string encode_small_png(std::span<std::uint32_t const> pixels, std::uint32_t width, std::uint32_t height,
                             std::size_t stride, double pixels_per_metre) {
  auto numbered = number_colours(pixels, width, height, stride, 15);
  if (!numbered) numbered = number_colours(pixels, width, height, stride, 5);  // 216 colours at most
  uLongf size = compressBound(numbered->rows.size());
  std::string body(size, '\0');
  compress2(reinterpret_cast<Bytef*>(body.data()), &size, reinterpret_cast<Bytef const*>(numbered->rows.data()),
            numbered->rows.size(), 9);
  body.resize(size);
  std::string out = begin_png(width, height, '\x03', pixels_per_metre);
  append_chunk(out, "PLTE", numbered->palette);
  append_chunk(out, "IDAT", body);
  append_chunk(out, "IEND", {});
  return out;
}

Result<std::string> render_png(Scene const& scene, PangoMeasurer const& measurer, PngOptions const& options) {
  double const width = std::round(scene.width_pt * options.pixels_per_point);
  double const height = std::round(scene.height_pt * options.pixels_per_point);
  if (!(width >= 1 && height >= 1 && width * height <= kMostPixels))
    return failure(render_error(fmt::format("a picture of {} x {} pixels cannot be made", width, height)));
  auto const columns = static_cast<std::uint32_t>(width);
  auto const rows = static_cast<std::uint32_t>(height);
  std::vector<std::uint32_t> pixels(std::size_t{columns} * rows,
                                    0xFF000000U | (std::uint32_t{options.background.red} << 16U) |
                                        (std::uint32_t{options.background.green} << 8U) | options.background.blue);
  std::unique_ptr<cairo_surface_t, Destroy> const surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(pixels.data()), CAIRO_FORMAT_RGB24, static_cast<int>(columns),
      static_cast<int>(rows), static_cast<int>(4 * columns)));
  std::unique_ptr<cairo_t, Destroy> const cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), options.pixels_per_point, options.pixels_per_point);
  paint_scene(cr.get(), scene, measurer);
  cairo_surface_flush(surface.get());
  if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS)
    return failure(render_error(cairo_status_to_string(cairo_status(cr.get()))));
  auto const encode = options.small ? encode_small_png : encode_png;
  return encode(pixels, columns, rows, columns, options.pixels_per_point * kPointsPerMetre);
}

}  // namespace yekun
