// Scatter charts: two indicators joined by member, honest axes, names that touch nothing.
#include <catch2/catch.hpp>

#include "charts/lay_out.h"
#include "tests/charts/chart_samples.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;

namespace {

ChartSpec scatter() {
  ChartSpec spec;
  spec.type = ChartType::scatter;
  spec.x = "sessions";
  spec.y = {"occupancy_rate"};
  spec.color = "region";
  return spec;
}

Answer regions() {
  return samples::answer({"region"}, {"sessions", "occupancy_rate"},
                         samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                         {{0, {"Bakı"}, {samples::whole(900), samples::share(0.97)}},
                          {0, {"Gəncə"}, {samples::whole(300), samples::share(0.6)}},
                          {0, {"Quba"}, {samples::whole(600), samples::suppressed()}},
                          {0, {"Şəki"}, {samples::whole(0), samples::share(0.8)}}});
}

struct Drawn {
  ChartData data{};
  Scene scene{};
};

Drawn draw(ChartSpec const& spec, Answer const& answer) {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  Drawn drawn{chart_data(spec, answer, samples::programme(), *catalogue), {}};
  drawn.scene = lay_out(spec, drawn.data, Theme{}, *catalogue, samples::FakeMeasurer{}, {480, 280});
  return drawn;
}

std::string words(Scene const& scene, std::string const& role) {
  std::string all;
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks)
      if (auto const* text = std::get_if<scene::Text>(&mark); text != nullptr && group.role == role)
        all += text->text + "\n";
  return all;
}

}  // namespace

TEST_CASE("a scatter chart asks for both indicators by its members", "[charts]") {
  auto const period = period_at(PeriodKind::quarter, *parse_iso_date("2025-07-01"), {});
  auto const question = chart_question(scatter(), samples::programme(), period);
  REQUIRE(question.has_value());
  CHECK(question->indicators == std::vector<std::string>{"sessions", "occupancy_rate"});
  CHECK(question->by == std::vector<std::string>{"region"});
}

TEST_CASE("a scatter chart's data are its members with what is across and what is up", "[charts]") {
  auto const data = draw(scatter(), regions()).data;
  REQUIRE(data.categories.size() == 4);
  CHECK(data.categories[0].id == "Bakı");
  REQUIRE(data.panels.size() == 1);
  REQUIRE(data.panels[0].series.size() == 2);
  CHECK(data.panels[0].series[0].id == "sessions");
  CHECK(data.panels[0].series[0].numbers.counts);
  CHECK(data.panels[0].series[1].id == "occupancy_rate");
  CHECK(data.panels[0].series[1].numbers.percent);
  CHECK_FALSE(data.panels[0].series[1].numbers.counts);
}

TEST_CASE("a scatter chart names its axes with units, its points and what it cannot place", "[charts]") {
  auto const drawn = draw(scatter(), regions());
  CHECK(words(drawn.scene, "axis title") == "Occupancy rate\nSessions\n");
  CHECK(words(drawn.scene, "note") ==
        "1 point is not drawn: it lacks one of the two values · the scale does not start at zero\n");
  std::string const names = words(drawn.scene, "label");
  for (auto const* name : {"Bakı", "Gəncə", "Şəki"}) CHECK(names.find(name) != std::string::npos);
  CHECK(names.find("Quba") == std::string::npos);
  CHECK(
      drawn.scene.alt_text ==
      "Scatter plot: Sessions and Occupancy rate, 3rd quarter of 2025. Highest: Bakı, Occupancy rate (97.0%); lowest: "
      "Gəncə, Occupancy rate (60.0%). 1 value is suppressed.");
  CHECK(drawn.scene.table.header == std::vector<std::string>{"Region", "Sessions", "Occupancy rate"});
}

TEST_CASE("points of a scatter chart stand where their values are", "[charts]") {
  auto spec = scatter();
  spec.y = {"people_served"};
  auto const drawn = draw(spec, samples::answer({"region"}, {"sessions", "people_served"},
                                                samples::periods(PeriodKind::quarter, "2025-07-01", 1),
                                                {{0, {"A"}, {samples::whole(0), samples::whole(0)}},
                                                 {0, {"B"}, {samples::whole(50), samples::whole(25)}},
                                                 {0, {"C"}, {samples::whole(100), samples::whole(100)}}}));
  CHECK(words(drawn.scene, "axis title") == "People served, people\nSessions\n");
  std::map<std::string, scene::Point> middle;
  for (auto const& group : drawn.scene.groups) {
    if (group.role != "point series-1") continue;
    auto const& points = std::get<scene::Path>(group.marks.front()).points;
    double left = 1e9;
    double right = 0;
    double top = 1e9;
    double bottom = 0;
    for (auto const& point : points) {
      left = std::min(left, point.x);
      right = std::max(right, point.x);
      top = std::min(top, point.y);
      bottom = std::max(bottom, point.y);
    }
    middle[group.tooltip] = {(left + right) / 2, (top + bottom) / 2};
  }
  REQUIRE(middle.size() == 3);
  auto const a = middle.at("A: 0 sessions · 0 people");
  auto const b = middle.at("B: 50 sessions · 25 people");
  auto const c = middle.at("C: 100 sessions · 100 people");
  CHECK(b.x - a.x == Approx((c.x - a.x) / 2));
  CHECK(a.y - b.y == Approx((a.y - c.y) / 4));
}

TEST_CASE("a scatter chart without a second indicator, members, or with a target is refused", "[charts]") {
  auto const messages = [](ChartSpec const& spec) {
    std::string all;
    for (auto const& one : check_chart(spec, samples::programme())) all += one.message + "\n";
    return all;
  };
  CHECK(messages(scatter()).empty());
  auto spec = scatter();
  spec.x = "region";
  CHECK(messages(spec) == "a scatter chart needs an indicator in 'x', found 'region'\n");
  spec = scatter();
  spec.x = "occupancy_rate";
  CHECK(messages(spec) == "a scatter chart compares two indicators, found 'occupancy_rate' in both 'x' and 'y'\n");
  spec = scatter();
  spec.color.clear();
  CHECK(messages(spec) == "a scatter chart needs 'color': a point for each of its values\n");
  spec = scatter();
  spec.target = true;
  CHECK(messages(spec) == "a scatter chart has no line for a target or a baseline\n");
}

TEST_CASE("a logarithmic scale over decades has a tick at each power of ten and says what it is", "[charts]") {
  ChartSpec spec;
  spec.type = ChartType::line;
  spec.x = "period";
  spec.y = {"people_served"};
  spec.log = true;
  auto const drawn = draw(
      spec,
      samples::answer({}, {"people_served"}, samples::periods(PeriodKind::month, "2025-01-01", 3),
                      {{0, {}, {samples::whole(3)}}, {1, {}, {samples::whole(40)}}, {2, {}, {samples::whole(900)}}}));
  CHECK(words(drawn.scene, "axis") == "1\n10\n100\n1,000\n");
  CHECK(words(drawn.scene, "note") == "logarithmic scale\n");
}
