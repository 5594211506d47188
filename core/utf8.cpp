#include "core/utf8.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <cstring>

namespace yekun {
namespace {

/// One step of decoding: a code point, or an invalid sequence of `length` bytes (the maximal subpart).
struct Decoded {
  char32_t code_point = 0;
  std::size_t length = 1;
  bool valid = true;
};

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// The bounds of the second byte depend on the first: they keep out overlong forms, surrogates and above U+10FFFF.
Decoded decode_many(std::string_view text, std::size_t at) {
  unsigned const lead = byte_at(text, at);
  if (lead < 0xC2 || lead > 0xF4) return {0xFFFD, 1, false};
  std::size_t const wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  auto value = static_cast<char32_t>(wanted == 2 ? lead & 0x1FU : wanted == 3 ? lead & 0x0FU : lead & 0x07U);
  for (std::size_t i = 1; i < wanted; ++i) {
    if (at + i >= text.size()) return {0xFFFD, i, false};
    unsigned const next = byte_at(text, at + i);
    if (next < low || next > high) return {0xFFFD, i, false};
    low = 0x80;
    high = 0xBF;
    value = (value << 6U) | (next & 0x3FU);
  }
  return {value, wanted, true};
}

Decoded decode(std::string_view text, std::size_t at) {
  unsigned const lead = byte_at(text, at);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  return decode_many(text, at);
}

bool is_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) return false;
  }
  for (; i < text.size(); ++i)
    if (byte_at(text, i) >= 0x80) return false;
  return true;
}

/// Unicode's White_Space.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

icu::StringPiece piece(std::string_view text) {
  return icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
}

}  // namespace

std::optional<std::size_t> invalid_utf8_at(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080ULL) == 0) {
        i += 8;
        continue;
      }
    }
    auto const next = decode(text, i);
    if (!next.valid) return i;
    i += next.length;
  }
  return std::nullopt;
}

bool is_utf8(std::string_view text) { return !invalid_utf8_at(text).has_value(); }

std::string to_valid_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size();) {
    auto const next = decode(text, i);
    if (next.valid)
      out.append(text.substr(i, next.length));
    else
      out += "\xEF\xBF\xBD";
    i += next.length;
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += decode(text, i).length) ++count;
  return count;
}

std::vector<char32_t> to_code_points(std::string_view text) {
  std::vector<char32_t> out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    auto const next = decode(text, i);
    out.push_back(next.code_point);
    i += next.length;
  }
  return out;
}

std::string to_utf8(char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  auto const tail = [c](unsigned shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6U)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0)};
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (; i < text.size() && count > 0; --count) i += decode(text, i).length;
  return text.substr(0, i);
}

std::string lower(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    out.assign(text);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  }
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, status);
  return U_FAILURE(status) != 0 ? to_valid_utf8(text) : out;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  auto const* const nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status) != 0) nfc->normalizeUTF8(0, piece(text), sink, nullptr, status);
  return U_FAILURE(status) != 0 ? to_valid_utf8(text) : out;
}

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    auto const next = decode(text, i);
    if (next.valid && is_space(next.code_point)) {
      gap = !out.empty();
    } else {
      if (gap) out += ' ';
      gap = false;
      out.append(text.substr(i, next.length));
    }
    i += next.length;
  }
  return to_nfc(out);
}

}  // namespace yekun
