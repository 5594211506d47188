// Categories that are lists ("home care; day centre") taken apart into sets, for UpSet charts.
#pragma once

#include "charts/chart_data.h"

namespace yekun::charts {

/// Fills ChartData::sets (in the reader's order) and each category's members, and labels categories by them: "Home care
/// + Day centre". `dimension`: whose labels the parts take. Without spec.split the separator is the first of ; | + ,
/// that any category holds. Categories of unknown value have no members.
void add_combinations(ChartData& data, ChartSpec const& spec, Programme const& programme, std::string const& dimension,
                      Catalogue const& catalogue);

}  // namespace yekun::charts
