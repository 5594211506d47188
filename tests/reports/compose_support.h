// A small programme with hand-made answers, for tests of composing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/compose.h"

namespace yekun::compose_test {

/// Every character is half as wide as the size.
class FixedMeasurer final : public TextMeasurer {
 public:
  double width(std::string_view text, TextStyle style) const override {
    std::size_t count = 0;
    for (char const c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return static_cast<double>(count) * style.size_pt * 0.5;
  }
};

inline Period quarter() { return period_at(PeriodKind::quarter, date_of(2025, 7, 1), {}); }

inline Programme programme() {
  Programme made;
  made.id = "homes";
  made.title = {{"en", "Homes"}, {"ru", "Дома"}};
  made.languages = {"en", "ru"};
  Indicator residents;
  residents.id = "residents";
  residents.label = {{"en", "Residents"}, {"ru", "Жители"}};
  residents.dataset = "occupancy";
  residents.measure = "sum(residents)";
  residents.over_time = OverTime::last;
  residents.unit = {"people", 0};
  Indicator rate;
  rate.id = "occupancy_rate";
  rate.label = {{"en", "Occupancy rate"}, {"ru", "Заполненность"}};
  rate.formula = "residents / places";
  rate.unit = {"percent", 1};
  rate.direction = Direction::none;
  Indicator people;
  people.id = "people";
  people.label = {{"en", "People served"}, {"ru", "Получатели"}};
  people.dataset = "services";
  people.measure = "count(distinct person_id)";
  people.where = "status = 'delivered'";
  people.unit = {"people", 0};
  people.source_of_verification = {{"en", "Register"}, {"ka", "Register"}};
  made.indicators = {residents, rate, people};
  Dimension region;
  region.id = "region";
  region.label = {{"en", "Region"}, {"ru", "Район"}};
  region.value_labels = {{"quba", {{"en", "Guba"}, {"ru", "Губа"}}}, {"baki", {{"en", "Baku"}, {"ru", "Баку"}}}};
  Dimension age;
  age.id = "age";
  age.label = {{"en", "Age"}, {"ru", "Возраст"}};
  age.bands = {0, 5, 18};
  made.dimensions = {region, age};
  made.results = {{"outcome", {{"en", "All are housed"}}, {"people"}, {}}};
  return made;
}

inline Figure figure(std::string const& indicator, Value value, std::vector<PlacePart> place = {},
                     IndicatorKind kind = IndicatorKind::flow) {
  Figure made;
  made.indicator = indicator;
  made.period = quarter();
  made.place = std::move(place);
  made.value = value;
  made.kind = kind;
  made.id = figure_id(indicator, made.period, made.place);
  return made;
}

inline Value whole(std::int64_t n) { return Value::of(n); }

/// Rows of one indicator over some dimensions; a key of "" is a total.
inline Answer answer_of(std::string const& indicator, std::vector<std::string> const& dimensions,
                        std::vector<std::pair<std::vector<std::string>, Value>> const& rows,
                        IndicatorKind kind = IndicatorKind::flow) {
  Answer made;
  made.dimensions = dimensions;
  made.indicators = {indicator};
  made.periods = {quarter()};
  for (auto const& [key, value] : rows) {
    AnswerRow row;
    row.period = quarter();
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      PlacePart part{dimensions[i]};
      if (key[i] == "(unknown)")
        part.unknown = true;
      else if (!key[i].empty())
        part.value = key[i];
      row.key.push_back(part);
    }
    row.figures = {figure(indicator, value, row.key, kind)};
    made.rows.push_back(std::move(row));
  }
  return made;
}

struct Composed {
  Catalogue catalogue;
  Document document;
};

inline Document composed(Programme const& made, ReportSpec const& report, AnswerSet const& answers,
                         std::string const& language = "en", std::string const& member = "") {
  static FixedMeasurer const kMeasurer;
  auto const catalogue = Catalogue::load(language);
  ComposeContext context{*catalogue, quarter(), date_of(2025, 10, 5), kMeasurer};
  context.member = member;
  context.member_name = member;
  auto document = compose(made, report, answers, context);
  if (!document) throw std::runtime_error(document.error().front().message);
  return *document;
}

}  // namespace yekun::compose_test
