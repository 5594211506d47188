#include "charts/annotations.h"

#include <algorithm>

namespace yekun::charts {

namespace {

constexpr std::size_t kMostDrawn = 4;
constexpr double kWidestPt = 130;
constexpr double kMarginPt = 45;  // between two in a row, while the axis's width is not known yet
constexpr double kGapPt = 6;

/// The category that an annotation stands at; the number of categories if there is none.
std::size_t category_of(ChartData const& data, ChartAnnotation const& annotation) {
  for (std::size_t i = 0; i < data.categories.size(); ++i)
    if (data.categories[i].id == annotation.at || data.categories[i].label == annotation.at) return i;
  return data.categories.size();
}

bool has_room(Drawing const& drawing) {
  auto const& data = drawing.data;
  bool const type = data.type == ChartType::line || data.type == ChartType::area || data.type == ChartType::combo ||
                    data.type == ChartType::bar || data.type == ChartType::waterfall;
  return type && data.time && data.panels.size() == 1 && !drawing.spec.horizontal.value_or(false) &&
         drawing.scene.height_pt >= 220 && drawing.scene.width_pt >= 300;
}

std::vector<ChartAnnotation const*> drawn(Drawing const& drawing) {
  std::vector<ChartAnnotation const*> all;
  if (!has_room(drawing)) return all;
  for (auto const& one : drawing.data.annotations)
    if (all.size() < kMostDrawn && category_of(drawing.data, one) < drawing.data.categories.size()) all.push_back(&one);
  return all;
}

std::string words_of(Drawing const& drawing, ChartAnnotation const& annotation) {
  return std::string(text_in(annotation.text, drawing.catalogue.locale().language()));
}

double left_edge(double centre, double width, Box area) {
  return std::clamp(centre - width / 2, area.x, std::max(area.x, area.right() - width));
}

/// The rows taken so far: where the last text of each ends, and its height.
struct Row {
  double right = 0;
  double height = 0;
};

}  // namespace

Annotations plan_annotations(Drawing const& drawing, Box area, bool small) {
  Annotations plan;
  if (small) return plan;
  for (auto const* one : drawn(drawing)) {
    auto words = wrap(drawing.measurer, words_of(drawing, *one), kTick, std::min(kWidestPt, area.width), 2);
    plan.all.push_back({category_of(drawing.data, *one), std::move(words.lines), words.width_pt, 0});
  }
  std::stable_sort(plan.all.begin(), plan.all.end(),
                   [](auto const& a, auto const& b) { return a.category < b.category; });
  std::vector<Row> rows;
  std::vector<std::size_t> row_of;
  double const step = area.width / static_cast<double>(std::max<std::size_t>(1, drawing.data.categories.size()));
  for (auto const& one : plan.all) {
    double const left = left_edge(area.x + step * (static_cast<double>(one.category) + 0.5), one.width_pt, area);
    auto const free = std::find_if(rows.begin(), rows.end(), [&](Row const& row) { return left > row.right; });
    auto const index = static_cast<std::size_t>(free - rows.begin());
    if (free == rows.end()) rows.push_back({});
    rows[index].right = left + one.width_pt + 2 * kMarginPt;
    rows[index].height = std::max(rows[index].height, static_cast<double>(one.lines.size()) * line_pt(kTick));
    row_of.push_back(index);
  }
  for (std::size_t i = 0; i < plan.all.size(); ++i)
    for (std::size_t r = 0; r < row_of[i]; ++r) plan.all[i].top_pt += rows[r].height + 1;
  for (auto const& row : rows) plan.height_pt += row.height + 1;
  if (!rows.empty()) plan.height_pt += kGapPt;
  return plan;
}

Box below(Annotations const& annotations, Box area) {
  return {area.x, area.y + annotations.height_pt, area.width, std::max(1.0, area.height - annotations.height_pt)};
}

void draw_annotations(Drawing& drawing, Annotations const& annotations, std::span<double const> centres, Box area,
                      double bottom) {
  Group lines{"annotation-line"};
  Group words{"annotation"};
  for (auto const& one : annotations.all) {
    double const x = centres[one.category];
    double const left = left_edge(x, one.width_pt, area);
    Box const box = drawing.add_lines(words, one.lines, {left + one.width_pt / 2, area.y + one.top_pt}, kTick,
                                      drawing.theme.text, Anchor::middle);
    lines.marks.emplace_back(straight({x, box.bottom() + 1}, {x, bottom}, drawing.theme.neutral, 0.75, {1, 2}));
  }
  drawing.add(std::move(lines));
  drawing.add(std::move(words));
}

std::vector<std::string> annotation_notes(Drawing const& drawing) {
  auto const in_picture = drawn(drawing);
  std::vector<std::string> notes;
  for (auto const& one : drawing.data.annotations) {
    if (std::find(in_picture.begin(), in_picture.end(), &one) != in_picture.end()) continue;
    std::size_t const at = category_of(drawing.data, one);
    std::string const place = at < drawing.data.categories.size() ? drawing.data.categories[at].label : one.at;
    notes.push_back(place + ": " + words_of(drawing, one));
  }
  return notes;
}

}  // namespace yekun::charts
