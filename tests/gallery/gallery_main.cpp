// chart_gallery DIR [SCALE]: draws every chart of the gallery to DIR/<name>.png, .svg and .pdf, and DIR/<name>.txt (the
// Scene).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "charts/lay_out.h"
#include "charts/map_shapes.h"
#include "output/png.h"
#include "output/scene_pdf.h"
#include "output/scene_svg.h"
#include "reports/report_parts.h"
#include "tests/charts/chart_samples.h"
#include "tests/gallery/gallery.h"

using namespace yekun;

namespace {

void write_file(std::filesystem::path const& path, std::string const& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::optional<ChartSection> read_spec(gallery::Entry const& entry) {
  SpecNotes notes;
  auto const tree = parse_json(entry.spec_text, entry.name);
  if (!tree) return std::nullopt;
  auto section = parse_chart(*tree, notes);
  return section;
}

bool draw(gallery::Entry const& entry, std::filesystem::path const& folder, SceneType const& measurer, double scale,
          bool all) {
  auto section = read_spec(entry);
  auto const catalogue = Catalogue::load(entry.language);
  if (!section || !catalogue) return false;
  if (!section->chart.geojson.empty()) section->chart.map = std::make_shared<MapShapes const>(gallery::sample_map());
  auto const data = chart_data(section->chart, entry.answer, samples::programme(), *catalogue);
  auto const size = chart_size(section->chart, data, section->chart.width_pt);
  auto const scene = lay_out(section->chart, data, Theme{}, *catalogue, measurer, size);
  auto const png = render_png(scene, measurer, {scale, {0xFF, 0xFF, 0xFF}, PngColours::palette, !all});
  if (!png) return false;
  write_file(folder / (entry.name + ".png"), *png);
  if (!all) return true;
  write_file(folder / (entry.name + ".svg"), render_svg(scene, {.id_prefix = entry.name}));
  auto const pdf = render_scenes_pdf({&scene, 1}, measurer, *parse_iso_date("2025-11-01"));
  if (!pdf) return false;
  write_file(folder / (entry.name + ".pdf"), *pdf);
  write_file(folder / (entry.name + ".txt"), to_text(scene));
  return true;
}

/// The gallery section of docs/charts.md: a picture and a spec each.
std::string markdown() {
  std::string page;
  for (auto const& entry : gallery::entries())
    page += "\n### " + entry.name + "\n\n![" + entry.name + "](charts/" + entry.name + ".png)\n\n```json\n" +
            entry.spec_text + "\n```\n";
  return page;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: chart_gallery DIR [PIXELS-A-POINT]\n";
    return 2;
  }
  if (std::string_view(argv[1]) == "--markdown") {
    std::cout << markdown();
    return 0;
  }
  if (std::string_view(argv[1]) == "--check" && argc == 3) {
    std::ifstream file(argv[2], std::ios::binary);
    std::string const page(std::istreambuf_iterator<char>(file), {});
    if (page.ends_with(markdown())) return 0;
    std::cerr << argv[2] << " does not end with the gallery: replace its end by what --markdown prints\n";
    return 1;
  }
  auto const type = Typeface::load();
  if (!type) return 1;
  SceneType const measurer(**type);
  for (auto const& entry : gallery::entries()) {
    if (draw(entry, argv[1], measurer, argc > 2 ? std::atof(argv[2]) : 1.25, argc > 2)) continue;
    std::cerr << "cannot draw " << entry.name << "\n";
    return 1;
  }
  return 0;
}
