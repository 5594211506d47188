// The cache of a run: where it is, and what is kept in it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/environment.h"
#include "indicators/partial_cache.h"

namespace yekun {

struct CachePlace {
  std::string folder{};  // empty: there is none, `why` says why
  std::uint64_t most = CacheStore::kDefaultMost;
  std::string why{};
};

/// Below XDG_CACHE_HOME, else below HOME; YEKUN_CACHE_MB says how large it may become.
CachePlace cache_place(bool off, Surroundings const& surroundings);

/// Opened when first asked for, so that commands which read no data make no folder.
class RunCache {
 public:
  explicit RunCache(CachePlace place) : place_(std::move(place)) {}
  /// What the sources of a programme may use; nothing where there is no cache. `spec`: the programme's text.
  PartialCache open(std::string const& spec);
  /// What went wrong with it since the last call.
  Diagnostics take_notes();

 private:
  CachePlace place_;
  std::mutex mutex_{};
  bool opened_ = false;
  std::shared_ptr<CacheStore> store_{};
  Diagnostics notes_{};
};

}  // namespace yekun
