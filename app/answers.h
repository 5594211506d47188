// What commands that ask for numbers have in common: periods, lists of names, what the data's findings say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "indicators/question.h"

namespace yekun {

/// "a, b" -> a, b; empty for an empty text.
std::vector<std::string> split_list(std::string const& text);

Diagnostic usage_problem(std::string code, std::string message, std::string hint = {});

/// The period an option names; nullopt for an empty text. Fault::usage where it cannot be read.
Result<std::optional<Period>> period_option(std::string const& text, Programme const& programme, Date as_of);

/// What was found in the data, a line for each rule and column with its first place and how often. With `strict`, those
/// of severity error are errors (Fault::data); else all are warnings or notes.
Diagnostics describe_findings(std::vector<DatasetFacts> const& datasets, bool strict);

}  // namespace yekun
