// Rows of an answer: figures evaluated, sorted, filtered and cut as the query contract says.
#pragma once

#include "indicators/question.h"
#include "indicators/question_cells.h"

namespace yekun {

/// A dimension is declared exclusive, but people are in several of its groups.
struct Overlap {
  std::string indicator;
  std::string dimension;
  std::string period;  // the first one
};

/// All rows with a figure for every evaluated indicator, in the contract's order, unprotected.
Result<Answer> make_answer(Planned const& planned, PlannedQuestion const& question, Scans const& scans,
                           std::vector<Overlap>& overlaps);

/// The contract's order within a period: dimensions by code point, rolled-up ones first.
bool row_before(AnswerRow const& a, AnswerRow const& b);

/// Ranks, filters by `having` and cuts the rows that are no totals; then figures that were evaluated for that alone go.
/// A suppressed value ranks as missing.
Result<void> rank_rows(Answer& answer, PlannedQuestion const& question);

}  // namespace yekun
