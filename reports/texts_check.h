// Texts for readers: every language is there, messages parse, their arguments exist.
#pragma once

#include "indicators/definitions.h"
#include "reports/spec_reader.h"

namespace yekun {

/// `sections` are the ids that `{ref:...}` may name.
void check_text(TextUse const& use, std::vector<std::string> const& languages, Programme const& programme,
                std::vector<std::string> const& sections, SpecNotes& notes);

/// What a message may name besides indicators.
std::vector<std::string> built_in_arguments();

}  // namespace yekun
