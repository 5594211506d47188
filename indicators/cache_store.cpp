#include "indicators/cache_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "data-loaders/digest.h"

namespace yekun {

namespace {

constexpr std::string_view kMagic = "yekun cache 1\n";
constexpr std::string_view kEnding = ".entry";
constexpr std::string_view kUnfinished = ".unfinished-";
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kSettled = 4 * kSecond;  // file systems with the coarsest times count in steps of two
constexpr std::int64_t kForgotten = 3600 * kSecond;

std::int64_t nanoseconds(timespec const& time) { return std::int64_t{time.tv_sec} * kSecond + time.tv_nsec; }

std::string reason() { return std::strerror(errno); }  // NOLINT(concurrency-mt-unsafe): glibc's is safe

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int value() const { return value_; }

 private:
  int value_;
};

std::string name_of(std::string const& key) { return sha256_hex(key).substr(0, 40) + std::string(kEnding); }

std::optional<std::string> read_whole(int descriptor) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    ssize_t const more = ::read(descriptor, bytes.data() + have, bytes.size() - have);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) break;
    have += static_cast<std::size_t>(more);
  }
  bytes.resize(have);
  return bytes;
}

bool write_whole(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

Diagnostic note_of(std::string code, std::string message, std::string hint) {
  Diagnostic one;
  one.severity = Severity::note;
  one.fault = Fault::data;
  one.code = std::move(code);
  one.message = std::move(message);
  one.hint = std::move(hint);
  return one;
}

struct Listed {
  std::string name;
  std::uint64_t bytes = 0;
  std::int64_t used = 0;
};

/// The files of the folder by name's beginning and ending.
std::vector<Listed> list(int folder, std::string_view beginning, std::string_view ending) {
  std::vector<Listed> out;
  int const copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::unique_ptr<DIR, int (*)(DIR*)> const directory(copy < 0 ? nullptr : ::fdopendir(copy), &::closedir);
  if (directory == nullptr) return out;
  while (dirent const* const entry =
             ::readdir(directory.get())) {  // NOLINT(concurrency-mt-unsafe): a stream of its own
    std::string_view const name = entry->d_name;
    struct stat facts {};
    if (!name.starts_with(beginning) || !name.ends_with(ending)) continue;
    if (::fstatat(folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) continue;
    out.push_back({std::string(name), static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim)});
  }
  return out;
}

}  // namespace

std::string entry_head(std::string const& key, std::string_view content) {
  return fmt::format("{}{} {} {}\n{}\n", kMagic, key.size(), content.size(), sha256_hex(content), key);
}

std::optional<std::string_view> entry_content(std::string_view bytes, std::string const& key) {
  // The head says what the content's hash is, so that it can be made again only from the right content.
  std::size_t const lines = bytes.find('\n', kMagic.size());
  if (!bytes.starts_with(kMagic) || lines == std::string_view::npos) return std::nullopt;
  std::size_t const head = lines + 1 + key.size() + 1;
  if (bytes.size() < head) return std::nullopt;
  std::string_view const content = bytes.substr(head);
  if (bytes.substr(0, head) != entry_head(key, content)) return std::nullopt;
  return content;
}

Result<std::unique_ptr<CacheStore>> CacheStore::open(std::string const& folder, std::uint64_t most) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), error);
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return failure(note_of("no-cache", fmt::format("the cache folder '{}' cannot be made: {}", folder, reason()),
                           "all files are read; --no-cache says so without this note"));
  int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0)
    return failure(note_of("no-cache", fmt::format("the cache folder '{}' cannot be opened: {}", folder, reason()),
                           "all files are read; --no-cache says so without this note"));
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || facts.st_uid != ::geteuid() || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    bool const own = facts.st_uid == ::geteuid();
    ::close(descriptor);
    return failure(note_of("open-cache",
                           fmt::format("the cache folder '{}' {}, so nothing is kept in it", folder,
                                       own ? "can be looked into by others" : "belongs to somebody else"),
                           own ? fmt::format("chmod 700 '{}'", folder) : "set XDG_CACHE_HOME to a folder of your own"));
  }
  return std::unique_ptr<CacheStore>(new CacheStore(folder, descriptor, most));
}

CacheStore::~CacheStore() { ::close(descriptor_); }

void CacheStore::note(std::string code, std::string message, std::string hint) {
  std::lock_guard const lock(mutex_);
  notes_.push_back(note_of(std::move(code), std::move(message), std::move(hint)));
}

