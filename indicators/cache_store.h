// A folder of entries that runs share: what a key stood for is found again, whole or not at all. It holds ids of
// people, so that only its owner may look into it (0700, files 0600).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostic.h"

namespace yekun {

/// What is in the folder.
struct CacheUse {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
};

/// How a run has used the cache.
struct CacheCounts {
  std::uint64_t files_read = 0;   // files whose rows were read
  std::uint64_t files_found = 0;  // files whose rows were not
  std::uint64_t files_hashed = 0;
};

/// Any number of processes and threads may use one folder at once: entries are written under a name of their own and
/// then renamed, and read whole.
class CacheStore {
 public:
  static constexpr std::uint64_t kDefaultMost = std::uint64_t{1} << 30;

  /// Makes the folder where it is missing. `most`: bytes that entries may take together. Failures (of severity note):
  /// it cannot be made, is no folder, belongs to somebody else, or others may look into it.
  static Result<std::unique_ptr<CacheStore>> open(std::string const& folder, std::uint64_t most = kDefaultMost);
  ~CacheStore();
  CacheStore(CacheStore const&) = delete;
  CacheStore& operator=(CacheStore const&) = delete;

  /// What was put under exactly this key. An entry that is damaged, or of another key, is removed and told in notes().
  std::optional<std::string> get(std::string const& key);
  /// Failing (a full disk, a folder that cannot be written) is told in notes(), once. False: it is not there.
  bool put(std::string const& key, std::string_view content);
  void remove(std::string const& key);
  /// Larger ones would push out too much and are not kept.
  std::uint64_t most_of_entry() const { return most_ / 2; }

  /// The folder's own key for fingerprints, made by the first run; empty where none can be made.
  std::string secret();

  /// Whether a file that was changed last at this time (nanoseconds) will show any later change by another time: it is
  /// some seconds old by the clock of the folder's file system.
  bool is_settled(std::int64_t changed);

  /// Removes the entries used longest ago until the rest fits, and what killed runs left.
  void trim();
  CacheUse use() const;
  CacheCounts const& counts() const { return counts_; }
  void count(CacheCounts const& more);
  /// What went wrong since the last call.
  Diagnostics take_notes();

 private:
  CacheStore(std::string folder, int descriptor, std::uint64_t most)
      : folder_(std::move(folder)), descriptor_(descriptor), most_(most) {}
  void note(std::string code, std::string message, std::string hint);
  bool write(std::string const& name, std::string_view head, std::string_view content);

  std::string folder_;
  int descriptor_;
  std::uint64_t most_;
  std::mutex mutex_{};
  Diagnostics notes_{};
  CacheCounts counts_{};
  bool told_unwritable_ = false;
  std::mutex secret_mutex_{};
  std::string secret_{};
  std::atomic<std::int64_t> time_{0};  // of the folder's file system, some while ago
  std::atomic<bool> written_{false};
  std::atomic<std::uint32_t> next_{0};
};

/// An entry's bytes: what it is of, how long it is, its SHA-256.
std::string entry_head(std::string const& key, std::string_view content);
/// The content of an entry; nullopt if it is not an entry of this key, or not as it was written.
std::optional<std::string_view> entry_content(std::string_view bytes, std::string const& key);

}  // namespace yekun
