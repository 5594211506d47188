// Colours of charts, told apart by readers who see colours differently and on photocopies.
#pragma once

#include <cstddef>
#include <vector>

#include "charts/chart_data.h"
#include "core/diagnostic.h"
#include "core/theme.h"

namespace yekun::charts {

/// `share` of `to` mixed into `from`, 0 to 1.
Colour mix(Colour from, Colour to, double share);
/// `colour` darkened towards black until its contrast with white is at least `ratio`.
Colour darkened(Colour colour, double ratio);
/// White, the theme's text colour or black: the first that reads well on `fill`.
Colour text_on(Colour fill, Theme const& theme);

/// Colours for lines: the theme's order.
Colour line_colour(Theme const& theme, std::size_t series);
/// Colours for areas: the theme's first, then always the one whose lightness differs most from those before it.
std::vector<Colour> fill_colours(Theme const& theme, std::size_t count);
/// What a highlighted chart gives to the rest.
Colour muted_fill(Theme const& theme);

/// ColorBrewer YlGnBu and RdBu, five classes each; `share` from 0 to 1 is interpolated between them.
Colour sequential(double share);
Colour diverging(double share);
Colour sequential_class(std::size_t index);  // 0 to 4

/// CIE76 distance as seen with full colour vision and with protanopia, deuteranopia and tritanopia: the smallest.
double least_distance(Colour a, Colour b);
/// Warnings for series colours that are too faint on the background or too near each other; each names the pair.
Diagnostics check_palette(Theme const& theme);

}  // namespace yekun::charts
