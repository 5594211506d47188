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
/// Returns warnings and errors (Fault::render). eml is left to the caller: it carries the others.
/// `lenient`: letters that no font has and clipped text are warnings.
Diagnostics render(Document const& document, std::vector<OutputKind> const& kinds, Catalogue const& catalogue,
                   SceneType const& measurer, Artefacts& artefacts, bool lenient = false);

/// The bytes of a file that was written. Error (Fault::render): it cannot be read again.
Result<std::string> read_artefact(std::string const& path);

}  // namespace yekun
