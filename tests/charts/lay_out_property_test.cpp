// Random charts of every type: whatever the data, nothing lies outside, no texts overlap, bars are proportional.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include "charts/lay_out.h"
#include "charts/map_shapes.h"
#include "tests/charts/fake_measurer.h"

using namespace yekun;

namespace {

enum class Values { counts, negatives, equal, missing, outlier, percent, zero, mixed_states, one_huge };
constexpr Values kValues[] = {Values::counts,  Values::negatives,    Values::equal,
                              Values::missing, Values::outlier,      Values::percent,
                              Values::zero,    Values::mixed_states, Values::one_huge};
constexpr ChartType kTypes[] = {ChartType::bar,     ChartType::line,   ChartType::combo,     ChartType::area,
                                ChartType::pyramid, ChartType::bullet, ChartType::heat,      ChartType::tile_map,
                                ChartType::donut,   ChartType::slope,  ChartType::waterfall, ChartType::dot_range,
                                ChartType::funnel,  ChartType::gantt,  ChartType::upset,     ChartType::choropleth,
                                ChartType::scatter};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t any(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }

  Value value(Values kind) {
    auto const number = std::uniform_int_distribution<std::int64_t>(0, 5000)(random_);
    switch (kind) {
      case Values::counts:
        return Value::of(number);
      case Values::negatives:
        return Value::of(number - 2500);
      case Values::equal:
        return Value::of(std::int64_t{42});
      case Values::missing:
        return Value::missing();
      case Values::outlier:
        return Value::of(any(10) == 0 ? number * 1'000'000 : number % 10);
      case Values::percent:
        return Value::of(static_cast<double>(number) / 4000);
      case Values::zero:
        return Value::of(std::int64_t{0});
      case Values::one_huge:
        return Value::of(9'000'000'000'000LL + number);
      case Values::mixed_states:
        break;
    }
    switch (any(5)) {
      case 0:
        return Value::missing();
      case 1:
        return Value::not_applicable();
      case 2:
        return {State::suppressed, std::int64_t{0}, false, {}};
      case 3:
        return {State::value, number, true, {}};
      default:
        return Value::of(number);
    }
  }

  std::string name(std::size_t i, bool long_names) {
    static char const* const parts[] = {"სამეგრელო-ზემო სვანეთის სოციალური მომსახურების სააგენტოს ფილიალი", "სამცხე",
                                        "Gəncə-Daşkəsən", "Baku", "Мцхета-Мтианети"};
    return long_names ? std::string(parts[0]) + " " + std::to_string(i)
                      : std::string(parts[1 + i % 4]) + " " + std::to_string(i);
  }

