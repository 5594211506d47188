// The carried fonts as a PDF embeds them: cut to the glyphs that are shown, with what each stands for, so that text can
// be selected and searched. Composite fonts of TrueType outlines, ISO 32000-1, 9.7.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "output/pdf_objects.h"
#include "output/typeface.h"

namespace yekun {

class PdfFonts {
 public:
  /// `type` must outlive this.
  explicit PdfFonts(Typeface const& type) : type_(type) {}

  struct Code {
    std::uint16_t number = 0;  // what a content stream writes for the glyph
    double width = 0;          // in thousandths of the size
  };
  /// A number for the glyph where it stands for this text; the same glyph for another text gets another.
  Code code(std::size_t face, std::uint32_t glyph, std::string_view text);

  /// Writes the fonts that were used. The result is the entries of a resource dictionary: "/F0 7 0 R /F1 12 0 R".
  Result<std::string> write(PdfObjects& objects) const;

 private:
  struct Shown {
    std::uint32_t glyph = 0;
    double width = 0;
    std::string text{};
    std::uint16_t next = 0;  // another code of the same glyph; 0: none
  };
  struct Face {
    std::vector<std::uint16_t> first{};  // by glyph: its first code; 0: none
    std::vector<Shown> shown{};          // by code; code 0 is the missing glyph
    double units = 1000;
    std::vector<double> widths{};  // by glyph
  };
  void open(std::size_t face);
  static std::string widths(Face const& face);
  static std::string to_unicode(Face const& face);

  Typeface const& type_;
  std::array<Face, Typeface::kFaces> faces_{};
};

}  // namespace yekun
