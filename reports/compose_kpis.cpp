// Cards of headline figures.
#include "charts/lay_out.h"
#include "reports/aspects.h"
#include "reports/composer.h"

namespace yekun {

namespace {

constexpr ChartSize kSpark{72, 20};

/// The indicator's values in the answer's periods, oldest first.
std::vector<Value> history_of(std::optional<Answer> const& history, std::string const& indicator) {
  std::vector<Value> values;
  if (!history) return values;
  for (auto const& period : history->periods) {
    Value value;
    for (auto const& row : history->rows)
      if (!row.whole_period && row.period.label == period.label)
        for (auto const& figure : row.figures)
          if (figure.indicator == indicator) value = figure.value;
    values.push_back(value);
  }
  return values;
}

bool worth_drawing(std::vector<Value> const& values) {
  int present = 0;
  for (auto const& value : values) present += value.is_value() ? 1 : 0;
  return present >= 2;
}

}  // namespace

Kpi Composer::kpi(Indicator const& indicator, Figure const& figure) const {
  NumberShape const shape = shape_of(indicator);
  Kpi kpi;
  kpi.label = label(indicator.id);
  kpi.value = figure_cell(figure, shape, catalogue_);
  if (figure.value.is_value()) kpi.unit = unit_word(indicator.unit.id, figure.value, catalogue_);
  kpi.rising_is_good = indicator.direction != Direction::decrease;
  kpi.neutral_change = indicator.direction == Direction::none;
  if (figure.change && figure.change->is_value()) {
    kpi.change = aspect_cell(Aspect::change, figure, indicator, catalogue_);
  } else if (figure.previous && figure.previous->is_value() && figure.value.is_value() &&
             to_double(figure.previous->number) == 0 && to_double(figure.value.number) != 0) {
    kpi.change = words(text("verdict.new"));
  }
  if (kpi.change)
    kpi.change_to =
        text("report.against", {{"period", locale_.period_short(previous(context_.period, programme_.fiscal))}});
  kpi.status = status_of(figure, indicator.direction);
  if (figure.target && figure.target->is_value()) {
    kpi.target = aspect_cell(Aspect::target, figure, indicator, catalogue_);
    if (figure.achievement && figure.achievement->is_value())
      kpi.achievement = aspect_cell(Aspect::achievement, figure, indicator, catalogue_);
    kpi.status_text = status_text(kpi.status, catalogue_);
  }
  kpi.spark = history_of(history_, indicator.id);
  if (worth_drawing(kpi.spark)) kpi.spark_scene = lay_out_sparkline(kpi.spark, context_.theme, kSpark);
  return kpi;
}

void Composer::add_kpis(KpiSection const& section) {
  KpiRow row;
  for (auto const& id : section.indicators) {
    Indicator const* indicator = programme_.indicator(id);
    if (indicator == nullptr) continue;
    Figure const* figure = headline(id);
    row.kpis.push_back(kpi(*indicator, figure == nullptr ? Figure{} : *figure));
    if (!section.sparklines) row.kpis.back().spark_scene.reset();
    show_indicator(id);
  }
  if (!row.kpis.empty()) document_.blocks.emplace_back(std::move(row));
}

}  // namespace yekun
