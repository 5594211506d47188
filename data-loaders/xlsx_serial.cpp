#include "data-loaders/xlsx_serial.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace yekun {
namespace {

constexpr std::int64_t kDayMilliseconds = 86'400'000;
constexpr std::int32_t kBase1900 = -25'569;         // 1899-12-30: day 61 is 1900-03-01
constexpr std::int32_t kBase1904 = -24'107;         // 1904-01-01
constexpr std::int64_t kFirstGregorian = -115'858;  // LibreOffice's number of 1582-10-15
constexpr double kLastSerial = 2'958'466;           // the day after 9999-12-31

struct Moment {
  std::int64_t day = 0;
  std::int64_t milliseconds = 0;
};

Moment split(double serial) {
  double const whole = std::floor(serial);
  Moment moment{static_cast<std::int64_t>(whole),
                std::llround((serial - whole) * static_cast<double>(kDayMilliseconds))};
  if (moment.milliseconds == kDayMilliseconds) moment = {moment.day + 1, 0};
  return moment;
}

std::int64_t first_day(DayCount count) {
  if (count == DayCount::libre_office) return kFirstGregorian;
  return count == DayCount::from_1904 ? 0 : 1;
}

bool is_in_range(double serial, DayCount count) {
  return serial >= std::min(0.0, static_cast<double>(first_day(count))) && serial < kLastSerial;
}

std::optional<Date> date_of_day(std::int64_t day, DayCount count) {
  constexpr std::int64_t kNeverWas = 60;
  bool const excel = count == DayCount::excel_1900;
  if (day < first_day(count) || (excel && day == kNeverWas)) return std::nullopt;
  auto const n = static_cast<std::int32_t>(day);
  Date const date{count == DayCount::from_1904 ? kBase1904 + n : kBase1900 + n + (excel && n < kNeverWas ? 1 : 0)};
  if (date > kLastDate) return std::nullopt;
  return date;
}

std::string clock(std::int64_t milliseconds, std::int64_t more_hours) {
  std::int64_t const seconds = milliseconds / 1000;
  std::string text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600 + more_hours, seconds / 60 % 60, seconds % 60);
  if (milliseconds % 1000 != 0) text += fmt::format(".{:03}", milliseconds % 1000);
  return text;
}

}  // namespace

std::optional<Date> date_of_serial(double serial, DayCount count) {
  if (!is_in_range(serial, count)) return std::nullopt;
  return date_of_day(split(serial).day, count);
}

std::string text_of_serial(double serial, NumberFormat format, DayCount count) {
  if (!is_in_range(serial, count)) return {};
  Moment const moment = split(serial);
  constexpr std::int64_t kLongest = 366;  // days; a time beyond that is a day and its hour
  if (format == NumberFormat::time && moment.day >= 0 && moment.day < kLongest)
    return clock(moment.milliseconds, moment.day * 24);
  auto const date = date_of_day(moment.day, count);
  if (!date) return {};
  return moment.milliseconds == 0 ? to_iso(*date) : to_iso(*date) + "T" + clock(moment.milliseconds, 0);
}

void append_number(double value, std::string& out) {
  std::array<char, 64> digits{};
  double const size = std::fabs(value);
  if (size == 0) {
    out.push_back('0');
    return;
  }
  auto const form = size < 1e21 && size >= 1e-7 ? std::chars_format::fixed : std::chars_format::scientific;
  auto const result = std::to_chars(digits.data(), digits.data() + digits.size(), value, form);
  out.append(digits.data(), result.ptr);
}

std::optional<double> parse_cell_number(std::string_view text) {
  auto const space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

ParsedDecimal exact_decimal(double value) {
  constexpr double kMost = 9.3e12;
  if (std::fabs(value) > kMost) return {{}, DecimalError::too_large};
  std::string text;
  append_number(value, text);
  if (text.find('e') != std::string::npos) return {{}, DecimalError::too_many_places};
  auto const parsed = parse_decimal(text);
  if (parsed.error != DecimalError::too_many_places) return parsed;
  std::array<char, 64> digits{};
  constexpr int kSignificant = 15;
  auto const rounded = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::scientific,
                                     kSignificant - 1);
  double again = 0;
  std::from_chars(digits.data(), rounded.ptr, again);
  text.clear();
  append_number(again, text);
  return text.find('e') != std::string::npos ? parsed : parse_decimal(text);
}

}  // namespace yekun
