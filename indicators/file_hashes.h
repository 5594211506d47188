// What tells whether a file is the same as before: fingerprints and SHA-256, remembered from run to run for as long as
// the file system shows no change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "data-loaders/source.h"
#include "indicators/cache_store.h"

namespace yekun {

/// What changes whenever a file's content does: which file it is, its size, when it and its facts were changed last.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t number = 0;
  std::uint64_t bytes = 0;
  std::int64_t written = 0;  // nanoseconds
  std::int64_t changed = 0;  // by the file system alone: no program can set it
  friend bool operator==(FileStamp const&, FileStamp const&) = default;
};

/// nullopt: there is no plain file.
std::optional<FileStamp> stamp_of(std::string const& path);

struct HashedFile {
  SourceFile file{};
  FileStamp stamp{};
  std::string fingerprint{};  // under the cache's own key
  std::string sha256{};       // empty unless asked for
  bool unchanged() const { return stamp_of(file.path) == stamp; }
};

/// Hashes the file, unless what comes of it is remembered: then its stamp is the same, and was some seconds old when it
/// was hashed. nullopt: it cannot be read, is no plain file, or changes just now.
std::optional<HashedFile> hash_file(SourceFile const& file, bool with_sha256, CacheStore& store);

}  // namespace yekun
