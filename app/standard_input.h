// Standard input that may be read more than once.
#pragma once

#include "indicators/definitions.h"

namespace yekun {

/// Where a dataset reads standard input and that is a pipe, it is copied to a nameless temporary file that takes its
/// place: its headings are looked at before its rows are read. False: it could not be copied; reading it will say so.
bool keep_standard_input(Programme const& programme);

}  // namespace yekun
