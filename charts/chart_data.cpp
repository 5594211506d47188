#include "charts/chart_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "charts/chart_words.h"
#include "charts/combinations.h"

namespace yekun {

namespace charts {
namespace {

constexpr std::size_t kMostColours = 7;
constexpr std::size_t kKeptInColour = 4;  // of too many lines: those with the greatest last values

/// One axis of the join: period, a dimension, the indicators, or nothing (a single entry).
struct Axis {
  enum class Kind { none, period, dimension, indicators } kind = Kind::none;
  std::string dimension{};
  std::size_t key = 0;              // of a dimension: its place in a row's key
  std::vector<PlacePart> values{};  // of a dimension, in the reader's order
  std::size_t size = 1;
};

class Join {
 public:
  Join(ChartSpec const& spec, Answer const& answer, Programme const& programme, Catalogue const& catalogue)
      : spec_(spec), answer_(answer), programme_(programme), catalogue_(catalogue) {}

  ChartData run();

 private:
  Axis axis_of(std::string const& name, bool indicators) const;
  std::size_t find(Axis const& axis, AnswerRow const& row) const;
  bool is_grand_total(AnswerRow const& row) const;
  ChartCategory category(std::size_t i) const;
  std::string label(Axis const& axis, std::size_t i) const;
  std::string id(Axis const& axis, std::size_t i) const;
  void make_panels(ChartData& data) const;
  void place(ChartData& data, AnswerRow const& row) const;
  ChartPoint point(AnswerRow const& row, std::size_t y) const;
  void add_words(ChartData& data) const;
  void add_highlights(ChartData& data) const;
  void mute_all_but_greatest(ChartData& data) const;
  void sort(ChartData& data) const;
  void keep_top(ChartData& data) const;

