// The boundary files that a report's choropleths name.
#pragma once

#include "reports/report_parser.h"

namespace yekun {

/// Reads each chart's `geojson` from below the programme's folder and fills ChartSpec::map; a file named twice is read
/// once. Problems go to the report's notes, placed at the spec's path or in the map itself.
void load_chart_maps(ParsedReport& report);

}  // namespace yekun
