#include <algorithm>
#include <array>
#include <string_view>

#include "data-loaders/encoding.h"

namespace yekun {
namespace {

using Byte = unsigned char;

struct Sequences {
  std::size_t good = 0;  // of more than one byte
  std::size_t bad = 0;   // bytes
};

/// The length of the UTF-8 sequence at `at`; 0 if it is none.
std::size_t sequence_at(std::string_view text, std::size_t at) {
  auto const lead = static_cast<Byte>(text[at]);
  std::size_t const length =
      lead < 0x80 ? 1 : (lead >= 0xF5 || lead < 0xC2 ? 0 : (lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4)));
  for (std::size_t i = 1; i < length; ++i)
    if (at + i >= text.size() || (static_cast<Byte>(text[at + i]) & 0xC0U) != 0x80) return 0;
  return length;
}

Sequences count_sequences(std::string_view text) {
  Sequences found;
  std::size_t at = 0;
  while (at < text.size() && at < 3 && (static_cast<Byte>(text[at]) & 0xC0U) == 0x80) ++at;  // begins within one
  while (at < text.size()) {
    std::size_t const length = sequence_at(text, at);
    bool const cut_off = length == 0 && at + 3 >= text.size() && static_cast<Byte>(text[at]) >= 0xC2;
    if (cut_off) break;
    if (length > 1) ++found.good;
    if (length == 0) ++found.bad;
    at += length == 0 ? 1 : length;
  }
  return found;
}

bool is_ascii_letter(Byte c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// How Cyrillic letters stand in one encoding.
struct Cyrillic {
  std::string_view name;
  std::string_view common;   // о е а и н т с р в л к м, lower case
  Byte low_first, low_last;  // lower case
  Byte up_first, up_last;    // upper case
};

constexpr std::array<Cyrillic, 3> kCyrillic{{
    {"windows-1251", "\xEE\xE5\xE0\xE8\xED\xF2\xF1\xF0\xE2\xEB\xEA\xEC", 0xE0, 0xFF, 0xC0, 0xDF},
    {"koi8-r", "\xCF\xC5\xC1\xC9\xCE\xD4\xD3\xD2\xD7\xCC\xCB\xCD", 0xC0, 0xDF, 0xE0, 0xFF},
    {"iso-8859-5", "\xDE\xD5\xD0\xD8\xDD\xE2\xE1\xE0\xD2\xDB\xDA\xDC", 0xD0, 0xEF, 0xB0, 0xCF},
}};

/// Words look likely: frequent letters count for, upper case behind lower case and signs against.
long score(std::string_view text, Cyrillic const& in) {
  long points = 0;
  Byte before = ' ';
  auto const low = [&](Byte c) { return c >= in.low_first && c <= in.low_last; };
  auto const up = [&](Byte c) { return c >= in.up_first && c <= in.up_last; };
  for (char const byte : text) {
    auto const c = static_cast<Byte>(byte);
    if (c >= 0x80) {
      if (!low(c) && !up(c)) points -= 3;
      if (low(c) && (low(before) || up(before))) points += 2;
      if (in.common.find(byte) != std::string_view::npos) points += 1;
      if (up(c) && low(before)) points -= 4;
      if (is_ascii_letter(before)) points -= 4;
    } else if (is_ascii_letter(c) && before >= 0x80) {
      points -= 4;
    }
    before = c;
  }
  return points;
}

/// Letters of Western and Turkish words beside ASCII letters.
long latin_score(std::string_view text) {
  constexpr std::string_view kLikely =
      "\xE4\xF6\xFC\xE7\xF0\xFD\xFE\xC4\xD6\xDC\xC7\xD0\xDD\xDE\xE9\xE8\xEA\xEB\xE0\xE1\xE2\xE3\xE5\xED\xEE\xEF\xF1\xF3"
      "\xF4\xF5\xFA\xFB\xF8\xE6\xDF\xC9\xD3";
  constexpr std::string_view kSigns = "\x91\x92\x93\x94\x96\x97\x80\xA0\xAB\xBB\xB0\xA7\xA9\xAE\x85\xB7";
  long points = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<Byte>(text[i]) < 0x80) continue;
    bool const beside = (i > 0 && is_ascii_letter(static_cast<Byte>(text[i - 1]))) ||
                        (i + 1 < text.size() && is_ascii_letter(static_cast<Byte>(text[i + 1])));
    if (kLikely.find(text[i]) != std::string_view::npos && beside) {
      points += 2;
    } else if (kSigns.find(text[i]) == std::string_view::npos) {
      points -= 2;
    }
  }
  return points;
}

TextEncoding guess_legacy(std::string_view text) {
  TextEncoding best{.name = "utf-8"};
  long most = 0;
  for (auto const& one : kCyrillic)
    if (long const points = score(text, one); points > most) {
      most = points;
      best = {.name = std::string(one.name), .guessed = true};
    }
  if (long const points = latin_score(text); points > most) {
    constexpr std::string_view kTurkish = "\xD0\xDE\xF0\xFD\xFE\xDD";  // Ğ Ş ğ ı ş İ
    bool const turkish = text.find_first_of(kTurkish) != std::string_view::npos;
    best = {.name = turkish ? "windows-1254" : "windows-1252", .guessed = true};
  }
  return best;
}

/// UTF-16 without a mark: every other byte of most of the text is zero.
std::string_view utf16_by_zeros(std::string_view sample) {
  std::size_t const looked = std::min<std::size_t>(sample.size(), 4096) & ~std::size_t{1};
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < looked; ++i) zeros[i % 2] += sample[i] == '\0' ? 1U : 0U;
  if (looked >= 8 && zeros[1] * 4 > looked && zeros[0] * 16 < looked) return "utf-16le";
  if (looked >= 8 && zeros[0] * 4 > looked && zeros[1] * 16 < looked) return "utf-16be";
  return {};
}

}  // namespace

TextEncoding detect_encoding(std::string_view sample) {
  if (sample.starts_with("\xEF\xBB\xBF")) return {.name = "utf-8", .bom = 3};
  if (sample.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return {.name = "utf-32le", .bom = 4};
  if (sample.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return {.name = "utf-32be", .bom = 4};
  if (sample.starts_with("\xFF\xFE")) return {.name = "utf-16le", .bom = 2};
  if (sample.starts_with("\xFE\xFF")) return {.name = "utf-16be", .bom = 2};
  if (auto const name = utf16_by_zeros(sample); !name.empty()) return {.name = std::string(name), .guessed = true};
  auto const found = count_sequences(sample);
  if (found.bad == 0 || found.good >= found.bad) return {};
  return guess_legacy(sample);
}

}  // namespace yekun
