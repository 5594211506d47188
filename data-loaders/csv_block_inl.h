// 64 bytes of text as bit masks, and the check that bytes are UTF-8; included once for every vector unit.
#if defined(YEKUN_CSV_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef YEKUN_CSV_BLOCK_INL_H
#undef YEKUN_CSV_BLOCK_INL_H
#else
#define YEKUN_CSV_BLOCK_INL_H
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstdint>
#include <cstring>

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
  char const* at() const { return at_; }

 private:
  char const* at_;
};

/// What some blocks hold anywhere.
class Seen {
 public:
  void add(Block const& block) {
    for (unsigned i = 0; i < 64; ++i) {
      high_ = high_ || static_cast<unsigned char>(block.at()[i]) >= 0x80;
      nul_ = nul_ || block.at()[i] == 0;
    }
  }
  bool ascii() const { return !high_; }
  bool nul() const { return nul_; }

 private:
  bool high_ = false;
  bool nul_ = false;
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
  Vector load(std::size_t i) const { return hn::LoadU(Tag(), reinterpret_cast<std::uint8_t const*>(at_) + i); }
  char const* at() const { return at_; }

 private:
  char const* at_;
};

/// What some blocks hold anywhere.
class Seen {
 public:
  Seen() : least_(hn::Set(Tag(), 0xFF)), any_(hn::Zero(Tag())) {}
  HWY_INLINE void add(Block const& block) {
    for (std::size_t i = 0; i < 64; i += hn::Lanes(Tag())) {
      auto const bytes = block.load(i);
      any_ = hn::Or(any_, bytes);
      least_ = hn::Min(least_, bytes);
    }
  }
  bool ascii() const {
    hn::RebindToSigned<Tag> const tag;
    return hn::AllFalse(tag, hn::Lt(hn::BitCast(tag, any_), hn::Zero(tag)));
  }
  bool nul() const { return !hn::AllFalse(Tag(), hn::Eq(least_, hn::Zero(Tag()))); }

 private:
  Vector least_;
  Vector any_;
};

inline constexpr std::uint8_t kTooShort = 1, kTooLong = 2, kOverlong3 = 4, kTooLarge = 8, kSurrogate = 16,
                              kOverlong2 = 32, kTooLarge1000 = 64, kOverlong4 = 64, kTwoConts = 128;
inline constexpr std::uint8_t kCarry = kTooShort | kTooLong | kTwoConts;
alignas(16) inline constexpr std::uint8_t kFirstHigh[16] = {kTooLong,
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
alignas(16) inline constexpr std::uint8_t kFirstLow[16] = {kCarry | kOverlong3 | kOverlong2 | kOverlong4,
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
alignas(16) inline constexpr std::uint8_t kSecondHigh[16] = {
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

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace yekun
HWY_AFTER_NAMESPACE();

#endif
