// Compiled once for every vector unit; the best one there is is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "data-loaders/csv_simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <bit>
#include <cstring>

#include "data-loaders/csv_simd.h"

HWY_BEFORE_NAMESPACE();
namespace yekun {
namespace HWY_NAMESPACE {
namespace {

#if HWY_TARGET == HWY_SCALAR

/// Without vectors: the same questions about 64 bytes, asked byte by byte.
class Block {
 public:
  explicit Block(char const* at) : at_(at) {}
  std::uint64_t equal(char c) const {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 64; ++i) bits |= static_cast<std::uint64_t>(at_[i] == c ? 1 : 0) << i;
    return bits;
  }
  bool ascii() const {
    std::uint64_t any = 0;
    for (unsigned i = 0; i < 64; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at_ + i, 8);
      any |= word;
    }
    return (any & 0x8080808080808080ULL) == 0;
  }
  char const* at() const { return at_; }

 private:
  char const* at_;
};

/// Whether the bytes up to and including the block's break off or contain a sequence that is not UTF-8.
class Utf8Check {
 public:
  void block(Block const& block) {
    for (unsigned i = 0; i < 64; ++i) byte(static_cast<unsigned char>(block.at()[i]));
  }
  bool bad() const { return bad_; }

 private:
  void byte(unsigned char c) {
    if (left_ > 0) {
      if (c < low_ || c > high_) bad_ = true;
      --left_;
      low_ = 0x80;
      high_ = 0xBF;
      return;
    }
    if (c < 0x80) return;
    if (c < 0xC2 || c > 0xF4) bad_ = true;
    left_ = c < 0xE0 ? 1 : (c < 0xF0 ? 2 : 3);
    low_ = c == 0xE0 ? 0xA0 : (c == 0xF0 ? 0x90 : 0x80);
    high_ = c == 0xED ? 0x9F : (c == 0xF4 ? 0x8F : 0xBF);
  }
  bool bad_ = false;
  int left_ = 0;
  unsigned char low_ = 0x80;
  unsigned char high_ = 0xBF;
};

#else

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<std::uint8_t, 64>;
using Vector = hn::Vec<Tag>;

template <class Mask>
std::uint64_t to_bits(Tag tag, Mask mask) {
  alignas(8) std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(tag, mask, bytes);
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes, 8);
  return bits;
}

/// 64 bytes.
class Block {
 public:
  explicit Block(char const* at) : at_(at) {}
  std::uint64_t equal(char c) const {
    Tag const tag;
    auto const wanted = hn::Set(tag, static_cast<std::uint8_t>(c));
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; i += hn::Lanes(tag)) bits |= to_bits(tag, hn::Eq(load(i), wanted)) << i;
    return bits;
  }
  bool ascii() const {
    Tag const tag;
    auto any = load(0);
    for (std::size_t i = hn::Lanes(tag); i < 64; i += hn::Lanes(tag)) any = hn::Or(any, load(i));
    hn::RebindToSigned<Tag> const tag_signed;
    return hn::AllFalse(tag_signed, hn::Lt(hn::BitCast(tag_signed, any), hn::Zero(tag_signed)));
  }
  Vector load(std::size_t i) const { return hn::LoadU(Tag(), reinterpret_cast<std::uint8_t const*>(at_) + i); }
  char const* at() const { return at_; }

 private:
  char const* at_;
};

constexpr std::uint8_t kTooShort = 1, kTooLong = 2, kOverlong3 = 4, kTooLarge = 8, kSurrogate = 16, kOverlong2 = 32,
                       kTooLarge1000 = 64, kOverlong4 = 64, kTwoConts = 128;
constexpr std::uint8_t kCarry = kTooShort | kTooLong | kTwoConts;
alignas(16) constexpr std::uint8_t kFirstHigh[16] = {kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTooLong,
                                                     kTwoConts,
                                                     kTwoConts,
                                                     kTwoConts,
                                                     kTwoConts,
                                                     kTooShort | kOverlong2,
                                                     kTooShort,
                                                     kTooShort | kOverlong3 | kSurrogate,
                                                     kTooShort | kTooLarge | kTooLarge1000 | kOverlong4};
alignas(16) constexpr std::uint8_t kFirstLow[16] = {kCarry | kOverlong3 | kOverlong2 | kOverlong4,
                                                    kCarry | kOverlong2,
                                                    kCarry,
                                                    kCarry,
                                                    kCarry | kTooLarge,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000 | kSurrogate,
                                                    kCarry | kTooLarge | kTooLarge1000,
                                                    kCarry | kTooLarge | kTooLarge1000};
alignas(16) constexpr std::uint8_t kSecondHigh[16] = {
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooLong | kOverlong2 | kTwoConts | kOverlong3 | kTooLarge1000 | kOverlong4,
    kTooLong | kOverlong2 | kTwoConts | kOverlong3 | kTooLarge,
    kTooLong | kOverlong2 | kTwoConts | kSurrogate | kTooLarge,
    kTooLong | kOverlong2 | kTwoConts | kSurrogate | kTooLarge,
    kTooShort,
    kTooShort,
    kTooShort,
    kTooShort};

/// Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021): three table look-ups by nibbles
/// name what can be wrong with two neighbouring bytes; what follows leads of three and four is checked apart.
class Utf8Check {
 public:
  Utf8Check() : error_(hn::Zero(Tag())) {}
  void block(Block const& block) {
    Tag const tag;
    for (std::size_t i = 0; i < 64; i += hn::Lanes(tag)) vector(reinterpret_cast<std::uint8_t const*>(block.at()) + i);
  }
  bool bad() const {
    Tag const tag;
    return !hn::AllTrue(tag, hn::Eq(error_, hn::Zero(tag)));
  }

 private:
  void vector(std::uint8_t const* at) {
    Tag const tag;
    auto const here = hn::LoadU(tag, at);
    auto const before = hn::LoadU(tag, at - 1);
    auto const low = hn::Set(tag, 0x0F);
    auto const special =
        hn::And(hn::And(hn::TableLookupBytes(hn::LoadDup128(tag, kFirstHigh), hn::And(hn::ShiftRight<4>(before), low)),
                        hn::TableLookupBytes(hn::LoadDup128(tag, kFirstLow), hn::And(before, low))),
                hn::TableLookupBytes(hn::LoadDup128(tag, kSecondHigh), hn::And(hn::ShiftRight<4>(here), low)));
    auto const third = hn::SaturatedSub(hn::LoadU(tag, at - 2), hn::Set(tag, 0xE0 - 0x80));
    auto const fourth = hn::SaturatedSub(hn::LoadU(tag, at - 3), hn::Set(tag, 0xF0 - 0x80));
    auto const must = hn::And(hn::Or(third, fourth), hn::Set(tag, 0x80));
    error_ = hn::Or(error_, hn::Xor(must, special));
  }
  Vector error_;
};

#endif

