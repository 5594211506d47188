// The SQL of questions, for readers.
#pragma once

#include <span>
#include <string>

#include "indicators/question.h"

namespace yekun {

/// The datasets whose spec says that the database computes, and which it cannot for these questions: an error each,
/// without place, or the failure to ask it. What only the values tell (an overflow) comes when numbers are asked for.
Diagnostics refused_by_databases(Programme const& programme, std::span<Question const> questions,
                                 Environment const& environment);

/// The statements by which the questions' datasets are aggregated where they live; a comment for each dataset whose
/// rows are read, with the reason. Mistakes of the spec are failures as in answer().
Result<std::string> sql_text(Programme const& programme, std::span<Question const> questions,
                             Environment const& environment);

}  // namespace yekun
