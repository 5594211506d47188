#include "output/pango_measurer.h"

#include <pango/pangocairo.h>

#include <cmath>
#include <unordered_map>

namespace yekun {

namespace {

struct UnrefObject {
  void operator()(void* object) const { g_object_unref(object); }
};
struct FreeDescription {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};

constexpr std::size_t kMostKept = 8192;  // lines; about 10 MB

struct ShapedLine {
  std::unique_ptr<PangoLayout, UnrefObject> layout;
  double width_pt = 0;
};

}  // namespace

struct PangoMeasurer::Cache {
  PangoContextPtr context;
  std::string family;
  std::unordered_map<std::string, ShapedLine> lines{};
  std::unordered_map<int, std::unique_ptr<PangoFontDescription, FreeDescription>> descriptions{};
  std::set<std::string> missing{};
  std::string key{};  // kept to spare an allocation a call

  PangoFontDescription const* description(TextStyle style) {
    int const size = static_cast<int>(std::lround(style.size_pt * PANGO_SCALE));
    auto& kept = descriptions[2 * size + (style.bold ? 1 : 0)];
    if (!kept) {
      kept.reset(pango_font_description_new());
      pango_font_description_set_family(kept.get(), family.c_str());
      pango_font_description_set_weight(kept.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      pango_font_description_set_absolute_size(kept.get(), size);
    }
    return kept.get();
  }

  ShapedLine const& line(std::string_view text, TextStyle style) {
    int const size = static_cast<int>(std::lround(style.size_pt * 100)) * 2 + (style.bold ? 1 : 0);
    key.assign(reinterpret_cast<char const*>(&size), sizeof size);
    key.append(text);
    auto const found = lines.find(key);
    if (found != lines.end()) return found->second;
    if (lines.size() >= kMostKept) lines.clear();
    ShapedLine shaped;
    shaped.layout.reset(pango_layout_new(context.get()));
    pango_layout_set_font_description(shaped.layout.get(), description(style));
    pango_layout_set_single_paragraph_mode(shaped.layout.get(), TRUE);
    pango_layout_set_text(shaped.layout.get(), text.data(), static_cast<int>(text.size()));
    PangoRectangle logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(shaped.layout.get(), 0), nullptr, &logical);
    shaped.width_pt = static_cast<double>(logical.width) / PANGO_SCALE;
    if (pango_layout_get_unknown_glyphs_count(shaped.layout.get()) > 0) missing.emplace(text);
    return lines.emplace(key, std::move(shaped)).first->second;
  }
};

PangoMeasurer::PangoMeasurer(FontSet const& fonts, std::string family)
    : cache_(std::make_unique<Cache>(Cache{fonts.context(), std::move(family)})) {}

PangoMeasurer::~PangoMeasurer() = default;

double PangoMeasurer::width(std::string_view text, TextStyle style) const {
  return text.empty() ? 0 : cache_->line(text, style).width_pt;
}

void PangoMeasurer::paint(cairo_t* cr, std::string_view text, TextStyle style, double x, double y) const {
  if (text.empty()) return;
  cairo_move_to(cr, x, y);
  pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(cache_->line(text, style).layout.get(), 0));
}

Diagnostics PangoMeasurer::warnings() const {
  Diagnostics all;
  for (auto const& text : cache_->missing)
    all.push_back({Severity::warning,
                   Fault::render,
                   "missing-letter",
                   {},
                   "the carried fonts lack a letter of '" + text + "'; readers would see a box",
                   "write the text in Latin, Cyrillic or Georgian letters"});
  return all;
}

std::set<std::string> const& PangoMeasurer::texts_with_missing_glyphs() const { return cache_->missing; }

}  // namespace yekun