/// Bit i: the number of bits set at or below i is odd.
std::uint64_t prefix_xor(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

/// Bits at or above `count` off.
std::uint64_t first_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// \r that no \n follows.
std::uint64_t lone_returns(Block const& block, std::uint64_t feeds) {
  std::uint64_t const returns = block.equal('\r');
  if (returns == 0) return 0;
  return returns & ~((feeds >> 1) | (static_cast<std::uint64_t>(block.at()[64] == '\n' ? 1 : 0) << 63));
}

bool ends_cell(char c, char separator, char quote) { return c == separator || c == '\n' || c == '\r' || c == quote; }

QuoteSummary Summarise(char const* text, std::size_t size, char separator, char quote) {
  QuoteSummary summary;
  std::uint64_t carry = 0;  // all ones: an odd number of quotes so far
  for (std::size_t i = 0; i < size; i += 64) {
    Block const block(text + i);
    std::uint64_t const here = first_bits(size - i);
    std::uint64_t const feeds = block.equal('\n');
    std::uint64_t const breaks = (feeds | lone_returns(block, feeds)) & here;
    summary.breaks += static_cast<std::uint64_t>(std::popcount(breaks));
    std::uint64_t const quotes = block.equal(quote) & here;
    if (quotes == 0) continue;
    std::uint64_t const inside = prefix_xor(quotes) ^ carry;
    std::uint64_t const borders = quotes | feeds | block.equal('\r') | block.equal(separator);
    std::uint64_t const after_border = (borders << 1) | (ends_cell(*(text + i - 1), separator, quote) ? 1U : 0U);
    summary.bad_if_outside = summary.bad_if_outside || (quotes & inside & ~after_border) != 0;
    summary.bad_if_inside = summary.bad_if_inside || (quotes & ~inside & ~after_border) != 0;
    carry = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
  }
  summary.odd = carry != 0;
  return summary;
}

/// Writes the positions of the bits; up to 7 slots behind the last are overwritten.
std::uint32_t* write_positions(std::uint32_t* to, std::uint64_t bits, std::uint32_t offset) {
  auto const count = static_cast<unsigned>(std::popcount(bits));
  for (unsigned done = 0; done < count; done += 8)
    for (unsigned k = 0; k < 8; ++k) {
      to[done + k] = offset + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  return to + count;
}

/// One pass over a text; see index_fast.
class Indexer {
 public:
  Indexer(std::string_view text, char separator, char quote, Structure& out)
      : text_(text), separator_(separator), quote_(quote), out_(out) {}

  FastIndex run(std::uint32_t begin, std::uint32_t end, bool at_end) {
    out_.clear(begin);
    FastIndex result;
    std::size_t at = begin;
    bool done = begin >= end;
    for (; !done && at < text_.size(); at += 64) {
      if (!block(at)) return {.usable = false};
      done = out_.rows() > 0 && last_row_end() + 1 >= end;
    }
    if (done && out_.rows() > 0) cut(end);
    if (!done && at_end) close_last();
    out_.after = out_.rows() == 0 ? begin : std::min(last_row_end() + 1, static_cast<std::uint32_t>(text_.size()));
    if (!done && out_.after < text_.size()) {
      result.open = {.open = true, .begin = out_.after, .quoted = carry_ != 0};
      out_.ends.set_size(out_.rows() == 0 ? 0 : out_.row_ends[out_.rows() - 1] + std::size_t{1});
    }
    out_.suspicious = nul_ || utf8_.bad() || (at_end && cut_off_at_end());
    return result;
  }

 private:
  std::uint32_t last_row_end() const { return out_.ends[out_.row_ends[out_.rows() - 1]]; }

  HWY_INLINE bool block(std::size_t at) {
    Block const block(text_.data() + at);
    std::uint64_t const here = first_bits(text_.size() - at);
    std::uint64_t const feeds = block.equal('\n');
    std::uint64_t const lone = lone_returns(block, feeds);
    std::uint64_t const quotes = block.equal(quote_) & here;
    std::uint64_t const separators = block.equal(separator_);
    std::uint64_t breaks = (feeds | lone) & here;
    std::uint64_t inside = carry_;
    if (quotes != 0) {
      inside = prefix_xor(quotes) ^ carry_;
      if (!quotes_fit(block, quotes, inside, separators | feeds | quotes, at)) return false;
      carry_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    }
    if (inside != 0) out_.quoted_breaks += static_cast<std::uint64_t>(std::popcount(breaks & inside));
    breaks &= ~inside;
    emit(((separators & here) | breaks) & ~inside, breaks, static_cast<std::uint32_t>(at));
    nul_ = nul_ || (block.equal('\0') & here) != 0;
    bool const ascii = block.ascii();
    if (!ascii || !before_ascii_) utf8_.block(block);
    before_ascii_ = ascii;
    return true;
  }

  bool quotes_fit(Block const& block, std::uint64_t quotes, std::uint64_t inside, std::uint64_t borders,
                  std::size_t at) const {
    borders |= block.equal('\r');
    bool const border_before = at <= out_.begin || ends_cell(text_[at - 1], separator_, quote_);
    bool const border_behind = at + 64 >= text_.size() || ends_cell(text_[at + 64], separator_, quote_);
    std::uint64_t const after_border = (borders << 1) | (border_before ? 1U : 0U);
    std::uint64_t before_border = (borders >> 1) | (std::uint64_t{border_behind ? 1U : 0U} << 63);
    if (at + 64 > text_.size()) before_border |= std::uint64_t{1} << (text_.size() - at - 1);
    return ((quotes & inside & ~after_border) | (quotes & ~inside & ~before_border)) == 0;
  }

  HWY_INLINE void emit(std::uint64_t cells, std::uint64_t breaks, std::uint32_t at) {
    std::size_t const before = out_.ends.size();
    std::uint32_t* const slots = out_.ends.room(72);
    auto const* const last = write_positions(slots + before, cells, at);
    out_.ends.set_size(static_cast<std::size_t>(last - slots));
    for (; breaks != 0; breaks &= breaks - 1) {
      std::uint64_t const below = (breaks & (~breaks + 1)) - 1;
      out_.row_ends.push_back(static_cast<std::uint32_t>(before) +
                              static_cast<std::uint32_t>(std::popcount(cells & below)));
    }
  }

  /// Leaves out the records that start at or behind `end`.
  void cut(std::uint32_t end) {
    std::size_t rows = out_.rows();
    while (rows > 1 && out_.ends[out_.row_ends[rows - 2]] + 1 >= end) --rows;
    out_.row_ends.set_size(rows);
    out_.ends.set_size(out_.row_ends[rows - 1] + std::size_t{1});
  }

  /// The text's end as the last record's end, where it has no line break of its own.
  void close_last() {
    bool const closed = out_.rows() > 0 && last_row_end() + 1 == text_.size();
    if (closed || carry_ != 0 || out_.begin >= text_.size()) return;
    out_.ends.push_back(static_cast<std::uint32_t>(text_.size()));
    out_.row_ends.push_back(static_cast<std::uint32_t>(out_.ends.size() - 1));
  }

  /// A sequence that the text's end cuts off.
  bool cut_off_at_end() const {
    for (std::size_t back = 1; back <= 3 && back <= text_.size(); ++back) {
      auto const c = static_cast<unsigned char>(text_[text_.size() - back]);
      if (c >= 0xC0) return back < (c < 0xE0 ? 2U : (c < 0xF0 ? 3U : 4U));
      if (c < 0x80) return false;
    }
    return false;
  }

  std::string_view text_;
  char separator_;
  char quote_;
  Structure& out_;
  std::uint64_t carry_ = 0;  // all ones inside quotes
  bool nul_ = false;
  bool before_ascii_ = true;
  Utf8Check utf8_;
};

FastIndex Index(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end, char separator, char quote,
                Structure& out) {
  return Indexer(text, separator, quote, out).run(begin, end, at_end);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace yekun
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace yekun {

HWY_EXPORT(Summarise);
HWY_EXPORT(Index);

QuoteSummary summarise_quotes(std::string_view text, char separator, char quote) {
  return HWY_DYNAMIC_DISPATCH(Summarise)(text.data(), text.size(), separator, quote);
}

FastIndex index_fast(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end, char separator,
                     char quote, Structure& out) {
  return HWY_DYNAMIC_DISPATCH(Index)(text, begin, end, at_end, separator, quote, out);
}

}  // namespace yekun
#endif