  ChartData data(ChartType type, Values kind) {
    constexpr std::size_t counts[] = {0, 1, 2, 5, 8, 14, 40, 200};
    ChartData made;
    made.type = type;
    made.time = any(2) == 0 && type != ChartType::tile_map && type != ChartType::pyramid &&
                type != ChartType::choropleth && type != ChartType::upset;
    made.numbers.percent = kind == Values::percent;
    made.numbers.counts = kind == Values::counts;
    made.numbers.places = made.numbers.percent ? 1 : 0;
    made.numbers.unit_text = "people";
    made.title = name(1, any(2) == 0);
    made.subject = "subject";
    made.period_text = "2025";
    made.source = any(2) == 0 ? name(2, true) : std::string{};
    bool const long_names = any(3) == 0;
    std::size_t const categories = counts[any(std::size(counts))];
    Date day = *parse_iso_date("2010-01-01");
    for (std::size_t i = 0; i < categories; ++i) {
      ChartCategory category{
          name(i, long_names), name(i, long_names), name(i, long_names), {}, any(9) == 0, any(6) == 0, {}};
      if (made.time) {
        category.period = period_at(PeriodKind::month, day, {});
        day = category.period->end;
        category.short_label = "Sep " + category.period->label.substr(0, 4);
      }
      made.categories.push_back(std::move(category));
    }
    if (type == ChartType::upset) add_sets(made);
    if (any(3) == 0) add_annotations(made);
    bool const targets = any(3) == 0;
    if (targets) made.target_label = "Target";
    std::size_t const panels = any(5) == 0 ? 2 + any(5) : 1;
    constexpr std::size_t some[] = {1, 1, 2, 3, 9};
    std::size_t const series = type == ChartType::bullet    ? 1
                               : type == ChartType::scatter ? 2
                                                            : some[any(std::size(some))];
    Value const common = value(Values::counts);
    bool const same_target = any(2) == 0;
    for (std::size_t p = 0; p < panels; ++p) {
      ChartPanel panel{"p", panels > 1 ? name(p, any(2) == 0) : std::string{}, {}};
      for (std::size_t s = 0; s < series; ++s) {
        ChartSeries one{"s", series > 1 ? name(s, long_names) : std::string{}, {}, made.numbers, series > 7 && s > 3};
        for (std::size_t i = 0; i < categories; ++i) {
          ChartPoint point{value(kind), {}, {}, {}, {}, {}};
          if (targets && any(8) != 0) point.target = same_target ? common : value(Values::counts);
          one.points.push_back(std::move(point));
        }
        panel.series.push_back(std::move(one));
      }
      made.panels.push_back(std::move(panel));
    }
    return made;
  }

  void add_sets(ChartData& made) {
    std::size_t const count = 1 + any(8);
    for (std::size_t s = 0; s < count; ++s) made.sets.push_back(name(s, any(4) == 0));
    for (auto& category : made.categories)
      for (std::size_t s = 0; s < count; ++s)
        if (any(3) == 0) category.members.push_back(s);
  }

  void add_annotations(ChartData& made) {
    for (std::size_t i = 1 + any(6); i > 0 && !made.categories.empty(); --i)
      made.annotations.push_back({made.categories[any(made.categories.size())].id, {{"en", name(i, any(2) == 0)}}, {}});
    made.annotations.push_back({"nowhere", {{"en", "no such category"}}, {}});
  }

  /// Boundaries for most of the categories and for some that the data do not know: squares, slivers, islands.
  std::shared_ptr<MapShapes const> map(ChartData const& data) {
    MapShapes made;
    for (std::size_t i = 0; i < data.categories.size() + 2; ++i) {
      if (any(8) == 0) continue;
      MapRegion region;
      region.names.push_back(i < data.categories.size() ? data.categories[i].id : "empty " + std::to_string(i));
      for (std::size_t r = 1 + any(2); r > 0; --r) {
        double const x = 40 + static_cast<double>(any(900)) / 100;
        double const y = 38 + static_cast<double>(any(600)) / 100;
        double const size = static_cast<double>(1 + any(300)) / 200;
        region.rings.push_back({{x, y}, {x + size, y + size / 9}, {x + size * 0.8, y + size}, {x + 0.01, y + size}});
      }
      made.add(std::move(region));
    }
    return std::make_shared<MapShapes const>(std::move(made));
  }

  ChartSpec spec(ChartType type) {
    ChartSpec made;
    made.type = type;
    made.stack = type == ChartType::bar && any(3) == 0 ? (any(2) == 0 ? BarStack::stacked : BarStack::percent)
                                                       : BarStack::grouped;
    made.values = any(4) != 0;
    made.baseline = any(5) == 0;
    made.free_scales = any(3) == 0;
    made.log = any(6) == 0;
    if (any(4) == 0) made.horizontal = any(2) == 0;
    return made;
  }

 private:
  std::mt19937 random_;
};

bool overlap(scene::Box const& a, scene::Box const& b) {
  constexpr double kTouch = 0.3;
  return a.x + kTouch < b.right() && b.x + kTouch < a.right() && a.y + kTouch < b.bottom() && b.y + kTouch < a.bottom();
}

