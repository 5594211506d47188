// Texts for readers: every language is there, messages parse, their arguments exist.
#pragma once

#include "indicators/definitions.h"
#include "reports/spec_reader.h"

namespace yekun {

void check_text(TextUse const& use, std::vector<std::string> const& languages, Programme const& programme,
                SpecNotes& notes);

/// What a message may name besides indicators.
std::vector<std::string> built_in_arguments();

}  // namespace yekun
