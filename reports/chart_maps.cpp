#include "reports/chart_maps.h"

#include <map>

#include "charts/map_shapes.h"
#include "charts/tile_layout.h"
#include "reports/folder_file.h"

namespace yekun {
namespace {

/// What `parse` makes of a file, shared by all charts; nullptr and a note where it cannot be had.
template <class Map, class Parse>
std::shared_ptr<Map const> load(Result<FolderFile> const& file, Parse const& parse, Diagnostics& problems) {
  auto map = file ? parse(*file) : Result<Map>(failure(file.error()));
  if (map) return std::make_shared<Map const>(std::move(*map));
  problems.insert(problems.end(), map.error().begin(), map.error().end());
  return nullptr;
}

}  // namespace

void load_chart_maps(ParsedReport& report) {
  if (!report.programme) return;
  std::string const& folder = report.programme->programme.folder;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<MapShapes const>> shapes;
  std::map<std::string, std::shared_ptr<charts::TileLayout const>> tiles;
  for (auto& section : report.report.sections) {
    auto* content = std::get_if<ChartSection>(&section.content);
    if (content == nullptr) continue;
    auto& chart = content->chart;
    if (!chart.geojson.empty()) {
      auto const [at, fresh] = shapes.try_emplace({chart.geojson, chart.geo_key});
      auto const parse = [&](FolderFile const& file) { return parse_geojson(file.bytes, file.path, chart.geo_key); };
      if (fresh)
        at->second = load<MapShapes>(read_folder_file(chart.geojson, folder, content->geojson_place), parse,
                                     report.notes.problems);
      chart.map = at->second;
    }
    if (chart.layout.ends_with(".json")) {
      auto const [at, fresh] = tiles.try_emplace(chart.layout);
      auto const parse = [](FolderFile const& file) { return charts::parse_tiles(file.bytes, file.path); };
      if (fresh)
        at->second = load<charts::TileLayout>(read_folder_file(chart.layout, folder, content->layout_place), parse,
                                              report.notes.problems);
      chart.tiles = at->second;
    }
  }
}

}  // namespace yekun
