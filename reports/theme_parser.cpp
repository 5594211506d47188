#include "reports/theme_parser.h"

#include <fmt/format.h>

#include "charts/palette.h"
#include "core/assets.h"
#include "reports/folder_file.h"

namespace yekun {
namespace {

constexpr std::string_view kFolder = "themes/";
constexpr std::string_view kEnding = ".json";

/// A file that the theme names; nothing after noting what is wrong.
std::string read_part(ObjectReader& reader, std::string_view key, std::string const& folder) {
  std::string name;
  auto const* const node = reader.text(key, name);
  if (node == nullptr) return {};
  auto file = read_folder_file(name, folder, node->place);
  if (file) return std::move(file->bytes);
  auto& all = reader.notes().problems;
  for (auto& problem : file.error()) {
    problem.place = node->place;
    all.push_back(std::move(problem));
  }
  return {};
}

void read_number(ObjectReader& reader, std::string_view key, double least, double most, double& out) {
  auto const* const node = reader.optional(key);
  if (node == nullptr) return;
  if (node->kind != JsonKind::integer && node->kind != JsonKind::number)
    return wrong_type(*node, key, "a number", reader.notes());
  if (node->number < least || node->number > most)
    return reader.notes().error(node->place, "out-of-range",
                                fmt::format("'{}' must be from {} to {}, found {}", key, least, most, node->text));
  out = node->number;
}

bool read_colour(JsonNode const& node, std::string_view key, Colour& out, SpecNotes& notes) {
  std::string text;
  if (!read_text(node, key, text, notes)) return false;
  auto const colour = parse_colour(text);
  if (!colour) {
    notes.error(node.place, "bad-colour", fmt::format("'{}' is no colour for '{}'", text, key),
                "write red, green and blue in hexadecimal: \"#0B4F71\"");
    return false;
  }
  out = *colour;
  return true;
}

bool is_font(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  return bytes.starts_with("\x00\x01\x00\x00"sv) || bytes.starts_with("true"sv);
}

/// A theme's own fonts; the family's name is what workbooks and web pages call it.
void parse_font_files(JsonNode const& node, std::string const& folder, Theme& out, SpecNotes& notes) {
  ObjectReader reader(node, "'files'", notes);
  FontFiles files;
  reader.required("regular");
  for (auto const& [key, into] : {std::pair{"regular", &files.regular}, std::pair{"bold", &files.bold},
                                  std::pair{"italic", &files.italic}, std::pair{"bold_italic", &files.bold_italic}}) {
    *into = read_part(reader, key, folder);
    if (into->empty() || is_font(*into)) continue;
    notes.error(reader.node().find(key)->place, "bad-font", fmt::format("the file of '{}' is no TrueType font", key),
                "give a .ttf or .otf file");
    into->clear();
  }
  reader.finish();
  if (!files.regular.empty()) out.fonts = std::make_shared<FontFiles const>(std::move(files));
}

void parse_fonts(JsonNode const& node, std::string const& folder, Theme& out, SpecNotes& notes) {
  ObjectReader reader(node, "'fonts'", notes);
  auto const* const family = reader.text("family", out.font);
  auto const* const files = reader.optional("files");
  if (files != nullptr) parse_font_files(*files, folder, out, notes);
  if (family != nullptr && files == nullptr && out.font != Theme{}.font)
    notes.error(family->place, "unknown-font", fmt::format("the font '{}' is not carried in the program", out.font),
                fmt::format("name its files in 'files', or leave 'family' out for '{}'", Theme{}.font));
  read_number(reader, "body", 7, 12, out.body_pt);
  read_number(reader, "small", 6.5, 9.5, out.small_pt);
  read_number(reader, "heading", 9, 24, out.heading_pt);
  read_number(reader, "title", 12, 40, out.title_pt);
  reader.finish();
}

/// A colour of a theme and what it must be told from.
struct Role {
  char const* key;
  Colour Theme::*colour;
};

constexpr Role kRoles[] = {{"text", &Theme::text},   {"muted", &Theme::muted},     {"faint", &Theme::faint},
                           {"panel", &Theme::panel}, {"accent", &Theme::accent},   {"accent_text", &Theme::accent_text},
                           {"good", &Theme::good},   {"neutral", &Theme::neutral}, {"bad", &Theme::bad}};

struct Pair {
  char const* key;  // its place is named
  Colour Theme::*front;
  char const* ground;
  Colour Theme::*back;
  double least;
};

constexpr Pair kPairs[] = {{"text", &Theme::text, "the page", &Theme::background, 4.5},
                           {"text", &Theme::text, "'panel'", &Theme::panel, 4.5},
                           {"muted", &Theme::muted, "the page", &Theme::background, 4.5},
                           {"muted", &Theme::muted, "'panel'", &Theme::panel, 4.5},
                           {"accent", &Theme::accent, "the page", &Theme::background, 4.5},
                           {"accent", &Theme::accent, "'panel'", &Theme::panel, 4.5},
                           {"accent_text", &Theme::accent_text, "'accent'", &Theme::accent, 4.5},
                           {"good", &Theme::good, "'panel'", &Theme::panel, 3},
                           {"neutral", &Theme::neutral, "'panel'", &Theme::panel, 3},
                           {"bad", &Theme::bad, "'panel'", &Theme::panel, 3}};

void parse_series(JsonNode const& node, std::vector<Colour>& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array || node.items.empty()) return wrong_type(node, "series", "a list of colours", notes);
  std::vector<Colour> read;
  for (auto const& item : node.items) {
    Colour colour;
    if (read_colour(item, "series", colour, notes)) read.push_back(colour);
  }
  out = std::move(read);
}

void parse_colours(JsonNode const& node, Theme& out, SpecNotes& notes) {
  ObjectReader reader(node, "'colours'", notes);
  bool good = true;
  for (auto const& role : kRoles)
    if (auto const* const value = reader.optional(role.key))
      good = read_colour(*value, role.key, out.*role.colour, notes) && good;
  auto const* const series = reader.optional("series");
  if (series != nullptr) parse_series(*series, out.series, notes);
  reader.finish();
  if (!good) return;
  for (auto const& pair : kPairs) {
    double const found = contrast(out.*pair.front, out.*pair.back);
    if (found >= pair.least) continue;
    auto const* const at = node.find(pair.key);
    notes.error(at != nullptr ? at->place : node.place, "low-contrast",
                fmt::format("'{}' {} cannot be read on {} {}: contrast {:.1f}, expected at least {:.1f}", pair.key,
                            to_hex(out.*pair.front), pair.ground, to_hex(out.*pair.back), found, pair.least),
                "choose a darker text or a lighter ground");
  }
  for (auto problem : charts::check_palette(out)) {
    problem.place = series != nullptr ? series->place : node.place;
    notes.problems.push_back(std::move(problem));
  }
}

void parse_logo(ObjectReader& reader, std::string const& folder, Theme& out) {
  out.logo_png = read_part(reader, "logo", folder);
  if (out.logo_png.empty() || out.logo_png.starts_with("\x89PNG\r\n\x1a\n")) return;
  reader.notes().error(reader.node().find("logo")->place, "bad-logo", "the logo is no PNG picture",
                       "save it as a .png file");
  out.logo_png.clear();
}

}  // namespace

