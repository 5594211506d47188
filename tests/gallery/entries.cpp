#include <fstream>
#include <iterator>

#include "tests/charts/chart_samples.h"
#include "tests/gallery/gallery.h"

namespace yekun::gallery {

using namespace samples;

namespace {

std::vector<std::string> const kRegions{"Bakı",        "Gəncə-Daşkəsən",  "Şirvan-Salyan",
                                        "Quba-Xaçmaz", "Lənkəran-Astara", "Şəki-Zaqatala",
                                        "Mil-Muğan",   "Qarabağ",         "Naxçıvan"};
std::vector<std::string> const kGeorgian{"თბილისი", "სამეგრელო-ზემო სვანეთი", "კახეთი",
                                         "იმერეთი", "მცხეთა-მთიანეთი",        "აჭარა"};

std::vector<Period> quarter() { return periods(PeriodKind::quarter, "2025-07-01", 1); }

Entry bars() {
  std::vector<Row> rows;
  std::int64_t const people[] = {3120, 1204, 986, 1311, 742, 655, 402, 0, 288};
  for (std::size_t i = 0; i < kRegions.size(); ++i) rows.push_back({0, {kRegions[i]}, {whole(people[i])}});
  rows[6].values[0] = suppressed();
  rows[8].values[0] = Value::missing();
  return {"bar", "az",
          R"({"type": "bar", "x": "region", "y": "people_served", "highlight": ["Quba-Xaçmaz"],
 "title": {"az": "Bakıdan sonra ən çox şəxsə Quba-Xaçmazda xidmət göstərilib"}})",
          answer({"region"}, {"people_served"}, quarter(), rows)};
}

Entry bars_upright() {
  std::vector<Row> rows;
  double const rates[] = {0.912, 0.934, 0.951, 0.967, 1.012, 0.988};
  auto time = periods(PeriodKind::quarter, "2024-04-01", 6);
  time.back().partial = true;
  for (std::size_t i = 0; i < 6; ++i) rows.push_back({i, {}, {share(rates[i])}});
  return {"bar-target", "en", R"({"type": "bar", "x": "period", "y": "occupancy_rate", "target": 0.95})",
          answer({}, {"occupancy_rate"}, std::move(time), rows)};
}

Entry grouped() {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < 5; ++i) {
    rows.push_back({0, {kRegions[i], "female"}, {whole(static_cast<std::int64_t>(1650 - 260 * i))}});
    rows.push_back({0, {kRegions[i], "male"}, {whole(static_cast<std::int64_t>(1240 - 150 * i))}});
  }
  return {"bar-grouped", "ru", R"({"type": "bar", "x": "region", "y": "people_served", "color": "sex"})",
          answer({"region", "sex"}, {"people_served"}, quarter(), rows)};
}

Entry stacked(std::string name, std::string stack, std::string language) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < 8; ++i) {
    rows.push_back({i, {"home care"}, {whole(static_cast<std::int64_t>(820 + 35 * i))}});
    rows.push_back({i, {"day centre"}, {whole(static_cast<std::int64_t>(410 - 12 * i))}});
    rows.push_back({i, {"rehabilitation"}, {whole(static_cast<std::int64_t>(240 + 22 * i))}});
  }
  return {std::move(name), std::move(language),
          R"({"type": "bar", "x": "period", "y": "sessions", "color": "service", "stack": ")" + stack + R"("})",
          answer({"service"}, {"sessions"}, periods(PeriodKind::quarter, "2023-10-01", 8), rows)};
}

Entry lines() {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < 33; ++i) {
    auto const at = static_cast<double>(i);
    rows.push_back({i, {"თბილისი"}, {whole(static_cast<std::int64_t>(900 + 14 * at + 60 * std::sin(at / 2)))}});
    rows.push_back({i, {"იმერეთი"}, {whole(static_cast<std::int64_t>(620 + 20 * at + 35 * std::cos(at / 3)))}});
    rows.push_back({i, {"კახეთი"}, {whole(static_cast<std::int64_t>(510 + 2 * at + 25 * std::sin(at)))}});
  }
  for (std::size_t i = 12; i < 15; ++i) rows[3 * i + 2].values[0] = Value::missing();
  return {"line", "ka", R"({"type": "line", "x": "period", "y": "people_served", "color": "region", "per": "month"})",
          answer({"region"}, {"people_served"}, periods(PeriodKind::month, "2023-01-01", 33), rows)};
}

