#include "output/readable.h"

#include <cmath>

namespace yekun {

Colour blend(Colour a, Colour b, double share) {
  auto const mix = [&](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<double>(x) * (1 - share) + static_cast<double>(y) * share));
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

Colour readable(Colour colour, Colour ground, Colour towards) {
  for (int step = 0; step < 20 && contrast(colour, ground) < 4.6; ++step) colour = blend(colour, towards, 0.1);
  return colour;
}

}  // namespace yekun
