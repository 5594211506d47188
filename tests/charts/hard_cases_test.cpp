// Charts of awkward data, each as a reader must find it: years at regular ticks, no number that reads as zero, no
// label of nothing but dots.
#include <catch2/catch.hpp>

#include "charts/lay_out.h"
#include "tests/charts/chart_samples.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;

namespace {

ChartSpec spec_of(ChartType type, std::string x, std::string color = {}) {
  ChartSpec spec;
  spec.type = type;
  spec.x = std::move(x);
  spec.y = {"people_served"};
  spec.color = std::move(color);
  return spec;
}

Scene draw(ChartSpec const& spec, Answer const& answer, std::string const& language = "en") {
  auto const catalogue = Catalogue::load(language);
  REQUIRE(catalogue.has_value());
  auto const data = chart_data(spec, answer, samples::programme(), *catalogue);
  return lay_out(spec, data, Theme{}, *catalogue, samples::FakeMeasurer{}, {480, 280});
}

std::vector<scene::Text> texts(Scene const& scene, std::string const& role) {
  std::vector<scene::Text> found;
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks)
      if (auto const* text = std::get_if<scene::Text>(&mark); text != nullptr && group.role == role)
        found.push_back(*text);
  return found;
}

Answer regions(std::size_t count, std::vector<Value> const& values) {
  std::vector<samples::Row> rows;
  for (std::size_t i = 0; i < count; ++i)
    rows.push_back({0, {"Region " + std::to_string(i)}, {values[i % values.size()]}});
  return samples::answer({"region"}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1), rows);
}

}  // namespace

TEST_CASE("however many months a line has, labels a year or more apart stand at one month", "[charts][property]") {
  for (std::size_t const months : {130U, 200U, 333U, 600U}) {
    for (auto const* first : {"2001-01-01", "2001-05-01"}) {
      std::vector<samples::Row> rows;
      for (std::size_t i = 0; i < months; ++i) rows.push_back({i, {}, {samples::whole(1)}});
      auto const scene =
          draw(spec_of(ChartType::line, "period"),
               samples::answer({}, {"people_served"}, samples::periods(PeriodKind::month, first, months), rows));
      auto const labels = texts(scene, "axis categories");
      CAPTURE(months, first);
      REQUIRE(labels.size() >= 4);
      for (auto const& label : labels)
        if (label.text.find_first_of("0123456789") == std::string::npos) CHECK(label.text == "Jan");
    }
  }
}

TEST_CASE("months less than a year apart are labelled at regular steps", "[charts][property]") {
  for (std::size_t const months : {14U, 25U, 40U, 60U, 75U}) {
    std::vector<samples::Row> rows;
    for (std::size_t i = 0; i < months; ++i) rows.push_back({i, {}, {samples::whole(1)}});
    auto const scene =
        draw(spec_of(ChartType::line, "period"),
             samples::answer({}, {"people_served"}, samples::periods(PeriodKind::month, "2001-01-01", months), rows));
    std::size_t januaries = 0;
    for (auto const& label : texts(scene, "axis categories"))
      if (label.text == "Jan") ++januaries;
    CAPTURE(months);
    CHECK(januaries == (months + 11) / 12);  // no year begins without its label
  }
}

TEST_CASE("a value too small for the axis's scale is not written as zero", "[charts]") {
  auto spec = spec_of(ChartType::bar, "region");
  spec.horizontal = true;
  auto const scene = draw(
      spec, regions(4, {samples::whole(9'876'543), samples::whole(12), samples::whole(0), samples::whole(-12)}), "ru");
  std::string all;
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks)
      if (auto const* text = std::get_if<scene::Text>(&mark)) all += text->text + "\n";
  CHECK(all.find("9,9\n") != std::string::npos);
  CHECK(all.find("<0,1\n") != std::string::npos);
  CHECK(all.find(">−0,1\n") != std::string::npos);
  CHECK(all.find("\n0\n") != std::string::npos);
  CHECK(all.find("0,0") == std::string::npos);
}

TEST_CASE("names with no room below upright bars are left out, not cut to dots", "[charts][property]") {
  auto spec = spec_of(ChartType::bar, "region");
  spec.horizontal = false;
  for (std::size_t const count : {3U, 12U, 25U, 40U, 120U}) {
    auto const scene = draw(spec, regions(count, {samples::whole(5), samples::whole(7)}));
    CAPTURE(count);
    for (auto const& label : texts(scene, "axis categories")) CHECK(label.text != "…");
    if (count == 3) CHECK(texts(scene, "axis categories").size() == 3);
  }
}

TEST_CASE("lines of a single period are named beside their points", "[charts]") {
  auto const scene =
      draw(spec_of(ChartType::line, "period", "sex"),
           samples::answer({"sex"}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 1),
                           {{0, {"female"}, {samples::whole(120)}}, {0, {"male"}, {samples::whole(80)}}}));
  for (auto const& group : scene.groups) CHECK(group.role != "leader");
  auto const names = texts(scene, "label");
  REQUIRE(names.size() == 2);
  for (auto const& name : names) CHECK(name.at.x < scene.width_pt * 0.6);
}

TEST_CASE("slopes that start at one value share its number", "[charts]") {
  std::vector<samples::Row> rows;
  for (std::size_t r = 0; r < 5; ++r) {
    rows.push_back({0, {"Region " + std::to_string(r)}, {samples::whole(100)}});
    rows.push_back({1, {"Region " + std::to_string(r)}, {samples::whole(100 + 20 * static_cast<std::int64_t>(r))}});
  }
  auto const scene =
      draw(spec_of(ChartType::slope, "period", "region"),
           samples::answer({"region"}, {"people_served"}, samples::periods(PeriodKind::year, "2024-01-01", 2), rows));
  std::size_t starts = 0;
  for (auto const& label : texts(scene, "label"))
    if (label.text == "100") ++starts;
  CHECK(starts == 1);
}

