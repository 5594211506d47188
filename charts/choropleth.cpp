// Choropleth: regions in their boundaries, shaded in five classes of a rate.
#include <algorithm>
#include <cmath>
#include <limits>

#include "charts/classes.h"
#include "charts/labels.h"
#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

using Verb = scene::Path::Verb;
constexpr double kLeastStepPt = 0.35;  // points of a boundary nearer than this look the same

/// From the file's coordinates to the page: degrees are shortened towards the poles so that shapes keep their form.
struct Projection {
  double left = 0;
  double top = 0;  // greatest y of the file
  double shrink = 1;
  double scale = 1;
  Point origin{};

  Point operator()(Point at) const {
    return {origin.x + (at.x - left) * shrink * scale, origin.y + (top - at.y) * scale};
  }
};

Projection fit(MapShapes const& map, Box area) {
  constexpr double kFar = std::numeric_limits<double>::max();
  double low_x = kFar;
  double low_y = kFar;
  double high_x = -kFar;
  double high_y = -kFar;
  for (auto const& region : map.regions)
    for (auto const& ring : region.rings)
      for (auto const& point : ring) {
        low_x = std::min(low_x, point.x);
        high_x = std::max(high_x, point.x);
        low_y = std::min(low_y, point.y);
        high_y = std::max(high_y, point.y);
      }
  Projection made{low_x, high_y};
  bool const degrees = low_x >= -180 && high_x <= 180 && low_y >= -90 && high_y <= 90;
  constexpr double kRadians = 3.14159265358979323846 / 180;
  if (degrees) made.shrink = std::max(0.05, std::cos((low_y + high_y) / 2 * kRadians));
  double const width = std::max(1e-9, (high_x - low_x) * made.shrink);
  double const height = std::max(1e-9, high_y - low_y);
  made.scale = std::min(area.width / width, area.height / height);
  made.origin = {area.x + (area.width - width * made.scale) / 2, area.y};
  return made;
}

/// The region's outline on the page without points that no one could see.
scene::Path path_of(MapRegion const& region, Projection const& projection) {
  scene::Path path;
  for (auto const& ring : region.rings) {
    Point last{};
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Point const at = projection(ring[i]);
      bool const near = i > 0 && std::hypot(at.x - last.x, at.y - last.y) < kLeastStepPt;
      if (near && i + 1 < ring.size()) continue;
      path.verbs.push_back(i == 0 ? Verb::move : Verb::line);
      path.points.push_back(at);
      last = at;
    }
    path.verbs.push_back(Verb::close);
  }
  return path;
}

/// A place for words: the middle of the widest stretch of the region at the height of its largest ring's centre.
struct LabelPlace {
  Point at{};
  double width_pt = 0;
};

