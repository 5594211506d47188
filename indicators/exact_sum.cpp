#include "indicators/exact_sum.h"

#include <bit>
#include <cmath>
#include <limits>

namespace yekun {

namespace {

constexpr int kBias = 1088;  // 2^-1088 is below the smallest subnormal, 2^-1074
constexpr std::int32_t kAddsBetweenCarries = 1 << 28;
constexpr std::int64_t kLow = 0xFFFFFFFFLL;

}  // namespace

void ExactSum::touch(int lowest, int highest) {
  if (chunks_.empty()) {
    base_ = lowest;
    chunks_.assign(static_cast<std::size_t>(highest - lowest + 1), 0);
    return;
  }
  if (lowest < base_) {
    chunks_.insert(chunks_.begin(), static_cast<std::size_t>(base_ - lowest), 0);
    base_ = lowest;
  }
  if (highest >= base_ + static_cast<int>(chunks_.size()))
    chunks_.resize(static_cast<std::size_t>(highest - base_ + 1), 0);
}

void ExactSum::add(double value) {
  auto const bits = std::bit_cast<std::uint64_t>(value);
  int exponent = static_cast<int>((bits >> 52) & 0x7FF);
  std::uint64_t mantissa = bits & 0xFFFFFFFFFFFFFULL;
  if (exponent == 0)
    exponent = 1;
  else
    mantissa |= std::uint64_t{1} << 52;
  if (mantissa == 0) return;
  int const position = exponent - 1075 + kBias;  // of the mantissa's lowest bit; never negative
  int const chunk = position >> 5;
  int const shift = position & 31;
  // 53 bits shifted by at most 31 touch three chunks of 32 bits.
  std::uint64_t const low = (mantissa << shift) & static_cast<std::uint64_t>(kLow);
  std::uint64_t const rest = mantissa >> (32 - shift);
  if (chunk < base_ || chunk + 2 >= base_ + static_cast<int>(chunks_.size())) touch(chunk, chunk + 2);
  std::int64_t* const at = &chunks_[static_cast<std::size_t>(chunk - base_)];
  std::int64_t const sign = (bits >> 63) != 0 ? -1 : 1;
  at[0] += sign * static_cast<std::int64_t>(low);
  at[1] += sign * static_cast<std::int64_t>(rest & static_cast<std::uint64_t>(kLow));
  at[2] += sign * static_cast<std::int64_t>(rest >> 32);
  if (++adds_ == kAddsBetweenCarries) carry();
}

void ExactSum::add_product(double x, double y) {
  double const product = x * y;
  add(product);
  add(std::fma(x, y, -product));
}

void ExactSum::add(ExactSum const& other) {
  if (other.chunks_.empty()) return;
  carry();
  ExactSum copy = other;
  copy.carry();
  touch(copy.base_, copy.base_ + static_cast<int>(copy.chunks_.size()) - 1);
  for (std::size_t i = 0; i < copy.chunks_.size(); ++i)
    chunks_[static_cast<std::size_t>(copy.base_ - base_) + i] += copy.chunks_[i];
  adds_ = 2;
}

/// Leaves every chunk but the last in 0 .. 2^32-1; the last carries the sign.
void ExactSum::carry() {
  adds_ = 1;
  if (chunks_.empty()) return;
  for (std::size_t i = 0; i + 1 < chunks_.size(); ++i) {
    std::int64_t const over = chunks_[i] >> 32;  // rounds down
    chunks_[i] &= kLow;
    chunks_[i + 1] += over;
  }
  while (chunks_.back() > kLow || chunks_.back() < -kLow - 1) {
    std::int64_t const over = chunks_.back() >> 32;
    chunks_.back() &= kLow;
    chunks_.push_back(over);
  }
}

std::pair<int, std::vector<std::int64_t>> ExactSum::words() const {
  ExactSum sum = *this;
  sum.carry();
  return {sum.base_, std::move(sum.chunks_)};
}

std::optional<ExactSum> ExactSum::from_words(int base, std::vector<std::int64_t> words) {
  constexpr int kMostWords = 80;  // 2^1024 and carries of more rows than there can be
  if (words.empty()) return ExactSum{};
  if (base < 0 || base > kMostWords || words.size() > static_cast<std::size_t>(kMostWords - base)) return std::nullopt;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] < 0 || words[i] > kLow) return std::nullopt;
  if (words.back() > kLow || words.back() < -kLow - 1) return std::nullopt;
  ExactSum sum;
  sum.base_ = base;
  sum.adds_ = 1;
  sum.chunks_ = std::move(words);
  return sum;
}

double ExactSum::value() const {
  ExactSum sum = *this;
  sum.carry();
  if (sum.chunks_.empty()) return 0.0;
  bool const negative = sum.chunks_.back() < 0;
  if (negative) {  // two's complement over the chunks
    for (auto& chunk : sum.chunks_) chunk = -chunk;
    sum.carry();
  }
  int top = static_cast<int>(sum.chunks_.size()) - 1;
  while (top >= 0 && sum.chunks_[static_cast<std::size_t>(top)] == 0) --top;
  if (top < 0) return 0.0;
  auto const chunk = [&](int i) -> std::uint64_t {
    return i < 0 ? 0 : static_cast<std::uint64_t>(sum.chunks_[static_cast<std::size_t>(i)]);
  };
  // The top 96 bits hold at least 65 significant ones; what lies below is one sticky bit.
  std::uint64_t high = (chunk(top) << 32) | chunk(top - 1);
  std::uint64_t const low = chunk(top - 2);
  int const lead = std::countl_zero(high);
  high = lead == 0 ? high : (high << lead) | ((low << 32) >> (64 - lead));
  bool sticky = lead < 32 && (low << (32 + lead)) != 0;
  for (int i = top - 3; i >= 0 && !sticky; --i) sticky = chunk(i) != 0;
  // high * 2^exponent with 64 bits: round to 53 (or fewer for subnormals) by hand, then scale exactly.
  int const exponent = 32 * (sum.base_ + top - 1) - kBias - lead;
  int drop = 11;
  if (exponent + drop < -1074) drop = -1074 - exponent;
  if (drop > 64) return negative ? -0.0 : 0.0;
  std::uint64_t kept = drop == 64 ? 0 : high >> drop;
  std::uint64_t const cut = drop == 64 ? high : high & ((std::uint64_t{1} << drop) - 1);
  std::uint64_t const half = std::uint64_t{1} << (drop - 1);
  if (cut > half || (cut == half && (sticky || (kept & 1) != 0))) ++kept;
  double const result = std::ldexp(static_cast<double>(kept), exponent + drop);
  return negative ? -result : result;
}

}  // namespace yekun
