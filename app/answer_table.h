// An answer as a table of plain text, for people at a terminal.
#pragma once

#include <string>

#include "core/catalogue.h"
#include "indicators/definitions.h"
#include "indicators/question.h"

namespace yekun {

/// Labels, numbers and periods in the catalogue's language; marks that occur are explained below. Ends with a newline.
std::string to_table(Answer const& answer, Programme const& programme, Catalogue const& catalogue);

}  // namespace yekun