  ChartSpec const& spec_;
  Answer const& answer_;
  Programme const& programme_;
  Catalogue const& catalogue_;
  Axis x_{};
  Axis color_{};
  Axis facet_{};
};

Axis Join::axis_of(std::string const& name, bool indicators) const {
  Axis axis;
  if (name == "period") {
    axis.kind = Axis::Kind::period;
    axis.size = answer_.periods.size();
  } else if (!name.empty()) {
    axis.kind = Axis::Kind::dimension;
    axis.dimension = column_of(programme_, name);
    auto const& all = answer_.dimensions;
    axis.key = static_cast<std::size_t>(std::find(all.begin(), all.end(), axis.dimension) - all.begin());
    for (auto const& row : answer_.rows) {
      if (axis.key >= row.key.size()) continue;
      auto const& part = row.key[axis.key];
      if (!part.value && !part.unknown) continue;  // a total
      if (std::find(axis.values.begin(), axis.values.end(), part) == axis.values.end()) axis.values.push_back(part);
    }
    std::stable_sort(axis.values.begin(), axis.values.end(), [&](auto const& a, auto const& b) {
      return comes_before(programme_, axis.dimension, a, b, catalogue_.locale());
    });
    axis.size = axis.values.size();
  } else if (indicators) {
    axis.kind = Axis::Kind::indicators;
    axis.size = spec_.y.size();
  }
  return axis;
}

/// The entry of an axis that a row belongs to; `size` if none.
std::size_t Join::find(Axis const& axis, AnswerRow const& row) const {
  if (axis.kind == Axis::Kind::period) {
    for (std::size_t i = 0; i < answer_.periods.size(); ++i)
      if (answer_.periods[i].label == row.period.label) return i;
    return axis.size;
  }
  if (axis.kind != Axis::Kind::dimension) return 0;
  if (axis.key >= row.key.size()) return axis.size;
  return static_cast<std::size_t>(std::find(axis.values.begin(), axis.values.end(), row.key[axis.key]) -
                                  axis.values.begin());
}

std::string Join::id(Axis const& axis, std::size_t i) const {
  switch (axis.kind) {
    case Axis::Kind::period:
      return answer_.periods[i].label;
    case Axis::Kind::dimension:
      return axis.values[i].unknown ? "(unknown)" : axis.values[i].value.value_or("");
    case Axis::Kind::indicators:
      return spec_.y[i];
    case Axis::Kind::none:
      break;
  }
  return {};
}

std::string Join::label(Axis const& axis, std::size_t i) const {
  switch (axis.kind) {
    case Axis::Kind::period:
      return catalogue_.locale().period(answer_.periods[i]);
    case Axis::Kind::dimension:
      return value_label(programme_, axis.dimension, axis.values[i], catalogue_);
    case Axis::Kind::indicators:
      return indicator_label(programme_, spec_.y[i], catalogue_);
    case Axis::Kind::none:
      break;
  }
  return {};
}

/// The row that rolls everything up, asked for by the types that show a total.
bool Join::is_grand_total(AnswerRow const& row) const {
  bool const rolled =
      std::all_of(row.key.begin(), row.key.end(), [](auto const& part) { return !part.value && !part.unknown; });
  return rolled && (row.whole_period || (answer_.periods.size() == 1 && !row.key.empty()));
}

ChartCategory Join::category(std::size_t i) const {
  ChartCategory category;
  category.id = id(x_, i);
  category.label = category.short_label = label(x_, i);
  if (x_.kind == Axis::Kind::period) {
    category.period = answer_.periods[i];
    category.short_label = catalogue_.locale().period_short(answer_.periods[i]);
    category.partial = answer_.periods[i].partial;
  }
  if (x_.kind == Axis::Kind::indicators)
    category.numbers = numbers_of(programme_, spec_.y[i], spec_.places, catalogue_);
  return category;
}

ChartPoint Join::point(AnswerRow const& row, std::size_t y) const {
  Figure const& figure = row.figures[y];
  ChartPoint point{figure.value, {}, {}, figure.id, figure.lineage, {}};
  if (auto const* own = std::get_if<bool>(&spec_.target); (own != nullptr && *own) || spec_.type == ChartType::bullet) {
    point.target = figure.target;
    point.target_lineage = goal_lineage(Lineage::Kind::target, figure);
  }
  if (auto const* fixed = std::get_if<Decimal>(&spec_.target)) point.target = Value::of(*fixed);
  if (auto const* other = std::get_if<std::string>(&spec_.target)) {
    auto const& all = answer_.indicators;
    auto const at = static_cast<std::size_t>(std::find(all.begin(), all.end(), *other) - all.begin());
    if (at < row.figures.size()) {
      point.target = row.figures[at].value;
      point.target_lineage = row.figures[at].lineage;
    }
  }
  if (spec_.baseline || spec_.type == ChartType::bullet) point.baseline = figure.baseline;
  return point;
}

void Join::make_panels(ChartData& data) const {
  Axis const& series_axis = color_.kind == Axis::Kind::none && x_.kind != Axis::Kind::indicators
                                ? Axis{Axis::Kind::indicators, {}, 0, {}, spec_.y.size()}
                                : color_;
  for (std::size_t f = 0; f < facet_.size; ++f) {
    ChartPanel panel{id(facet_, f), label(facet_, f), {}};
    for (std::size_t s = 0; s < series_axis.size; ++s) {
      ChartSeries series{id(series_axis, s), label(series_axis, s), {}, {}, false};
      std::string const& y = series_axis.kind == Axis::Kind::indicators ? spec_.y[s] : spec_.y.front();
      series.numbers = numbers_of(programme_, y, spec_.places, catalogue_);
      series.points.resize(data.categories.size());
      panel.series.push_back(std::move(series));
    }
    data.panels.push_back(std::move(panel));
  }
}

void Join::place(ChartData& data, AnswerRow const& row) const {
  std::size_t const f = find(facet_, row);
  std::size_t const x = find(x_, row);
  std::size_t const c = find(color_, row);
  if (is_grand_total(row)) data.total = point(row, 0).value;
  if (f >= facet_.size || x >= x_.size || c >= color_.size || row.whole_period) return;
  auto& all = data.panels[f].series;
  if (x_.kind == Axis::Kind::indicators) {
    for (std::size_t y = 0; y < spec_.y.size(); ++y) all[c].points[y] = point(row, y);
  } else if (color_.kind == Axis::Kind::none) {
    for (std::size_t y = 0; y < spec_.y.size(); ++y) all[y].points[x] = point(row, y);
  } else {
    all[c].points[x] = point(row, 0);
  }
}

bool all_whole(ChartSeries const& series) {
  return std::all_of(series.points.begin(), series.points.end(), [](ChartPoint const& point) {
    return !point.value.is_value() || std::holds_alternative<std::int64_t>(point.value.number);
  });
}

/// Counts have integer ticks: where all values of the axis are whole. A scatter chart has an axis a series.
void find_counts(ChartData& data) {
  bool all = true;
  for (auto const& panel : data.panels)
    for (auto const& series : panel.series) all = all && all_whole(series);
  data.numbers.counts = all && !data.numbers.percent;
  for (std::size_t p = 0; p < data.panels.size(); ++p)
    for (std::size_t s = 0; s < data.panels[p].series.size(); ++s) {
      ChartSeries& one = data.panels[p].series[s];
      bool whole = data.numbers.counts;
      if (data.type == ChartType::scatter)
        whole = std::all_of(data.panels.begin(), data.panels.end(),
                            [s](ChartPanel const& panel) { return all_whole(panel.series[s]); });
      one.numbers.counts = whole && !one.numbers.percent;
    }
}

void Join::add_words(ChartData& data) const {
  Locale const& locale = catalogue_.locale();
  auto const& language = locale.language();
  std::vector<std::string> labels;
  for (auto const& y : spec_.y) labels.push_back(indicator_label(programme_, y, catalogue_));
  data.subject = locale.list(labels);
  data.title = text_in(spec_.title, language);
  if (data.title.empty()) data.title = data.subject;
  data.subtitle = text_in(spec_.subtitle, language);
  data.source = text_in(spec_.source, language);
  data.category_heading =
      dimension_label(programme_, x_.kind == Axis::Kind::dimension ? x_.dimension : spec_.x, catalogue_);
  if (answer_.periods.size() == 1) {
    data.period_text = locale.period(answer_.periods.front());
  } else if (answer_.periods.size() > 1) {
    data.period_text =
        locale.period({answer_.periods.front().first, answer_.periods.back().end, PeriodKind::range, "", false});
  }
  bool const* own = std::get_if<bool>(&spec_.target);
  if (auto const* other = std::get_if<std::string>(&spec_.target))
    data.target_label = indicator_label(programme_, *other, catalogue_);
  else if (std::holds_alternative<Decimal>(spec_.target) || (own != nullptr && *own) || data.type == ChartType::bullet)
    data.target_label = catalogue_.text("label.target");
  auto const* first = spec_.y.empty() ? nullptr : programme_.indicator(spec_.y.front());
  if (first != nullptr) data.direction = first->direction;
  data.annotations = spec_.annotations;
}

bool named(std::vector<std::string> const& names, std::string const& id) {
  return std::find(names.begin(), names.end(), id) != names.end();
}

double last_number(ChartSeries const& series) {
  for (std::size_t i = series.points.size(); i-- > 0;)
    if (series.points[i].value.is_value()) return to_double(series.points[i].value.number);
  return -std::numeric_limits<double>::infinity();
}

void Join::mute_all_but_greatest(ChartData& data) const {
  std::vector<std::pair<double, std::size_t>> order;
  auto const& first = data.panels.front().series;
  for (std::size_t s = 0; s < first.size(); ++s) order.emplace_back(-last_number(first[s]), s);
  std::stable_sort(order.begin(), order.end());
  for (std::size_t i = kKeptInColour; i < order.size(); ++i)
    for (auto& panel : data.panels) panel.series[order[i].second].muted = true;
}

void Join::add_highlights(ChartData& data) const {
  if (data.panels.empty()) return;
  bool const several = data.type != ChartType::scatter && data.panels.front().series.size() > 1;
  if (spec_.highlight.empty()) {
    bool const lines = data.type == ChartType::line || data.type == ChartType::slope;
    if (lines && data.panels.front().series.size() > kMostColours) mute_all_but_greatest(data);
    return;
  }
  for (auto& panel : data.panels)
    for (auto& series : panel.series) series.muted = several && !named(spec_.highlight, series.id);
  for (auto& category : data.categories) category.muted = !several && !named(spec_.highlight, category.id);
}

/// What a category is sorted by: the sum of a stack, else the first series; over all panels. -infinity without values.
double weight(ChartData const& data, std::size_t category, bool stacked) {
  double sum = 0;
  bool any = false;
  for (auto const& panel : data.panels) {
    for (auto const& series : panel.series) {
      Value const& value = series.points[category].value;
      if (value.is_value()) {
        sum += to_double(value.number);
        any = true;
      }
      if (!stacked) break;
    }
  }
  return any ? sum : -std::numeric_limits<double>::infinity();
}

void reorder(ChartData& data, std::vector<std::size_t> const& order) {
  auto const pick = [&](auto const& all) {
    std::decay_t<decltype(all)> kept;
    for (std::size_t const i : order) kept.push_back(all[i]);
    return kept;
  };
  data.categories = pick(data.categories);
  for (auto& panel : data.panels)
    for (auto& series : panel.series) series.points = pick(series.points);
}

void Join::sort(ChartData& data) const {
  bool const by_value = data.type == ChartType::bar || data.type == ChartType::dot_range ||
                        data.type == ChartType::donut || data.type == ChartType::slope || data.type == ChartType::upset;
  bool const asked = spec_.order == ChartOrder::ascending || spec_.order == ChartOrder::descending;
  if (data.time || data.ordinal || spec_.order == ChartOrder::as_given || (!asked && !by_value)) return;
  bool const stacked = spec_.stack == BarStack::stacked;
  std::vector<double> weights;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < data.categories.size(); ++i) {
    weights.push_back(weight(data, i, stacked));
    order.push_back(i);
  }
  bool const up = spec_.order == ChartOrder::ascending;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    bool const a_known = std::isfinite(weights[a]);
    bool const b_known = std::isfinite(weights[b]);
    if (a_known != b_known) return a_known;
    return up ? weights[a] < weights[b] : weights[a] > weights[b];
  });
  reorder(data, order);
}

