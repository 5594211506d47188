// Colours that can be read: a theme's colours are for areas and lines, and may be too pale for letters.
#pragma once

#include "core/theme.h"

namespace yekun {

/// `share` of b in a, 0 to 1.
Colour blend(Colour a, Colour b, double share);

/// `colour` moved towards `towards` until letters of it can be read on `ground` (contrast 4.6).
Colour readable(Colour colour, Colour ground, Colour towards);

}  // namespace yekun
