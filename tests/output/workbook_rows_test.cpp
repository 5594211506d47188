#include "output/workbook_rows.h"

#include <catch2/catch.hpp>

using namespace yekun;

namespace {

using Role = RowColumn::Role;

Column wholes(Type type, std::vector<std::int64_t> values) {
  Column out;
  out.type = type;
  out.present.assign(values.size(), 1);
  out.whole = std::move(values);
  return out;
}

Column texts(std::vector<std::string> const& values) {
  Column out;
  auto dictionary = std::make_shared<Dictionary>();
  for (auto const& value : values) {
    out.present.push_back(value.empty() ? 0 : 1);
    out.codes.push_back(value.empty() ? 0 : dictionary->code(value));
  }
  out.dictionary = std::move(dictionary);
  return out;
}

/// Four rows: three in the third quarter; persons 1, 2, 1, 3; places Quba, Baku, Quba, unknown.
std::vector<DataSheet> sheets() {
  std::int64_t const july = date_of(2025, 7, 1).days;
  DataSheet sheet;
  sheet.id = "visits";
  sheet.rows = 4;
  sheet.columns = {{Role::day, "date", "date", wholes(Type::date, {july, july + 1, july + 2, july + 200})},
                   {Role::group, "Region", "region", texts({"Quba", "Baku", "Quba", ""})},
                   {Role::person, "Person", "person_id", wholes(Type::integer, {1, 2, 1, 3})},
                   {Role::number, "cost", "cost", wholes(Type::decimal, {1'500'000, 250'000, 0, 7'000'000})},
                   {Role::filter, "done", "done", wholes(Type::integer, {1, 1, 0, 1})}};
  sheet.measures = {{"people", "count(distinct person_id)", "", RowMeasure::Kind::people, 2, {}},
                    {"cost", "sum(cost)", "done", RowMeasure::Kind::sum, 3, {4}},
                    {"visits", "count()", "", RowMeasure::Kind::rows, {}, {}}};
  return {sheet};
}

Lineage leaf(RowMeasure const& measure, Number number, std::vector<PlacePart> place = {}) {
  Lineage out;
  out.kind = Lineage::Kind::cell;
  out.indicator = measure.indicator;
  out.measure = measure.measure;
  out.predicate = measure.predicate;
  out.period = period_at(PeriodKind::quarter, date_of(2025, 7, 1), {});
  out.place = std::move(place);
  out.value = Value::of(number);
  return out;
}

}  // namespace

TEST_CASE("flows count and add rows by criteria on day, place and condition", "[output]") {
  auto const data = sheets();
  RowFormulas formulas(data, {"Rows"});
  auto const cost = formulas.formula(leaf(data[0].measures[1], Decimal{1'750'000}));
  REQUIRE(cost);
  CHECK_FALSE(cost->array);
  CHECK(cost->text ==
        "SUMIFS('Rows'!$D$4:$D$7,'Rows'!$A$4:$A$7,\">=45839\",'Rows'!$A$4:$A$7,\"<=45930\","
        "'Rows'!$E$4:$E$7,1)");
  auto const visits = formulas.formula(leaf(data[0].measures[2], std::int64_t{2}, {{"region", "Quba", false}}));
  REQUIRE(visits);
  CHECK(visits->text ==
        "COUNTIFS('Rows'!$A$4:$A$7,\">=45839\",'Rows'!$A$4:$A$7,\"<=45930\","
        "'Rows'!$B$4:$B$7,\"=Quba\")");
}

TEST_CASE("people count once, whatever the order of the rows", "[output]") {
  auto const data = sheets();
  RowFormulas formulas(data, {"Rows"});
  auto const people = formulas.formula(leaf(data[0].measures[0], std::int64_t{2}));
  REQUIRE(people);
  CHECK(people->array);
  CHECK(people->text ==
        "SUM(--(FREQUENCY(IF(('Rows'!$C$4:$C$7>0)*('Rows'!$A$4:$A$7>=45839)*('Rows'!$A$4:$A$7<=45930),"
        "'Rows'!$C$4:$C$7),'Rows'!$C$4:$C$7)>0))");
}

TEST_CASE("a figure that the rows do not come to has no formula over them", "[output]") {
  auto const data = sheets();
  RowFormulas formulas(data, {"Rows"});
  CHECK_FALSE(formulas.formula(leaf(data[0].measures[2], std::int64_t{4})));
  CHECK_FALSE(formulas.formula(leaf(data[0].measures[2], std::int64_t{1}, {{"sex", "female", false}})));
  Lineage other = leaf(data[0].measures[2], std::int64_t{3});
  other.predicate = "cost > 1";
  CHECK_FALSE(formulas.formula(other));
}
