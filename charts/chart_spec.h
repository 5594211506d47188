// What a report's spec asks of one chart. A struct only: reports/ parses it, chart_data.h joins it with computed
// values.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/decimal.h"
#include "core/diagnostic.h"
#include "core/locale.h"
#include "core/period.h"

namespace yekun {

struct MapShapes;  // map_shapes.h
namespace charts {
struct TileLayout;
}

/// `automatic` is chosen by intent, then by x: a line over many periods, bars otherwise (suggest_type in chart_data.h).
enum class ChartType {
  automatic,
  bar,
  line,
  area,
  combo,
  pyramid,
  donut,
  bullet,
  heat,
  slope,
  waterfall,
  dot_range,
  scatter,
  gantt,
  funnel,
  upset,
  choropleth,
  tile_map,
  sparkline
};

/// The reader's question, after the FT's visual vocabulary.
enum class ChartIntent { none, change_over_time, ranking, magnitude, part_to_whole, deviation, target, spatial, flow };

enum class BarStack { grouped, stacked, percent };

/// `automatic`: nominal bars by value, descending; ordinal and time never re-sorted.
enum class ChartOrder { automatic, as_given, ascending, descending };

/// {"at": "2025-03", "text": {...}}: a note beside a category or period.
struct ChartAnnotation {
  std::string at;  // a category's value or a period's label
  LocalText text{};
  Place place{};
};

/// What the dashed line shows: nothing, the indicator's own target, a fixed number (fractions for percent units), or
/// another indicator.
using ChartTarget = std::variant<std::monostate, bool, Decimal, std::string>;

struct ChartSpec {
  ChartType type = ChartType::automatic;
  ChartIntent intent = ChartIntent::none;
  std::string x{};                  // a dimension, or "period"; scatter: an indicator
  std::vector<std::string> y{};     // indicators
  std::string color{};              // a dimension: one series (scatter: one point) a value; "period" is allowed
  std::string facet{};              // a dimension: one small chart a value
  std::optional<PeriodKind> per{};  // with x or color "period": the step; nullopt: one finer than the period
  std::string where{};
  std::optional<std::size_t> top{};  // the first categories in order
  BarStack stack = BarStack::grouped;
  std::optional<bool> horizontal{};  // bars; nullopt: by the labels' length and number
  ChartOrder order = ChartOrder::automatic;
  ChartTarget target{};
  bool baseline = false;                 // also draw the indicator's baseline
  std::vector<std::string> highlight{};  // values of color (or x) that keep their colour; the others turn grey
  std::vector<ChartAnnotation> annotations{};
  std::optional<int> places{};  // decimals shown; nullopt: the indicator's
  bool values = true;           // label values where there is room
  bool log = false;             // positive values on a logarithmic scale; never for bars
  bool free_scales = false;     // facets: a scale each; the chart then says so
  std::string layout{};         // tile_map: "azerbaijan", ..., or a .json path; else found by the names
  std::shared_ptr<charts::TileLayout const> tiles{};  // what a path in `layout` holds; shared like `map`
  std::string geojson{};                              // choropleth: a path below the programme's folder
  std::string geo_key{};                              // choropleth: the property that names the region
  std::shared_ptr<MapShapes const> map{};  // what `geojson` holds; shared by the copies a report makes of its specs
  std::string split{};                     // upset: what separates the answers in a value of x
  LocalText title{};                       // empty: made from the indicators
  LocalText subtitle{};                    // empty: unit and period
  LocalText source{};                      // a note below the chart
  double width_pt = 480;
  double height_pt = 0;  // 0: by type and number of categories (chart_size in lay_out.h)
  Place place{};
};

/// The spec's words: "bar", "line", "dot-range", "heat", "tile-map", ... nullopt for any other text.
std::optional<ChartType> parse_chart_type(std::string_view text);
std::string_view to_text(ChartType type);
/// "change-over-time", "ranking", "magnitude", "part-to-whole", "deviation", "target", "spatial", "flow".
std::optional<ChartIntent> parse_chart_intent(std::string_view text);
/// All words that parse, in the order of the enum, for hints and the schema.
std::vector<std::string> chart_type_words();
std::vector<std::string> chart_intent_words();

}  // namespace yekun