void Join::keep_top(ChartData& data) const {
  if (!spec_.top || data.categories.size() <= *spec_.top) return;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < *spec_.top; ++i) order.push_back(i);
  reorder(data, order);
}

ChartData Join::run() {
  ChartData data;
  x_ = axis_of(spec_.x, true);
  color_ = axis_of(spec_.color, false);
  facet_ = axis_of(spec_.facet, false);
  data.type = suggest_type(spec_, answer_.periods.size());
  data.time = x_.kind == Axis::Kind::period;
  data.ordinal = data.time || x_.kind == Axis::Kind::indicators || is_ordinal(programme_, x_.dimension);
  for (std::size_t i = 0; i < x_.size; ++i) data.categories.push_back(category(i));
  if (data.type == ChartType::upset) add_combinations(data, spec_, programme_, x_.dimension, catalogue_);
  if (!spec_.y.empty()) make_panels(data);
  if (!data.panels.empty())
    for (auto const& row : answer_.rows) place(data, row);
  if (!spec_.y.empty()) data.numbers = numbers_of(programme_, spec_.y.front(), spec_.places, catalogue_);
  find_counts(data);
  add_words(data);
  sort(data);
  keep_top(data);
  add_highlights(data);
  return data;
}

}  // namespace
}  // namespace charts

ChartData chart_data(ChartSpec const& spec, Answer const& answer, Programme const& programme,
                     Catalogue const& catalogue) {
  if (spec.type != ChartType::scatter) return charts::Join(spec, answer, programme, catalogue).run();
  ChartSpec const joined = charts::as_joined(spec);
  return charts::Join(joined, answer, programme, catalogue).run();
}

}  // namespace yekun
