// A measurer without fonts: every code point is as wide as a share of the size, so that goldens need no machine's
// fonts.
#pragma once

#include "charts/text_measurer.h"
#include "core/utf8.h"

namespace yekun::samples {

class FakeMeasurer final : public TextMeasurer {
 public:
  double width(std::string_view text, TextStyle style) const override {
    return static_cast<double>(count_code_points(text)) * style.size_pt * (style.bold ? 0.6 : 0.55);
  }
};

}  // namespace yekun::samples
