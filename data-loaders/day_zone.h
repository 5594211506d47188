// Times of day behind dates, and the day they are in a time zone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"

namespace yekun {

/// "T10:20", " 10:20:30.5+04:00", "T23:59:60Z": a time of day as written, and its offset from UTC if it says one.
struct TimeOfDay {
  std::int32_t seconds = 0;  // from midnight; 86400 for 24:00
  std::optional<std::int32_t> offset_minutes{};
};

/// What may follow a date; nullopt where `text` is no time. Empty: midnight.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

/// A time zone by ICU's rules. May be used by several threads.
class DayZone {
 public:
  /// Null for a name that ICU does not know.
  static std::shared_ptr<DayZone const> make(std::string const& name);
  DayZone(DayZone const&) = delete;
  DayZone& operator=(DayZone const&) = delete;
  ~DayZone();
  /// The day it is here at the moment that elsewhere is `date` and `time` (whose offset is known).
  Date day(Date date, TimeOfDay const& time) const;

 private:
  struct Rules;
  explicit DayZone(std::unique_ptr<Rules const> rules);
  std::unique_ptr<Rules const> rules_;
};

}  // namespace yekun
