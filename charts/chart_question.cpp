#include <algorithm>

#include "charts/chart_data.h"
#include "charts/chart_words.h"

namespace yekun {

namespace {

bool uses_periods(ChartSpec const& spec) {
  return spec.x == "period" || spec.color == "period" || spec.facet == "period";
}

/// One step finer than the period: months of a quarter, quarters of a year.
PeriodKind finer(Period const& period) {
  switch (period.kind) {
    case PeriodKind::month:
    case PeriodKind::week:
    case PeriodKind::day:
      return PeriodKind::day;
    case PeriodKind::quarter:
    case PeriodKind::half:
      return PeriodKind::month;
    case PeriodKind::year:
    case PeriodKind::fiscal_year:
      return PeriodKind::quarter;
    case PeriodKind::range:
      break;
  }
  if (period.days() <= 62) return PeriodKind::day;
  if (period.days() <= 3 * 366) return PeriodKind::month;
  return PeriodKind::year;
}

}  // namespace

Result<Question> chart_question(ChartSpec const& given, Programme const& programme, Period const& period) {
  if (auto mistakes = check_chart(given, programme); !mistakes.empty()) return failure(std::move(mistakes));
  ChartSpec const spec = charts::as_joined(given);
  Question question;
  question.indicators = spec.y;
  if (auto const* target = std::get_if<std::string>(&spec.target))
    if (std::find(spec.y.begin(), spec.y.end(), *target) == spec.y.end()) question.indicators.push_back(*target);
  for (auto const& name : {spec.x, spec.color, spec.facet}) {
    std::string const dimension = charts::column_of(programme, name);
    bool const known = std::find(question.by.begin(), question.by.end(), dimension) != question.by.end();
    if (!dimension.empty() && dimension != "period" && !known) question.by.push_back(dimension);
  }
  question.period = period;
  if (uses_periods(spec)) question.per = spec.per ? *spec.per : finer(period);
  question.where = spec.where;
  bool const* own = std::get_if<bool>(&spec.target);
  question.comparisons = (own != nullptr && *own) || spec.baseline || spec.type == ChartType::bullet;
  question.totals = spec.type == ChartType::donut || spec.type == ChartType::waterfall;
  question.place = spec.place;
  return question;
}

ChartType suggest_type(ChartSpec const& spec, std::size_t periods) {
  if (spec.type != ChartType::automatic) return spec.type;
  bool const time = spec.x == "period";
  bool const target = !std::holds_alternative<std::monostate>(spec.target);
  switch (spec.intent) {
    case ChartIntent::change_over_time:
      return ChartType::line;
    case ChartIntent::part_to_whole:
      return spec.color.empty() && !time ? ChartType::donut : ChartType::bar;
    case ChartIntent::target:
      return time ? ChartType::combo : ChartType::bullet;
    case ChartIntent::spatial:
      return spec.geojson.empty() ? ChartType::tile_map : ChartType::choropleth;
    case ChartIntent::flow:
      return ChartType::funnel;
    default:
      break;
  }
  if (time && target && spec.color.empty() && periods <= 12) return ChartType::combo;
  return time && periods > 6 ? ChartType::line : ChartType::bar;
}

}  // namespace yekun
