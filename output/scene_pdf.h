// Scenes as a PDF of their own: a page a scene, of its size, with text that can be selected and searched.
#pragma once

#include <span>
#include <string>

#include "charts/scene.h"
#include "core/date.h"
#include "core/diagnostic.h"
#include "output/scene_type.h"

namespace yekun {

/// Vector drawing, embedded fonts; `made` is the date of making: the same scenes give the same bytes. The first scene's
/// title and alternative text become the document's title and subject. Errors: no scene, one without area
/// (Fault::render).
Result<std::string> render_scenes_pdf(std::span<Scene const> scenes, SceneType const& measurer, Date made);

}  // namespace yekun
