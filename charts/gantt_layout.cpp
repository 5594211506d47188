// Gantt chart: a row an activity, a bar over the periods in which it took place, on the periods it was planned for.
#include <algorithm>

#include "charts/layouts.h"
#include "charts/palette.h"

namespace yekun::charts {

namespace {

constexpr double kLeastRowPt = 9;

/// Periods in a row that are alike, [first, end).
struct Span {
  std::size_t first = 0;
  std::size_t end = 0;
};

template <class Test>
std::vector<Span> spans(std::size_t count, Test const& test) {
  std::vector<Span> found;
  for (std::size_t i = 0; i < count; ++i) {
    if (!test(i)) continue;
    if (!found.empty() && found.back().end == i)
      found.back().end = i + 1;
    else
      found.push_back({i, i + 1});
  }
  return found;
}

bool above_zero(Value const& value) { return value.is_value() && to_double(value.number) > 0; }

struct Row {
  ChartSeries const& series;
  std::size_t index = 0;
  Box box{};  // of all periods
  double step_pt = 0;

  Box over(Span span, double share) const {
    double const height = box.height * share;
    return {box.x + step_pt * static_cast<double>(span.first) + 0.5, box.y + (box.height - height) / 2,
            std::max(0.5, step_pt * static_cast<double>(span.end - span.first) - 1), height};
  }
};

void draw_plan(Drawing& drawing, Row const& row) {
  Group group{"target", row.series.label};
  for (Span const span : spans(row.series.points.size(), [&](std::size_t i) {
         return row.series.points[i].target && above_zero(*row.series.points[i].target);
       }))
    group.marks.emplace_back(
        scene::Rect{row.over(span, 0.84), plan_fill(drawing.theme), 0.8, drawing.theme.neutral, 2});
  drawing.add(std::move(group));
}

std::string span_words(Drawing const& drawing, Row const& row, Span span) {
  auto const& categories = drawing.data.categories;
  std::string words = row.series.label + ": " + categories[span.first].label;
  if (span.end - span.first > 1) words += " – " + categories[span.end - 1].label;
  return words;
}

void draw_work(Drawing& drawing, Row const& row) {
  auto const& points = row.series.points;
  auto const partial = [&](std::size_t i) {
    return above_zero(points[i].value) && (points[i].value.partial || drawing.data.categories[i].partial);
  };
  Colour const fill = row.series.muted ? muted_fill(drawing.theme) : drawing.theme.series.front();
  std::string const role = "bar series-" + std::to_string(row.index + 1);
  for (Span const span :
       spans(points.size(), [&](std::size_t i) { return above_zero(points[i].value) && !partial(i); })) {
    Group group{role, span_words(drawing, row, span)};
    group.marks.emplace_back(scene::Rect{row.over(span, 0.5), fill, 0, {}, 1.5});
    drawing.add(std::move(group));
  }
  for (Span const span : spans(points.size(), partial)) {
    Group group{role, span_words(drawing, row, span)};
    group.marks.emplace_back(
        scene::Rect{row.over(span, 0.5), mix(fill, drawing.theme.background, 0.6), 0.8, darkened(fill, 3), 1.5});
    drawing.add(std::move(group));
  }
  for (Span const span :
       spans(points.size(), [&](std::size_t i) { return points[i].value.state == State::suppressed; })) {
    Group group{"suppressed", span_words(drawing, row, span)};
    group.marks.emplace_back(scene::Hatch{row.over(span, 0.5), drawing.theme.neutral});
    drawing.add(std::move(group));
  }
}

/// Rows by the period in which they begin, planned or done; those that never do come last.
std::vector<std::size_t> by_beginning(ChartPanel const& panel) {
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t s = 0; s < panel.series.size(); ++s) {
    auto const& points = panel.series[s].points;
    auto const first = std::find_if(points.begin(), points.end(), [](ChartPoint const& point) {
      return above_zero(point.value) || point.value.state == State::suppressed ||
             (point.target && above_zero(*point.target));
    });
    order.emplace_back(static_cast<std::size_t>(first - points.begin()), s);
  }
  std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  std::vector<std::size_t> rows;
  for (auto const& entry : order) rows.push_back(entry.second);
  return rows;
}

}  // namespace

Colour plan_fill(Theme const& theme) { return mix(theme.faint, theme.background, 0.35); }

void draw_gantt(Drawing& drawing, Panel const& panel) {
  auto const& all = panel.data.series;
  std::vector<std::string> names;
  for (auto const& series : all) names.push_back(series.label);
  std::size_t const count = drawing.data.categories.size();
  double const names_pt = row_label_width(drawing, names, kLabel, panel.area.width * 0.36, 2);
  double const left = panel.area.x + names_pt + 10;
  Box area{left, panel.area.y, std::max(1.0, panel.area.right() - left), panel.area.height};
  double const step = area.width / static_cast<double>(count);
  auto labels = plan_category_labels(drawing, step);
  area = above(labels, area);
  double const row_pt = std::min(34.0, area.height / static_cast<double>(all.size()));
  area.height = row_pt * static_cast<double>(all.size());
  Group grid{"grid"};
  std::vector<double> centres;
  for (std::size_t i = 0; i < count; ++i) {
    double const x = area.x + step * static_cast<double>(i);
    centres.push_back(x + step / 2);
    if (!labels.lines[i].empty())
      grid.marks.emplace_back(straight({x, area.y}, {x, area.bottom()}, drawing.theme.faint, 0.6));
  }
  drawing.add(std::move(grid));
  Group words{"axis rows"};
  double y = area.y;
  for (std::size_t const s : by_beginning(panel.data)) {
    Row const row{all[s], s, {area.x, y, area.width, row_pt}, step};
    draw_plan(drawing, row);
    draw_work(drawing, row);
    if (row_pt >= kLeastRowPt) {
      auto const name = drawing.wrapped(all[s].label, kLabel, names_pt, row_pt >= 2 * line_pt(kLabel) ? 2 : 1);
      double const height = static_cast<double>(name.lines.size()) * line_pt(kLabel);
      if (height <= row_pt + 1)
        drawing.add_lines(words, name.lines, {panel.area.x, y + (row_pt - height) / 2}, kLabel, drawing.theme.text);
    }
    y += row_pt;
  }
  drawing.add(std::move(words));
  drawing.add("axis", straight({area.x, area.bottom()}, {area.right(), area.bottom()}, drawing.theme.neutral, 0.8));
  draw_category_labels(drawing, labels, centres, area.bottom(), panel.area);
}

}  // namespace yekun::charts
