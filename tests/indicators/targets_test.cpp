#include "indicators/targets.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "tests/indicators/formula_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

/// A folder with one targets file; gone at the end of the test.
struct TargetsFolder {
  explicit TargetsFolder(std::string const& text)
      : path(std::filesystem::temp_directory_path() / ("yekun-targets-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
    std::ofstream(path / "targets.csv") << text;
    p.measure("people", "services", "count(*)").targets_file = "targets.csv";
    p.measure("cost", "services", "sum(cost)").targets_file = "targets.csv";
    ColumnSpec region;
    region.name = "region";
    p.programme.datasets[1].columns.push_back(region);
  }
  ~TargetsFolder() { std::filesystem::remove_all(path); }
  TargetsFolder(TargetsFolder const&) = delete;
  TargetsFolder& operator=(TargetsFolder const&) = delete;

  Diagnostics read() {
    SourceContext context;
    context.folder = path.string();
    return read_targets(p.programme, context);
  }
  std::filesystem::path path;
  SmallProgramme p{};
};

}  // namespace

TEST_CASE("a targets file gives each indicator its targets by period and group", "[indicators]") {
  TargetsFolder folder(
      "indicator,period,region,target,baseline\n"
      "people,2025-Q3,,100,80\n"
      "people,2025-Q3,Quba,40.5,\n"
      "cost,2025,,,900\n");
  CHECK(messages(folder.read()).empty());
  Indicator const& people = folder.p.programme.indicators[0];
  Target const* whole_target = find_target(people, period("2025-Q3"), {});
  REQUIRE(whole_target);
  CHECK(whole_target->target == parse_decimal("100").value);
  CHECK(whole_target->baseline == parse_decimal("80").value);
  Target const* quba = find_target(people, period("2025-Q3"), {{"region", "Quba"}});
  REQUIRE(quba);
  CHECK(quba->target == parse_decimal("40.5").value);
  CHECK_FALSE(quba->baseline);
  CHECK_FALSE(find_target(people, period("2025-Q3"), {{"region", "Şəki"}}));
  CHECK_FALSE(find_target(people, period("2025-Q3"), {{"region", std::nullopt, true}}));
  CHECK(find_target(people, period("2025-Q3"), {{"region", std::nullopt}}) == whole_target);
  CHECK_FALSE(find_target(people, period("2025-Q2"), {}));
  CHECK_FALSE(find_target(people, period("2025"), {}));
  CHECK_FALSE(find_target(folder.p.programme.indicators[1], period("2025"), {})->target);
}

TEST_CASE("mistakes in a targets file name its rows and columns", "[indicators]") {
  TargetsFolder folder(
      "indicator,period,region,target\n"
      "peple,2025-Q3,,100\n"
      "people,Q3 2025,,100\n"
      "people,2025-Q2,,many\n"
      "people,2025-Q1,,1\n"
      "people,2025-Q1,,2\n");
  Diagnostics const found = folder.read();
  REQUIRE(found.size() == 4);
  CHECK(found[0].message == "unknown indicator 'peple'");
  CHECK(found[0].hint == "did you mean 'people'?");
  CHECK(found[0].place.row == 2);
  CHECK(found[0].place.field == "indicator");
  CHECK(found[1].message == "'Q3 2025' is not a fixed period");
  CHECK(found[2].message == "'many' is not a number of at most six decimal places");
  CHECK(found[2].place.row == 4);
  CHECK(found[3].message == "a second target of 'people' for 2025-Q1 and the same group");
}

TEST_CASE("a targets file without the needed columns or with an unknown dimension is refused", "[indicators]") {
  CHECK(TargetsFolder("indicator,target\npeople,3\n").read().front().hint ==
        "its header is indicator,period,<dimensions...>,target,baseline");
  Diagnostics const found = TargetsFolder("indicator,period,regoin,target\npeople,2025,,3\n").read();
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "unknown dimension 'regoin' in the targets file 'targets.csv'");
  CHECK(found[0].hint == "did you mean 'region'?");
}