Entry combo() {
  std::vector<Row> rows;
  std::int64_t const people[] = {1840, 2015, 2230, 2190, 2480, 2610, 2705, 1320};
  std::int64_t const plan[] = {2000, 2000, 2200, 2200, 2400, 2400, 2600, 2600};
  auto time = periods(PeriodKind::quarter, "2023-10-01", 8);
  time.back().partial = true;
  for (std::size_t i = 0; i < 8; ++i) rows.push_back({i, {}, {whole(people[i])}, whole(plan[i])});
  return {"combo", "tk", R"({"type": "combo", "x": "period", "y": "people_served", "target": true})",
          answer({}, {"people_served"}, std::move(time), rows)};
}

Entry facets() {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < kGeorgian.size(); ++r)
    for (std::size_t i = 0; i < 12; ++i)
      for (bool const women : {true, false})
        rows.push_back({i,
                        {women ? "female" : "male", kGeorgian[r]},
                        {whole(static_cast<std::int64_t>((women ? 150 : 110) + 30 * static_cast<double>(r % 3) +
                                                         8 * static_cast<double>(i) * (r % 2 == 0 ? 1 : 0.3) +
                                                         12 * std::sin(static_cast<double>(i + r))))}});
  return {"facets", "ka",
          R"({"type": "line", "x": "period", "y": "people_served", "color": "sex", "facet": "region", "per": "month"})",
          answer({"sex", "region"}, {"people_served"}, periods(PeriodKind::month, "2025-01-01", 12), rows)};
}

Entry pyramid() {
  std::vector<Row> rows;
  char const* const ages[] = {"0-4", "5-11", "12-17", "18-29", "30-44", "45-59", "60-74", "75+"};
  std::int64_t const women[] = {210, 340, 305, 260, 390, 520, 880, 640};
  std::int64_t const men[] = {230, 365, 290, 190, 270, 410, 560, 310};
  for (std::size_t i = 0; i < 8; ++i) {
    rows.push_back({0, {ages[i], "female"}, {whole(women[i])}});
    rows.push_back({0, {ages[i], "male"}, {whole(men[i])}});
  }
  return {"pyramid", "az", R"({"type": "pyramid", "x": "age_group", "y": "people_served", "color": "sex"})",
          answer({"age_group", "sex"}, {"people_served"}, quarter(), rows)};
}

Entry bullets() {
  std::vector<Row> rows{{0, {}, {whole(2310), share(0.934), whole(812)}}};
  auto made = answer({}, {"people_served", "occupancy_rate", "sessions"}, quarter(), rows);
  auto& figures = made.rows.front().figures;
  figures[0].target = whole(2600);
  figures[0].baseline = whole(1800);
  figures[1].target = share(0.95);
  figures[1].baseline = share(0.88);
  figures[2].target = whole(750);
  return {"bullet", "en", R"({"type": "bullet", "y": ["people_served", "occupancy_rate", "sessions"]})",
          std::move(made)};
}

Entry heat() {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < 7; ++r)
    for (std::size_t i = 0; i < 6; ++i)
      rows.push_back({i, {kRegions[r]}, {share(0.72 + 0.035 * static_cast<double>((r * 5 + i * 3) % 9))}});
  rows[8].values[0] = Value::missing();
  rows[22].values[0] = suppressed();
  return {"heat", "az", R"({"type": "heat", "x": "period", "y": "occupancy_rate", "color": "region", "places": 0})",
          answer({"region"}, {"occupancy_rate"}, periods(PeriodKind::quarter, "2024-04-01", 6), rows)};
}

Entry tiles() {
  std::vector<Row> rows;
  char const* const names[] = {"თბილისი",         "იმერეთი",        "კახეთი",       "აჭარა",
                               "გურია",           "შიდა ქართლი",    "ქვემო ქართლი", "სამეგრელო-ზემო სვანეთი",
                               "მცხეთა-მთიანეთი", "სამცხე-ჯავახეთი"};
  std::int64_t const people[] = {1330, 1248, 587, 640, 212, 398, 505, 720, 265, 150};
  for (std::size_t i = 0; i < 10; ++i) rows.push_back({0, {names[i]}, {whole(people[i])}});
  return {"tile-map", "ka", R"({"type": "tile-map", "x": "region", "y": "people_served"})",
          answer({"region"}, {"people_served"}, quarter(), rows)};
}

