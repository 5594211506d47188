// A small programme and answers for chart tests and the gallery. Synthetic.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "core/date.h"
#include "core/period.h"
#include "indicators/definitions.h"
#include "indicators/question.h"

namespace yekun::samples {

inline Dimension dimension(std::string id, LocalText label, std::map<std::string, LocalText> labels = {}) {
  Dimension made;
  made.id = std::move(id);
  made.label = std::move(label);
  made.value_labels = std::move(labels);
  return made;
}

inline Indicator indicator(std::string id, LocalText label, std::string unit, int places = 0) {
  Indicator made;
  made.id = std::move(id);
  made.label = std::move(label);
  made.unit = {std::move(unit), places};
  return made;
}

inline Programme programme() {
  Programme made;
  made.id = "sample";
  made.dimensions.push_back(dimension(
      "region", {{"en", "Region"}, {"az", "Region"}, {"ka", "რეგიონი"}, {"ru", "Регион"}, {"tk", "Welaýat"}}));
  made.dimensions.push_back(dimension(
      "sex", {{"en", "Sex"}, {"az", "Cins"}},
      {{"female", {{"en", "Women"}, {"az", "Qadınlar"}, {"ka", "ქალები"}, {"ru", "Женщины"}, {"tk", "Zenanlar"}}},
       {"male", {{"en", "Men"}, {"az", "Kişilər"}, {"ka", "კაცები"}, {"ru", "Мужчины"}, {"tk", "Erkekler"}}}}));
  made.dimensions.push_back(dimension("age_group", {{"en", "Age"}, {"az", "Yaş"}, {"ka", "ასაკი"}}));
  made.dimensions.back().bands = {0, 5, 12, 18, 30, 45, 60, 75};
  made.dimensions.back().natural = true;
  made.dimensions.push_back(dimension("service", {{"en", "Service"}, {"az", "Xidmət"}},
                                      {{"home care", {{"en", "Home care"}, {"az", "Evdə qulluq"}}},
                                       {"day centre", {{"en", "Day centre"}, {"az", "Gündüz mərkəzi"}}},
                                       {"rehabilitation", {{"en", "Rehabilitation"}, {"az", "Reabilitasiya"}}},
                                       {"legal aid", {{"en", "Legal aid"}, {"az", "Hüquqi yardım"}}}}));
  made.indicators.push_back(indicator("people_served",
                                      {{"en", "People served"},
                                       {"az", "Xidmət göstərilən şəxslər"},
                                       {"ka", "მომსახურებული ადამიანები"},
                                       {"ru", "Люди, получившие услуги"},
                                       {"tk", "Hyzmat edilen adamlar"}},
                                      "people"));
  made.indicators.push_back(indicator("occupancy_rate",
                                      {{"en", "Occupancy rate"},
                                       {"az", "Doluluq əmsalı"},
                                       {"ka", "დატვირთვის მაჩვენებელი"},
                                       {"ru", "Заполняемость"},
                                       {"tk", "Eýelenen ýerleriň paýy"}},
                                      "percent", 1));
  made.indicators.push_back(
      indicator("sessions", {{"en", "Sessions"}, {"az", "Seanslar"}, {"ka", "სესიები"}}, "sessions"));
  made.indicators.push_back(indicator("cost", {{"en", "Cost"}, {"az", "Xərc"}, {"ru", "Расходы"}}, "AZN", 2));
  made.indicators.push_back(indicator("plan", {{"en", "Plan"}, {"az", "Plan"}, {"ru", "План"}}, "people"));
  made.indicators.push_back(indicator("trained", {{"en", "Trained"}}, "people"));
  made.indicators.push_back(indicator("certified", {{"en", "Certified"}}, "people"));
  made.indicators.push_back(indicator("reached", {{"en", "Reached"}}, "people"));
  return made;
}

/// A row of an answer in short: period, values of the dimensions ("?" is unknown), values of the indicators.
struct Row {
  std::size_t period = 0;
  std::vector<std::string> key{};
  std::vector<Value> values{};
  std::optional<Value> target{};
  std::optional<Value> baseline{};
};

inline Value whole(std::int64_t number) { return Value::of(number); }
inline Value share(double number) { return Value::of(number); }
inline Value suppressed() { return {State::suppressed, std::int64_t{0}, false, {}}; }

/// Consecutive periods of `kind` from `first` on.
inline std::vector<Period> periods(PeriodKind kind, std::string const& first, std::size_t count) {
  std::vector<Period> made;
  Date day = *parse_iso_date(first);
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(period_at(kind, day, {}));
    day = made.back().end;
  }
  return made;
}

inline Answer answer(std::vector<std::string> dimensions, std::vector<std::string> indicators,
                     std::vector<Period> periods, std::vector<Row> const& rows) {
  Answer made{std::move(dimensions), std::move(indicators), std::move(periods), {}, {}};
  for (auto const& row : rows) {
    AnswerRow out;
    out.period = made.periods.at(row.period);
    for (std::size_t i = 0; i < row.key.size(); ++i) {
      bool const unknown = row.key[i] == "?";
      out.key.push_back({made.dimensions.at(i), unknown ? std::nullopt : std::optional(row.key[i]), unknown});
    }
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      Figure figure;
      figure.indicator = made.indicators.at(i);
      figure.id = figure_id(figure.indicator, out.period, out.key);
      figure.value = row.values[i];
      figure.target = row.target;
      figure.baseline = row.baseline;
      out.figures.push_back(std::move(figure));
    }
    made.rows.push_back(std::move(out));
  }
  return made;
}

}  // namespace yekun::samples
