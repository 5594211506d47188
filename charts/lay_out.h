// ChartSpec + ChartData -> Scene: the one entry to all layouts. Pure: the same arguments give the same Scene.
#pragma once

#include <vector>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "charts/scene.h"
#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "core/theme.h"

namespace yekun {

struct ChartSize {
  double width_pt = 480;
  double height_pt = 280;  // 1200 x 700 pixels at 2.5 pixels a point
};

/// Pictures on paper have no tooltips, and writing them is a sixth of the work.
enum class Tooltips { written, left_out };

/// The size a chart wants at a width: the spec's height, else by type and number of categories, at most 640.
ChartSize chart_size(ChartSpec const& spec, ChartData const& data, double width_pt);

/// Nothing of it could be drawn: no panel, category or series, or no figure with a value or a withheld one.
bool is_empty(ChartData const& data);

/// A complete chart: title, subtitle, marks, axes, source, alt text and table twin. No data: a scene that says so.
/// Everything lies inside the size; labels that do not fit are shortened (Scene::shortened) or left out, never
/// overlapped.
Scene lay_out(ChartSpec const& spec, ChartData const& data, Theme const& theme, Catalogue const& catalogue,
              TextMeasurer const& measurer, ChartSize size, Tooltips tooltips = Tooltips::written);

/// The small line of a KPI card or table cell: no axes, the last value marked, missing values break it.
Scene lay_out_sparkline(std::vector<Value> const& values, Theme const& theme, ChartSize size);

}  // namespace yekun