Entry area() {
  Entry made = stacked("area", "stacked", "en");
  made.spec_text = R"({"type": "area", "x": "period", "y": "sessions", "color": "service"})";
  return made;
}

Entry donut() {
  std::vector<Row> rows{
      {0, {"home care"}, {whole(1065)}}, {0, {"day centre"}, {whole(326)}}, {0, {"rehabilitation"}, {whole(394)}}};
  auto made = answer({"service"}, {"sessions"}, quarter(), rows);
  AnswerRow total = made.rows.front();
  total.key = {{"service", std::nullopt, false}};
  total.figures.front().value = whole(1785);
  made.rows.push_back(std::move(total));
  return {"donut", "en", R"({"type": "donut", "x": "service", "y": "sessions"})", std::move(made)};
}

Entry slope() {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < 6; ++r) {
    rows.push_back({0, {kRegions[r]}, {share(0.81 + 0.02 * static_cast<double>(r))}});
    rows.push_back({1, {kRegions[r]}, {share(0.97 - 0.024 * static_cast<double>((r * 3) % 5))}});
  }
  return {"slope", "az", R"({"type": "slope", "x": "period", "y": "occupancy_rate", "color": "region", "per": "year"})",
          answer({"region"}, {"occupancy_rate"}, periods(PeriodKind::year, "2024-01-01", 2), rows)};
}

Entry waterfall() {
  std::vector<Row> rows;
  std::int64_t const changes[] = {640, 128, -92, 151, -57, 48};
  for (std::size_t i = 0; i < 6; ++i) rows.push_back({i, {}, {whole(changes[i])}});
  auto made = answer({}, {"people_served"}, periods(PeriodKind::quarter, "2024-04-01", 6), rows);
  AnswerRow total = made.rows.front();
  total.whole_period = true;
  total.figures.front().value = whole(818);
  made.rows.push_back(std::move(total));
  return {"waterfall", "en",
          R"({"type": "waterfall", "x": "period", "y": "people_served", "title": {"en": "Net change in residents"}})",
          std::move(made)};
}

Entry dot_range() {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < 6; ++r) {
    rows.push_back({0, {kRegions[r], "female"}, {share(0.91 - 0.025 * static_cast<double>(r))}});
    rows.push_back({0, {kRegions[r], "male"}, {share(0.84 - 0.012 * static_cast<double>(r * r % 7))}});
  }
  return {"dot-range", "az", R"({"type": "dot-range", "x": "region", "y": "occupancy_rate", "color": "sex"})",
          answer({"region", "sex"}, {"occupancy_rate"}, quarter(), rows)};
}

Entry scatter() {
  std::vector<Row> rows;
  std::int64_t const sessions[] = {2310, 940, 720, 1180, 655, 1420, 388, 0, 512};
  double const rates[] = {0.972, 0.874, 0.861, 0.918, 0.842, 0.905, 0.781, 0.8, 0.846};
  for (std::size_t r = 0; r < kRegions.size(); ++r)
    rows.push_back({0, {kRegions[r]}, {whole(sessions[r]), share(rates[r])}});
  rows[7].values[1] = suppressed();
  return {"scatter", "az",
          R"({"type": "scatter", "x": "sessions", "y": "occupancy_rate", "color": "region",
 "title": {"az": "Seansı çox olan regionlarda doluluq da yüksəkdir"}})",
          answer({"region"}, {"sessions", "occupancy_rate"}, quarter(), rows)};
}

Entry funnel() {
  return {
      "funnel", "en",
      R"({"type": "funnel", "y": ["trained", "certified", "reached"], "title": {"en": "From training to practice"}})",
      answer({}, {"trained", "certified", "reached"}, quarter(), {{0, {}, {whole(34), whole(29), whole(21)}}})};
}

