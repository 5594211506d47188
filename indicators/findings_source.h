// Data quality as a dataset: one row a finding, under the name "findings", so that indicators, reports and queries can
// count them like anything else.
#pragma once

#include <memory>

#include "data-loaders/source.h"
#include "indicators/definitions.h"

namespace yekun {

inline constexpr std::string_view kFindings = "findings";

/// The implicit dataset: date (of the row that was found, where its dataset has one), dataset, rule, severity, column,
/// file, row, value (masked where personal), reason.
Dataset findings_dataset();
/// Whether it is that dataset, and not one that the spec calls so.
bool is_findings(Dataset const& dataset);

/// The rows: rejected cells of declared columns, skipped rows, and what breaks keys and rules, of every dataset of the
/// programme in its order. The first scan reads all of them; later ones repeat its rows. Of a dataset's findings beyond
/// those that are listed (Findings::kListed) the rule, severity and column are known, and nothing else. Both arguments
/// must outlive the source.
std::unique_ptr<Source> open_findings(Programme const& programme, SourceContext const& context);

}  // namespace yekun
