// Rows of an answer: figures evaluated, sorted, filtered and cut as the query contract says.
#pragma once

#include "indicators/question.h"
#include "indicators/question_cells.h"

namespace yekun {

/// Fills rows, periods and names of the answer.
Result<Answer> make_answer(Planned const& planned, PlannedQuestion const& question, Scans const& scans);

/// The contract's order within a period: dimensions by code point, rolled-up ones first.
bool row_before(AnswerRow const& a, AnswerRow const& b);

/// Ranks, filters by `having` and cuts the rows that are no totals; `hidden` figures at the end of each row go.
Result<void> rank_rows(Answer& answer, PlannedQuestion const& question, std::vector<std::string> const& evaluated);

}  // namespace yekun
