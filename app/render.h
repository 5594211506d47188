// A Document in the wanted formats.
#pragma once

#include <vector>

#include "core/catalogue.h"
#include "output/artefacts.h"
#include "output/scene_type.h"
#include "reports/document.h"
#include "reports/report_spec.h"

namespace yekun {

/// Writes <stem>.<ext> for each kind (png and svg: <stem>-<chart>.<ext> for each chart) into `artefacts`, unpublished.
/// Returns warnings and errors (Fault::render); a kind that no renderer writes is a warning.
/// `lenient`: letters that no font has and clipped text are warnings.
Diagnostics render(Document const& document, std::vector<OutputKind> const& kinds, Catalogue const& catalogue,
                   SceneType const& measurer, Artefacts& artefacts, bool lenient = false);

}  // namespace yekun
