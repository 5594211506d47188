#include "charts/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace yekun::charts {

namespace {

constexpr Colour kWhite{0xFF, 0xFF, 0xFF};
constexpr Colour kBlack{0, 0, 0};
constexpr std::array<Colour, 5> kYellowGreenBlue{
    {{0xFF, 0xFF, 0xCC}, {0xA1, 0xDA, 0xB4}, {0x41, 0xB6, 0xC4}, {0x2C, 0x7F, 0xB8}, {0x25, 0x34, 0x94}}};
constexpr std::array<Colour, 5> kRedBlue{
    {{0xCA, 0x00, 0x20}, {0xF4, 0xA5, 0x82}, {0xF7, 0xF7, 0xF7}, {0x92, 0xC5, 0xDE}, {0x05, 0x71, 0xB0}}};

Colour along(std::array<Colour, 5> const& stops, double share) {
  double const at = std::clamp(share, 0.0, 1.0) * 4;
  auto const first = std::min<std::size_t>(3, static_cast<std::size_t>(at));
  return mix(stops[first], stops[first + 1], at - static_cast<double>(first));
}

using Linear = std::array<double, 3>;

Linear to_linear(Colour colour) {
  auto const one = [](std::uint8_t part) {
    double const s = part / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return {one(colour.red), one(colour.green), one(colour.blue)};
}

Linear times(std::array<Linear, 3> const& matrix, Linear const& v) {
  Linear out{};
  for (std::size_t i = 0; i < 3; ++i)
    out[i] = std::clamp(matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2], 0.0, 1.0);
  return out;
}

/// CIE L*a*b* with the white of D65.
Linear to_lab(Linear const& rgb) {
  double const x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
  double const y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
  double const z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
  auto const f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double distance(Linear const& a, Linear const& b) {
  Linear const p = to_lab(a);
  Linear const q = to_lab(b);
  return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

// Machado, Oliveira and Fernandes (2009), severity 1.0, in linear RGB.
constexpr std::array<std::array<Linear, 3>, 3> kColourBlind{{
    {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}};

Diagnostic warning(std::string code, std::string message, std::string hint) {
  return {Severity::warning, Fault::spec, std::move(code), {}, std::move(message), std::move(hint)};
}

}  // namespace

Colour mix(Colour from, Colour to, double share) {
  auto const one = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * std::clamp(share, 0.0, 1.0)));
  };
  return {one(from.red, to.red), one(from.green, to.green), one(from.blue, to.blue)};
}

Colour darkened(Colour colour, double ratio) {
  Colour dark = colour;
  for (int step = 1; step <= 20 && contrast(dark, kWhite) < ratio; ++step) dark = mix(colour, {0, 0, 0}, step * 0.05);
  return dark;
}

Colour text_on(Colour fill, Theme const& theme) {
  constexpr double kReadable = 4.5;
  if (contrast(kWhite, fill) >= kReadable) return kWhite;
  if (contrast(theme.text, fill) >= kReadable) return theme.text;
  return contrast(kWhite, fill) >= contrast(kBlack, fill) ? kWhite : kBlack;
}

Colour line_colour(Theme const& theme, std::size_t series) {
  return theme.series.empty() ? theme.accent : theme.series[series % theme.series.size()];
}

std::vector<Colour> fill_colours(Theme const& theme, std::size_t count) {
  std::vector<Colour> left = theme.series.empty() ? std::vector<Colour>{theme.accent} : theme.series;
  std::vector<Colour> chosen{left.front()};
  left.erase(left.begin());
  auto const gap = [&](Colour colour) {
    double least = contrast(colour, kWhite) > 10 ? 1 : 21;  // near black is kept for targets, so it comes last
    for (Colour const other : chosen) least = std::min(least, contrast(colour, other));
    return least;
  };
  while (!left.empty()) {
    auto const next = std::max_element(left.begin(), left.end(), [&](Colour a, Colour b) { return gap(a) < gap(b); });
    chosen.push_back(*next);
    left.erase(next);
  }
  std::vector<Colour> colours;
  for (std::size_t i = 0; i < count; ++i) colours.push_back(chosen[i % chosen.size()]);
  return colours;
}

Colour muted_fill(Theme const& theme) { return mix(theme.neutral, theme.background, 0.45); }

Colour sequential(double share) { return along(kYellowGreenBlue, share); }
Colour diverging(double share) { return along(kRedBlue, share); }
Colour sequential_class(std::size_t index) { return kYellowGreenBlue[std::min<std::size_t>(index, 4)]; }

double least_distance(Colour a, Colour b) {
  Linear const first = to_linear(a);
  Linear const second = to_linear(b);
  double least = distance(first, second);
  for (auto const& matrix : kColourBlind)
    least = std::min(least, distance(times(matrix, first), times(matrix, second)));
  return least;
}

Diagnostics check_palette(Theme const& theme) {
  constexpr double kFaint = 1.6;   // fills get a darker outline; below this even that does not help
  constexpr double kNearest = 10;  // CIE76
  Diagnostics warnings;
  for (std::size_t i = 0; i < theme.series.size(); ++i) {
    Colour const one = theme.series[i];
    if (contrast(one, theme.background) < kFaint)
      warnings.push_back(
          warning("faint-colour",
                  fmt::format("series colour '{}' of theme '{}' has a contrast of {:.1f} on the background, "
                              "expected at least {:.1f}",
                              to_hex(one), theme.name, contrast(one, theme.background), kFaint),
                  "choose a darker colour"));
    for (std::size_t k = i + 1; k < theme.series.size(); ++k) {
      double const apart = least_distance(one, theme.series[k]);
      if (apart >= kNearest) continue;
      warnings.push_back(warning("similar-colours",
                                 fmt::format("series colours '{}' and '{}' of theme '{}' look alike to some readers "
                                             "(distance {:.0f}, expected at least {:.0f})",
                                             to_hex(one), to_hex(theme.series[k]), theme.name, apart, kNearest),
                                 "choose colours that differ in lightness"));
    }
  }
  return warnings;
}

}  // namespace yekun::charts
