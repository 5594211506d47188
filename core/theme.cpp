#include "core/theme.h"

#include <algorithm>
#include <cmath>

namespace yekun {
namespace {

/// Relative luminance, WCAG 2.2.
double luminance(Colour c) {
  auto const linear = [](std::uint8_t channel) {
    double const s = channel / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

double contrast(Colour a, Colour b) {
  auto const [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

std::string to_hex(Colour colour) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out = "#";
  for (unsigned const channel : {colour.red, colour.green, colour.blue}) {
    out += kDigits[channel / 16];
    out += kDigits[channel % 16];
  }
  return out;
}

std::optional<Colour> parse_colour(std::string_view text) {
  if ((text.size() != 7 && text.size() != 4) || text[0] != '#') return std::nullopt;
  std::size_t const width = (text.size() - 1) / 3;
  std::uint8_t channels[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const high = hex_digit(text[1 + i * width]);
    auto const low = hex_digit(text[i * width + width]);
    if (!high || !low) return std::nullopt;
    channels[i] = static_cast<std::uint8_t>(*high * 16 + *low);
  }
  return Colour{channels[0], channels[1], channels[2]};
}

}  // namespace yekun
