// charts N DIR png|pdf: the N charts of the peers' comparison (W4), 1200 x 700 pixels: even = grouped bars (12 x 2),
// odd = three lines of 36 points. Each is laid out from chart data and painted; one PNG each, or one PDF of N pages.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "charts/lay_out.h"
#include "output/png.h"
#include "output/scene_pdf.h"

using namespace yekun;

namespace {

double number(int chart, int series, int i) { return 50 + 40 * std::sin(0.3 * i + series + chart); }

ChartData data_of(int chart) {
  static char const* const bars[] = {"Women", "Men"};
  static char const* const lines[] = {"Present", "Absent", "Excused"};
  bool const line = chart % 2 != 0;
  ChartData data;
  data.type = line ? ChartType::line : ChartType::bar;
  data.time = true;
  data.numbers = {false, false, 0, "people", "participants"};
  data.title = "Attendance " + std::to_string(chart) + ", Gəncə-Daşkəsən";
  data.subject = "Attendance";
  data.period_text = "2025";
  data.category_heading = "Month";
  Date day = *parse_iso_date("2023-01-01");
  for (int i = 0; i < (line ? 36 : 12); ++i) {
    Period const period = period_at(PeriodKind::month, day, {});
    static char const* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::string const label = std::string(months[i % 12]) + " " + period.label.substr(0, 4);
    data.categories.push_back({period.label, label, label, period, false, false, {}});
    day = period.end;
  }
  ChartPanel panel;
  for (int s = 0; s < (line ? 3 : 2); ++s) {
    ChartSeries series{line ? lines[s] : bars[s], line ? lines[s] : bars[s], {}, data.numbers, false};
    for (std::size_t i = 0; i < data.categories.size(); ++i)
      series.points.push_back({Value::of(number(chart, s, static_cast<int>(i))), {}, {}, {}, {}});
    panel.series.push_back(std::move(series));
  }
  data.panels.push_back(std::move(panel));
  return data;
}

/// As a build without SVG and HTML lays it out.
Scene scene_of(int chart, Catalogue const& catalogue, SceneType const& measurer) {
  return lay_out({}, data_of(chart), Theme{}, catalogue, measurer, {480, 280}, Tooltips::left_out);
}

bool draw_pngs(int count, std::string const& folder, Catalogue const& catalogue, SceneType const& measurer) {
  for (int k = 0; k < count; ++k) {
    auto const scene = scene_of(k, catalogue, measurer);
    auto const png = render_png(scene, measurer, {2.5});
    if (!png) return false;
    std::ofstream(folder + "/c" + std::to_string(k) + ".png", std::ios::binary) << *png;
  }
  return true;
}

bool draw_pdf(int count, std::string const& folder, Catalogue const& catalogue, SceneType const& measurer) {
  std::vector<Scene> scenes;
  for (int k = 0; k < count; ++k) scenes.push_back(scene_of(k, catalogue, measurer));
  auto const pdf = render_scenes_pdf(scenes, measurer, *parse_iso_date("2025-11-01"));
  if (!pdf) return false;
  std::ofstream(folder + "/charts.pdf", std::ios::binary) << *pdf;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  auto const type = Typeface::load();
  auto const catalogue = Catalogue::load("en");
  if (!type || !catalogue) return 1;
  SceneType const measurer(**type);
  int const count = std::atoi(argv[1]);
  bool const pdf = std::strcmp(argv[3], "pdf") == 0;
  return (pdf ? draw_pdf : draw_pngs)(count, argv[2], *catalogue, measurer) ? 0 : 1;
}