struct Bounds {
  double left = 1e9;
  double top = 1e9;
  double right = -1e9;
  double bottom = -1e9;
  void hold(scene::Box const& box) {
    left = std::min(left, box.x);
    top = std::min(top, box.y);
    right = std::max(right, box.right());
    bottom = std::max(bottom, box.bottom());
  }
  void hold(std::vector<scene::Point> const& points) {
    for (auto const& point : points) hold(scene::Box{point.x, point.y, 0, 0});
  }
};

Bounds bounds_of(scene::Group const& group) {
  Bounds bounds;
  for (auto const& mark : group.marks)
    std::visit(
        [&](auto const& one) {
          using Kind = std::decay_t<decltype(one)>;
          if constexpr (std::is_same_v<Kind, scene::Text>)
            bounds.hold(scene::box_of(one));
          else if constexpr (std::is_same_v<Kind, scene::Rect> || std::is_same_v<Kind, scene::Hatch>)
            bounds.hold(one.box);
          else
            bounds.hold(one.points);
        },
        mark);
  return bounds;
}

}  // namespace

namespace {

/// A text with the role of its group.
struct Labelled {
  std::string role{};
  scene::Text text{};
};

std::vector<Labelled> labelled_texts(Scene const& scene) {
  std::vector<Labelled> texts;
  for (auto const& group : scene.groups)
    for (auto const& mark : group.marks)
      if (auto const* text = std::get_if<scene::Text>(&mark)) texts.push_back({group.role, *text});
  return texts;
}

/// What is wrong with a scene; empty if nothing is.
std::vector<std::string> faults_of(Scene const& scene) {
  std::vector<std::string> faults;
  for (auto const& group : scene.groups) {
    Bounds const bounds = bounds_of(group);
    if (!std::isfinite(bounds.left + bounds.right + bounds.top + bounds.bottom))
      faults.push_back(group.role + " is nowhere");
    if (bounds.left < -0.01 || bounds.top < -0.01 || bounds.right > scene.width_pt + 0.01 ||
        bounds.bottom > scene.height_pt + 0.01)
      faults.push_back(group.role + " lies outside");
  }
  auto const texts = labelled_texts(scene);
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (overlap(scene::box_of(texts[i].text), scene::box_of(texts[k].text)))
        faults.push_back(texts[i].role + " '" + texts[i].text.text + "' overlaps " + texts[k].role + " '" +
                         texts[k].text.text + "'");
  return faults;
}

}  // namespace

TEST_CASE("whatever the data, nothing lies outside a chart and no two texts overlap", "[charts][property]") {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  samples::FakeMeasurer const measurer;
  std::string found;
  std::size_t charts_with_faults = 0;
  for (ChartType const type : kTypes) {
    for (Values const kind : kValues) {
      for (unsigned seed = 0; seed < 20; ++seed) {
        Maker maker(seed * 977 + static_cast<unsigned>(type) * 31 + static_cast<unsigned>(kind));
        ChartSpec spec = maker.spec(type);
        ChartData const data = maker.data(type, kind);
        if (type == ChartType::choropleth) spec.map = maker.map(data);
        ChartSize const size{maker.any(2) == 0 ? 480.0 : 235.0, maker.any(2) == 0 ? 280.0 : 210.0};
        auto const faults = faults_of(lay_out(spec, data, Theme{}, *catalogue, measurer, size));
        if (faults.empty() || ++charts_with_faults > 30) continue;
        found += std::string(to_text(type)) + " values " + std::to_string(static_cast<int>(kind)) + " seed " +
                 std::to_string(seed) + " categories " + std::to_string(data.categories.size()) + " series " +
                 std::to_string(data.panels.front().series.size()) + " panels " + std::to_string(data.panels.size()) +
                 " width " + std::to_string(static_cast<int>(size.width_pt)) + ": " + faults.front() + "\n";
      }
    }
  }
  INFO(found);
  CHECK(charts_with_faults == 0);
}

