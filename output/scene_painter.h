// Paints a Scene on a cairo surface, for PNG and PDF alike. Decides nothing: positions and colours are the scene's.
#pragma once

#include "charts/scene.h"
#include "output/scene_type.h"

namespace yekun {

/// Paints in the current coordinates of `cr`, whose unit must be the point (scale first for pixels). Leaves the state
/// of `cr` as it was. The background is not painted. `measurer` should be the one that the scene was laid out with.
void paint_scene(cairo_t* cr, Scene const& scene, SceneType const& measurer);

}  // namespace yekun
