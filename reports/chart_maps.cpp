#include "reports/chart_maps.h"

#include <map>

#include "charts/map_shapes.h"
<<<<<<< HEAD
#include "reports/folder_file.h"
=======
#include "charts/tile_layout.h"
#include "data-loaders/file_list.h"
#include "reports/spec_file.h"
>>>>>>> examples

namespace yekun {
namespace {

<<<<<<< HEAD
Result<std::shared_ptr<MapShapes const>> read_map(ChartSection const& section, std::string const& folder) {
  auto const file = read_folder_file(section.chart.geojson, folder, section.geojson_place);
  if (!file) return failure(file.error());
  auto shapes = parse_geojson(file->bytes, file->path, section.chart.geo_key);
  if (!shapes) return failure(shapes.error());
  return std::make_shared<MapShapes const>(std::move(*shapes));
=======
struct MapFile {
  std::string path{};
  std::string text{};
};

/// A file below the programme's folder, as `written` at `place`.
Result<MapFile> read_file(std::string const& written, Place const& place, std::string const& folder) {
  SourceSpec source;
  source.files = {written};
  source.place = place;
  SourceContext context;
  context.folder = folder;
  auto const found = find_files(source, context);
  if (!found) return failure(found.error());
  auto path = full_path(context, found->front());
  auto text = read_spec_file(path);
  if (!text) return failure(text.error());
  return MapFile{std::move(path), std::move(*text)};
}

/// What `parse` makes of a file, shared by all charts; nullptr and a note where it cannot be had.
template <class Map, class Parse>
std::shared_ptr<Map const> load(Result<MapFile> const& file, Parse const& parse, Diagnostics& problems) {
  auto map = file ? parse(*file) : Result<Map>(failure(file.error()));
  if (map) return std::make_shared<Map const>(std::move(*map));
  problems.insert(problems.end(), map.error().begin(), map.error().end());
  return nullptr;
>>>>>>> examples
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
      auto const parse = [&](MapFile const& file) { return parse_geojson(file.text, file.path, chart.geo_key); };
      if (fresh)
        at->second =
            load<MapShapes>(read_file(chart.geojson, content->geojson_place, folder), parse, report.notes.problems);
      chart.map = at->second;
    }
    if (chart.layout.ends_with(".json")) {
      auto const [at, fresh] = tiles.try_emplace(chart.layout);
      auto const parse = [](MapFile const& file) { return charts::parse_tiles(file.text, file.path); };
      if (fresh)
        at->second = load<charts::TileLayout>(read_file(chart.layout, content->layout_place, folder), parse,
                                              report.notes.problems);
      chart.tiles = at->second;
    }
  }
}

}  // namespace yekun
