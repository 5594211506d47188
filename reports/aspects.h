// What a table can show of a figure: its value, and what the value is compared with.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue.h"
#include "indicators/figure.h"
#include "reports/document.h"

namespace yekun {

enum class Aspect { value, previous, change, baseline, target, cumulative, achievement, status };

/// The heading of an aspect's column: "Value", "Previous period", "Change", ...
std::string aspect_heading(Aspect aspect, Catalogue const& catalogue);
TableColumn aspect_column(Aspect aspect, Indicator const& indicator, IndicatorKind kind, Catalogue const& catalogue);
/// A cell of that column; words are empty where there is nothing to compare with.
Cell aspect_cell(Aspect aspect, Figure const& figure, Indicator const& indicator, Catalogue const& catalogue);

/// Where the aspect's number comes from, down to cells of the Cube, targets and baselines; null where it has no number
/// or where no formula says exactly this number.
LineagePtr aspect_lineage(Aspect aspect, Figure const& figure, Indicator const& indicator);

/// The aspects that at least one of the figures has something to say about, value and its order kept.
std::vector<Aspect> useful_aspects(std::vector<Aspect> const& wanted, std::vector<Figure const*> const& figures);

}  // namespace yekun
