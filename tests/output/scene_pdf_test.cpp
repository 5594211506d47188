// Charts as a PDF of their own: judged by qpdf and poppler, which are not ours.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "output/pdf_objects.h"
#include "output/scene_pdf.h"

using namespace yekun;

namespace {

std::string run(std::string const& command, int& code) {
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  code = ::pclose(pipe);
  return out;
}

/// What a program prints of the PDF; it must accept it.
std::string judged(std::string const& program, std::string const& pdf, std::string const& after = {}) {
  auto const path = std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + "-scenes.pdf");
  std::ofstream(path, std::ios::binary) << pdf;
  int code = 0;
  std::string const out = run(program + " " + path.string() + after, code);
  std::filesystem::remove(path);
  INFO(out);
  REQUIRE(code == 0);
  return out;
}

Scene scene_with(std::vector<std::string> const& texts) {
  Scene scene;
  scene.width_pt = 300;
  scene.height_pt = 200.5;
  scene.language = "az";
  scene.title = "Bakı (şəhər)";
  scene.alt_text = "Sütunlu qrafik: Bakı 12.";
  scene::Group group{"bar series-1", {}, {}, {}};
  group.marks.emplace_back(scene::Rect{{10, 5, 20, 10}, {0, 0x72, 0xB2}, 0.5, {0, 0, 0}, 2});
  group.marks.emplace_back(scene::Hatch{{40, 5, 20, 30}, {0x76, 0x76, 0x76}, true});
  group.marks.emplace_back(scene::Line{{{0, 190}, {300, 190}}, {0, 0, 0}, 1, {4, 3}});
  using Verb = scene::Path::Verb;
  group.marks.emplace_back(scene::Path{{Verb::move, Verb::line, Verb::curve, Verb::close},
                                       {{70, 40}, {90, 40}, {95, 50}, {80, 60}, {70, 50}},
                                       {0xD5, 0x5E, 0},
                                       1,
                                       {0, 0, 0},
                                       false,
                                       0.4});
  double y = 80;
  for (auto const& text : texts) {
    group.marks.emplace_back(scene::Text{{10, y}, text, 9, y > 80, {0x33, 0x33, 0x33}, scene::Anchor::start, 0});
    y += 14;
  }
  scene.groups.push_back(std::move(group));
  return scene;
}

std::string drawn(std::vector<Scene> const& scenes) {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  auto const pdf = render_scenes_pdf(scenes, measurer, *parse_iso_date("2025-11-01"));
  REQUIRE(pdf.has_value());
  return *pdf;
}

std::vector<std::string> const kTexts{"Gəncə-Daşkəsən: 1\u00A0204", "სამეგრელო-ზემო სვანეთი",
                                      "Район (Шеки) \\ 50\u202F%", "Aşgabat şäheri, ýyl", "x\u0302q\u0302 of AVATAR"};

}  // namespace

TEST_CASE("charts' words are found again in the PDF, whatever the script", "[output][pdf]") {
  std::string const text = judged("pdftotext -layout", drawn({scene_with(kTexts)}), " -");
  INFO(text);
  for (auto const* word : {"Gəncə-Daşkəsən:", "204", "სამეგრელო-ზემო", "სვანეთი", "Район", "(Шеки)", "\\", "50",
                           "Aşgabat", "şäheri,", "ýyl", "AVATAR"}) {
    INFO(word);
    CHECK(text.find(word) != std::string::npos);
  }
  CHECK(text.find("q\u0302") != std::string::npos);
}

TEST_CASE("an independent checker accepts a PDF of charts, with every mark there is", "[output][pdf]") {
  std::string const pdf = drawn({scene_with(kTexts), scene_with({})});
  std::string const checked = judged("qpdf --check", pdf);
  CHECK(checked.find("No syntax or stream encoding errors found") != std::string::npos);
  CHECK(judged("pdftotext", pdf, " - >/dev/null").empty());  // poppler has nothing to complain of
}

TEST_CASE("a PDF of charts names title, date, language and fonts, and tells each figure in words", "[output][pdf]") {
  std::string const pdf = drawn({scene_with(kTexts), scene_with({"B"})});
  std::string const info = judged("TZ=UTC pdfinfo", pdf);
  INFO(info);
  for (auto const* part :
       {"Bakı (şəhər)", "Tagged:          yes", "Pages:           2", "300 x 200.5 pts", "Sat Nov  1 00:00:00 2025"}) {
    INFO(part);
    CHECK(info.find(part) != std::string::npos);
  }
  std::string const fonts = judged("pdffonts", pdf);
  for (auto const* font : {"+NotoSans-Regular", "+NotoSans-Bold", "+NotoSansGeorgian-Bold"}) {
    INFO(font);
    CHECK(fonts.find(font) != std::string::npos);
  }
  std::string const json = judged("qpdf --json=2", pdf);
  CHECK(json.find("\"/Lang\": \"u:az\"") != std::string::npos);
  auto const first = json.find("\"/Alt\": \"u:Sütunlu qrafik: Bakı 12.\"");
  REQUIRE(first != std::string::npos);
  CHECK(json.find("\"/Alt\"", first + 1) != std::string::npos);
}

TEST_CASE("the same charts give the same PDF, byte for byte; other charts another id", "[output][pdf]") {
  CHECK(drawn({scene_with(kTexts)}) == drawn({scene_with(kTexts)}));
  CHECK(drawn({scene_with({"a"})}) != drawn({scene_with({"b"})}));
}

TEST_CASE("a PDF of no charts, and of one without area, is refused", "[output][pdf]") {
  auto const type = Typeface::load();
  REQUIRE(type.has_value());
  SceneType const measurer(**type);
  auto const none = render_scenes_pdf({}, measurer, {});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().front().message == "a PDF of no charts cannot be made");
  Scene const flat;
  auto const refused = render_scenes_pdf({&flat, 1}, measurer, {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().front().message == "a chart's page must be from 1 to 14,400 points wide and high");
}

TEST_CASE("numbers of a PDF have no trailing zeros, no exponent and no minus zero", "[output][pdf]") {
  auto const text = [](double value, int decimals) {
    std::string out;
    append_number(out, value, decimals);
    return out;
  };
  CHECK(text(0, 2) == "0");
  CHECK(text(-0.001, 2) == "0");
  CHECK(text(0.5, 2) == "0.5");
  CHECK(text(-0.05, 2) == "-0.05");
  CHECK(text(100, 2) == "100");
  CHECK(text(14400.257, 2) == "14400.26");
  CHECK(text(7.5, 0) == "8");
  CHECK(text(1e8, 4) == "100000000");
}

TEST_CASE("texts of a PDF are literal in ASCII and UTF-16 otherwise", "[output][pdf]") {
  CHECK(pdf_text("a (b) \\") == "(a \\(b\\) \\\\)");
  CHECK(pdf_text("ə") == "<FEFF0259>");
  CHECK(pdf_text("\U0001F600") == "<FEFFD83DDE00>");
  CHECK(pdf_text("") == "()");
}
