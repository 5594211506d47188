#include "output/package.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/output/zip_member.h"

using namespace yekun;

namespace {

struct TemporaryFile {
  std::string path =
      (std::filesystem::temp_directory_path() / ("yekun-package-" + std::to_string(getpid()) + ".zip")).string();
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::string bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

std::string long_text(int seed) {
  std::string out;
  for (int i = 0; i < 30'000; ++i) out += std::to_string(i * seed % 977) + ",";
  return out;
}

}  // namespace

TEST_CASE("a package's parts are read back by another reader and by our own", "[output]") {
  TemporaryFile const file;
  {
    PackageWriter writer(file.path);
    writer.add("a.xml", "<a/>");
    writer.begin("folder/b.xml");
    writer.append(pack_piece("<b>", false));
    writer.append(pack_piece(long_text(3), false));
    writer.append(pack_piece(long_text(7), false));
    writer.append(pack_piece("</b>", true));
    writer.end();
    CHECK(writer.close().empty());
  }
  std::string const whole = "<b>" + long_text(3) + long_text(7) + "</b>";
  CHECK(test::zip_member(file.path, "a.xml") == "<a/>");
  CHECK(test::zip_member(file.path, "folder/b.xml") == whole);
  std::string const bytes = file.bytes();
  auto const parts = read_package(bytes);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[1].name == "folder/b.xml");
  CHECK(unpack((*parts)[1]) == whole);

  PackageWriter copy(file.path);
  copy.copy((*parts)[1]);
  CHECK(copy.close().empty());
  CHECK(test::zip_member(file.path, "folder/b.xml") == whole);
}

TEST_CASE("a damaged package is not read", "[output]") {
  TemporaryFile const file;
  PackageWriter writer(file.path);
  writer.add("a.xml", long_text(5));
  CHECK(writer.close().empty());
  std::string bytes = file.bytes();
  CHECK_FALSE(read_package(""));
  CHECK_FALSE(read_package(std::string(100, 'x')));
  CHECK_FALSE(read_package(bytes.substr(0, bytes.size() / 2)));
  bytes[200] = static_cast<char>(bytes[200] ^ 1);
  auto const parts = read_package(bytes);
  REQUIRE(parts);
  CHECK_FALSE(unpack(parts->front()));
}

TEST_CASE("a package that cannot be written says why", "[output]") {
  PackageWriter writer("no-such-folder/a.zip");
  writer.add("a.xml", "<a/>");
  auto const problems = writer.close();
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().place.file == "no-such-folder/a.zip");
  CHECK(problems.front().message == "the workbook cannot be written: No such file or directory");
}
