// Exact decimals: millionths in 64 bits, summed in 128. Money never meets binary floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yekun {

__extension__ using Int128 = __int128;

inline constexpr std::int64_t kMicro = 1'000'000;

/// A number with at most six places, within about +-9.2 million million.
struct Decimal {
  std::int64_t micros = 0;
  friend auto operator<=>(Decimal const&,
                          Decimal const&) = default;  // NOLINT(modernize-use-nullptr): version 14 misreads <=>
};

enum class DecimalError { none, not_a_number, too_many_places, too_large };

/// Optional sign, digits, optionally `.` and at most six places (trailing zeros beyond six are accepted). No exponent.
struct ParsedDecimal {
  Decimal value{};
  DecimalError error = DecimalError::none;
};
ParsedDecimal parse_decimal(std::string_view text);

/// Shortest exact form: "12", "-0.5", "1234.000001".
std::string to_text(Decimal value);

/// nullopt on overflow.
std::optional<Decimal> to_decimal(Int128 micros);
std::string to_text(Int128 value);

/// `value` rounded half away from zero to `places` (0-6); cut instead where the rounded value does not fit 64 bits.
Decimal round_half_away(Decimal value, int places);
/// The same for a double: rounds the shortest decimal that reads back as `value`, so 2.675 gives 2.68 at 2 places.
double round_half_away(double value, int places);

/// Exactly `places` decimals, rounded half away from zero, in ASCII: "-1234.50"; a rounded zero has no sign.
std::string to_fixed(Decimal value, int places);
/// The same for a finite double, by its shortest decimal; `shift` first moves the point to the right (2: percent).
std::string to_fixed(double value, int places, int shift = 0);

/// Shortest digits that read back as the same double; "-0" prints "0". Finite values only. Written out in full from
/// 0.000001 up to below 10^21 ("100000", not "1e+05"), otherwise as "1.5e21", "1e-7".
std::string to_shortest(double value);

}  // namespace yekun
