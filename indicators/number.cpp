// Arithmetic of Number: exact while it can be.
#include <cmath>

#include "indicators/formula_value.h"

namespace yekun {
namespace {

bool is_double(Number const& n) { return std::holds_alternative<double>(n); }

/// In millionths; only of exact numbers.
Int128 micros(Number const& n) {
  if (auto const* whole = std::get_if<std::int64_t>(&n)) return static_cast<Int128>(*whole) * kMicro;
  return std::get<Decimal>(n).micros;
}

bool both_whole(Number const& a, Number const& b) {
  return std::holds_alternative<std::int64_t>(a) && std::holds_alternative<std::int64_t>(b);
}

/// The narrowest exact type that holds the result; double if none does.
Number narrowed(Int128 result_micros, bool whole) {
  if (whole && result_micros % kMicro == 0) {
    Int128 const value = result_micros / kMicro;
    if (value == static_cast<std::int64_t>(value)) return static_cast<std::int64_t>(value);
  }
  if (auto const decimal = to_decimal(result_micros); decimal && !whole) return *decimal;
  return static_cast<double>(result_micros) / static_cast<double>(kMicro);
}

}  // namespace

Number add(Number a, Number b) {
  if (is_double(a) || is_double(b)) return to_double(a) + to_double(b);
  return narrowed(micros(a) + micros(b), both_whole(a, b));
}

Number subtract(Number a, Number b) {
  if (is_double(a) || is_double(b)) return to_double(a) - to_double(b);
  return narrowed(micros(a) - micros(b), both_whole(a, b));
}

Number multiply(Number a, Number b) {
  std::int64_t product = 0;
  if (both_whole(a, b) && !__builtin_mul_overflow(std::get<std::int64_t>(a), std::get<std::int64_t>(b), &product))
    return product;
  if (is_double(a) || is_double(b) || both_whole(a, b)) return to_double(a) * to_double(b);
  Int128 exact = 0;
  if (__builtin_mul_overflow(micros(a), micros(b), &exact) || exact % kMicro != 0) return to_double(a) * to_double(b);
  return narrowed(exact / kMicro, false);
}

double divide(Number a, Number b) {
  if (is_double(a) || is_double(b)) return to_double(a) / to_double(b);
  if (both_whole(a, b)) return to_double(a) / to_double(b);
  return static_cast<double>(micros(a)) / static_cast<double>(micros(b));
}

bool is_zero(Number number) { return compare(number, Number{std::int64_t{0}}) == 0; }

int compare(Number a, Number b) {
  if (is_double(a) || is_double(b)) {
    double const x = to_double(a);
    double const y = to_double(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  Int128 const x = micros(a);
  Int128 const y = micros(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

}  // namespace yekun
