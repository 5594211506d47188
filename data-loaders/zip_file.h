// Members of a zip file, inflated as they are read, checked against their checksums, and bounded.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/part_stream.h"

namespace yekun {

struct ZipMember {
  std::string name;  // as written, without a leading "/", "\" as "/"
  std::uint64_t index = 0;
  std::uint64_t size = 0;  // inflated, as declared
  std::uint64_t packed = 0;
  std::uint32_t checksum = 0;
  std::uint16_t method = 0;  // 0 stored, 8 deflated
  bool encrypted = false;
};

class ZipFile {
 public:
  /// Opens `path`. Reasons name what is wrong: not a zip file, cut off, ... Nothing is inflated yet.
  static Read<ZipFile> open(std::string const& path);
  /// The same over bytes in memory, which must outlive the file.
  static Read<ZipFile> open_bytes(std::string_view bytes);

  std::vector<ZipMember> const& members() const;
  /// By name; without regard to ASCII case, as Office does. Null if there is none.
  ZipMember const* find(std::string_view name) const;

  /// Streams a member. Refuses what inflates to more than 200 times its packed size (beyond the first 16 MB), to more
  /// than it declares or to more than 16 GB, and what fails its checksum. The file must outlive the stream; one stream
  /// is read at a time.
  Read<std::unique_ptr<PartStream>> stream(ZipMember const& member) const;

  ZipFile(ZipFile&&) noexcept;
  ZipFile& operator=(ZipFile&&) noexcept;
  ~ZipFile();

 private:
  struct Handle;
  explicit ZipFile(std::unique_ptr<Handle> handle);
  static Read<ZipFile> list(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace yekun
