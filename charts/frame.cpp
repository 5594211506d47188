#include "charts/frame.h"

#include <algorithm>
#include <array>

#include "charts/palette.h"

namespace yekun::charts {

namespace {

using Verb = scene::Path::Verb;

/// A disc of four cubic curves.
scene::Path disc(Point at, double radius) {
  double const k = radius * 0.5522847498;
  auto const [x, y] = at;
  return {{Verb::move, Verb::curve, Verb::curve, Verb::curve, Verb::curve, Verb::close},
          {{x + radius, y},
           {x + radius, y + k},
           {x + k, y + radius},
           {x, y + radius},
           {x - k, y + radius},
           {x - radius, y + k},
           {x - radius, y},
           {x - radius, y - k},
           {x - k, y - radius},
           {x, y - radius},
           {x + k, y - radius},
           {x + radius, y - k},
           {x + radius, y}}};
}

scene::Path polygon(std::vector<Point> points) {
  scene::Path path;
  for (std::size_t i = 0; i < points.size(); ++i) path.verbs.push_back(i == 0 ? Verb::move : Verb::line);
  path.verbs.push_back(Verb::close);
  path.points = std::move(points);
  return path;
}

constexpr double kSwatchPt = 8;
constexpr double kLineSwatchPt = 22;

double swatch_width(Swatch swatch) {
  return swatch == Swatch::line || swatch == Swatch::dashes ? kLineSwatchPt : kSwatchPt;
}

void add_swatch(Group& group, LegendEntry const& entry, double x, double middle, Theme const& theme) {
  Box const square{x, middle - kSwatchPt / 2, kSwatchPt, kSwatchPt};
  switch (entry.swatch) {
    case Swatch::fill:
      if (contrast(entry.colour, theme.background) < 1.5)
        group.marks.emplace_back(scene::Rect{square, entry.colour, 0.7, theme.neutral, 1});
      else
        group.marks.emplace_back(scene::Rect{square, entry.colour, 0, {}, 1});
      break;
    case Swatch::hatch:
      group.marks.emplace_back(scene::Hatch{square, entry.colour});
      break;
    case Swatch::line:
    case Swatch::dashes:
      group.marks.emplace_back(straight({x, middle}, {x + kLineSwatchPt, middle}, entry.colour,
                                        entry.swatch == Swatch::line ? 2 : 1.5,
                                        entry.swatch == Swatch::line ? entry.dash_pt : target_dash()));
      if (entry.marker >= 0)
        add_marker(group, entry.marker, {x + kLineSwatchPt / 2, middle}, 6, entry.colour, theme.background);
      break;
  }
}

}  // namespace

void add_marker(Group& group, int marker, Point at, double size_pt, Colour colour, Colour background) {
  double const r = size_pt / 2;
  scene::Path path;
  switch (marker % 4) {
    case 0:
      path = disc(at, r);
      break;
    case 1:
      path = polygon({{at.x - r * 0.9, at.y - r * 0.9},
                      {at.x + r * 0.9, at.y - r * 0.9},
                      {at.x + r * 0.9, at.y + r * 0.9},
                      {at.x - r * 0.9, at.y + r * 0.9}});
      break;
    case 2:
      path = polygon({{at.x, at.y - r * 1.15}, {at.x + r * 1.1, at.y + r * 0.85}, {at.x - r * 1.1, at.y + r * 0.85}});
      break;
    default:
      path = polygon({{at.x, at.y - r * 1.2}, {at.x + r * 1.2, at.y}, {at.x, at.y + r * 1.2}, {at.x - r * 1.2, at.y}});
      break;
  }
  bool const hollow = marker % 8 >= 4;
  path.colour = hollow ? background : colour;
  path.outline = hollow ? colour : background;
  path.outline_pt = hollow ? 1.2 : 0.8;
  group.marks.emplace_back(std::move(path));
}

double draw_header(Drawing& drawing, std::string const& subtitle) {
  double const width_pt = drawing.scene.width_pt - 2 * kPadding;
  double y = kPadding;
  if (!drawing.data.title.empty()) {
    Group title{"title"};
    auto const lines = drawing.wrapped(drawing.data.title, kTitle, width_pt, drawing.scene.width_pt < 300 ? 3 : 2);
    y = drawing.add_lines(title, lines.lines, {kPadding, y}, kTitle, drawing.theme.text).bottom() + 1;
    drawing.add(std::move(title));
  }
  if (!subtitle.empty()) {
    Group group{"subtitle"};
    auto const lines = drawing.wrapped(subtitle, kSubtitle, width_pt, 2);
    y = drawing.add_lines(group, lines.lines, {kPadding, y}, kSubtitle, drawing.theme.muted).bottom();
    drawing.add(std::move(group));
  }
  return y + 8;
}

double draw_legend(Drawing& drawing, std::vector<LegendEntry> const& entries, double left, double top, double width_pt,
                   double bottom) {
  if (entries.empty() || top + line_pt(kLabel) > bottom) return top;
  Group group{"legend"};
  double x = left;
  double y = top;
  for (auto const& entry : entries) {
    double const swatch = swatch_width(entry.swatch) + 4;
    auto const words = drawing.wrapped(entry.label, kLabel, width_pt - swatch, 1);
    double const need = swatch + words.width_pt;
    if (x > left && x + need > left + width_pt) {
      if (y + 2 * line_pt(kLabel) + 1 > bottom) {
        drawing.scene.shortened.push_back(entry.label);
        continue;
      }
      x = left;
      y += line_pt(kLabel) + 1;
    }
    double const middle = y + line_pt(kLabel) / 2;
    add_swatch(group, entry, x, middle, drawing.theme);
    group.marks.emplace_back(
        drawing.text(words.lines.front(), {x + swatch, baseline_around(middle, kLabel)}, kLabel, drawing.theme.text));
    x += need + 14;
  }
  drawing.add(std::move(group));
  return y + line_pt(kLabel) + 7;
}

double draw_footer(Drawing& drawing, std::vector<std::string> const& notes) {
  double const width_pt = drawing.scene.width_pt - 2 * kPadding;
  std::vector<std::string> lines;
  auto const most = std::max(4.0, 0.24 * drawing.scene.height_pt / line_pt(kNote));
  for (std::size_t i = 0; i < notes.size(); ++i) {
    auto wrapped = drawing.wrapped(notes[i], kNote, width_pt, 2);
    bool const between = i > 0 && i + 1 < notes.size();
    if (between && static_cast<double>(lines.size() + wrapped.lines.size()) + 2 > most) {
      drawing.scene.shortened.push_back(notes[i]);
      continue;
    }
    for (auto& line : wrapped.lines) lines.push_back(std::move(line));
  }
  if (lines.empty()) return drawing.scene.height_pt - kPadding;
  double const top = drawing.scene.height_pt - kPadding + 2 - static_cast<double>(lines.size()) * line_pt(kNote);
  Group group{"note"};
  drawing.add_lines(group, lines, {kPadding, top}, kNote, drawing.theme.muted);
  drawing.add(std::move(group));
  return top - 8;
}

}  // namespace yekun::charts