/// Twice the area under a ring on the page, with its sign.
double double_area(std::vector<Point> const& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Point const& a = ring[i];
    Point const& b = ring[(i + 1) % ring.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

LabelPlace label_place(MapRegion const& region, Projection const& projection) {
  std::vector<Point> largest;
  for (auto const& ring : region.rings) {
    std::vector<Point> placed;
    for (auto const& point : ring) placed.push_back(projection(point));
    if (largest.empty() || std::abs(double_area(placed)) > std::abs(double_area(largest))) largest = std::move(placed);
  }
  double low = largest.front().y;
  double high = low;
  for (auto const& point : largest) {
    low = std::min(low, point.y);
    high = std::max(high, point.y);
  }
  LabelPlace best;
  for (double const share : {0.5, 0.42, 0.58, 0.34, 0.66}) {
    double const y = low + share * (high - low);
    std::vector<double> crossings;
    for (std::size_t i = 0; i < largest.size(); ++i) {
      Point const& a = largest[i];
      Point const& b = largest[(i + 1) % largest.size()];
      if ((a.y <= y) != (b.y <= y)) crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
      if (crossings[i + 1] - crossings[i] > best.width_pt * 1.15)
        best = {{(crossings[i] + crossings[i + 1]) / 2, y}, crossings[i + 1] - crossings[i]};
  }
  return best;
}

struct Shaded {
  MapRegion const* region = nullptr;
  std::optional<std::size_t> category{};
  Colour fill{};
  bool known = false;  // a value to shade by
};

std::vector<Shaded> shade(Drawing const& drawing, ChartSeries const& series, Classes const& classes) {
  std::vector<Shaded> all;
  MapShapes const& map = *drawing.spec.map;
  std::vector<MapRegion const*> placed;
  for (auto const& category : drawing.data.categories) placed.push_back(map_region(drawing.spec, category));
  for (auto const& region : map.regions) {
    Shaded one{&region, {}, drawing.theme.panel, false};
    auto const found = std::find(placed.begin(), placed.end(), &region);
    if (found != placed.end()) one.category = static_cast<std::size_t>(found - placed.begin());
    if (one.category && series.points[*one.category].value.is_value()) {
      one.known = true;
      one.fill = classes.colour(classes.of(to_double(series.points[*one.category].value.number)));
    }
    all.push_back(one);
  }
  return all;
}

void draw_region(Drawing& drawing, ChartSeries const& series, Shaded const& shaded, Projection const& projection) {
  ChartPoint const none{};
  ChartPoint const& point = shaded.category ? series.points[*shaded.category] : none;
  std::string const& name =
      shaded.category ? drawing.data.categories[*shaded.category].label : shaded.region->names.front();
  Group group{"region", name + ": " + worded(point.value, series.numbers, drawing.catalogue), point.figure};
  scene::Path path = path_of(*shaded.region, projection);
  path.colour = shaded.fill;
  path.outline = shaded.known ? drawing.theme.background : drawing.theme.neutral;
  path.outline_pt = 0.7;
  path.hatched = !shaded.known;
  if (path.hatched) path.colour = hatch_colour(drawing, point.value.state);
  group.marks.emplace_back(std::move(path));
  drawing.add(std::move(group));
}

/// Name and value where the region has room, or the value alone, or nothing: the table and tooltips have all of them.
void draw_labels(Drawing& drawing, Panel const& panel, std::vector<Shaded> const& regions,
                 Projection const& projection) {
  ChartSeries const& series = panel.data.series.front();
  Group group{"label"};
  TakenSpace taken;
  for (auto const& one : regions) {
    if (!one.known || !drawing.spec.values) continue;
    auto const place = label_place(*one.region, projection);
    double const room = place.width_pt - 4;
    std::string const value = label_text(series.points[*one.category].value, panel.range.numbers, drawing.catalogue);
    std::string const& name = drawing.data.categories[*one.category].label;
    if (drawing.width(value, kLabelBold) > room) continue;
    bool const named = drawing.width(name, kTick) <= room;
    double const height = line_pt(kLabelBold) + (named ? line_pt(kTick) : 0);
    double const width = std::max(drawing.width(value, kLabelBold), named ? drawing.width(name, kTick) : 0.0);
    Box const box{place.at.x - width / 2, place.at.y - height / 2, width, height + 2};
    if (box.y < panel.area.y || box.bottom() > panel.area.bottom() || !taken.take(box)) continue;
    Colour const ink = text_on(one.fill, drawing.theme);
    double top = box.y;
    if (named) top = drawing.add_lines(group, {name}, {place.at.x, top}, kTick, ink, Anchor::middle).bottom();
    drawing.add_lines(group, {value}, {place.at.x, top}, kLabelBold, ink, Anchor::middle);
  }
  drawing.add(std::move(group));
}

}  // namespace

MapRegion const* map_region(ChartSpec const& spec, ChartCategory const& category) {
  if (spec.map == nullptr) return nullptr;
  auto const* found = spec.map->find(category.id);
  return found != nullptr ? found : spec.map->find(category.label);
}

Colour hatch_colour(Drawing const& drawing, State state) {
  return state == State::suppressed ? drawing.theme.neutral : mix(drawing.theme.neutral, drawing.theme.background, 0.6);
}

void draw_choropleth(Drawing& drawing, Panel const& panel) {
  ChartSeries const& series = panel.data.series.front();
  Classes const classes = classes_of(drawing);
  auto const regions = shade(drawing, series, classes);
  std::vector<LegendEntry> more;
  auto const withheld = [&](Shaded const& one) {
    return one.category && series.points[*one.category].value.state == State::suppressed;
  };
  if (std::any_of(regions.begin(), regions.end(), [&](auto const& one) { return !one.known && !withheld(one); }))
    more.push_back({drawing.say("chart.legend.no_data"), hatch_colour(drawing, State::missing), Swatch::hatch, -1, {}});
  if (std::any_of(regions.begin(), regions.end(), withheld))
    more.push_back(
        {drawing.say("chart.legend.suppressed"), hatch_colour(drawing, State::suppressed), Swatch::hatch, -1, {}});
  double const top = panel.small ? panel.area.y : draw_classes(drawing, panel, classes, std::move(more)) + 2;
  Projection const projection =
      fit(*drawing.spec.map, {panel.area.x, top, panel.area.width, std::max(1.0, panel.area.bottom() - top)});
  for (auto const& one : regions) draw_region(drawing, series, one, projection);
  draw_labels(drawing, panel, regions, projection);
}

}  // namespace yekun::charts
