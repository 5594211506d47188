// What a run needs to find again what an earlier one gathered from a file.
#pragma once

#include <memory>
#include <string>

#include "indicators/cache_store.h"

namespace yekun {

struct PartialCache {
  std::shared_ptr<CacheStore> store{};  // null: nothing is kept
  std::string program{};                // the program and its build: another one may gather otherwise
  std::string spec{};                   // SHA-256 of all that says how files are read and columns made
  /// Of fewer files nothing is kept, unless they are hashed anyway: to hash a large file takes as long as to read it.
  std::size_t least_files = 1;
};

}  // namespace yekun
