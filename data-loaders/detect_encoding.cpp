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

/// The first bytes of a sequence, at the end of the sample.
bool is_cut_off(std::string_view rest) {
  auto const lead = static_cast<Byte>(rest.front());
  return rest.size() < 4 && lead >= 0xC2 && lead < 0xF5 &&
         std::all_of(rest.begin() + 1, rest.end(), [](char c) { return (static_cast<Byte>(c) & 0xC0U) == 0x80; });
}

Sequences count_sequences(std::string_view text) {
  Sequences found;
  std::size_t at = 0;
  while (at < text.size() && at < 3 && (static_cast<Byte>(text[at]) & 0xC0U) == 0x80) ++at;  // begins within one
  while (at < text.size()) {
    std::size_t const length = sequence_at(text, at);
    if (length == 0 && is_cut_off(text.substr(at))) break;
    if (length > 1) ++found.good;
    if (length == 0) ++found.bad;
    at += length == 0 ? 1 : length;
  }
  return found;
}

bool is_ascii_letter(Byte c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

constexpr std::size_t kLetters = 33;  // the Russian alphabet, yo behind the others
constexpr Byte kNone = 0xFF;

/// How often each letter stands in Russian text: twice the binary logarithm of its share, against an even one;
/// less against the rarest, for words have them.
constexpr std::array<int, kLetters> kWeights{3, -2, 1, -2, 0,  3,  -3, -2, 3,  -3, 0,  1,  0,  2,  4,  0, 1,
                                             2, 2,  0, -5, -3, -4, -2, -4, -5, -6, -1, -2, -5, -4, -1, -3};
constexpr Byte kHardSign = 26;
constexpr Byte kYery = 27;
constexpr Byte kSoftSign = 28;

/// One encoding: what letter each byte from 0x80 on is, upper case from kLetters on, kNone for signs.
struct Cyrillic {
  std::string_view name;
  std::string_view signs;  // what stands in texts besides letters: quotes, dashes, the number sign, frames
  std::array<Byte, 128> letters{};
};

/// `order`: letters that follow each other at `upper` and `lower`, by their place in the alphabet.
constexpr void place(Cyrillic& in, std::size_t upper, std::size_t lower, std::string_view order) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    in.letters[lower + i - 0x80] = static_cast<Byte>(order[i]);
    in.letters[upper + i - 0x80] = static_cast<Byte>(static_cast<std::size_t>(order[i]) + kLetters);
  }
}

constexpr Cyrillic cyrillic(std::string_view name, std::string_view signs) {
  Cyrillic out{name, signs, {}};
  for (auto& letter : out.letters) letter = kNone;
  return out;
}

constexpr std::array<Cyrillic, 4> all_cyrillic() {
  using namespace std::string_view_literals;
  constexpr auto kAlphabet =
      "\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37"sv;
  constexpr auto kKoi8 = "\36\0\1\26\4\5\24\3\25\10\11\12\13\14\15\16\17\37\20\21\22\23\6\2\34\33\7\30\35\31\27\32"sv;
  constexpr auto kYo = "\40"sv;
  constexpr auto kFrames =
      "\xB0\xB1\xB2\xB3\xB4\xB5\xB6\xB7\xB8\xB9\xBA\xBB\xBC\xBD\xBE\xBF\xC0\xC1\xC2\xC3\xC4\xC5\xC6\xC7\xC8\xC9\xCA\xCB"
      "\xCC\xCD\xCE\xCF\xD0\xD1\xD2\xD3\xD4\xD5\xD6\xD7\xD8\xD9\xDA\xDB\xDC\xDD\xDE\xDF\xF8\xFA\xFC\xFF"sv;
  auto windows = cyrillic("windows-1251", "\x84\x85\x91\x92\x93\x94\x96\x97\xA0\xA7\xA9\xAB\xB0\xB1\xB7\xB9\xBB");
  place(windows, 0xC0, 0xE0, kAlphabet);
  place(windows, 0xA8, 0xB8, kYo);
  auto koi8 = cyrillic("koi8-r", "\x80\x81\x94\x95\x9A\x9C\x9E");
  place(koi8, 0xE0, 0xC0, kKoi8);
  place(koi8, 0xB3, 0xA3, kYo);
  auto iso = cyrillic("iso-8859-5", "\xA0\xAD\xF0\xFD");
  place(iso, 0xB0, 0xD0, kAlphabet);
  place(iso, 0xA1, 0xF1, kYo);
  auto dos = cyrillic("cp866", kFrames);
  place(dos, 0x80, 0xA0, kAlphabet.substr(0, 16));
  place(dos, 0x90, 0xE0, kAlphabet.substr(16));
  place(dos, 0xF0, 0xF1, kYo);
  return {windows, koi8, iso, dos};
}

constexpr auto kCyrillic = all_cyrillic();

/// Words look likely: frequent letters count for; rare ones, upper case behind lower case, words that begin with a
/// letter that begins none, signs that texts do not have, and ASCII letters in the same word against. A byte that
/// repeats (the lines of a frame) counts once.
long score(std::string_view text, Cyrillic const& in) {
  long points = 0;
  Byte before = ' ';
  Byte last = kNone;  // the letter before; kNone: none
  for (char const byte : text) {
    auto const c = static_cast<Byte>(byte);
    Byte const letter = c < 0x80 ? kNone : in.letters[c - 0x80U];
    if (letter != kNone && c != before) {
      Byte const lower = letter % kLetters;
      bool const upper = letter >= kLetters;
      points += kWeights[lower];
      if (last != kNone) points += !upper || last >= kLetters ? 2 : -4;
      if (last == kNone && (lower == kHardSign || lower == kYery || lower == kSoftSign)) points -= 6;
    }
    if (letter != kNone && is_ascii_letter(before)) points -= 6;
    if (is_ascii_letter(c) && last != kNone) points -= 6;
    if (c >= 0x80 && letter == kNone && in.signs.find(byte) == std::string_view::npos) points -= 3;
    before = c;
    last = letter;
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

/// UTF-16 without a mark: every other byte is zero, or that of the Latin, Cyrillic or Georgian block or of signs.
std::string_view utf16_by_zeros(std::string_view sample) {
  constexpr std::string_view kBlocks("\0\1\2\4\x10\x1E\x20\x21", 8);
  std::size_t const looked = std::min<std::size_t>(sample.size(), 4096) & ~std::size_t{1};
  std::array<std::size_t, 2> zeros{};
  std::array<std::size_t, 2> blocks{};
  for (std::size_t i = 0; i < looked; ++i) {
    zeros[i % 2] += sample[i] == '\0' ? 1U : 0U;
    blocks[i % 2] += kBlocks.find(sample[i]) != std::string_view::npos ? 1U : 0U;
  }
  auto const high = [&](std::size_t at) {
    bool const latin = zeros[at] * 4 > looked && zeros[1 - at] * 16 < looked;
    bool const other =
        zeros[at] >= 2 && zeros[1 - at] == 0 && blocks[at] * 40 >= looked * 19 && blocks[1 - at] * 4 < looked;
    return looked >= 8 && (latin || other);
  };
  return high(1) ? "utf-16le" : high(0) ? "utf-16be" : "";
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
