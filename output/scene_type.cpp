#include "output/scene_type.h"

#include <unordered_map>

namespace yekun {

namespace {

constexpr std::size_t kMostKept = 8192;  // lines; about 1 MB

TypeStyle type_style(TextStyle style) {
  TypeStyle made;
  made.size_pt = style.size_pt;
  made.bold = style.bold;
  return made;
}

}  // namespace

struct SceneType::Cache {
  std::unordered_map<std::string, double> widths{};  // of one point, by cut and text
  std::set<std::string> missing{};
  std::string key{};  // kept to spare an allocation a call
};

SceneType::SceneType(Typeface const& type) : type_(type), cache_(std::make_unique<Cache>()) {}

SceneType::~SceneType() = default;

double SceneType::width(std::string_view text, TextStyle style) const {
  if (text.empty()) return 0;
  Cache& cache = *cache_;
  cache.key.assign(1, style.bold ? 'b' : 'r');
  cache.key.append(text);
  if (auto const found = cache.widths.find(cache.key); found != cache.widths.end())
    return found->second * style.size_pt;
  if (cache.widths.size() >= kMostKept) cache.widths.clear();
  if (!type_.missing_glyphs(text).empty()) cache.missing.emplace(text);
  double const width = type_.width(text, type_style({1, style.bold}));
  cache.widths.emplace(cache.key, width);
  return width * style.size_pt;
}

void SceneType::paint(cairo_t* cr, std::string_view text, TextStyle style, double x, double y) const {
  if (!text.empty()) type_.paint(cr, text, type_style(style), x, y);
}

void SceneType::glyphs(std::string_view text, TextStyle style, std::vector<LineGlyph>& out) const {
  type_.glyphs(text, type_style(style), out);
}

Diagnostics SceneType::warnings() const {
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

std::set<std::string> const& SceneType::texts_with_missing_glyphs() const { return cache_->missing; }

}  // namespace yekun
