#include "indicators/file_hashes.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "data-loaders/text_bytes.h"

namespace yekun {

namespace {

std::int64_t nanoseconds(timespec const& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

bool is_hash(std::string const& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

std::optional<FileStamp> stamp_of(std::string const& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  return FileStamp{facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim),
                   nanoseconds(facts.st_ctim)};
}

std::optional<HashedFile> hash_file(SourceFile const& file, CacheStore& store) {
  auto const stamp = stamp_of(file.path);
  if (!stamp) return std::nullopt;
  std::string const key = fmt::format("sha256 of {}\n{} {} {} {} {}\n", file.path, stamp->device, stamp->number,
                                      stamp->bytes, stamp->written, stamp->changed);
  if (auto known = store.get(key); known && is_hash(*known)) return HashedFile{file, *stamp, std::move(*known)};
  auto const handle = FileHandle::open(file.path, file.name);
  auto sum = handle ? sha256_of(*handle) : Result<std::string>(std::string());
  if (!sum || sum->empty() || stamp_of(file.path) != stamp) return std::nullopt;
  store.count({.files_hashed = 1});
  if (store.is_settled(stamp->changed)) store.put(key, *sum);
  return HashedFile{file, *stamp, std::move(*sum)};
}

}  // namespace yekun
