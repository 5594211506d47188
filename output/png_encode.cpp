#include <isa-l/crc.h>
#include <zlib.h>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "output/deflate.h"
#include "output/png.h"

namespace yekun {

namespace {

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

/// Signature and the chunks before the pixels. `kind`: 2 RGB, 3 palette.
std::string begin_png(Pixels const& pixels, char kind) {
  std::string out("\x89PNG\r\n\x1a\n", 8);
  std::string header;
  append_be32(header, pixels.width);
  append_be32(header, pixels.height);
  header += {'\x08', kind, '\x00', '\x00', '\x00'};  // 8 bits a sample, not interlaced
  append_chunk(out, "IHDR", header);
  std::string density;
  append_be32(density, static_cast<std::uint32_t>(std::lround(pixels.per_metre)));
  append_be32(density, static_cast<std::uint32_t>(std::lround(pixels.per_metre)));
  density += '\x01';
  append_chunk(out, "pHYs", density);
  return out;
}

bool repeats_row_above(Pixels const& pixels, std::size_t y) {
  std::uint32_t const* row = pixels.words.data() + y * pixels.stride;
  return y > 0 && std::memcmp(row, row - pixels.stride, 4 * std::size_t{pixels.width}) == 0;
}

/// Rows of a filter byte (none) and RGB triples.
std::vector<std::uint8_t> rgb_rows(Pixels const& pixels) {
  std::size_t const length = 3 * std::size_t{pixels.width} + 1;
  std::vector<std::uint8_t> rows(pixels.height * length);
  std::uint8_t* out = rows.data();
  for (std::size_t y = 0; y < pixels.height; ++y) {
    if (repeats_row_above(pixels, y)) {  // most rows of a chart do
      std::memcpy(out, out - length, length);
      out += length;
      continue;
    }
    std::uint32_t const* row = pixels.words.data() + y * pixels.stride;
    *out++ = 0;
    for (std::size_t x = 0; x < pixels.width; ++x) {
      *out++ = static_cast<std::uint8_t>(row[x] >> 16U);
      *out++ = static_cast<std::uint8_t>(row[x] >> 8U);
      *out++ = static_cast<std::uint8_t>(row[x]);
    }
  }
  return rows;
}

std::string deflate_fast(std::vector<std::uint8_t> const& rows) {
  return Deflater(1).zlib({reinterpret_cast<char const*>(rows.data()), rows.size()});
}

std::string deflate_small(std::vector<std::uint8_t> const& rows) {
  uLongf size = compressBound(rows.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, rows.data(), rows.size(), 9);
  out.resize(size);
  return out;
}

/// Numbers for colours: a number a cell, given by the first colour met in it. A cell is all colours that share the
/// first `bits` bits of each channel.
class Palette {
 public:
  Palette(std::span<Colour const> exact, unsigned bits) : mask_(0xF0U << (4 - bits) & 0xF0U) {
    numbers_.fill(kNone);
    for (Colour const colour : exact)
      number((std::uint32_t{colour.red} << 16U) | (std::uint32_t{colour.green} << 8U) | colour.blue);
  }

  /// The number of the pixel's cell; kNone if there is no number left.
  std::int16_t number(std::uint32_t pixel) {
    std::int16_t& known = numbers_[cell(pixel)];
    if (known != kNone || count_ == 256) return known;
    known = count_++;
    for (unsigned const shift : {16U, 8U, 0U}) bytes_ += static_cast<char>(pixel >> shift);
    return known;
  }

  std::string const& bytes() const { return bytes_; }
  static constexpr std::int16_t kNone = -1;

 private:
  std::size_t cell(std::uint32_t pixel) const {
    return (((pixel >> 16U) & mask_) << 4U) | ((pixel >> 8U) & mask_) | ((pixel & mask_) >> 4U);
  }

  std::uint32_t mask_;
  std::array<std::int16_t, 4096> numbers_{};
  std::int16_t count_ = 0;
  std::string bytes_{};
};

}  // namespace

std::string encode_png(Pixels const& pixels) {
  auto rows = rgb_rows(pixels);
  std::string out = begin_png(pixels, '\x02');
  append_chunk(out, "IDAT", deflate_fast(rows));
  append_chunk(out, "IEND", {});
  return out;
}

namespace {

/// Rows of a filter byte (none) and numbers; empty if the palette runs out.
std::vector<std::uint8_t> number_rows(Pixels const& pixels, Palette& palette) {
  std::size_t const length = std::size_t{pixels.width} + 1;
  std::vector<std::uint8_t> rows(pixels.height * length);
  for (std::size_t y = 0; y < pixels.height; ++y) {
    std::uint8_t* out = rows.data() + y * length;
    if (repeats_row_above(pixels, y)) {
      std::memcpy(out, out - length, length);
      continue;
    }
    std::uint32_t const* row = pixels.words.data() + y * pixels.stride;
    std::uint32_t last = ~row[0];
    std::int16_t number = 0;
    *out++ = 0;
    for (std::size_t x = 0; x < pixels.width; ++x) {
      if (row[x] != last) {
        last = row[x];
        number = palette.number(last);
        if (number == Palette::kNone) return {};
      }
      *out++ = static_cast<std::uint8_t>(number);
    }
  }
  return rows;
}

}  // namespace

std::optional<std::string> encode_palette_png(Pixels const& pixels, std::span<Colour const> exact, bool small) {
  for (unsigned const bits : {4U, 3U}) {
    Palette palette(exact, bits);
    auto rows = number_rows(pixels, palette);
    if (rows.empty()) continue;
    std::string out = begin_png(pixels, '\x03');
    append_chunk(out, "PLTE", palette.bytes());
    append_chunk(out, "IDAT", small ? deflate_small(rows) : deflate_fast(rows));
    append_chunk(out, "IEND", {});
    return out;
  }
  return std::nullopt;
}

}  // namespace yekun
