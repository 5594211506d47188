#include "reports/chart_maps.h"

#include <map>

#include "charts/map_shapes.h"
#include "reports/folder_file.h"

namespace yekun {
namespace {

Result<std::shared_ptr<MapShapes const>> read_map(ChartSection const& section, std::string const& folder) {
  auto const file = read_folder_file(section.chart.geojson, folder, section.geojson_place);
  if (!file) return failure(file.error());
  auto shapes = parse_geojson(file->bytes, file->path, section.chart.geo_key);
  if (!shapes) return failure(shapes.error());
  return std::make_shared<MapShapes const>(std::move(*shapes));
}

}  // namespace

void load_chart_maps(ParsedReport& report) {
  if (!report.programme) return;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<MapShapes const>> read;
  for (auto& section : report.report.sections) {
    auto* chart = std::get_if<ChartSection>(&section.content);
    if (chart == nullptr || chart->chart.geojson.empty()) continue;
    auto const [at, fresh] = read.try_emplace({chart->chart.geojson, chart->chart.geo_key});
    if (fresh) {
      auto map = read_map(*chart, report.programme->programme.folder);
      if (map)
        at->second = std::move(*map);
      else
        report.notes.problems.insert(report.notes.problems.end(), map.error().begin(), map.error().end());
    }
    chart->chart.map = at->second;
  }
}

}  // namespace yekun
