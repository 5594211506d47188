#include "core/time_zone.h"

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/tztrans.h>

#include <cmath>

namespace yekun {
namespace {

constexpr double kSecond = 1000.0;  // ICU counts milliseconds
constexpr std::int64_t kDay = 86400;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

struct TimeZone::Zone {
  std::unique_ptr<icu::TimeZone> zone;
  icu::BasicTimeZone const& basic() const { return static_cast<icu::BasicTimeZone const&>(*zone); }
  /// Seconds east of Greenwich at an instant.
  std::int64_t offset(std::int64_t instant) const {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t raw = 0;
    std::int32_t summer = 0;
    zone->getOffset(static_cast<double>(instant) * kSecond, 0, raw, summer, status);
    return (raw + summer) / 1000;
  }
};

TimeZone::TimeZone(std::unique_ptr<Zone> zone) : zone_(std::move(zone)) {}
TimeZone::~TimeZone() = default;
TimeZone::TimeZone(TimeZone&&) noexcept = default;
TimeZone& TimeZone::operator=(TimeZone&&) noexcept = default;

tl::expected<TimeZone, std::string> TimeZone::load(std::string_view name) {
  auto const id = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
  auto zone = std::make_unique<Zone>();
  zone->zone.reset(icu::TimeZone::createTimeZone(id));
  if (!zone->zone || *zone->zone == icu::TimeZone::getUnknown() ||
      dynamic_cast<icu::BasicTimeZone const*>(zone->zone.get()) == nullptr)
    return tl::unexpected<std::string>(fmt::format("there is no time zone '{}'", name));
  return TimeZone(std::move(zone));
}

std::int64_t TimeZone::instant(LocalTime local) const {
  std::int64_t const wall = static_cast<std::int64_t>(local.day.days) * kDay + local.minute * 60LL;
  // The offsets on either side of whatever change is near; offsets change at most once in two days.
  std::int64_t const before = zone_->offset(wall - kDay);
  std::int64_t const after = zone_->offset(wall + kDay);
  std::int64_t const first = wall - before;  // the earlier reading where both hold, and the one before a change
  if (before == after || zone_->offset(first) == before) return first;
  std::int64_t const second = wall - after;
  if (zone_->offset(second) == after) return second;
  icu::TimeZoneTransition change;  // skipped: neither reading holds
  if (!zone_->basic().getPreviousTransition(static_cast<double>(first) * kSecond, 1, change)) return first;
  return static_cast<std::int64_t>(std::llround(change.getTime() / kSecond));
}

LocalTime TimeZone::local(std::int64_t instant) const {
  std::int64_t const wall = instant + zone_->offset(instant);
  std::int64_t const day = floor_div(wall, kDay);
  return {Date{static_cast<std::int32_t>(day)}, static_cast<int>((wall - day * kDay) / 60)};
}

std::string TimeZone::to_text(std::int64_t instant) const {
  auto const wall = local(instant);
  std::int64_t const east = zone_->offset(instant);
  std::int64_t const size = (east < 0 ? -east : east) / 60;
  return fmt::format("{} {:02}:{:02} {}{:02}:{:02}", to_iso(wall.day), wall.minute / 60, wall.minute % 60,
                     east < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace yekun
