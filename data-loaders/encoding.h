// Which encoding a text file is in, and its text as UTF-8.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "data-loaders/text_bytes.h"

namespace yekun {

struct TextEncoding {
  std::string name = "utf-8";  // lower case
  std::size_t bom = 0;         // bytes of the byte order mark
  bool guessed = false;        // neither declared, nor marked, nor UTF-8
  bool is_utf8() const { return name == "utf-8"; }
};

/// What the bytes say: a byte order mark; UTF-16 by its zeros; UTF-8 where most sequences are; else that one of
/// windows-1251, cp866, koi8-r, iso-8859-5, windows-1254 and windows-1252 whose letters make the likeliest words.
/// `sample` may begin and end inside a character.
TextEncoding detect_encoding(std::string_view sample);

/// The declared encoding by any name ICU knows; nullopt: there is none of that name. A byte order mark that stands in
/// `sample` is taken off.
std::optional<TextEncoding> declared_encoding(std::string_view name, std::string_view sample);

/// `stream` (behind the byte order mark) as UTF-8. What is not text in that encoding becomes the byte 0xFF, which is
/// never part of UTF-8, so that it is found and counted like any other bad byte.
std::unique_ptr<ByteStream> decoded_stream(TextEncoding const& encoding, std::unique_ptr<ByteStream> stream);

}  // namespace yekun
