#include <catch2/catch.hpp>

#include "indicators/lineage_text.h"

using namespace yekun;

namespace {

LineagePtr cell(std::string const& measure, Value value) {
  auto out = std::make_shared<Lineage>();
  out->kind = Lineage::Kind::cell;
  out->indicator = "rate";
  out->measure = measure;
  out->predicate = "sex = 'female'";
  out->period.label = "2025-Q3";
  out->place = {{"region", "Quba"}, {"sex", std::nullopt}};
  out->value = value;
  return out;
}

}  // namespace

TEST_CASE("a ratio's lineage names its two cells, their period and place", "[indicators][lineage]") {
  Lineage ratio;
  ratio.kind = Lineage::Kind::divide;
  ratio.value = Value::of(0.5);
  ratio.parts = {cell("sum(residents)", Value::of(std::int64_t{5})), cell("sum(capacity)", Value::missing())};
  std::string const about = R"x("where":"sex = 'female'","period":"2025-Q3","place":{"region":"Quba","sex":null})x";
  CHECK(to_json(ratio) ==
        R"x({"op":"divide","value":0.5,"parts":[{"op":"cell","indicator":"rate","measure":"sum(residents)",)x" + about +
            R"x(,"value":5},{"op":"cell","indicator":"rate","measure":"sum(capacity)",)x" + about +
            R"x(,"state":"missing"}]})x");
}

TEST_CASE("a suppressed cell's lineage has no number", "[indicators][lineage]") {
  auto hidden = std::make_shared<Lineage>(*cell("count()", Value::of(std::int64_t{77})));
  CHECK(to_json(*hidden).find("77") != std::string::npos);
  hidden->value.state = State::suppressed;
  CHECK(to_json(*hidden).find("77") == std::string::npos);
  CHECK(to_json(*hidden).find(R"("state":"suppressed")") != std::string::npos);
}
