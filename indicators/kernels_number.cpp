// Arithmetic: exact for integers and decimals, checked for overflow; division by zero is missing.
#include <algorithm>
#include <cmath>
#include <limits>

#include "indicators/dimension.h"
#include "indicators/vec.h"

namespace yekun {
namespace {

/// Applies `f(x, y, result)`, which returns true on overflow. Overflow counts only where both operands are present.
template <class F>
Vec whole_pairs(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch, F f) {
  Vec v = make_vec(node.type, n);
  std::uint8_t* const flags = v.own_flags.data();
  std::int64_t* const out = v.own_whole.data();
  unsigned overflow = 0;
  for_pairs(a, b, n, [&, flags, out](std::size_t i, std::size_t x, std::size_t y) {
    auto const known = static_cast<std::uint8_t>(a.flags[x] & b.flags[y]);
    flags[i] = known;
    overflow |= static_cast<unsigned>(f(a.whole[x], b.whole[y], out[i])) & known;
  });
  if (overflow != 0) scratch.fail(node, "overflow");
  return v;
}

template <class F>
Vec number_pairs(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch, F f) {
  Vec v = make_vec(Type::number, n);
  std::uint8_t* const flags = v.own_flags.data();
  double* const out = v.own_number.data();
  bool overflow = false;
  for_pairs(a, b, n, [&, flags, out](std::size_t i, std::size_t x, std::size_t y) {
    auto const known = static_cast<std::uint8_t>(a.flags[x] & b.flags[y]);
    flags[i] = known;
    out[i] = known != 0 ? f(a.number[x], b.number[y]) : 0;
    overflow = overflow || !std::isfinite(out[i]);
  });
  if (overflow) scratch.fail(node, "overflow");
  return v;
}

/// The product of two decimals, rounded half away from zero to six places. True on overflow.
bool multiply_decimals(std::int64_t x, std::int64_t y, std::int64_t& result) {
  Int128 const exact = static_cast<Int128>(x) * y;
  Int128 const half = kMicro / 2;
  auto const rounded = to_decimal((exact >= 0 ? exact + half : exact - half) / kMicro);
  result = rounded ? rounded->micros : 0;
  return !rounded;
}

Vec divide(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch) {
  Vec v = number_pairs(node, a, b, n, scratch, [](double x, double y) { return y == 0 ? 0 : x / y; });
  for (std::size_t i = 0; i < n; ++i)
    if (b.number[b.at(i)] == 0) v.own_flags[i] = 0;
  return v;
}

Vec modulo(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch) {
  bool const number = node.type == Type::number;
  Vec v = number ? number_pairs(node, a, b, n, scratch, [](double x, double y) { return y == 0 ? 0 : std::fmod(x, y); })
                 : whole_pairs(node, a, b, n, scratch, [](std::int64_t x, std::int64_t y, std::int64_t& r) {
                     r = y == 0 || y == -1 ? 0 : x % y;
                     return false;
                   });
  for (std::size_t i = 0; i < n; ++i)
    if (number ? b.number[b.at(i)] == 0 : b.whole[b.at(i)] == 0) v.own_flags[i] = 0;
  return v;
}

Vec number_arithmetic(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch) {
  if (node.op == Op::add) return number_pairs(node, a, b, n, scratch, [](double x, double y) { return x + y; });
  if (node.op == Op::subtract) return number_pairs(node, a, b, n, scratch, [](double x, double y) { return x - y; });
  return number_pairs(node, a, b, n, scratch, [](double x, double y) { return x * y; });
}

Vec whole_arithmetic(BoundNode const& node, Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch) {
  using I = std::int64_t;
  if (node.op == Op::add)
    return whole_pairs(node, a, b, n, scratch, [](I x, I y, I& r) { return __builtin_add_overflow(x, y, &r); });
  if (node.op == Op::subtract)
    return whole_pairs(node, a, b, n, scratch, [](I x, I y, I& r) { return __builtin_sub_overflow(x, y, &r); });
  if (node.type == Type::decimal)
    return whole_pairs(node, a, b, n, scratch, [](I x, I y, I& r) { return multiply_decimals(x, y, r); });
  return whole_pairs(node, a, b, n, scratch, [](I x, I y, I& r) { return __builtin_mul_overflow(x, y, &r); });
}

Vec negate(BoundNode const& node, Vec const& a, std::size_t n, Scratch const& scratch) {
  Vec v = make_vec(node.type, n);
  std::copy(a.flags, a.flags + n, v.own_flags.begin());
  if (node.type == Type::number) {
    for (std::size_t i = 0; i < n; ++i) v.own_number[i] = -a.number[i];
    return v;
  }
  for (std::size_t i = 0; i < n; ++i)
    if (__builtin_sub_overflow(std::int64_t{0}, a.whole[i], &v.own_whole[i]) && a.flags[i] != 0)
      scratch.fail(node, "overflow");
  return v;
}

Vec joined(Vec const& a, Vec const& b, std::size_t n, Scratch const& scratch) {
  Vec v = make_vec(Type::text, n);
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    if (!a.has(i) || !b.has(i)) continue;
    v.own_flags[i] = 1;
    text.assign(a.text[a.at(i)]);
    text.append(b.text[b.at(i)]);
    v.own_text[i] = scratch.keep(text);
  }
  return v;
}

void check_dates(BoundNode const& node, Vec const& v, Scratch const& scratch) {
  for (std::size_t i = 0; i < v.own_whole.size(); ++i)
    if (v.own_flags[i] != 0 && (v.own_whole[i] < kFirstDate.days || v.own_whole[i] > kLastDate.days))
      scratch.fail(node, "a date outside the years 1 to 9999");
}

std::int64_t floor_whole(std::int64_t micros) {
  std::int64_t const whole = micros / kMicro;
  return micros % kMicro < 0 ? whole - 1 : whole;
}

}  // namespace

