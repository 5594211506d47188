// Laying out with a measurer that needs no fonts: every character is half as wide as the size.
#pragma once

#include <string>
#include <vector>

#include "output/layout.h"
#include "tests/output/sample_document.h"

namespace yekun::output_test {

class FixedType final : public TypeMeasurer {
 public:
  double width(std::string_view text, TypeStyle style) const override {
    std::size_t count = 0;
    for (char const c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return static_cast<double>(count) * style.size_pt * 0.5;
  }
  std::string missing_glyphs(std::string_view) const override { return {}; }
};

struct LaidOut {
  std::vector<page::Page> pages{};
  LayoutResult result{};
};

inline LaidOut laid_out(Document const& document) {
  auto const catalogue = Catalogue::load(document.language);
  LaidOut all;
  all.result =
      lay_out_pages(document, FixedType(), *catalogue, [&](page::Page&& one) { all.pages.push_back(std::move(one)); });
  return all;
}

inline std::vector<page::Text> texts_of(page::Page const& one) {
  std::vector<page::Text> texts;
  for (auto const& item : one.items)
    if (auto const* text = std::get_if<page::Text>(&item)) texts.push_back(*text);
  return texts;
}

inline std::size_t count_of(page::Page const& one, std::string const& wanted) {
  std::size_t count = 0;
  for (auto const& text : texts_of(one)) count += text.text == wanted ? 1 : 0;
  return count;
}

/// A document with nothing in it but its title.
inline Document bare_document() {
  Document document;
  document.language = "en";
  document.title = "Title";
  document.programme = "Programme";
  document.period_text = "Period";
  document.as_of_text = "as of today";
  document.as_of = date_of(2025, 10, 5);
  return document;
}

}  // namespace yekun::output_test
