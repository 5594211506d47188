#include "reports/chart_maps.h"

#include <map>

#include "charts/map_shapes.h"
#include "data-loaders/file_list.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

Result<std::shared_ptr<MapShapes const>> read_map(ChartSection const& section, std::string const& folder) {
  SourceSpec source;
  source.files = {section.chart.geojson};
  source.place = section.geojson_place;
  SourceContext context;
  context.folder = folder;
  auto const found = find_files(source, context);
  if (!found) return failure(found.error());
  auto const path = full_path(context, found->front());
  auto const text = read_spec_file(path);
  if (!text) return failure(text.error());
  auto shapes = parse_geojson(*text, path, section.chart.geo_key);
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
