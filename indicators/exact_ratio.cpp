#include "indicators/exact_ratio.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace yekun {

namespace {

__extension__ using Unsigned128 = unsigned __int128;

int bits_of(Unsigned128 value) {
  auto const high = static_cast<std::uint64_t>(value >> 64);
  auto const low = static_cast<std::uint64_t>(value);
  return high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(low);
}

}  // namespace

double exact_ratio(Int128 numerator, Int128 denominator) {
  bool const negative = (numerator < 0) != (denominator < 0);
  auto const a = static_cast<Unsigned128>(numerator < 0 ? -numerator : numerator);
  auto const b = static_cast<Unsigned128>(denominator < 0 ? -denominator : denominator);
  if (a == 0) return 0.0;
  Unsigned128 quotient = a / b;
  Unsigned128 remainder = a % b;
  int exponent = 0;
  while (bits_of(quotient) < 55) {  // binary long division: 53 bits, one to round by, and what is left
    remainder <<= 1;
    quotient <<= 1;
    if (remainder >= b) {
      remainder -= b;
      quotient |= 1;
    }
    --exponent;
  }
  bool sticky = remainder != 0;
  int const drop = bits_of(quotient) - 53;
  Unsigned128 const cut = quotient & ((Unsigned128{1} << drop) - 1);
  Unsigned128 const half = Unsigned128{1} << (drop - 1);
  auto kept = static_cast<std::uint64_t>(quotient >> drop);
  if (cut > half || (cut == half && (sticky || (kept & 1) != 0))) ++kept;
  double const value = std::ldexp(static_cast<double>(kept), exponent + drop);
  return negative ? -value : value;
}

}  // namespace yekun
