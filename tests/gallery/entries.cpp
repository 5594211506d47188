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
          R"({"type": "bar", "x": "region", "y": "people_served", "highlight": ["Gəncə-Daşkəsən"],
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

}  // namespace

std::vector<Entry> entries() {
  return {bars(),
          bars_upright(),
          grouped(),
          stacked("bar-stacked", "stacked", "en"),
          stacked("bar-percent", "percent", "az"),
          lines(),
          combo(),
          facets()};
}

}  // namespace yekun::gallery
