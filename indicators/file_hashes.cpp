#include "indicators/file_hashes.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "data-loaders/text_bytes.h"

namespace yekun {

namespace {

std::int64_t nanoseconds(timespec const& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

bool is_hash(std::string const& text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// What `work` gives for the file's bytes, hexadecimal digits; empty: it cannot be worked out.
template <class Work>
std::string remembered(std::string_view what, std::size_t size, HashedFile const& of, CacheStore& store, Work&& work) {
  FileStamp const& stamp = of.stamp;
  std::string const key = fmt::format("{} of {}\n{} {} {} {} {}\n", what, of.file.path, stamp.device, stamp.number,
                                      stamp.bytes, stamp.written, stamp.changed);
  if (auto known = store.get(key); known && is_hash(*known, size)) return std::move(*known);
  auto const handle = FileHandle::open(of.file.path, of.file.name);
  auto sum = handle ? work(*handle) : Result<std::string>(std::string());
  if (!sum || !is_hash(*sum, size) || !of.unchanged()) return {};
  if (store.is_settled(stamp.changed)) store.put(key, *sum);
  return std::move(*sum);
}

}  // namespace

std::optional<FileStamp> stamp_of(std::string const& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  return FileStamp{facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim),
                   nanoseconds(facts.st_ctim)};
}

std::optional<HashedFile> hash_file(SourceFile const& file, bool with_sha256, CacheStore& store) {
  auto const stamp = stamp_of(file.path);
  std::string const secret = stamp ? store.secret() : std::string();
  if (secret.empty()) return std::nullopt;
  HashedFile out{file, *stamp, {}, {}};
  out.fingerprint = remembered("fingerprint", 32, out, store, [&](FileHandle const& handle) {
    store.count({.files_hashed = 1});
    return fingerprint_of(handle, secret);
  });
  if (with_sha256) out.sha256 = remembered("sha256", 64, out, store, sha256_of);
  if (out.fingerprint.empty() || (with_sha256 && out.sha256.empty())) return std::nullopt;
  return out;
}

}  // namespace yekun
