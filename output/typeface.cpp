#include "output/typeface.h"

#include <cairo-ft.h>
#include <cairo.h>
#include <hb.h>

#include <array>
#include <unordered_map>

#include "core/assets.h"
#include "core/utf8.h"

namespace yekun {

namespace {

constexpr std::array<char const*, Typeface::kFaces> kFiles{
    "fonts/NotoSans-Regular.ttf",         "fonts/NotoSans-Bold.ttf",
    "fonts/NotoSans-Italic.ttf",          "fonts/NotoSans-BoldItalic.ttf",
    "fonts/NotoSansGeorgian-Regular.ttf", "fonts/NotoSansGeorgian-Bold.ttf",
    "fonts/NotoSansMono-Regular.ttf",     "fonts/NotoSansMono-Bold.ttf",
    "fonts/NotoSans-Regular.ttf",         "fonts/NotoSans-Bold.ttf"};
constexpr std::size_t kGeorgian = 4;
constexpr std::size_t kMono = 6;
constexpr std::size_t kCarried = 8;        // for what a theme's own font lacks
constexpr std::size_t kMostKept = 60'000;  // words; about 20 MB

struct DestroyFace {
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
  void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Held = std::unique_ptr<T, DestroyFace>;

/// One font, for shaping and, once text is painted, for cairo.
struct Face {
  std::string_view bytes{};
  Held<hb_face_t> hb_face{};
  Held<hb_font_t> hb_font{};
  double units = 1000;
  Held<cairo_font_face_t> cairo{};

