#include "app/run_cache.h"

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unicode/uversion.h>

#include <charconv>
#include <utility>

#include "app/program_id.h"
#include "data-loaders/digest.h"

namespace yekun {
namespace {

std::string variable(Surroundings const& surroundings, char const* name) {
  auto const found = surroundings.variables.find(name);
  return found == surroundings.variables.end() ? std::string() : found->second;
}

/// A number of megabytes; nullopt: it is none.
std::optional<std::uint64_t> megabytes(std::string const& text) {
  std::uint64_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr std::uint64_t kMost = 1'000'000'000;
  if (code != std::errc{} || end != text.data() + text.size() || value > kMost) return std::nullopt;
  return value;
}

/// Days of date-times depend on the rules of time zones, which are updated apart from the program.
std::string libraries() {
  UErrorCode status = U_ZERO_ERROR;
  UVersionInfo version{};
  u_getVersion(version);
  char const* const zones = icu::TimeZone::getTZDataVersion(status);
  return fmt::format(" ICU {}.{} {}", version[0], version[1], U_SUCCESS(status) ? zones : "");
}

}  // namespace

CachePlace cache_place(bool off, Surroundings const& surroundings) {
  CachePlace out;
  std::string const size = variable(surroundings, "YEKUN_CACHE_MB");
  auto const most = megabytes(size);
  if (most) out.most = *most << 20U;
  std::string const caches = variable(surroundings, "XDG_CACHE_HOME");
  std::string const home = variable(surroundings, "HOME");
  if (!size.empty() && !most)
    out.why = fmt::format("none: YEKUN_CACHE_MB is '{}', a number of megabytes was expected", size);
  else if (off)
    out.why = "switched off by --no-cache";
  else if (most && *most == 0)
    out.why = "switched off by YEKUN_CACHE_MB=0";
  else if (caches.starts_with('/'))
    out.folder = caches + "/yekun";
  else if (home.starts_with('/'))
    out.folder = home + "/.cache/yekun";
  else
    out.why = "none: neither XDG_CACHE_HOME nor HOME names a folder";
  return out;
}

PartialCache RunCache::open(std::string const& spec) {
  std::lock_guard const lock(mutex_);
  if (!std::exchange(opened_, true) && !place_.folder.empty()) {
    auto store = CacheStore::open(place_.folder, place_.most);
    if (store)
      store_ = std::move(*store);
    else
      notes_ = store.error();
  }
  if (store_ == nullptr) return {};
  return {store_, program_id() + libraries(), sha256_hex(spec)};
}

Diagnostics RunCache::take_notes() {
  std::lock_guard const lock(mutex_);
  auto out = std::exchange(notes_, {});
  if (store_ != nullptr)
    for (auto& note : store_->take_notes()) out.push_back(std::move(note));
  return out;
}

}  // namespace yekun