Vec arithmetic(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  if (node.op == Op::negate) return negate(node, parts[0], n, scratch);
  Vec const& a = parts[0];
  Vec const& b = parts[1];
  if (node.type == Type::text) return joined(a, b, n, scratch);
  if (node.op == Op::divide) return divide(node, a, b, n, scratch);
  if (node.op == Op::modulo) return modulo(node, a, b, n, scratch);
  if (node.type == Type::number) return number_arithmetic(node, a, b, n, scratch);
  Vec v = whole_arithmetic(node, a, b, n, scratch);
  if (node.type == Type::date) check_dates(node, v, scratch);
  return v;
}

Vec convert(BoundNode const& node, Vec const& a, std::size_t n, Scratch const& scratch) {
  Vec v = make_vec(node.type, n);
  std::copy(a.flags, a.flags + n, v.own_flags.begin());
  if (node.op == Op::to_number) {
    double const scale = a.type == Type::decimal ? static_cast<double>(kMicro) : 1.0;
    for (std::size_t i = 0; i < n; ++i) v.own_number[i] = static_cast<double>(a.whole[i]) / scale;
    return v;
  }
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < n; ++i) {
    if (!__builtin_mul_overflow(a.whole[i], kMicro, &v.own_whole[i]) || a.flags[i] == 0) continue;
    if (node.op == Op::to_decimal) scratch.fail(node, "overflow");
    v.own_whole[i] = a.whole[i] < 0 ? -kMost : kMost;  // only compared: every decimal lies between
  }
  return v;
}

Vec rounded(BoundNode const& node, std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  Vec const& a = parts[0];
  Vec v = make_vec(node.type, n);
  std::copy(a.flags, a.flags + n, v.own_flags.begin());
  int const places = parts.size() > 1 ? static_cast<int>(parts[1].whole[0]) : 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (a.flags[i] == 0) continue;
    if (a.type == Type::number) {
      double const x = a.number[i];
      v.own_number[i] = node.function == Function::abs     ? std::fabs(x)
                        : node.function == Function::floor ? std::floor(x)
                        : node.function == Function::ceil  ? std::ceil(x)
                                                           : round_half_away(x, places);
      continue;
    }
    std::int64_t const x = a.whole[i];
    bool const decimal = a.type == Type::decimal;
    std::int64_t& out = v.own_whole[i];
    out = x;
    if (node.function == Function::abs && x < 0) {
      if (x == std::numeric_limits<std::int64_t>::min())
        scratch.fail(node, "overflow");
      else
        out = -x;
    } else if (decimal && node.function == Function::floor) {
      out = floor_whole(x);
    } else if (decimal && node.function == Function::ceil) {
      out = -floor_whole(-x);
    } else if (decimal && node.function == Function::round) {
      out = round_half_away(Decimal{x}, places).micros;
    }
  }
  return v;
}

Vec band(std::vector<Vec> const& parts, std::size_t n, Scratch const& scratch) {
  Vec const& a = parts[0];
  std::vector<std::int64_t> bounds;
  for (std::size_t k = 1; k < parts.size(); ++k) bounds.push_back(parts[k].whole[0]);
  std::vector<std::string_view> names{scratch.keep("<" + std::to_string(bounds.front()))};
  for (std::string const& name : band_names(bounds)) names.push_back(scratch.keep(name));
  std::int64_t const scale = a.type == Type::decimal ? kMicro : 1;
  Vec v = make_vec(Type::text, n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!a.has(i)) continue;
    std::size_t k = 0;
    if (a.type == Type::number)
      while (k < bounds.size() && a.number[a.at(i)] >= static_cast<double>(bounds[k])) ++k;
    else
      while (k < bounds.size() && a.whole[a.at(i)] >= bounds[k] * scale) ++k;
    v.own_flags[i] = 1;
    v.own_text[i] = names[k];
  }
  return v;
}

}  // namespace yekun
