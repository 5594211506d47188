// Tile-grid map: a square a region, roughly where it lies, shaded in five classes.
#include <algorithm>
#include <cmath>

#include "charts/classes.h"
#include "charts/layouts.h"
#include "charts/palette.h"
#include "charts/tile_layout.h"
#include "core/utf8.h"

namespace yekun::charts {

namespace {

enum class Script { latin, cyrillic, georgian };

Script script_of(std::string_view text) {
  for (char32_t const c : to_code_points(text)) {
    if ((c >= 0x10A0 && c <= 0x10FF) || (c >= 0x1C90 && c <= 0x1CBF)) return Script::georgian;
    if (c >= 0x0400 && c <= 0x052F) return Script::cyrillic;
  }
  return Script::latin;
}

/// Of a tile without data: the first of its names in the script of the reader's language.
std::string const& name_for(Drawing const& drawing, Tile const& tile) {
  std::string const& language = drawing.catalogue.locale().language();
  Script const wanted = language == "ka" ? Script::georgian : language == "ru" ? Script::cyrillic : Script::latin;
  auto const found = std::find_if(tile.names.begin(), tile.names.end(),
                                  [&](std::string const& name) { return script_of(name) == wanted; });
  return found == tile.names.end() ? tile.names.front() : *found;
}

constexpr double kGapPt = 3;

/// The category that stands on a tile, by its value or its label.
std::optional<std::size_t> category_on(Drawing const& drawing, TileLayout const& layout, Tile const& tile) {
  for (std::size_t i = 0; i < drawing.data.categories.size(); ++i)
    if (layout.find(drawing.data.categories[i].id) == &tile || layout.find(drawing.data.categories[i].label) == &tile)
      return i;
  return std::nullopt;
}

void draw_tile(Drawing& drawing, Panel const& panel, Tile const& tile, std::optional<std::size_t> category, Box box,
               Classes const& classes) {
  ChartSeries const& series = panel.data.series.front();
  ChartPoint const none{};
  ChartPoint const& point = category ? series.points[*category] : none;
  std::string const& name = category ? drawing.data.categories[*category].label : name_for(drawing, tile);
  Group group{"tile", name + ": " + worded(point.value, series.numbers, drawing.catalogue), point.figure};
  Colour ink = drawing.theme.muted;
  if (point.value.is_value()) {
    std::size_t const index = classes.of(to_double(point.value.number));
    Colour const fill = classes.colour(index);
    group.marks.emplace_back(scene::Rect{box, fill, index == 0 ? 0.6 : 0, drawing.theme.faint, 3});
    ink = text_on(fill, drawing.theme);
  } else if (point.value.state == State::suppressed) {
    group.marks.emplace_back(scene::Hatch{box, drawing.theme.neutral});
  } else {
    group.marks.emplace_back(scene::Rect{box, drawing.theme.panel, 0.6, drawing.theme.faint, 3});
  }
  bool const hatched = point.value.state == State::suppressed;
  double const line = line_pt(kTick);
  if (box.height < 2 * line + 2 || hatched) {
    drawing.add(std::move(group));
    return;
  }
  auto const words = drawing.wrapped(name, kTick, box.width - 4, box.height >= 3 * line + 4 ? 2 : 1);
  double const height = static_cast<double>(words.lines.size() + 1) * line;
  double const top = box.y + (box.height - height) / 2;
  double const centre = box.x + box.width / 2;
  Box const names = drawing.add_lines(group, words.lines, {centre, top}, kTick, ink, Anchor::middle);
  std::string const value = label_text(point.value, panel.range.numbers, drawing.catalogue);
  if (drawing.width(value, kLabelBold) <= box.width - 2)
    drawing.add_lines(group, {value}, {centre, names.bottom()}, kLabelBold, ink, Anchor::middle);
  drawing.add(std::move(group));
}

}  // namespace

TileLayout tiles_for(ChartSpec const& spec, ChartData const& data) {
  if (spec.tiles != nullptr) return *spec.tiles;
  if (!spec.layout.empty()) return load_tiles(spec.layout);
  std::vector<std::string> names;
  for (auto const& category : data.categories) {
    names.push_back(category.id);
    names.push_back(category.label);
  }
  return find_tiles(names);
}

void draw_tile_map(Drawing& drawing, Panel const& panel) {
  TileLayout const layout = tiles_for(drawing.spec, drawing.data);
  Classes const classes = classes_of(drawing);
  double const top = panel.small ? panel.area.y : draw_classes(drawing, panel, classes, {});
  int rows = 0;
  int columns = 0;
  for (auto const& tile : layout.tiles) {
    rows = std::max(rows, tile.row + 1);
    columns = std::max(columns, tile.column + 1);
  }
  double const width = panel.area.width / columns;
  double const height = std::min(width * 0.8, (panel.area.bottom() - top) / rows);
  double const used = std::min(width, height * 1.9);
  double const left = panel.area.x + (panel.small ? 0 : (panel.area.width - used * columns) / 2);
  for (auto const& tile : layout.tiles)
    draw_tile(drawing, panel, tile, category_on(drawing, layout, tile),
              {left + used * tile.column, top + height * tile.row, std::max(1.0, used - kGapPt),
               std::max(1.0, height - kGapPt)},
              classes);
}

}  // namespace yekun::charts
