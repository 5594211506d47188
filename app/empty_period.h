// Datasets that have no row in the period of a report: a file that was forgotten looks like this, and so does a period
// that was not meant.
#pragma once

#include <optional>

#include "indicators/question.h"

namespace yekun {

/// Names the datasets whose every figure of the period was made of no row: a note where others have rows, a warning
/// where none has. nullopt: all have rows. A withheld figure counts as one with rows, a carried stock as one without.
std::optional<Diagnostic> empty_period(Programme const& programme, AnswerSet const& answers, Period const& period);

}  // namespace yekun
