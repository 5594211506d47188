#include "output/fonts.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string_view>

#include "core/assets.h"

namespace yekun {

void UnrefPango::operator()(PangoContext* context) const { g_object_unref(context); }
void UnrefPango::operator()(PangoFontMap* map) const { g_object_unref(map); }

struct FontSet::Handles {
  FcConfig* config = nullptr;
  std::unique_ptr<PangoFontMap, UnrefPango> map{};
  std::vector<int> files{};  // memory files: freetype reads glyphs from them as long as the map lives

  Handles() = default;
  Handles(Handles const&) = delete;
  Handles& operator=(Handles const&) = delete;
  ~Handles() {
    if (map) pango_fc_font_map_shutdown(PANGO_FC_FONT_MAP(map.get()));
    map.reset();
    if (config != nullptr) FcConfigDestroy(config);
    for (int const file : files) close(file);
  }
};

FontSet::FontSet(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}
FontSet::~FontSet() = default;
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;

PangoFontMap* FontSet::map() const { return handles_->map.get(); }

namespace {

Diagnostic font_error(std::string_view path, std::string_view what) {
  return {Severity::error, Fault::internal, "font", {}, fmt::format("cannot load the font '{}': {}", path, what)};
}

/// A file in memory that holds `bytes`, or -1.
int memory_file(std::string_view bytes) {
  int const file = memfd_create("yekun-font", MFD_CLOEXEC);
  if (file < 0) return -1;
  while (!bytes.empty()) {
    ssize_t const written = write(file, bytes.data(), bytes.size());
    if (written <= 0) {
      close(file);
      return -1;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return file;
}

}  // namespace

Result<FontSet> FontSet::load() {
  auto handles = std::make_unique<Handles>();
  handles->config = FcConfigCreate();
  for (AssetEntry const& entry : asset_entries()) {
    std::string_view const path = entry.path;
    if (!path.starts_with("fonts/") || !path.ends_with(".ttf")) continue;
    int const file = memory_file({entry.first, static_cast<std::size_t>(entry.end - entry.first)});
    if (file < 0) return failure(font_error(path, "no memory file"));
    handles->files.push_back(file);
    auto const name = fmt::format("/proc/self/fd/{}", file);
    if (FcConfigAppFontAddFile(handles->config, reinterpret_cast<FcChar8 const*>(name.c_str())) == FcFalse)
      return failure(font_error(path, "not a font"));
  }
  FcConfigSetCurrent(handles->config);  // before the map: else pango reads the machine's settings in a thread
  handles->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(handles->map.get()), handles->config);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(handles->map.get()), 72);
  return FontSet(std::move(handles));
}

PangoContextPtr FontSet::context() const {
  PangoContextPtr context(pango_font_map_create_context(handles_->map.get()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(context.get(), pango_language_from_string("en"));
  return context;
}

}  // namespace yekun
