// The figures of a report as the ledger keeps them.
#pragma once

#include <vector>

#include "delivery/ledger.h"
#include "indicators/question.h"

namespace yekun {

/// Every figure that the answers hold, each once, sorted by id. Its rule is a hash of what it is computed from:
/// measures, conditions and arithmetic, without periods, places and values.
std::vector<LedgerFigure> ledger_figures(AnswerSet const& answers);

}  // namespace yekun
