#include "output/artefacts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace yekun;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, removed at the end.
struct Folder {
  explicit Folder(std::string const& name) : path(fs::temp_directory_path() / ("yekun-artefacts-" + name)) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::string read(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::size_t entries(fs::path const& path) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("files appear under their names only when all are published", "[output]") {
  Folder const folder("together");
  Artefacts artefacts(folder.path.string(), "1");
  REQUIRE(artefacts.write("a.pdf", "new a").empty());
  REQUIRE(artefacts.write("a.xlsx", "new x").empty());
  CHECK_FALSE(fs::exists(folder.path / "a.pdf"));
  auto const paths = artefacts.publish();
  REQUIRE(paths);
  CHECK(*paths == std::vector<std::string>{(folder.path / "a.pdf").string(), (folder.path / "a.xlsx").string()});
  CHECK(read(folder.path / "a.pdf") == "new a");
  CHECK(read(folder.path / "a.xlsx") == "new x");
  CHECK(entries(folder.path) == 2);
}

TEST_CASE("files that are not published leave the old ones and nothing else", "[output]") {
  Folder const folder("dropped");
  std::ofstream(folder.path / "a.pdf") << "old";
  {
    Artefacts artefacts(folder.path.string(), "1");
    REQUIRE(artefacts.write("a.pdf", "new").empty());
  }
  CHECK(read(folder.path / "a.pdf") == "old");
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("what is wrong with a file is told under its own name", "[output]") {
  Folder const folder("told");
  Artefacts artefacts(folder.path.string(), "1");
  auto const problems = artefacts.make("book.xlsx", [](std::string const& path) {
    Diagnostic problem;
    problem.place.file = path;
    problem.message = "cannot write '" + path + "'";
    return Diagnostics{problem};
  });
  std::string const name = (folder.path / "book.xlsx").string();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place.file == name);
  CHECK(problems[0].message == "cannot write '" + name + "'");
}

TEST_CASE("if one file cannot take its place the old ones come back", "[output]") {
  Folder const folder("rolled-back");
  std::ofstream(folder.path / "a.pdf") << "old";
  fs::create_directory(folder.path / "c.pdf");
  Artefacts artefacts(folder.path.string(), "1");
  for (std::string const name : {"a.pdf", "b.pdf", "c.pdf"}) REQUIRE(artefacts.write(name, "new").empty());
  auto const paths = artefacts.publish();
  REQUIRE_FALSE(paths);
  CHECK(paths.error().at(0).message == "cannot write '" + (folder.path / "c.pdf").string() + "': Is a directory");
  CHECK(paths.error().at(0).fault == Fault::render);
  CHECK(read(folder.path / "a.pdf") == "old");
  CHECK_FALSE(fs::exists(folder.path / "b.pdf"));
  CHECK(entries(folder.path) == 2);
}

TEST_CASE("a folder that cannot be made is an error that names it", "[output]") {
  Folder const folder("blocked");
  std::ofstream(folder.path / "file") << "x";
  Artefacts const artefacts((folder.path / "file" / "out").string(), "1");
  auto const problems = artefacts.prepare();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "unwritable");
}

TEST_CASE("files that were handed over are published by another with the same mark", "[output]") {
  Folder const folder("handed");
  {
    Artefacts worker(folder.path.string(), "12-3");
    REQUIRE(worker.write("a.pdf", "a").empty());
    REQUIRE(worker.write("b.pdf", "b").empty());
    auto const written = worker.hand_over();
    REQUIRE(written.size() == 2);
    CHECK(written[1].name == "b.pdf");
    CHECK(read(written[1].temporary) == "b");
  }
  CHECK(entries(folder.path) == 2);
  Artefacts publisher(folder.path.string(), "12-3");
  publisher.add("a.pdf");
  publisher.add("b.pdf");
  REQUIRE(publisher.publish());
  CHECK(entries(folder.path) == 2);
  CHECK(read(folder.path / "a.pdf") == "a");
}

TEST_CASE("what killed runs of a report left is removed and nothing else", "[output]") {
  Folder const folder("leftovers");
  for (char const* name :
       {".report-q-az.pdf.yekun-tmp-77", ".report-q-az.pdf.yekun-tmp-77-5", ".report-q-az.pdf.yekun-tmp-77-5-old",
        "..report-q.yekun-done.yekun-tmp-77-list", "..report-q.yekun-done.yekun-tmp-78-list",
        ".report-q-az.pdf.yekun-tmp-78", ".other-q-az.pdf.yekun-tmp-77", "report-q-az.pdf",
        ".report-q-az.pdf.yekun-tmp-x", "report-x.yekun-tmp-77"})
    std::ofstream(folder.path / name) << "x";
  remove_leftovers(folder.path.string(), "report-", [](long process) { return process == 77; });
  std::vector<std::string> left;
  for (auto const& one : fs::directory_iterator(folder.path)) left.push_back(one.path().filename().string());
  std::sort(left.begin(), left.end());
  CHECK(left == std::vector<std::string>{"..report-q.yekun-done.yekun-tmp-78-list", ".other-q-az.pdf.yekun-tmp-77",
                                         ".report-q-az.pdf.yekun-tmp-78", ".report-q-az.pdf.yekun-tmp-x",
                                         "report-q-az.pdf", "report-x.yekun-tmp-77"});
  remove_leftovers((folder.path / "nowhere").string(), "report-", [](long) { return true; });
}
