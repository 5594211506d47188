#include <catch2/catch.hpp>

#include "core/assets.h"
#include "reports/theme_parser.h"

using namespace yekun;

namespace {

std::string followed;  // what load_theme read; not looked at

std::string said(SpecNotes const& notes) {
  std::string out;
  for (auto const& one : notes.problems) out += to_text(one, false);
  return out;
}

/// What parse_theme says of a theme's text, without source lines.
std::string said_of(std::string const& text) {
  SpecNotes notes;
  parse_theme(text, "my.json", std::string(YEKUN_SOURCE_DIR) + "/tests/specs", notes);
  return said(notes);
}

}  // namespace

TEST_CASE("every carried theme is right, without a warning", "[reports][theme]") {
  auto const names = theme_names();
  CHECK(names == std::vector<std::string>{"forest", "yekun"});
  for (auto const& name : names) {
    SpecNotes notes;
    auto const theme = load_theme(name, {}, ".", notes, followed);
    CHECK(said(notes).empty());
    CHECK(theme.name == name);
  }
}

TEST_CASE("the carried theme yekun is the default theme", "[reports][theme]") {
  SpecNotes notes;
  auto const theme = load_theme("yekun", {}, ".", notes, followed);
  Theme const usual;
  CHECK(theme.series == usual.series);
  CHECK(theme.accent == usual.accent);
  CHECK(theme.bad == usual.bad);
  CHECK(theme.body_pt == usual.body_pt);
  CHECK(theme.margin_pt == usual.margin_pt);
}

TEST_CASE("a theme changes what it names and leaves the rest", "[reports][theme]") {
  SpecNotes notes;
  auto const theme = parse_theme(
      R"({"name": "mine", "colours": {"accent": "#123", "series": ["#0072B2", "#D55E00"]},
          "fonts": {"body": 10.5}, "spacing": {"margin": 48, "blocks": 1.5}})",
      "my.json", ".", notes);
  CHECK(said(notes).empty());
  CHECK(theme.accent == Colour{0x11, 0x22, 0x33});
  CHECK(theme.series == std::vector<Colour>{{0x00, 0x72, 0xB2}, {0xD5, 0x5E, 0x00}});
  CHECK(theme.text == Theme{}.text);
  CHECK(theme.body_pt == 10.5);
  CHECK(theme.margin_pt == 48);
  CHECK(theme.line_spacing == 1);
  CHECK(theme.block_spacing == 1.5);
}

TEST_CASE("a theme's mistakes are named with their places", "[reports][theme]") {
  CHECK(said_of(R"({"colors": {}})") ==
        "my.json:1:2: error[unknown-key]: unknown key 'colors' in a theme\n  hint: did you mean 'colours'?\n");
  CHECK(said_of(R"({"colours": {"accent": "teal"}})") ==
        "my.json:1:24: error[bad-colour]: 'teal' is no colour for 'accent'\n"
        "  hint: write red, green and blue in hexadecimal: \"#0B4F71\"\n");
  CHECK(said_of(R"({"spacing": {"margin": 10}})") ==
        "my.json:1:24: error[out-of-range]: 'margin' must be from 36 to 96, found 10\n");
  CHECK(said_of(R"({"fonts": {"family": "Georgia"}})") ==
        "my.json:1:22: error[unknown-font]: the font 'Georgia' is not carried in the program\n"
        "  hint: name its files in 'files', or leave 'family' out for 'Noto Sans'\n");
  CHECK(said_of(R"({"fonts": {"family": "X", "files": {"regular": "programme.json"}}})") ==
        "my.json:1:48: error[bad-font]: the file of 'regular' is no TrueType font\n"
        "  hint: give a .ttf or .otf file\n");
  CHECK(said_of(R"({"logo": "programme.json"})") ==
        "my.json:1:10: error[bad-logo]: the logo is no PNG picture\n  hint: save it as a .png file\n");
  CHECK(said_of(R"({"logo": "../../README.md"})").find("my.json:1:10: error[outside-folder]") == 0);
}

TEST_CASE("texts that cannot be read on their ground are errors that name both colours", "[reports][theme]") {
  CHECK(said_of(R"({"colours": {"muted": "#999999"}})") ==
        "my.json:1:23: error[low-contrast]: 'muted' #999999 cannot be read on the page #FFFFFF: contrast 2.8, expected "
        "at least 4.5\n  hint: choose a darker text or a lighter ground\n"
        "my.json:1:23: error[low-contrast]: 'muted' #999999 cannot be read on 'panel' #F4F6F8: contrast 2.6, expected "
        "at least 4.5\n  hint: choose a darker text or a lighter ground\n");
}

TEST_CASE("series colours that look alike are warned of, the pair named", "[reports][theme]") {
  CHECK(said_of(R"({"colours": {"series": ["#0072B2", "#0074B4"]}})")
            .find("my.json:1:24: warning[similar-colours]: series colours '#0072B2' and '#0074B4'") == 0);
}

TEST_CASE("an unknown theme is an error that lists the carried ones", "[reports][theme]") {
  SpecNotes notes;
  load_theme("forrest", {"r.json", 3, 5}, ".", notes, followed);
  CHECK(said(notes) == "r.json:3:5: error[unknown-theme]: unknown theme 'forrest'\n  hint: did you mean 'forest'?\n");
}
