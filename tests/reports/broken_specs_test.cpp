// Every spec in tests/specs has a mistake; beside it stands the whole text of what yekun says about it.
// UPDATE_GOLDEN=1 accepts what it says now.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reports/names_check.h"
#include "reports/schedule_parser.h"
#include "reports/spec_file.h"

using namespace yekun;

namespace {

std::string const kFolder = std::string(YEKUN_SOURCE_DIR) + "/tests/specs";

std::string all_texts(Diagnostics problems, Diagnostics const& more) {
  problems.insert(problems.end(), more.begin(), more.end());
  std::string out;
  for (auto const& one : problems) out += to_text(one, false);
  return out;
}

FoundColumns columns_of(Programme const& programme) {
  SourceContext context;
  context.folder = kFolder;
  return find_columns(programme, context);
}

/// What check says, with the file's bare name for its place.
std::string said_of(std::string const& name) {
  auto const text = read_spec_file(kFolder + "/" + name);
  REQUIRE(text);
  if (kind_of_spec(*text) == SpecKind::programme) {
    auto const parsed = parse_programme(*text, name);
    auto const found = columns_of(parsed.programme);
    return all_texts(check_names(parsed, found), found.problems);
  }
  if (kind_of_spec(*text) == SpecKind::schedule) {
    auto const schedule = parse_schedule(*text, name);
    return schedule ? std::string() : all_texts(schedule.error(), {});
  }
  auto parsed = parse_report(*text, name);
  auto programme = read_programme(kFolder + "/programme.json");
  REQUIRE(programme);
  parsed.programme = std::move(*programme);
  return all_texts(check_names(parsed, columns_of(parsed.programme->programme)), {});
}

std::string read_text(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> broken_specs() {
  std::vector<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(kFolder)) {
    auto const name = entry.path().filename().string();
    if (name.ends_with(".json") && name.find('-') != std::string::npos) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("each broken spec gets exactly the message that stands beside it", "[reports][golden]") {
  auto const specs = broken_specs();
  REQUIRE(specs.size() >= 75);
  for (auto const& name : specs) {
    auto const golden = kFolder + "/" + name.substr(0, name.size() - 5) + ".txt";
    auto const said = said_of(name);
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << said;
    INFO(name);
    CHECK_FALSE(said.empty());
    CHECK(said == read_text(golden));
  }
}

TEST_CASE("the programme and report that the broken specs come from are right", "[reports]") {
  CHECK(said_of("programme.json").empty());
  CHECK(said_of("report.json").empty());
}
