// chart_gallery DIR [SCALE]: draws every chart of the gallery to DIR/<name>.png, .svg and .pdf, and DIR/<name>.txt (the
// Scene). chart_gallery --check FILE and --pictures DIR fail where docs/charts.md or its pictures are stale.
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
#include "tests/output/picture.h"

using namespace yekun;

namespace {

constexpr double kGalleryScale = 1.25;  // pixels a point

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

struct Drawn {
  Scene scene{};
  std::string png{};
};

std::optional<Drawn> draw(gallery::Entry const& entry, SceneType const& measurer, double scale, bool all) {
  auto section = read_spec(entry);
  auto const catalogue = Catalogue::load(entry.language);
  if (!section || !catalogue) return std::nullopt;
  if (!section->chart.geojson.empty()) section->chart.map = std::make_shared<MapShapes const>(gallery::sample_map());
  auto const data = chart_data(section->chart, entry.answer, samples::programme(), *catalogue);
  auto const size = chart_size(section->chart, data, section->chart.width_pt);
  Drawn drawn{lay_out(section->chart, data, Theme{}, *catalogue, measurer, size), {}};
  auto png = render_png(drawn.scene, measurer, {scale, {0xFF, 0xFF, 0xFF}, PngColours::palette, !all});
  if (!png) return std::nullopt;
  drawn.png = std::move(*png);
  return drawn;
}

bool write(gallery::Entry const& entry, std::filesystem::path const& folder, SceneType const& measurer, double scale,
           bool all) {
  auto const drawn = draw(entry, measurer, scale, all);
  if (!drawn) return false;
  write_file(folder / (entry.name + ".png"), drawn->png);
  if (!all) return true;
  write_file(folder / (entry.name + ".svg"), render_svg(drawn->scene, {.id_prefix = entry.name}));
  auto const pdf = render_scenes_pdf({&drawn->scene, 1}, measurer, *parse_iso_date("2025-11-01"));
  if (!pdf) return false;
  write_file(folder / (entry.name + ".pdf"), *pdf);
  write_file(folder / (entry.name + ".txt"), to_text(drawn->scene));
  return true;
}

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Whether every picture in the folder is what is drawn now, but for the smoothing of edges, and no other is there.
bool check_pictures(std::filesystem::path const& folder, SceneType const& measurer) {
  bool good = true;
  auto const fault = [&good](std::string const& name, char const* what) {
    std::cerr << name << ".png " << what << ": chart_gallery docs/charts draws it anew\n";
    good = false;
  };
  std::size_t files = 0;
  for (auto const& file : std::filesystem::directory_iterator(folder)) files += file.path().extension() == ".png";
  auto const all = gallery::entries();
  if (files != all.size()) fault("some", "belongs to no chart of the gallery, or is missing");
  for (auto const& entry : all) {
    auto const drawn = draw(entry, measurer, kGalleryScale, false);
    if (!drawn) return false;
    auto const want = pictures::read(read_file(folder / (entry.name + ".png")));
    auto const got = pictures::read(drawn->png);
    if (got.width == 0 || got.width != want.width || got.height != want.height)
      fault(entry.name, "has another size than what is drawn");
    else if (pictures::compare(got, want).is_plain())
      fault(entry.name, "is not what is drawn");
  }
  return good;
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
    if (read_file(argv[2]).ends_with(markdown())) return 0;
    std::cerr << argv[2] << " does not end with the gallery: replace its end by what --markdown prints\n";
    return 1;
  }
  auto const type = Typeface::load();
  if (!type) return 1;
  SceneType const measurer(**type);
  if (std::string_view(argv[1]) == "--pictures" && argc == 3) return check_pictures(argv[2], measurer) ? 0 : 1;
  for (auto const& entry : gallery::entries()) {
    if (write(entry, argv[1], measurer, argc > 2 ? std::atof(argv[2]) : kGalleryScale, argc > 2)) continue;
    std::cerr << "cannot draw " << entry.name << "\n";
    return 1;
  }
  return 0;
}