Entry annotated() {
  std::vector<Row> rows;
  std::int64_t const people[] = {410, 432, 455, 448, 470, 521, 560, 590, 588, 612, 640, 655, 649, 701, 730};
  for (std::size_t i = 0; i < 15; ++i) rows.push_back({i, {}, {whole(people[i])}});
  return {"annotations", "az",
          R"({"type": "line", "x": "period", "y": "people_served", "per": "month",
 "annotations": [{"at": "2024-06", "text": {"az": "Gəncədə yeni mərkəz açılıb"}},
                 {"at": "2025-02", "text": {"az": "Reyestrdə təkrar yazılar silinib"}}]})",
          answer({}, {"people_served"}, periods(PeriodKind::month, "2024-01-01", 15), rows)};
}

Entry gantt() {
  std::vector<Row> rows;
  struct Work {
    char const* name;
    std::size_t planned, planned_end, first, end;
  };
  Work const works[] = {{"Needs assessment", 0, 2, 0, 3},
                        {"Training of trainers", 2, 4, 3, 5},
                        {"Home visits", 3, 12, 4, 10},
                        {"Public awareness campaign", 5, 8, 5, 7},
                        {"Evaluation", 10, 12, 12, 12}};
  auto time = periods(PeriodKind::month, "2025-01-01", 12);
  time[9].partial = true;
  for (auto const& work : works)
    for (std::size_t i = 0; i < 12; ++i) {
      Row row{i, {work.name}, {whole(i >= work.first && i < work.end ? 12 : 0)}};
      if (i > 9) row.values = {Value::missing()};
      if (i >= work.planned && i < work.planned_end) row.target = whole(10);
      rows.push_back(std::move(row));
    }
  return {"gantt", "en",
          R"({"type": "gantt", "x": "month", "y": "sessions", "color": "service", "target": true,
 "title": {"en": "Training began a month late; home visits follow the plan"}})",
          answer({"service"}, {"sessions"}, std::move(time), rows)};
}

Entry upset() {
  std::vector<Row> rows;
  std::pair<char const*, std::int64_t> const people[] = {{"home care", 412},
                                                         {"day centre", 268},
                                                         {"home care; rehabilitation", 143},
                                                         {"day centre; rehabilitation", 96},
                                                         {"rehabilitation", 71},
                                                         {"day centre; home care", 52},
                                                         {"day centre; home care; legal aid; rehabilitation", 23},
                                                         {"legal aid", 17}};
  for (auto const& [services, count] : people) rows.push_back({0, {services}, {whole(count)}});
  return {"upset", "az", R"({"type": "upset", "x": "service", "y": "people_served", "split": ";"})",
          answer({"service"}, {"people_served"}, quarter(), rows)};
}

Entry choropleth() {
  std::vector<Row> rows;
  char const* const names[] = {"North Hills", "Lakeside",    "Centre", "East Valley",
                               "Old Port",    "South Plain", "Islands"};
  double const rates[] = {0.81, 0.93, 0.972, 0.88, 0.76, 0.902, 0};
  for (std::size_t i = 0; i < 7; ++i) rows.push_back({0, {names[i]}, {share(rates[i])}});
  rows[6].values[0] = suppressed();
  return {"choropleth", "en",
          R"({"type": "choropleth", "x": "region", "y": "occupancy_rate", "geojson": "maps/sample.geojson"})",
          answer({"region"}, {"occupancy_rate"}, quarter(), rows)};
}

}  // namespace

MapShapes sample_map() {
  std::string const path = YEKUN_SOURCE_DIR "/tests/gallery/maps/sample.geojson";
  std::ifstream file(path, std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(file), {});
  auto shapes = parse_geojson(text, path, "");
  return shapes ? std::move(*shapes) : MapShapes{};
}

std::vector<Entry> entries() {
  return {bars(),
          bars_upright(),
          grouped(),
          stacked("bar-stacked", "stacked", "en"),
          stacked("bar-percent", "percent", "az"),
          lines(),
          combo(),
          facets(),
          pyramid(),
          bullets(),
          heat(),
          tiles(),
          area(),
          donut(),
          slope(),
          waterfall(),
          dot_range(),
          scatter(),
          funnel(),
          gantt(),
          upset(),
          choropleth(),
          annotated()};
}

}  // namespace yekun::gallery
