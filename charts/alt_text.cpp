#include "charts/alt_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "charts/layouts.h"
#include "charts/numbers.h"

namespace yekun::charts {

namespace {

/// One drawn value and the words that say where it stands.
struct Spot {
  ChartPoint const* point = nullptr;
  ChartNumbers const* numbers = nullptr;
  std::string place{};
};

std::string place_text(ChartData const& data, ChartPanel const& panel, ChartSeries const& series, std::size_t i) {
  std::string place = data.categories[i].label;
  if (panel.series.size() > 1) place += ", " + series.label;
  if (!panel.label.empty()) place += ", " + panel.label;
  return place;
}

/// The label of the category with this id or label; the text itself if there is none.
std::string place_of(ChartData const& data, std::string const& at) {
  for (auto const& category : data.categories)
    if (category.id == at || category.label == at) return category.label;
  return at;
}

struct Summary {
  Spot high{};
  Spot low{};
  Spot latest{};
  std::int64_t missing = 0;
  std::int64_t withheld = 0;
  std::int64_t values = 0;
};

void take(Summary& summary, Spot spot) {
  double const number = to_double(spot.point->value.number);
  if (summary.high.point == nullptr || number > to_double(summary.high.point->value.number)) summary.high = spot;
  if (summary.low.point == nullptr || number < to_double(summary.low.point->value.number)) summary.low = spot;
  summary.latest = std::move(spot);
  ++summary.values;
}

Summary summarise(ChartData const& data) {
  Summary summary;
  for (auto const& panel : data.panels) {
    for (std::size_t i = 0; i < data.categories.size(); ++i) {
      for (auto const& series : panel.series) {
        ChartPoint const& point = series.points[i];
        bool const across = data.type == ChartType::scatter && &series == &panel.series.front();
        bool const drawn = data.type != ChartType::scatter || (!across && has_place(panel, i));
        if (point.value.is_value() && drawn)
          take(summary, {&point, &numbers_at(data, series, i), place_text(data, panel, series, i)});
        if (point.value.state == State::missing) ++summary.missing;
        if (point.value.state == State::suppressed) ++summary.withheld;
      }
    }
  }
  return summary;
}

/// "Stacked bar chart": bars say how they are arranged.
std::string type_name(ChartSpec const& spec, ChartData const& data, Catalogue const& catalogue) {
  bool const several = !data.panels.empty() && data.panels.front().series.size() > 1;
  switch (data.type) {
    case ChartType::bar:
      if (several && spec.stack != BarStack::grouped) return catalogue.text("chart.type.stacked_bar");
      return catalogue.text(several ? "chart.type.grouped_bar" : "chart.type.bar");
    case ChartType::heat:
      return catalogue.text("chart.type.heatmap");
    case ChartType::choropleth:
      return catalogue.text("chart.type.map");
    default:
      break;
  }
  std::string key = fmt::format("chart.type.{}", to_text(data.type));
  std::replace(key.begin(), key.end(), '-', '_');
  return catalogue.text(key);
}

}  // namespace

std::string alt_text(ChartSpec const& spec, ChartData const& data, Catalogue const& catalogue) {
  auto const said = [&](Spot const& spot) { return worded(spot.point->value, *spot.numbers, catalogue); };
  std::string const type = type_name(spec, data, catalogue);
  std::string text =
      data.period_text.empty()
          ? type + ": " + data.subject + "."
          : catalogue.text("chart.alt.what", {{"type", type}, {"subject", data.subject}, {"period", data.period_text}});
  if (text.ends_with("..")) text.pop_back();  // after "2025 г."
  Summary const all = summarise(data);
  if (all.values == 0) return text + " " + catalogue.text("chart.no_data") + ".";
  if (all.values == 1) {
    text += " " + catalogue.text("chart.alt.one", {{"label", all.high.place}, {"value", said(all.high)}});
  } else {
    text += " " + catalogue.text("chart.alt.extremes", {{"highest", all.high.place},
                                                        {"highest_value", said(all.high)},
                                                        {"lowest", all.low.place},
                                                        {"lowest_value", said(all.low)}});
  }
  auto const& target = all.latest.point->target;
  if (data.time && !data.target_label.empty() && target && target->is_value())
    text +=
        " " + catalogue.text("chart.alt.latest_target", {{"label", all.latest.place},
                                                         {"value", said(all.latest)},
                                                         {"target", worded(*target, *all.latest.numbers, catalogue)}});
  else if (data.time && all.values > 1)
    text += " " + catalogue.text("chart.alt.latest", {{"label", all.latest.place}, {"value", said(all.latest)}});
  if (all.missing > 0) text += " " + catalogue.text("chart.alt.missing", {{"count", all.missing}});
  if (all.withheld > 0) text += " " + catalogue.text("chart.alt.withheld", {{"count", all.withheld}});
  for (auto const& note : data.annotations) {
    text.append(" ").append(place_of(data, note.at)).append(": ");
    text += text_in(note.text, catalogue.locale().language());
    if (!text.ends_with('.')) text += '.';
  }
  return text;
}

SceneTable table_twin(ChartData const& data, Catalogue const& catalogue) {
  SceneTable table;
  table.header.push_back(data.category_heading);
  if (data.panels.empty()) return table;
  auto const& first = data.panels.front().series;
  for (auto const& series : first) table.header.push_back(series.label.empty() ? data.subject : series.label);
  bool const targets = !data.target_label.empty();
  for (auto const& series : first)
    if (targets) table.header.push_back(first.size() > 1 ? series.label + ": " + data.target_label : data.target_label);
  for (auto const& panel : data.panels) {
    for (std::size_t i = 0; i < data.categories.size(); ++i) {
      std::string const& label = data.categories[i].label;
      std::vector<std::string> row{panel.label.empty() ? label : panel.label + ": " + label};
      for (auto const& series : panel.series)
        row.push_back(number_text(series.points[i].value, numbers_at(data, series, i), catalogue));
      for (auto const& series : panel.series)
        if (targets)
          row.push_back(
              number_text(series.points[i].target.value_or(Value::missing()), numbers_at(data, series, i), catalogue));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace yekun::charts
