#include "data-loaders/day_zone.h"

#include <unicode/timezone.h>

namespace yekun {
namespace {

constexpr std::int64_t kDay = 86400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads `least` to `most` digits.
bool read_digits(std::string_view& text, std::size_t least, std::size_t most, std::int32_t& value) {
  std::size_t n = 0;
  value = 0;
  while (n < most && n < text.size() && is_digit(text[n])) value = value * 10 + (text[n++] - '0');
  if (n < least) return false;
  text.remove_prefix(n);
  return true;
}

bool skip(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// "Z", "+04", "+0400", "-03:30"
std::optional<std::int32_t> read_offset(std::string_view& text) {
  if (skip(text, "Zz")) return 0;
  bool const west = text.starts_with('-');
  if (!skip(text, "+-")) return std::nullopt;
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  if (!read_digits(text, 2, 2, hours) || hours > 14) return std::nullopt;
  if (!text.empty()) {
    static_cast<void>(skip(text, ":"));
    if (!read_digits(text, 2, 2, minutes) || minutes > 59) return std::nullopt;
  }
  return (west ? -1 : 1) * (hours * 60 + minutes);
}

/// ":30", ":30.125"
bool read_seconds(std::string_view& text, std::int32_t& seconds) {
  if (!skip(text, ":")) return true;
  std::int32_t fraction = 0;
  if (!read_digits(text, 2, 2, seconds) || seconds > 60) return false;
  return !skip(text, ".,") || read_digits(text, 1, 9, fraction);
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  TimeOfDay time;
  if (text.empty()) return time;
  if (!skip(text, "Tt ")) return std::nullopt;
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  if (!read_digits(text, 1, 2, hour) || hour > 24 || !skip(text, ":")) return std::nullopt;
  if (!read_digits(text, 2, 2, minute) || minute > 59 || !read_seconds(text, second)) return std::nullopt;
  time.seconds = hour * 3600 + minute * 60 + second;
  static_cast<void>(skip(text, " "));
  if (text.empty()) return time;
  time.offset_minutes = read_offset(text);
  if (!time.offset_minutes || !text.empty()) return std::nullopt;
  return time;
}

struct DayZone::Rules {
  std::unique_ptr<icu::TimeZone const> zone;
};

DayZone::DayZone(std::unique_ptr<Rules const> rules) : rules_(std::move(rules)) {}
DayZone::~DayZone() = default;

std::shared_ptr<DayZone const> DayZone::make(std::string const& name) {
  std::unique_ptr<icu::TimeZone const> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (zone == nullptr || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return std::shared_ptr<DayZone const>(new DayZone(std::make_unique<Rules const>(Rules{std::move(zone)})));
}

Date DayZone::day(Date date, TimeOfDay const& time) const {
  std::int64_t const offset = time.offset_minutes.value_or(0);
  std::int64_t const moment = date.days * kDay + time.seconds - offset * 60;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  rules_->zone->getOffset(static_cast<double>(moment) * 1000.0, 0, raw, summer, status);
  std::int64_t const here = moment + (U_SUCCESS(status) ? (raw + summer) / 1000 : 0);
  std::int64_t const whole = here >= 0 ? here / kDay : -((-here + kDay - 1) / kDay);
  return {.days = static_cast<std::int32_t>(whole)};
}

}  // namespace yekun
