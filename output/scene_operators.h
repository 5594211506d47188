// A Scene as the operators of a PDF page (ISO 32000-1, annex A). Decides nothing: positions and colours are the
// scene's.
#pragma once

#include <set>
#include <string>

#include "charts/scene.h"
#include "output/pdf_fonts.h"
#include "output/scene_type.h"

namespace yekun {

/// What the pages of a file share.
struct PdfShared {
  PdfFonts fonts;
  std::set<int> opacities{};  // in percent; each is a graphics state "/A50"
};

/// The content of a page of the scene's size; fonts are named as PdfFonts names them. `type` should be the one that
/// the scene was laid out with.
std::string page_operators(Scene const& scene, SceneType const& type, PdfShared& shared);

}  // namespace yekun