  bool has(char32_t c) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(hb_font.get(), c, &glyph) != 0;
  }
};

/// A glyph at the size of one unit; `bytes` of text belong to it (0: more glyphs for the text of the one before).
struct Glyph {
  std::uint32_t index = 0;
  float x = 0;
  float y = 0;
  float advance = 0;
};

struct Cluster {
  std::uint16_t bytes = 0;
  std::uint16_t glyphs = 0;
};

struct Run {
  std::size_t face = 0;
  std::uint32_t bytes = 0;
  std::vector<Glyph> glyphs{};
  std::vector<Cluster> clusters{};
};

struct ShapedWord {
  double width = 0;
  std::vector<Run> runs{};
  std::string missing{};
};

Diagnostic broken_font(std::string const& file) {
  Diagnostic error;
  error.fault = Fault::internal;
  error.code = "font";
  error.message = "the font '" + file + "' cannot be read";
  return error;
}

/// The theme's font for regular, bold, italic or bold italic text; the regular one where it has no such cut.
std::string_view own_cut(Theme const& theme, std::size_t cut) {
  if (!theme.fonts) return {};
  FontFiles const& files = *theme.fonts;
  std::string const* const cuts[] = {&files.regular, &files.bold, &files.italic, &files.bold_italic};
  return cuts[cut]->empty() ? files.regular : *cuts[cut];
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The end of the word that starts at `i`: a run of spaces, or up to the next space; groups of digits are words of
/// their own, because numbers seldom repeat and their groups do.
std::size_t word_end(std::string_view text, std::size_t i) {
  constexpr std::string_view kNoBreak = "\u00A0";
  constexpr std::string_view kNarrow = "\u202F";
  auto const space_at = [&](std::size_t at) -> std::size_t {
    if (text[at] == ' ') return 1;
    if (text.substr(at).starts_with(kNoBreak)) return kNoBreak.size();
    return text.substr(at).starts_with(kNarrow) ? kNarrow.size() : 0;
  };
  if (std::size_t const space = space_at(i); space > 0) return i + space;
  bool const digits = is_digit(text[i]);
  std::size_t end = i + 1;
  while (end < text.size() && space_at(end) == 0 && (!digits || is_digit(text[end]))) ++end;
  if (digits) end = std::min(end, i + 4);
  while (!digits && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end;
}

}  // namespace

struct Typeface::Faces {
  std::array<Face, kFiles.size()> faces{};
  std::shared_ptr<FontFiles const> own{};  // shared with the theme: the faces look into its bytes
  FT_Library library = nullptr;
  std::unordered_map<std::string, ShapedWord> words{};
  Held<hb_buffer_t> buffer{hb_buffer_create()};
  Held<cairo_font_options_t> options{cairo_font_options_create()};
  std::string key{};
  std::vector<LineGlyph> line{};
  std::vector<cairo_glyph_t> glyphs{};
  std::vector<cairo_text_cluster_t> clusters{};

  Faces() {
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  }
  Faces(Faces const&) = delete;
  Faces& operator=(Faces const&) = delete;
  ~Faces() {
    for (auto& face : faces) face.cairo.reset();
    if (library != nullptr) FT_Done_FreeType(library);
  }

  static std::size_t first_face(TypeStyle style) {
    if (style.mono) return kMono + (style.bold ? 1 : 0);
    return (style.italic ? 2U : 0U) + (style.bold ? 1U : 0U);
  }

  /// The face that has `c`: the style's own, then Noto Sans, Georgian, Mono; the style's own if none has.
  std::size_t face_for(char32_t c, TypeStyle style, bool& found) const {
    std::size_t const bold = style.bold ? 1 : 0;
    for (std::size_t const face : {first_face(style), kCarried + bold, kGeorgian + bold, kMono + bold})
      if (faces[face].has(c)) return face;
    found = false;
    return first_face(style);
  }

  std::uint32_t cluster_start = 0;

  void shape_run(ShapedWord& word, std::string_view text, std::size_t face) {
    hb_buffer_reset(buffer.get());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
    hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer.get());
    hb_shape(faces[face].hb_font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    hb_glyph_info_t const* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    hb_glyph_position_t const* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
    double const units = faces[face].units;
    Run run{face, static_cast<std::uint32_t>(text.size())};
    for (unsigned i = 0; i < count; ++i) {
      Glyph const glyph{infos[i].codepoint, static_cast<float>(positions[i].x_offset / units),
                        static_cast<float>(-positions[i].y_offset / units),
                        static_cast<float>(positions[i].x_advance / units)};
      word.width += glyph.advance;
      run.glyphs.push_back(glyph);
      bool const new_cluster = i == 0 || infos[i].cluster != infos[i - 1].cluster;
      if (new_cluster) {
        if (i > 0) run.clusters.back().bytes = static_cast<std::uint16_t>(infos[i].cluster - cluster_start);
        cluster_start = infos[i].cluster;
        run.clusters.push_back({});
      }
      ++run.clusters.back().glyphs;
    }
    if (!run.clusters.empty()) run.clusters.back().bytes = static_cast<std::uint16_t>(text.size() - cluster_start);
    word.runs.push_back(std::move(run));
  }

  /// Tabs, line ends and the like, which texts from data have within them, are drawn as spaces.
  ShapedWord shape(std::string_view given, TypeStyle style) {
    std::string text(given);
    for (char& c : text)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    ShapedWord word;
    std::size_t start = 0;
    std::size_t at = 0;
    std::size_t current = faces.size();
    for (char32_t const c : to_code_points(text)) {
      std::string const bytes = to_utf8(c);
      bool found = true;
      std::size_t const face = face_for(c, style, found);
      if (!found) word.missing += bytes;
      if (face != current && current != faces.size()) {
        shape_run(word, std::string_view(text).substr(start, at - start), current);
        start = at;
      }
      current = face;
      at += bytes.size();
    }
    if (current != faces.size()) shape_run(word, std::string_view(text).substr(start), current);
    return word;
  }

  ShapedWord const& word_of(std::string_view text, TypeStyle style) {
    key.assign(1, static_cast<char>('0' + (style.bold ? 1 : 0) + (style.italic ? 2 : 0) + (style.mono ? 4 : 0)));
    key.append(text);
    auto const found = words.find(key);
    if (found != words.end()) return found->second;
    if (words.size() >= kMostKept) words.clear();
    return words.emplace(key, shape(text, style)).first->second;
  }

  cairo_font_face_t* cairo_face(std::size_t index) {
    Face& face = faces[index];
    if (!face.cairo) {
      FT_Face read = nullptr;
      if (library == nullptr && FT_Init_FreeType(&library) != 0) return nullptr;
      if (FT_New_Memory_Face(library, reinterpret_cast<FT_Byte const*>(face.bytes.data()),
                             static_cast<FT_Long>(face.bytes.size()), 0, &read) != 0)
        return nullptr;
      face.cairo.reset(cairo_ft_font_face_create_for_ft_face(read, FT_LOAD_NO_HINTING));
    }
    return face.cairo.get();
  }

  /// What was gathered for one face, in one call: cairo's cost is the call's.
  void flush(cairo_t* cr, std::size_t face, std::string_view text) {
    if (glyphs.empty()) return;
    if (auto* made = cairo_face(face); made != nullptr) {
      cairo_set_font_face(cr, made);
      cairo_show_text_glyphs(cr, text.data(), static_cast<int>(text.size()), glyphs.data(),
                             static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                             static_cast<cairo_text_cluster_flags_t>(0));
    }
    glyphs.clear();
    clusters.clear();
  }
};

Typeface::Typeface(std::unique_ptr<Faces> faces) : faces_(std::move(faces)) {}
Typeface::~Typeface() = default;

Result<std::unique_ptr<Typeface>> Typeface::load(Theme const& theme) {
  auto faces = std::make_unique<Faces>();
  faces->own = theme.fonts;
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    std::string_view const own = i < kGeorgian ? own_cut(theme, i) : std::string_view{};
    std::optional<std::string_view> const bytes = own.empty() ? asset(kFiles.at(i)) : own;
    if (!bytes) return failure(broken_font(kFiles.at(i)));
    Face& face = faces->faces.at(i);
    face.bytes = *bytes;
    hb_blob_t* blob =
        hb_blob_create(bytes->data(), static_cast<unsigned>(bytes->size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    face.hb_face.reset(hb_face_create(blob, 0));
    hb_blob_destroy(blob);
    face.hb_font.reset(hb_font_create(face.hb_face.get()));
    face.units = hb_face_get_upem(face.hb_face.get());
    if (hb_face_get_glyph_count(face.hb_face.get()) > 0) continue;
    Diagnostic broken = broken_font(own.empty() ? kFiles.at(i) : theme.font);
    if (!own.empty()) broken.fault = Fault::spec;
    return failure(std::move(broken));
  }
  return std::unique_ptr<Typeface>(new Typeface(std::move(faces)));
}

double Typeface::width(std::string_view text, TypeStyle style) const {
  double width = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const end = word_end(text, i);
    width += faces_->word_of(text.substr(i, end - i), style).width;
    i = end;
  }
  return width * style.size_pt;
}

std::string Typeface::missing_glyphs(std::string_view text) const {
  std::string missing;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const end = word_end(text, i);
    missing += faces_->word_of(text.substr(i, end - i), {}).missing;
    i = end;
  }
  return missing;
}

void Typeface::glyphs(std::string_view text, TypeStyle style, std::vector<LineGlyph>& out) const {
  double x = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const end = word_end(text, i);
    for (auto const& run : faces_->word_of(text.substr(i, end - i), style).runs) {
      auto glyph = run.glyphs.begin();
      for (auto const& cluster : run.clusters) {
        for (std::size_t k = 0; k < cluster.glyphs; ++k, ++glyph) {
          out.push_back({run.face, glyph->index, x + glyph->x * style.size_pt, glyph->y * style.size_pt,
                         k == 0 ? text.substr(at, cluster.bytes) : std::string_view()});
          x += glyph->advance * style.size_pt;
        }
        at += cluster.bytes;
      }
    }
    i = end;
  }
}

CarriedFont Typeface::font(std::size_t face) const {
  static constexpr std::array<std::string_view, kGeorgian> kOwn{"Theme-Regular", "Theme-Bold", "Theme-Italic",
                                                                "Theme-BoldItalic"};
  if (faces_->own && face < kGeorgian) return {kOwn.at(face), faces_->faces.at(face).bytes};
  std::string_view name = kFiles.at(face);
  name.remove_prefix(name.find('/') + 1);
  name.remove_suffix(name.size() - name.find('.'));
  return {name, faces_->faces.at(face).bytes};
}

void Typeface::paint(cairo_t* cr, std::string_view text, TypeStyle style, double x, double y) const {
  Faces& faces = *faces_;
  cairo_set_font_size(cr, style.size_pt);
  cairo_set_font_options(cr, faces.options.get());
  faces.line.clear();
  glyphs(text, style, faces.line);
  std::size_t face = kFiles.size();
  std::size_t start = 0;
  std::size_t at = 0;
  for (auto const& glyph : faces.line) {
    if (glyph.face != face) {
      faces.flush(cr, face, text.substr(start, at - start));
      face = glyph.face;
      start = at;
    }
    faces.glyphs.push_back({glyph.index, x + glyph.x, y + glyph.y});
    if (!glyph.text.empty()) faces.clusters.push_back({static_cast<int>(glyph.text.size()), 0});
    ++faces.clusters.back().num_glyphs;
    at += glyph.text.size();
  }
  faces.flush(cr, face, text.substr(start, at - start));
}

}  // namespace yekun
