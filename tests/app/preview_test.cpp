#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "app/file_watch.h"
#include "app/preview_site.h"

using namespace yekun;

namespace {

namespace fs = std::filesystem;

PreviewState state_in(std::vector<std::string> languages) {
  PreviewState made;
  for (auto const& language : languages) {
    made.titles[language] = "Title <" + language + ">";
    made.made["/" + language + "/dashboard.html"] = {"text/html", "d-" + language};
    made.made["/" + language + "/page-1.png"] = {"image/png", "p-" + language};
    made.pages[language] = {1, 41, {{595, 842}}};
  }
  made.languages = std::move(languages);
  return made;
}

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("only the preview's own address is taken for its host", "[app]") {
  CHECK(is_own_host("127.0.0.1:8080", 8080));
  CHECK(is_own_host("localhost:8080", 8080));
  for (char const* host : {"", "127.0.0.1", "127.0.0.1:80800", "127.0.0.1:808", "localhost", "localhost:80",
                           "evil.example", "evil.example:8080", "127.0.0.1:8080.evil.example", "x127.0.0.1:8080",
                           "127.0.0.1:8080 ", "LOCALHOST:8080@evil", "0.0.0.0:8080"})
    CHECK_FALSE(is_own_host(host, 8080));
}

TEST_CASE("a site has the pages of each language and nothing that leads to a file", "[app]") {
  Site const site = to_site(state_in({"az", "en"}), 7);
  std::vector<std::string> paths;
  for (auto const& [path, served] : site) paths.push_back(path);
  CHECK(paths == std::vector<std::string>{"/", "/az/", "/az/dashboard.html", "/az/page-1.png", "/az/pages", "/en/",
                                          "/en/dashboard.html", "/en/page-1.png", "/en/pages", "/preview.css",
                                          "/preview.js"});
  CHECK(site.at("/").bytes == site.at("/az/").bytes);
  CHECK(has(site.at("/az/").bytes, "<html lang=\"az\">"));
  CHECK(has(site.at("/en/").bytes, "<strong>Title &lt;en&gt;</strong>"));
  CHECK(has(site.at("/en/").bytes, "data-version=\"7\""));
  CHECK(has(site.at("/en/").bytes, "<iframe src=\"/en/dashboard.html\" title=\"Dashboard\">"));
  CHECK(has(site.at("/en/pages").bytes, "alt=\"Page 1 of 41\""));
  CHECK(has(site.at("/en/pages").bytes, "Only the first 1 of 41 pages are shown here."));
  CHECK_FALSE(has(site.at("/en/").bytes, "class=\"problems"));
}

TEST_CASE("mistakes are shown escaped above what was built last", "[app]") {
  PreviewState state = state_in({"en"});
  state.problems = "report.json:1:1: error: unknown key '<script>alert(1)</script>'\n";
  state.failed = true;
  std::string const page = to_site(state, 2).at("/en/").bytes;
  CHECK(has(page,
            "<section class=\"problems errors\" role=\"status\"><h2>This cannot be built now. Below is what was "
            "built last.</h2><pre tabindex=\"0\">report.json:1:1: error: unknown key "
            "&#39;&lt;script&gt;alert(1)&lt;/script&gt;&#39;\n</pre>"));
  CHECK(has(page, "<iframe"));
  CHECK_FALSE(has(page, "<script>"));
}

TEST_CASE("a report that was never built has one page with what is wrong", "[app]") {
  PreviewState state;
  state.name = "quarterly";
  state.problems = "broken";
  state.failed = true;
  Site const site = to_site(state, 1);
  CHECK(site.size() == 3);
  CHECK(has(site.at("/").bytes, "<h2>This cannot be built now.</h2><pre tabindex=\"0\">broken</pre>"));
  CHECK_FALSE(has(site.at("/").bytes, "<iframe"));
}

TEST_CASE("a watch sees files that change, come and go, but not hidden ones", "[app]") {
  std::string name = (fs::temp_directory_path() / "yekun-watch-XXXXXX").string();
  fs::path const folder = mkdtemp(name.data());
  fs::create_directories(folder / "data" / "deep");
  auto const write = [&](char const* file, char const* text) { std::ofstream(folder / file) << text; };
  write("report.json", "1");
  FileWatch watch({(folder / "report.json").string(), folder.string(), (folder / "not-there.json").string()});
  CHECK(watch.look());
  CHECK_FALSE(watch.look());
  write("report.json", "22");
  CHECK(watch.look());
  write("data/deep/new.csv", "a");
  CHECK(watch.look());
  fs::last_write_time(folder / "data/deep/new.csv", fs::file_time_type::clock::now() + std::chrono::seconds(5));
  CHECK(watch.look());
  CHECK_FALSE(watch.look());
  fs::create_directories(folder / ".git");
  write(".git/index", "a");
  write(".report.json.swp", "a");
  CHECK_FALSE(watch.look());
  fs::remove(folder / "data/deep/new.csv");
  CHECK(watch.look());
  write("not-there.json", "a");
  CHECK(watch.look());
  fs::remove_all(folder);
  CHECK(watch.look());
}