std::vector<std::string> theme_names() {
  std::vector<std::string> names;
  for (auto const& path : assets_in(kFolder))
    names.push_back(path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size()));
  return names;
}

Theme parse_theme(std::string_view text, std::string const& file, std::string const& folder, SpecNotes& notes) {
  Theme out;
  auto const root = parse_json(text, file);
  if (!root) {
    notes.problems.insert(notes.problems.end(), root.error().begin(), root.error().end());
    return out;
  }
  ObjectReader reader(*root, "a theme", notes);
  reader.optional("$schema");
  reader.text("name", out.name);
  if (auto const* const fonts = reader.optional("fonts")) parse_fonts(*fonts, folder, out, notes);
  if (auto const* const colours = reader.optional("colours")) parse_colours(*colours, out, notes);
  parse_logo(reader, folder, out);
  if (auto const* const spacing = reader.optional("spacing")) {
    ObjectReader spaces(*spacing, "'spacing'", notes);
    read_number(spaces, "margin", 36, 96, out.margin_pt);
    read_number(spaces, "lines", 0.9, 1.5, out.line_spacing);
    read_number(spaces, "blocks", 0.5, 2, out.block_spacing);
    spaces.finish();
  }
  reader.finish();
  return out;
}

Theme load_theme(std::string const& wanted, Place const& place, std::string const& folder, SpecNotes& notes,
                 std::string& followed) {
  if (wanted.empty()) return {};
  SpecNotes own;
  std::string text;
  std::string file;
  if (wanted.ends_with(kEnding)) {
    auto read = read_folder_file(wanted, folder, place);
    if (!read) {
      for (auto& problem : read.error()) {
        problem.place = place;
        notes.problems.push_back(std::move(problem));
      }
      return {};
    }
    text = std::move(read->bytes);
    file = std::move(read->path);
  } else {
    file = fmt::format("{}{}{}", kFolder, wanted, kEnding);
    auto const carried = asset(file);
    if (!carried) {
      notes.error(place, "unknown-theme", fmt::format("unknown theme '{}'", wanted), suggestion(wanted, theme_names()));
      return {};
    }
    text = *carried;
  }
  Theme out = parse_theme(text, file, folder, own);
  followed += text + out.logo_png;
  if (out.fonts) followed += out.fonts->regular + out.fonts->bold + out.fonts->italic + out.fonts->bold_italic;
  finish_diagnostics(own.problems, file, text);
  notes.problems.insert(notes.problems.end(), own.problems.begin(), own.problems.end());
  return out;
}

}  // namespace yekun
