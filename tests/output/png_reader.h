// A PNG as an independent reader (zlib) sees it: for tests of what we write, and of nothing else.
#pragma once

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace yekun::png_reader {

inline std::uint32_t be32(std::string const& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// The rows of a PNG without filters, `samples` bytes a pixel, as they are in the file.
inline std::string pixels_of(std::string const& png, std::size_t samples = 3) {
  std::string data;
  for (std::size_t at = 8; at < png.size(); at += be32(png, at) + 12)
    if (png.compare(at + 4, 4, "IDAT") == 0) data += png.substr(at + 8, be32(png, at));
  uLongf size = (samples * be32(png, 16) + 1) * be32(png, 20);
  std::string rows(size, '\0');
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(rows.data()), &size, reinterpret_cast<Bytef const*>(data.data()),
                     data.size()) == Z_OK);
  REQUIRE(size == rows.size());
  return rows;
}

}  // namespace yekun::png_reader
