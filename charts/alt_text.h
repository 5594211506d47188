// A chart in words and as a table, for readers who do not see the picture.
#pragma once

#include <string>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "charts/scene.h"
#include "core/catalogue.h"

namespace yekun::charts {

/// Type, subject and period; greatest and least value; the latest against its target; how many values are missing or
/// withheld.
std::string alt_text(ChartSpec const& spec, ChartData const& data, Catalogue const& catalogue);

/// A row a category (of each panel), a column a series, targets last where they are shown.
SceneTable table_twin(ChartData const& data, Catalogue const& catalogue);

}  // namespace yekun::charts
