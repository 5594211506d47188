// A PDF file put together from objects: what every writer of PDF needs, and no more. PDF 1.7 (ISO 32000-1), 7.3
// and 7.5.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "output/deflate.h"

namespace yekun {

/// A text string: literal where it is ASCII, else UTF-16 with its mark. 7.9.2.2.
std::string pdf_text(std::string_view utf8);
/// UTF-16, big end first, as hexadecimal digits.
std::string pdf_utf16(std::string_view utf8);
/// Adds a number with at most `decimals` (0 to 4) decimals and no trailing zeros; |value| below 10^9.
void append_number(std::string& out, double value, int decimals);

class PdfObjects {
 public:
  PdfObjects();
  /// The number of a new object, to be referred to as "N 0 R" and written once.
  int reserve();
  void write(int id, std::string body);
  /// `entries` of the stream's dictionary besides its length and filter; the bytes are deflated.
  void write_stream(int id, std::string_view entries, std::string_view bytes);
  /// The file: objects without stream are packed together, the id is made from the content.
  std::string finish(int root, int info);

 private:
  struct Place {
    std::uint8_t kind = 0;  // 1: `at` is the offset in the file; 2: the number of the stream that holds it
    std::size_t at = 0;
    std::size_t index = 0;  // in that stream
  };
  struct Plain {
    int id = 0;
    std::string body{};
  };
  void begin(int id);
  void pack_plain();
  void write_places(int root, int info);

  Deflater deflater_{3};
  std::string file_;
  std::vector<Place> places_{{}};  // object 0 is none
  std::vector<Plain> plain_;
};

}  // namespace yekun