Diagnostics CacheStore::take_notes() {
  std::lock_guard const lock(mutex_);
  return std::exchange(notes_, {});
}

void CacheStore::count(CacheCounts const& more) {
  std::lock_guard const lock(mutex_);
  counts_.files_read += more.files_read;
  counts_.files_found += more.files_found;
  counts_.files_hashed += more.files_hashed;
}

std::optional<std::string> CacheStore::get(std::string const& key) {
  std::string const name = name_of(key);
  Descriptor const file(::openat(descriptor_, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.value() < 0 && errno == ENOENT) return std::nullopt;
  auto bytes = file.value() < 0 ? std::nullopt : read_whole(file.value());
  auto const content = bytes ? entry_content(*bytes, key) : std::nullopt;
  if (!content) {
    note("damaged-cache", fmt::format("the cache entry '{}' is damaged; it is made again", name), "");
    remove(key);
    return std::nullopt;
  }
  (void)::futimens(file.value(), nullptr);  // used now
  bytes->erase(0, bytes->size() - content->size());
  return bytes;
}

bool CacheStore::write(std::string const& name, std::string_view head, std::string_view content) {
  std::string const unfinished = fmt::format("{}{}-{}", kUnfinished, ::getpid(), next_.fetch_add(1));
  (void)::unlinkat(descriptor_, unfinished.c_str(), 0);  // of a process that had this number before
  Descriptor const file(::openat(descriptor_, unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR));
  if (file.value() < 0) return false;
  bool const done = write_whole(file.value(), head) && write_whole(file.value(), content) &&
                    ::renameat(descriptor_, unfinished.c_str(), descriptor_, name.c_str()) == 0;
  int const why = errno;
  if (!done) (void)::unlinkat(descriptor_, unfinished.c_str(), 0);
  errno = why;
  return done;
}

bool CacheStore::put(std::string const& key, std::string_view content) {
  if (content.size() > most_of_entry()) return false;
  if (write(name_of(key), entry_head(key, content), content)) {
    written_ = true;
    return true;
  }
  std::string const why = reason();
  {
    std::lock_guard const lock(mutex_);
    if (std::exchange(told_unwritable_, true)) return false;
  }
  note("unwritable-cache", fmt::format("the cache folder '{}' cannot be written: {}", folder_, why),
       "the next run reads the files again");
  return false;
}

void CacheStore::remove(std::string const& key) { (void)::unlinkat(descriptor_, name_of(key).c_str(), 0); }

std::string CacheStore::secret() {
  constexpr char const* kKey = "key of fingerprints\n";
  std::lock_guard const lock(secret_mutex_);
  if (!secret_.empty()) return secret_;
  if (auto known = get(kKey); known && known->size() == kFingerprintKey) return secret_ = std::move(*known);
  secret_ = random_fingerprint_key();
  // Of runs that begin at once the last one's stays; what the others keep is not found again.
  if (!secret_.empty()) (void)put(kKey, secret_);
  return secret_;
}

bool CacheStore::is_settled(std::int64_t changed) {
  if (time_ - changed >= kSettled) return true;
  std::string const probe = fmt::format("{}{}-{}", kUnfinished, ::getpid(), next_.fetch_add(1));
  Descriptor const file(
      ::openat(descriptor_, probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  struct stat facts {};
  bool const known = file.value() >= 0 && ::fstat(file.value(), &facts) == 0;
  if (file.value() >= 0) (void)::unlinkat(descriptor_, probe.c_str(), 0);
  if (known) time_ = nanoseconds(facts.st_mtim);
  return known && nanoseconds(facts.st_mtim) - changed >= kSettled;
}

CacheUse CacheStore::use() const {
  CacheUse out;
  for (Listed const& one : list(descriptor_, "", kEnding)) {
    ++out.entries;
    out.bytes += one.bytes;
  }
  return out;
}

void CacheStore::trim() {
  if (!written_.exchange(false)) return;
  auto entries = list(descriptor_, "", kEnding);
  std::sort(entries.begin(), entries.end(), [](Listed const& a, Listed const& b) { return a.used > b.used; });
  std::uint64_t kept = 0;
  for (Listed const& one : entries) {
    if (kept + one.bytes > most_)
      (void)::unlinkat(descriptor_, one.name.c_str(), 0);
    else
      kept += one.bytes;
  }
  if (entries.empty()) return;
  for (Listed const& one : list(descriptor_, kUnfinished, ""))
    if (entries.front().used - one.used > kForgotten) (void)::unlinkat(descriptor_, one.name.c_str(), 0);
}

}  // namespace yekun
