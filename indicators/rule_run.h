// Runs a dataset's rules and key over all of its rows, with what they look up and derive.
#pragma once

#include "data-loaders/source.h"
#include "indicators/definitions.h"
#include "indicators/question.h"

namespace yekun {

/// The findings of the dataset's rules, key and interval of dates; none where it has none of them. Holds the columns
/// that the rules read in memory. Failures: mistakes of the rules (Fault::spec), sources that cannot be read
/// (Fault::data).
Result<Findings> run_rules(Programme const& programme, Dataset const& dataset, SourceContext const& context);

/// Adds the findings of run_rules() to the facts of each dataset that was answered from.
tl::expected<void, Diagnostics> add_rule_findings(Programme const& programme, SourceContext const& context,
                                                  std::vector<DatasetFacts>& facts);

}  // namespace yekun
