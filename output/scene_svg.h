// A Scene as SVG: real text, title and description, classes and tooltips, no scripts, no style sheet.
#pragma once

#include <string>

#include "charts/scene.h"

namespace yekun {

struct SvgOptions {
  bool standalone = true;       // XML declaration and namespace; false: for inlining in HTML
  std::string id_prefix = "c";  // of the ids it defines; unique in a page
  bool scalable = true;         // viewBox with width 100%; false: fixed size in points
};

/// The same marks at the same positions as the other backends. Texts are escaped; characters that XML forbids are left
/// out. role="img" with aria-labelledby title and desc; each group with a tooltip holds a <title>.
std::string render_svg(Scene const& scene, SvgOptions const& options = {});

}  // namespace yekun