TEST_CASE("bars are as long as their values, from zero", "[charts][property]") {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  samples::FakeMeasurer const measurer;
  for (unsigned seed = 0; seed < 40; ++seed) {
    Maker maker(seed);
    ChartData data = maker.data(ChartType::bar, seed % 2 == 0 ? Values::counts : Values::outlier);
    if (data.panels.size() > 1 || data.categories.empty()) continue;
    ChartSpec spec;
    spec.horizontal = seed % 3 == 0;
    Scene const scene = lay_out(spec, data, Theme{}, *catalogue, measurer, {480, 280});
    double points_per_unit = 0;
    std::size_t i = 0;
    std::vector<double> values;
    std::size_t const count = data.categories.size();
    for (std::size_t c = 0; c < count; ++c)
      for (auto const& series : data.panels.front().series)
        if (double const v = to_double(series.points[c].value.number); v > 0) values.push_back(v);
    for (auto const& group : scene.groups) {
      if (!group.role.starts_with("bar ")) continue;
      auto const& box = std::get<scene::Rect>(group.marks.front()).box;
      double const length = *spec.horizontal ? box.width : box.height;
      if (i >= values.size()) break;
      if (points_per_unit == 0 && values[i] > 100) points_per_unit = length / values[i];
      CAPTURE(seed, i, values[i], length);
      if (points_per_unit > 0) REQUIRE(length == Approx(values[i] * points_per_unit).margin(0.01));
      ++i;
    }
  }
}

namespace {

/// The length of a bar on the page: that of the group's last rectangle, which lies over any track.
double bar_length(scene::Group const& group, bool upright) {
  double length = 0;
  for (auto const& mark : group.marks)
    if (auto const* rect = std::get_if<scene::Rect>(&mark); rect != nullptr && rect->box.width > 3)
      length = upright ? rect->box.height : rect->box.width;
  return length;
}

}  // namespace

TEST_CASE("bars of every type are as long as their values", "[charts][property]") {
  auto const catalogue = Catalogue::load("en");
  REQUIRE(catalogue.has_value());
  struct Kind {
    ChartType type;
    bool upright;
    bool time;
  };
  for (Kind const kind :
       {Kind{ChartType::bar, true, true}, Kind{ChartType::bar, false, false}, Kind{ChartType::combo, true, true},
        Kind{ChartType::waterfall, true, true}, Kind{ChartType::funnel, false, false},
        Kind{ChartType::bullet, false, false}, Kind{ChartType::upset, true, false}}) {
    for (unsigned seed = 0; seed < 25; ++seed) {
      Maker maker(seed);
      ChartData data;
      data.type = kind.type;
      data.time = kind.time;
      data.numbers.counts = true;
      data.sets = {"a", "b"};
      ChartPanel panel{"", "", {ChartSeries{"s", "", {}, data.numbers, false}}};
      std::vector<double> values;
      std::size_t const count = 3 + maker.any(6);
      for (std::size_t i = 0; i < count; ++i) {
        data.categories.push_back(
            {maker.name(i, false), maker.name(i, false), std::to_string(i), {}, false, false, {}});
        data.categories.back().members = {i % 2};
        values.push_back(static_cast<double>(50 + maker.any(4000)));
        panel.series.front().points.push_back({Value::of(static_cast<std::int64_t>(values.back())), {}, {}, {}, {}});
      }
      data.panels.push_back(std::move(panel));
      ChartSpec spec;
      spec.type = kind.type;
      spec.horizontal = !kind.upright;
      Scene const scene = lay_out(spec, data, Theme{}, *catalogue, samples::FakeMeasurer{}, {480, 400});
      std::vector<double> lengths;
      for (auto const& group : scene.groups)
        if (group.role == "bar series-1") lengths.push_back(bar_length(group, kind.upright));
      CAPTURE(to_text(kind.type), seed);
      REQUIRE(lengths.size() == values.size());
      double const unit = lengths.front() / values.front();
      for (std::size_t i = 0; i < count; ++i) CHECK(lengths[i] == Approx(values[i] * unit).epsilon(0.001));
    }
  }
}