TEST_CASE("a withheld part of a stack is hatched over the parts that stand in its place", "[charts]") {
  auto spec = spec_of(ChartType::bar, "period", "sex");
  spec.stack = BarStack::stacked;
  auto const scene =
      draw(spec, samples::answer({"sex"}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 1),
                                 {{0, {"female"}, {samples::suppressed()}}, {0, {"male"}, {samples::whole(80)}}}));
  std::vector<std::string> kinds;
  for (auto const& group : scene.groups) {
    if (!group.role.starts_with("bar series")) continue;
    for (auto const& mark : group.marks)
      kinds.emplace_back(std::holds_alternative<scene::Hatch>(mark) ? "hatch" : "fill");
  }
  CHECK(kinds == std::vector<std::string>{"fill", "fill", "hatch"});
}

TEST_CASE("a chart without a figure takes the room of its words only, unless a height is asked for", "[charts]") {
  auto spec = spec_of(ChartType::bar, "region");
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  auto const height = [&](std::vector<Value> const& values) {
    auto const data = chart_data(spec, regions(values.size(), values), samples::programme(), *catalogue);
    return chart_size(spec, data, 480).height_pt;
  };
  CHECK(height({Value::missing(), Value::missing()}) == 130);
  CHECK(height({Value::missing(), samples::whole(3)}) == 280);
  spec.height_pt = 200;
  CHECK(height({Value::missing(), Value::missing()}) == 200);
}

TEST_CASE("the target of a bullet touches none of its words", "[charts][property]") {
  for (std::int64_t const target : {1, 40, 97, 100, 140}) {
    auto spec = spec_of(ChartType::bullet, "");
    auto answer = samples::answer({}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                                  {{0, {}, {samples::whole(100)}, samples::whole(target)}});
    auto const catalogue = Catalogue::load("en");
    REQUIRE(catalogue.has_value());
    auto const data = chart_data(spec, answer, samples::programme(), *catalogue);
    auto const scene = lay_out(spec, data, Theme{}, *catalogue, samples::FakeMeasurer{}, chart_size(spec, data, 480));
    double lowest = 0;
    for (auto const* role : {"value", "axis categories"})
      for (auto const& text : texts(scene, role)) lowest = std::max(lowest, scene::box_of(text).bottom());
    REQUIRE(lowest > 0);
    for (auto const& group : scene.groups)
      for (auto const& mark : group.marks)
        if (auto const* rect = std::get_if<scene::Rect>(&mark)) CHECK(rect->box.y >= lowest);
  }
}

TEST_CASE("few bars stay bars and stand in the middle of their bands", "[charts]") {
  for (bool const lying : {false, true}) {
    for (std::size_t const count : {1U, 2U, 3U}) {
      auto spec = spec_of(ChartType::bar, "region");
      spec.horizontal = lying;
      auto const scene = draw(spec, regions(count, {samples::whole(40), samples::whole(30), samples::whole(20)}));
      CAPTURE(lying, count);
      std::vector<double> middles;
      for (auto const& group : scene.groups) {
        if (!group.role.starts_with("bar ")) continue;
        auto const& box = std::get<scene::Rect>(group.marks.front()).box;
        CHECK((lying ? box.height : box.width) <= 64);
        middles.push_back(lying ? box.y + box.height / 2 : box.x + box.width / 2);
      }
      REQUIRE(middles.size() == count);
      auto const names = texts(scene, "axis categories");
      REQUIRE(names.size() == count);
      if (lying) continue;
      for (std::size_t i = 0; i < count; ++i) CHECK(names[i].at.x == Approx(middles[i]).margin(1));
    }
  }
}

TEST_CASE("shares that are printed as 99 or 101 percent together carry a note", "[charts]") {
  auto const notes = [](Scene const& scene) {
    std::string all;
    for (auto const& group : scene.groups)
      for (auto const& mark : group.marks)
        if (auto const* text = std::get_if<scene::Text>(&mark)) all += text->text + "\n";
    return all.find("Shares may not add up to 100% because of rounding") != std::string::npos;
  };
  auto const donut = spec_of(ChartType::donut, "region");
  CHECK(notes(draw(donut, regions(3, {samples::whole(26), samples::whole(22), samples::whole(22)}))));  // 37 + 31 + 31
  CHECK(notes(draw(donut, regions(3, {samples::whole(1)}))));                                           // 3 x 33
  CHECK_FALSE(notes(draw(donut, regions(4, {samples::whole(1)}))));
  CHECK_FALSE(notes(draw(donut, regions(3, {samples::whole(0)}))));  // nothing to share
  CHECK_FALSE(notes(draw(spec_of(ChartType::bar, "region"), regions(3, {samples::whole(1)}))));

  auto bars = spec_of(ChartType::bar, "region", "sex");
  bars.stack = BarStack::percent;
  auto const split = [](std::int64_t women, std::int64_t men, std::int64_t unknown) {
    return samples::answer({"region", "sex"}, {"people_served"}, samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                           {{0, {"North", "female"}, {samples::whole(women)}},
                            {0, {"North", "male"}, {samples::whole(men)}},
                            {0, {"North", "other"}, {samples::whole(unknown)}}});
  };
  CHECK(notes(draw(bars, split(1, 1, 1))));
  CHECK_FALSE(notes(draw(bars, split(2, 1, 1))));
}
