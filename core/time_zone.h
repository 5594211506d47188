// Wall-clock time of a place to instants and back, by the zone database of ICU.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/date.h"
#include "core/diagnostic.h"

namespace yekun {

/// A day and a time of day on the clocks of one place.
struct LocalTime {
  Date day{};
  int minute = 0;  // of the day, 0 to 1439
  friend auto operator<=>(LocalTime const&,
                          LocalTime const&) = default;  // NOLINT(modernize-use-nullptr): version 14 misreads <=>
};

class TimeZone {
 public:
  /// "Asia/Baku". The error is a message without place: no such zone.
  static tl::expected<TimeZone, std::string> load(std::string_view name);
  ~TimeZone();
  TimeZone(TimeZone&&) noexcept;
  TimeZone& operator=(TimeZone&&) noexcept;

  /// Seconds since 1970-01-01T00:00:00Z. A time that clocks skip (spring) is the moment they skip it; one that they
  /// show twice (autumn) is the first of both.
  std::int64_t instant(LocalTime local) const;
  LocalTime local(std::int64_t instant) const;
  /// "2026-11-22 08:00 +04:00".
  std::string to_text(std::int64_t instant) const;

 private:
  struct Zone;
  explicit TimeZone(std::unique_ptr<Zone> zone);
  std::unique_ptr<Zone> zone_;
};

}  // namespace yekun
