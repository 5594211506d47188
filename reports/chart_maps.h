// The boundary files that a report's choropleths name, and the layouts of its tile maps.
#pragma once

#include "reports/report_parser.h"

namespace yekun {

/// Reads each chart's `geojson`, and its `layout` where that is a path, from below the programme's folder and fills
/// ChartSpec::map and tiles; a file named twice is read once. Problems go to the report's notes, placed at the spec's path or in the map itself.
void load_chart_maps(ParsedReport& report);

}  // namespace yekun
