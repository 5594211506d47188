#include "core/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace yekun {
namespace {

constexpr std::int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

/// The shortest digits that read back as a double: 0.d1d2d3... x 10^point.
struct Digits {
  std::string digits;
  int point = 0;
};

Digits shortest_digits(double positive) {
  char buffer[40];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, positive, std::chars_format::scientific).ptr;
  std::string_view const text(buffer, static_cast<std::size_t>(end - buffer));
  auto const e = text.find('e');
  Digits out;
  for (char const c : text.substr(0, e))
    if (c != '.') out.digits += c;
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.point);
  ++out.point;
  return out;
}

/// Adds one to the last of `digits`; a carry out of the first makes the number ten times as long.
void increment(Digits& number) {
  for (std::size_t i = number.digits.size(); i-- > 0;) {
    if (number.digits[i] != '9') {
      ++number.digits[i];
      return;
    }
    number.digits[i] = '0';
  }
  number.digits.insert(number.digits.begin(), '1');
  ++number.point;
}

/// Keeps `places` digits behind the point, rounding half away from zero. May leave no digits: the number is zero.
void round_to(Digits& number, int places) {
  long const kept = long{number.point} + places;
  if (kept >= static_cast<long>(number.digits.size())) return;
  bool const up = kept >= 0 && number.digits[static_cast<std::size_t>(kept)] >= '5';
  number.digits.resize(kept > 0 ? static_cast<std::size_t>(kept) : 0);
  if (up) increment(number);
}

/// The digits with exactly `places` behind the point.
std::string write(Digits const& number, int places, bool negative) {
  std::string all = number.digits;
  int point = all.empty() ? 0 : number.point;
  if (point <= 0) {
    all.insert(0, 1 + static_cast<std::size_t>(-point), '0');
    point = 1;
  }
  all.resize(static_cast<std::size_t>(point) + static_cast<std::size_t>(places), '0');
  bool const zero = all.find_first_not_of('0') == std::string::npos;
  if (places > 0) all.insert(static_cast<std::size_t>(point), 1, '.');
  return negative && !zero ? "-" + all : all;
}

std::string strip_zeros(std::string text) {
  while (!text.empty() && text.back() == '0') text.pop_back();
  return text;
}

}  // namespace

ParsedDecimal parse_decimal(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Int128 micros = 0;
  bool any = false;
  bool too_large = false;
  std::size_t i = 0;
  constexpr Int128 kTop = std::numeric_limits<std::int64_t>::max();
  auto const digit_at = [&] { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (; digit_at(); ++i, any = true) {
    if (!too_large) micros = micros * 10 + (text[i] - '0');
    too_large = too_large || micros > kTop / kMicro + 1;
  }
  micros *= kMicro;
  bool too_many = false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    std::int64_t unit = kMicro / 10;
    for (; digit_at(); ++i, any = true) {
      micros += Int128(text[i] - '0') * unit;
      too_many = too_many || (unit == 0 && text[i] != '0');
      unit /= 10;
    }
  }
  if (!any || i != text.size()) return {{}, DecimalError::not_a_number};
  if (too_many) return {{}, DecimalError::too_many_places};
  auto const value = too_large ? std::nullopt : to_decimal(negative ? -micros : micros);
  if (!value) return {{}, DecimalError::too_large};
  return {*value, DecimalError::none};
}

std::string to_text(Decimal value) {
  bool const negative = value.micros < 0;
  Int128 const size = negative ? -Int128(value.micros) : Int128(value.micros);
  std::string out = (negative ? "-" : "") + to_text(size / kMicro);
  auto const rest = static_cast<std::int64_t>(size % kMicro);
  if (rest != 0) out += "." + strip_zeros(std::to_string(kMicro + rest).substr(1));
  return out;
}

std::optional<Decimal> to_decimal(Int128 micros) {
  if (micros > std::numeric_limits<std::int64_t>::max() || micros < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Decimal{static_cast<std::int64_t>(micros)};
}

std::string to_text(Int128 value) {
  if (value == 0) return "0";
  bool const negative = value < 0;
  __extension__ using Unsigned128 = unsigned __int128;
  auto size = static_cast<Unsigned128>(value);
  if (negative) size = ~size + 1;
  std::string out;
  for (; size != 0; size /= 10) out += static_cast<char>('0' + static_cast<int>(size % 10));
  if (negative) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

Decimal round_half_away(Decimal value, int places) {
  Int128 const unit = kPowers[6 - std::clamp(places, 0, 6)];
  Int128 const size = value.micros < 0 ? -Int128(value.micros) : Int128(value.micros);
  Int128 const rounded = (size + unit / 2) / unit * unit;
  auto const fitting = to_decimal(value.micros < 0 ? -rounded : rounded);
  if (fitting) return *fitting;
  Int128 const cut = size / unit * unit;
  return {static_cast<std::int64_t>(value.micros < 0 ? -cut : cut)};
}

double round_half_away(double value, int places) {
  if (!std::isfinite(value) || value == 0) return std::isfinite(value) ? 0.0 : value;
  Digits number = shortest_digits(std::fabs(value));
  if (long{number.point} + places >= static_cast<long>(number.digits.size())) return value;
  round_to(number, places);
  if (number.digits.empty()) return 0.0;
  std::string const text = "0." + number.digits + "e" + std::to_string(number.point);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return value < 0 && out != 0 ? -out : out;
}

std::string to_fixed(Decimal value, int places) {
  Decimal const rounded = round_half_away(value, places);
  bool const negative = rounded.micros < 0;
  Int128 const size = negative ? -Int128(rounded.micros) : Int128(rounded.micros);
  std::string digits = to_text(size);
  if (size == 0) digits.clear();
  return write({digits, static_cast<int>(digits.size()) - 6}, std::max(places, 0), negative);
}

std::string to_fixed(double value, int places, int shift) {
  places = std::max(places, 0);
  if (value == 0 || !std::isfinite(value)) return write({}, places, false);
  Digits number = shortest_digits(std::fabs(value));
  number.point += shift;
  round_to(number, places);
  return write(number, places, value < 0);
}

std::string to_shortest(double value) {
  if (value == 0) return "0";
  Digits const number = shortest_digits(std::fabs(value));
  std::string const sign = value < 0 ? "-" : "";
  std::string const& digits = number.digits;
  auto const count = static_cast<int>(digits.size());
  if (number.point > 21 || number.point < -5) {
    std::string const rest = digits.size() > 1 ? "." + digits.substr(1) : "";
    return sign + digits.substr(0, 1) + rest + "e" + std::to_string(number.point - 1);
  }
  if (number.point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-number.point), '0') + digits;
  if (count <= number.point) return sign + digits + std::string(static_cast<std::size_t>(number.point - count), '0');
  auto const whole = static_cast<std::size_t>(number.point);
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace yekun
