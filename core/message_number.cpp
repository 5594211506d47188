#include "core/message_number.h"

#include <cmath>

namespace yekun {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// ".0#" behind a number: how many decimals at least and at most. False if it is anything else.
bool read_places(std::string_view text, NumberStyle& style) {
  if (!text.starts_with('.')) return false;
  std::size_t const zeros = text.find_first_not_of('0', 1);
  std::size_t const least = (zeros == std::string_view::npos ? text.size() : zeros) - 1;
  std::size_t const hashes = text.find_first_not_of('#', least + 1);
  if (hashes != std::string_view::npos || text.size() > 10) return false;
  style.least_places = static_cast<int>(least);
  style.most_places = static_cast<int>(text.size() - 1);
  return true;
}

std::optional<NumberStyle> parse_skeleton(std::string_view text) {
  NumberStyle style;
  bool has_places = false;
  while (!(text = trim(text)).empty()) {
    auto const word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    if (word == "percent" || word == "%" || word == "%x100") {
      style.percent = true;
    } else if (word == "scale/100") {
      continue;  // goes with "percent": a fraction is shown times 100 either way
    } else if (word == "precision-integer" || word == ".") {
      style.most_places = 0;
      has_places = true;
    } else if (word == "group-off" || word == ",_") {
      style.grouped = false;
    } else if (read_places(word, style)) {
      has_places = true;
    } else {
      return std::nullopt;
    }
  }
  if (style.percent && !has_places) style.most_places = 0;
  return style;
}

std::optional<NumberStyle> parse_pattern(std::string_view text) {
  NumberStyle style;
  style.most_places = 0;
  if (text.ends_with('%')) {
    style.percent = true;
    text = trim(text.substr(0, text.size() - 1));
  }
  auto const point = text.find('.');
  auto const whole = text.substr(0, point);
  if (whole != "#,##0" && whole != "0" && whole != "#0" && whole != "#,###" && whole != "#") return std::nullopt;
  style.grouped = whole.find(',') != std::string_view::npos;
  if (point != std::string_view::npos && !read_places(text.substr(point), style)) return std::nullopt;
  return style;
}

/// Drops zeros from the end of the decimals until `least` are left.
std::string shorten(std::string text, int least) {
  auto const point = text.find('.');
  if (point == std::string::npos) return text;
  std::size_t const kept = point + 1 + static_cast<std::size_t>(least);
  while (text.size() > kept && text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::optional<NumberStyle> parse_number_style(std::string_view style) {
  style = trim(style);
  if (style.empty()) return NumberStyle{};
  if (style == "integer") return NumberStyle{0, 0, true, false};
  if (style == "percent") return NumberStyle{0, 0, true, true};
  if (style.starts_with("::")) return parse_skeleton(style.substr(2));
  return parse_pattern(style);
}

std::optional<double> as_double(MessageValue const& value) {
  if (auto const* const whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (auto const* const exact = std::get_if<Decimal>(&value))
    return static_cast<double>(exact->micros) / static_cast<double>(kMicro);
  if (auto const* const number = std::get_if<double>(&value))
    if (std::isfinite(*number)) return *number;
  return std::nullopt;
}

std::optional<std::string> ascii_number(MessageValue const& value, NumberStyle const& style) {
  auto const number = as_double(value);
  if (!number) return std::nullopt;
  if (style.percent) return shorten(to_fixed(*number, style.most_places, 2), style.least_places);
  if (auto const* const whole = std::get_if<std::int64_t>(&value)) {
    std::string const zeros(static_cast<std::size_t>(style.least_places), '0');
    return zeros.empty() ? std::to_string(*whole) : std::to_string(*whole) + "." + zeros;
  }
  if (auto const* const exact = std::get_if<Decimal>(&value))
    return shorten(to_fixed(*exact, style.most_places), style.least_places);
  return shorten(to_fixed(*number, style.most_places), style.least_places);
}

}  // namespace yekun
