#include "output/font_subset.h"

#include <hb-subset.h>
#include <hb.h>

#include <memory>

#include "core/utf8.h"

namespace yekun {

namespace {

struct DestroyHarfbuzz {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_set_t* set) const { hb_set_destroy(set); }
  void operator()(hb_subset_plan_t* plan) const { hb_subset_plan_destroy(plan); }
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
template <class T>
using Owned = std::unique_ptr<T, DestroyHarfbuzz>;

Diagnostic refused() {
  Diagnostic error;
  error.fault = Fault::internal;
  error.code = "font";
  error.message = "a carried font cannot be cut down to the letters of the page";
  return error;
}

Owned<hb_face_t> face_of(std::string_view font) {
  Owned<hb_blob_t> const blob(
      hb_blob_create(font.data(), static_cast<unsigned>(font.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  return Owned<hb_face_t>(hb_face_create(blob.get(), 0));
}

std::string bytes_of(hb_face_t* face) {
  Owned<hb_blob_t> const bytes(hb_face_reference_blob(face));
  unsigned size = 0;
  char const* const data = hb_blob_get_data(bytes.get(), &size);
  return {data, size};
}

}  // namespace

std::set<char32_t> letters_of(std::string_view text) {
  auto const points = to_code_points(is_utf8(text) ? std::string(text) : to_valid_utf8(text));
  return {points.begin(), points.end()};
}

Result<std::string> subset_font(std::string_view font, std::set<char32_t> const& letters) {
  Owned<hb_face_t> const face = face_of(font);
  Owned<hb_set_t> const has(hb_set_create());
  hb_face_collect_unicodes(face.get(), has.get());
  if (hb_set_is_empty(has.get()) != 0) return failure(refused());
  Owned<hb_subset_input_t> const input(hb_subset_input_create_or_fail());
  if (!input) return failure(refused());
  hb_set_t* const wanted = hb_subset_input_unicode_set(input.get());
  bool any = false;
  for (char32_t const letter : letters) {
    if (hb_set_has(has.get(), letter) == 0) continue;
    hb_set_add(wanted, letter);
    any = any || letter > U' ';
  }
  if (!any) return std::string();
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  Owned<hb_face_t> const cut(hb_subset_or_fail(face.get(), input.get()));
  if (!cut) return failure(refused());
  return bytes_of(cut.get());
}

Result<GlyphSubset> subset_glyphs(std::string_view font, std::vector<std::uint32_t> const& glyphs) {
  Owned<hb_face_t> const face = face_of(font);
  Owned<hb_subset_input_t> const input(hb_subset_input_create_or_fail());
  if (!input || hb_face_get_glyph_count(face.get()) == 0) return failure(refused());
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  hb_set_t* const dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (char const* const table : {"GSUB", "GPOS", "GDEF", "BASE", "STAT", "OS/2", "cmap", "name", "post", "DSIG"})
    hb_set_add(dropped, hb_tag_from_string(table, 4));
  for (std::uint32_t const glyph : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  Owned<hb_subset_plan_t> const plan(hb_subset_plan_create_or_fail(face.get(), input.get()));
  if (!plan) return failure(refused());
  Owned<hb_face_t> const cut(hb_subset_plan_execute_or_fail(plan.get()));
  if (!cut) return failure(refused());
  GlyphSubset subset{bytes_of(cut.get()), {}};
  hb_map_t const* const numbers = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (std::uint32_t const glyph : glyphs)
    subset.numbers.push_back(static_cast<std::uint16_t>(hb_map_get(numbers, glyph)));
  return subset;
}

}  // namespace yekun
