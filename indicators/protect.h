// Disclosure control: no published number lets a reader work out a count of people below the threshold.
#pragma once

#include <span>

#include "indicators/question.h"
#include "indicators/resolve.h"

namespace yekun {

/// Suppresses over all answers of a run at once, so that a cell is suppressed wherever it is shown:
///  1. counts of people above zero and below the threshold (zeros too where Disclosure::zeros);
///  2. complementary: in every relation among published cells (totals over groups and time, shown or not, levels of
///     stocks, linear formulas) more cells above zero, the smallest first, until no suppressed cell is uniquely
///     determined; an attacker that solves the linear system tests it. Where that fails, every cell that the relations
///     connect is suppressed;
///  3. ratios and other formulas over suppressed cells, changes, achievements and lineages with them.
/// Counts of people that stay are rounded to Disclosure::round_to (half away from zero) and what depends on them is
/// worked out again. Intervals are not protected. Without a threshold and rounding nothing happens.
void protect(Programme const& programme, IndicatorGraph const& graph, std::span<Answer> answers);

}  // namespace yekun
