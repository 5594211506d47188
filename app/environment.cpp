#include "app/environment.h"

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <memory>
#include <thread>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace yekun {
namespace {

tl::unexpected<Diagnostics> usage(std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.fault = Fault::usage;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return failure(std::move(out));
}

/// Floor division: seconds before 1970 belong to the day they are in.
std::int64_t day_of(std::int64_t seconds) { return seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400); }

Date local_day(std::int64_t seconds, std::string const& timezone) {
  std::unique_ptr<icu::TimeZone> const zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)));
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<double>(seconds) * 1000.0, 0, raw, summer, status);
  std::int64_t const offset = U_SUCCESS(status) ? (raw + summer) / 1000 : 0;
  return Date{static_cast<std::int32_t>(day_of(seconds + offset))};
}

Result<std::int64_t> seconds_of(Surroundings const& surroundings) {
  auto const found = surroundings.variables.find("SOURCE_DATE_EPOCH");
  if (found == surroundings.variables.end() || found->second.empty()) return surroundings.now;
  auto const& text = found->second;
  std::int64_t seconds = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (code == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds <= 253'402'300'799)
    return seconds;
  return usage("bad-epoch", fmt::format("SOURCE_DATE_EPOCH is '{}', not a number of seconds since 1970", text), "");
}

}  // namespace

Surroundings look_around() {
  Surroundings out;
  for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
    std::string const entry(*one);
    auto const equals = entry.find('=');
    if (equals != std::string::npos) out.variables.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  out.now = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  if (auto const given = seconds_of(out)) out.now = *given;  // one that cannot be read is told by as_of_day
  out.processors = std::max(1U, std::thread::hardware_concurrency());
  out.error_is_terminal = isatty(STDERR_FILENO) == 1;
  auto const value = [&](char const* name) {
    auto const found = out.variables.find(name);
    return found == out.variables.end() ? std::string() : found->second;
  };
  out.erases = out.error_is_terminal && value("TERM") != "dumb";
  out.colour = out.erases && value("NO_COLOR").empty();
  (void)std::signal(SIGPIPE, SIG_IGN);
  return out;
}

Result<Date> as_of_day(std::string const& wanted, std::string const& timezone, Surroundings const& surroundings) {
  if (!wanted.empty()) {
    if (auto const date = parse_iso_date(wanted)) return *date;
    return usage("bad-date", fmt::format("'{}' is not a date", wanted), "write it as 2025-07-14");
  }
  auto const seconds = seconds_of(surroundings);
  if (!seconds) return failure(seconds.error());
  return local_day(*seconds, timezone);
}

}  // namespace yekun
