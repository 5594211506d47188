#include "output/pdf_fonts.h"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb.h>

#include <memory>

#include "output/digest.h"
#include "output/font_subset.h"

namespace yekun {

namespace {

struct DestroyHarfbuzz {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
template <class T>
using Owned = std::unique_ptr<T, DestroyHarfbuzz>;

/// A font to measure by, in units of its own grid.
Owned<hb_font_t> measured(std::string_view bytes) {
  Owned<hb_blob_t> const blob(
      hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  Owned<hb_face_t> const face(hb_face_create(blob.get(), 0));
  return Owned<hb_font_t>(hb_font_create(face.get()));
}

double metric(hb_font_t* font, hb_ot_metrics_tag_t tag, double units) {
  hb_position_t value = 0;
  hb_ot_metrics_get_position_with_fallback(font, tag, &value);
  return value * 1000 / units;
}

/// xMin, yMin, xMax, yMax of the table "head".
std::string bounds(hb_font_t* font, double units) {
  Owned<hb_blob_t> const head(hb_face_reference_table(hb_font_get_face(font), HB_TAG('h', 'e', 'a', 'd')));
  unsigned size = 0;
  auto const* bytes = reinterpret_cast<unsigned char const*>(hb_blob_get_data(head.get(), &size));
  std::string out;
  for (unsigned at = 36; at < 44 && size >= 44; at += 2) {
    auto const value = static_cast<std::int16_t>((bytes[at] << 8U) | bytes[at + 1]);
    append_number(out, value * 1000 / units, 0);
    out += ' ';
  }
  return out;
}

std::string descriptor(std::string const& name, std::string_view bytes, int file) {
  auto const font = measured(bytes);
  double const units = hb_face_get_upem(hb_font_get_face(font.get()));
  bool const mono = name.find("Mono") != std::string::npos;
  bool const bold = name.find("Bold") != std::string::npos;
  bool const italic = name.find("Italic") != std::string::npos;
  return fmt::format(
      "<</Type /FontDescriptor /FontName /{} /Flags {} /FontBBox [{}] /ItalicAngle {} /Ascent {:.0f} /Descent {:.0f} "
      "/CapHeight {:.0f} /StemV {} /FontFile2 {} 0 R>>",
      name, 4 + (mono ? 1 : 0) + (italic ? 64 : 0), bounds(font.get(), units), italic ? -12 : 0,
      metric(font.get(), HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, units),
      metric(font.get(), HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, units),
      metric(font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT, units), bold ? 140 : 80, file);
}

/// Six capitals made from the cut font's bytes: cuts of one font must differ in name. 9.6.4.
std::string tagged(std::string_view name, std::string const& font) {
  std::string const digest = sha256_hex(font);
  std::string tag;
  for (std::size_t i = 0; i < 6; ++i) {
    char const c = digest[i];
    tag += static_cast<char>('A' + (c <= '9' ? c - '0' : c - 'a' + 10));
  }
  return fmt::format("{}+{}", tag, name);
}

std::string big_endian(std::vector<std::uint16_t> const& numbers) {
  std::string out(2, '\0');  // of the missing glyph
  for (auto const number : numbers) {
    out += static_cast<char>(number >> 8U);
    out += static_cast<char>(number & 0xFFU);
  }
  return out;
}

}  // namespace

void PdfFonts::open(std::size_t index) {
  auto const font = measured(type_.font(index).bytes);
  auto* const hb_face = hb_font_get_face(font.get());
  Face& face = faces_.at(index);
  face.units = hb_face_get_upem(hb_face);
  unsigned const count = hb_face_get_glyph_count(hb_face);
  face.first.assign(count, 0);
  for (unsigned glyph = 0; glyph < count; ++glyph)
    face.widths.push_back(hb_font_get_glyph_h_advance(font.get(), glyph) * 1000 / face.units);
  face.shown.push_back({0, face.widths.empty() ? 0 : face.widths.front(), {}, 0});
}

PdfFonts::Code PdfFonts::code(std::size_t index, std::uint32_t glyph, std::string_view text) {
  Face& face = faces_.at(index);
  if (face.shown.empty()) open(index);
  if (glyph >= face.first.size()) return {0, face.shown.front().width};
  for (std::uint16_t known = face.first[glyph]; known != 0; known = face.shown[known].next)
    if (face.shown[known].text == text) return {known, face.shown[known].width};
  if (face.shown.size() > 0xFFFF) return {0, face.shown.front().width};
  auto const made = static_cast<std::uint16_t>(face.shown.size());
  face.shown.push_back({glyph, face.widths[glyph], std::string(text), face.first[glyph]});
  face.first[glyph] = made;
  return {made, face.shown.back().width};
}

std::string PdfFonts::widths(Face const& face) {
  std::string out = "[0 [";
  for (auto const& shown : face.shown) {
    append_number(out, shown.width, 2);
    out += ' ';
  }
  return out + "]]";
}

/// 9.10.3: what each code stands for.
std::string PdfFonts::to_unicode(Face const& face) {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  std::vector<std::string> lines;
  for (std::size_t code = 1; code < face.shown.size(); ++code)
    if (!face.shown[code].text.empty()) {
      auto const units = pdf_utf16(face.shown[code].text);
      lines.push_back(fmt::format("<{:04X}> <{}>\n", code, units));
    }
  constexpr std::size_t kMostLines = 100;
  for (std::size_t from = 0; from < lines.size(); from += kMostLines) {
    std::size_t const count = std::min(kMostLines, lines.size() - from);
    out += fmt::format("{} beginbfchar\n", count);
    for (std::size_t i = from; i < from + count; ++i) out += lines[i];
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend";
}

Result<std::string> PdfFonts::write(PdfObjects& objects) const {
  std::string resources;
  for (std::size_t i = 0; i < faces_.size(); ++i) {
    Face const& face = faces_.at(i);
    if (face.shown.size() < 2) continue;
    std::vector<std::uint32_t> glyphs;
    for (std::size_t code = 1; code < face.shown.size(); ++code) glyphs.push_back(face.shown[code].glyph);
    auto const font = type_.font(i);
    auto const cut = subset_glyphs(font.bytes, glyphs);
    if (!cut) return failure(cut.error());
    std::string const name = tagged(font.name, cut->font);
    int const file = objects.reserve();
    int const numbers = objects.reserve();
    int const texts = objects.reserve();
    int const described = objects.reserve();
    int const descendant = objects.reserve();
    int const composite = objects.reserve();
    objects.write_stream(file, fmt::format("/Length1 {}", cut->font.size()), cut->font);
    objects.write_stream(numbers, "", big_endian(cut->numbers));
    objects.write_stream(texts, "", to_unicode(face));
    objects.write(described, descriptor(name, font.bytes, file));
    objects.write(descendant,
                  fmt::format("<</Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDSystemInfo <</Registry (Adobe) "
                              "/Ordering (Identity) /Supplement 0>> /FontDescriptor {} 0 R /CIDToGIDMap {} 0 R /W {}>>",
                              name, described, numbers, widths(face)));
    objects.write(composite, fmt::format("<</Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H "
                                         "/DescendantFonts [{} 0 R] /ToUnicode {} 0 R>>",
                                         name, descendant, texts));
    resources += fmt::format("/F{} {} 0 R ", i, composite);
  }
  return resources;
}

}  // namespace yekun
