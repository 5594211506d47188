// Compiled once for every vector unit; the best one there is is chosen at run time.
#define HWY_WANT_AVX3_DL  // bytes are compressed there
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "data-loaders/csv_simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <bit>
#include <cstring>

#include "data-loaders/csv_block_inl.h"
#include "data-loaders/csv_simd.h"

HWY_BEFORE_NAMESPACE();
namespace yekun {
namespace HWY_NAMESPACE {
namespace {

/// Bit i: the number of bits set at or below i is odd. That is the product, without carries, with a word of ones.
HWY_INLINE std::uint64_t prefix_xor(std::uint64_t bits) {
#if HWY_TARGET <= HWY_SSE4 && HWY_ARCH_X86
  hn::FixedTag<std::uint64_t, 2> const tag;
  return hn::GetLane(hn::CLMulLower(hn::Set(tag, bits), hn::Set(tag, ~std::uint64_t{0})));
#endif
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

/// Slots behind the last one that write_positions may overwrite.
constexpr std::size_t kPositionSlack = 16;

#if HWY_TARGET == HWY_AVX3_DL
/// Writes the positions of the bits, 16 at a time: more are seldom in 64 bytes.
HWY_INLINE std::uint32_t* write_positions(std::uint32_t* to, std::uint64_t bits, std::uint32_t offset) {
  auto const base = _mm512_set1_epi32(static_cast<int>(offset));
  auto const write = [&](std::uint32_t* at, __m512i found) {
    _mm512_storeu_si512(at, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
  };
  __m512i found = _mm512_maskz_compress_epi8(bits, hn::Iota(hn::FixedTag<std::uint8_t, 64>(), 0).raw);
  auto const count = static_cast<unsigned>(std::popcount(bits));
  write(to, found);
  for (unsigned done = 16; HWY_UNLIKELY(done < count); done += 16) {
    found = _mm512_alignr_epi64(found, found, 2);
    write(to + done, found);
  }
  return to + count;
}
#elif HWY_TARGET <= HWY_AVX3
/// Writes the positions of the bits, 16 bits at a time whatever they are: how many there are cannot be foreseen.
HWY_INLINE std::uint32_t* write_positions(std::uint32_t* to, std::uint64_t bits, std::uint32_t offset) {
  hn::FixedTag<std::uint32_t, 16> const tag;
  alignas(64) static constexpr std::uint32_t kSteps[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  auto positions = hn::Add(hn::Load(tag, kSteps), hn::Set(tag, offset));
  for (unsigned part = 0; part < 4; ++part) {
    auto const sixteen = static_cast<std::uint16_t>(bits >> (part * 16));
    hn::Mask<decltype(tag)> const mask{sixteen};  // LoadMaskBits would go through memory
    hn::StoreU(hn::Compress(positions, mask), tag, to);
    to += std::popcount(sixteen);
    positions = hn::Add(positions, hn::Set(tag, 16));
  }
  return to;
}
#else
/// Writes the positions of the bits; 16 at least, since fewer are as common as eight or nine.
HWY_INLINE std::uint32_t* write_positions(std::uint32_t* to, std::uint64_t bits, std::uint32_t offset) {
  auto const count = static_cast<unsigned>(std::popcount(bits));
  unsigned done = 0;
  do {
    for (unsigned k = 0; k < 16; ++k) {
      to[done + k] = offset + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
    done += 16;
  } while (done < count);
  return to + count;
}
#endif

constexpr std::size_t kStrip = 1024;  // bytes

/// One pass over a text; see index_fast.
class Indexer {
 public:
  Indexer(std::string_view text, char separator, char quote, Structure& out)
      : text_(text), separator_(separator), quote_(quote), out_(out) {}

  FastIndex run(std::uint32_t begin, std::uint32_t end, bool at_end) {
    out_.clear(begin);
    FastIndex result;
    bool done = begin >= end;
    for (std::size_t at = begin; !done && at < text_.size(); at += kStrip) {
      if (!strip(at)) return {.usable = false};
      done = at + kStrip >= end && out_.rows() > 0 && last_row_end() + 1 >= end;
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

  /// A strip, or what is left of the text. What seldom occurs is asked about once a strip.
  bool strip(std::size_t at) {
    std::size_t const end = std::min(at + kStrip, text_.size());
    std::uint32_t* const slots = out_.ends.room(kStrip + kPositionSlack);
    std::uint32_t* const row_slots = out_.row_ends.room(kStrip + 1);
    next_ = slots + out_.ends.size();
    next_row_ = row_slots + out_.row_ends.size();
    Seen seen;
    for (std::size_t i = at; i < end; i += 64) {
      Block const block(text_.data() + i);
      seen.add(block);
      if (!take(block, i, first_bits(text_.size() - i), slots)) return false;
    }
    out_.ends.set_size(static_cast<std::size_t>(next_ - slots));
    out_.row_ends.set_size(static_cast<std::size_t>(next_row_ - row_slots));
    bool const ascii = seen.ascii();
    if (!ascii || !before_ascii_)
      for (std::size_t i = at; i < end; i += 64) utf8_.block(Block(text_.data() + i));
    before_ascii_ = ascii;
    nul_ = nul_ || (seen.nul() && text_.substr(at, end - at).find('\0') != std::string_view::npos);
    return true;
  }

  HWY_INLINE bool take(Block const& block, std::size_t at, std::uint64_t here, std::uint32_t const* slots) {
    std::uint64_t const feeds = block.equal('\n');
    std::uint64_t const separators = block.equal(separator_);
    std::uint64_t const quotes = block.equal(quote_) & here;
    std::uint64_t breaks = (feeds | lone_returns(block, feeds)) & here;
    std::uint64_t inside = carry_;
    if (quotes != 0) {
      inside = prefix_xor(quotes) ^ carry_;
      if (!quotes_fit(block, quotes, inside, separators | feeds | quotes, at)) return false;
      carry_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    }
    out_.quoted_breaks += static_cast<std::uint64_t>(std::popcount(breaks & inside));
    breaks &= ~inside;
    emit(((separators & here) | breaks) & ~inside, breaks, static_cast<std::uint32_t>(at), slots);
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

  /// One line break or none is usual, and which cannot be foreseen: the first is written in any case.
  HWY_INLINE void emit(std::uint64_t cells, std::uint64_t breaks, std::uint32_t at, std::uint32_t const* slots) {
    auto const before = static_cast<std::uint32_t>(next_ - slots);
    next_ = write_positions(next_, cells, at);
    auto const index = [&] { return before + static_cast<std::uint32_t>(std::popcount(cells & ~breaks_from(breaks))); };
    *next_row_ = index();
    next_row_ += breaks != 0 ? 1 : 0;
    for (breaks &= breaks - 1; breaks != 0; breaks &= breaks - 1) *next_row_++ = index();
  }

  /// The lowest bit and all above it.
  static std::uint64_t breaks_from(std::uint64_t breaks) { return breaks | (~breaks + 1); }

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
  std::uint32_t* next_ = nullptr;      // where the next cell's end goes
  std::uint32_t* next_row_ = nullptr;  // and the next record's
  std::uint64_t carry_ = 0;            // all ones inside quotes
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
