#include "output/done_list.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "output/digest.h"

using namespace yekun;

namespace {

namespace fs = std::filesystem;

struct Folder {
  std::string path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "yekun-done-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  std::string write(std::string const& name, std::string const& text) const {
    std::ofstream(path + "/" + name, std::ios::binary) << text;
    return path + "/" + name;
  }
  std::string read(std::string const& name) const {
    std::ifstream file(path + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

DoneReport quba() { return {"Quba", "pdf;az", "k1", {{"r-Quba-az.pdf", "h1"}, {"r-Quba-az.xlsx", "h2"}}}; }

}  // namespace

TEST_CASE("a report that is done is a line of JSON that reads back", "[output]") {
  CHECK(to_line(quba()) ==
        "{\"member\": \"Quba\", \"options\": \"pdf;az\", \"key\": \"k1\", \"files\": {\"r-Quba-az.pdf\": \"h1\", "
        "\"r-Quba-az.xlsx\": \"h2\"}}\n");
  DoneReport odd{"a\"b\n\\ş", "", "", {}};
  auto const read = parse_done(to_line(quba()) + to_line(odd));
  REQUIRE(read);
  CHECK(*read == std::vector<DoneReport>{quba(), odd});
  CHECK(parse_done("")->empty());
}

TEST_CASE("a line that was being written is left out and any other damage is seen", "[output]") {
  std::string const line = to_line(quba());
  CHECK(parse_done(line + line.substr(0, 20))->size() == 1);
  CHECK_FALSE(parse_done(line + "what?\n" + line));
  CHECK_FALSE(parse_done("{\"member\": \"Quba\"}\n"));
  CHECK_FALSE(parse_done("{\"member\": 1, \"options\": \"\", \"key\": \"\", \"files\": {}}\n"));
  CHECK_FALSE(parse_done("{\"member\": \"\", \"options\": \"\", \"key\": \"\", \"files\": {\"../x\": \"h\"}}\n"));
}

TEST_CASE("a report is intact while all its files are as they were written", "[output]") {
  Folder const folder;
  folder.write("one", "1");
  folder.write("two", "2");
  DoneReport const report{"", "", "", {{"one", sha256_hex("1")}, {"two", sha256_hex("2")}}};
  CHECK(is_intact(report, folder.path));
  folder.write("two", "3");
  CHECK_FALSE(is_intact(report, folder.path));
  folder.write("two", "2");
  CHECK(is_intact(report, folder.path));
  fs::remove(folder.path + "/one");
  CHECK_FALSE(is_intact(report, folder.path));
  fs::create_symlink(folder.write("elsewhere", "1"), folder.path + "/one");
  CHECK_FALSE(is_intact(report, folder.path));
  CHECK_FALSE(is_intact(DoneReport{}, folder.path));
}

TEST_CASE("the last line of a report counts and tidying leaves one", "[output]") {
  Folder const folder;
  Diagnostics warnings;
  auto list = DoneList::read(folder.path + "/.done", warnings);
  CHECK(list.find("Quba", "pdf;az") == nullptr);
  REQUIRE(list.add(quba()));
  DoneReport later = quba();
  later.key = "k2";
  REQUIRE(list.add(later));
  CHECK(folder.read(".done") == to_line(quba()) + to_line(later));
  auto again = DoneList::read(folder.path + "/.done", warnings);
  REQUIRE(again.find("Quba", "pdf;az") != nullptr);
  CHECK(*again.find("Quba", "pdf;az") == later);
  CHECK(again.find("Quba", "xlsx;az") == nullptr);
  REQUIRE(again.tidy());
  CHECK(folder.read(".done") == to_line(later));
  CHECK(warnings.empty());
}

TEST_CASE("a damaged list counts as empty, says so and is written anew", "[output]") {
  Folder const folder;
  auto const path = folder.write(".done", to_line(quba()) + "garbage\n");
  Diagnostics warnings;
  auto list = DoneList::read(path, warnings);
  REQUIRE(warnings.size() == 1);
  CHECK(to_text(warnings[0], false) ==
        "warning[damaged-list]: '" + path + "', which says what is done, is damaged: all reports are written again\n");
  CHECK(list.find("Quba", "pdf;az") == nullptr);
  REQUIRE(list.add(quba()));
  CHECK(folder.read(".done") == to_line(quba()));
}

TEST_CASE("a line that a killed run left unfinished does not spoil the next", "[output]") {
  Folder const folder;
  std::string const line = to_line(quba());
  auto const path = folder.write(".done", line + line.substr(0, 30));
  Diagnostics warnings;
  auto list = DoneList::read(path, warnings);
  CHECK(warnings.empty());
  CHECK(list.find("Quba", "pdf;az") != nullptr);
  DoneReport baku = quba();
  baku.member = "Baku";
  REQUIRE(list.add(baku));
  CHECK(folder.read(".done") == line + to_line(baku));
}
