// Bytes of a text file, whatever it is packed in.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/diagnostic.h"

namespace yekun {

/// Bytes in order. Not for several threads at once.
class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(ByteStream const&) = delete;
  ByteStream& operator=(ByteStream const&) = delete;
  virtual ~ByteStream() = default;
  /// How many bytes were written to `room`; 0 only at the end.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
};

/// A file descriptor that closes itself. Standard input is not closed.
class FileHandle {
 public:
  /// `path` "-": standard input. `name` is what messages call it.
  static Result<FileHandle> open(std::string const& path, std::string const& name);
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  FileHandle(FileHandle const&) = delete;
  FileHandle& operator=(FileHandle const&) = delete;
  ~FileHandle();
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }
  /// A plain file, that can be read from any place.
  bool seekable() const { return seekable_; }
  std::string const& name() const { return name_; }
  /// Reads all of `room` from `offset` unless the file ends. May be called by several threads at once.
  Result<std::size_t> read_at(std::span<char> room, std::uint64_t offset) const;
  /// Reads on from the current place.
  Result<std::size_t> read(std::span<char> room) const;

 private:
  FileHandle() = default;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  bool seekable_ = false;
  std::string name_;
};

enum class Packing { none, gzip, zstd };

/// By the first bytes.
Packing packing_of(std::string_view head);

/// The file from `from` on (what is not seekable: from where it stands). `file` must outlive the stream.
std::unique_ptr<ByteStream> plain_stream(FileHandle const& file, std::uint64_t from = 0);

/// What is packed in `packed`. Damage is a failure that names the file, also where the file just stops too early.
std::unique_ptr<ByteStream> unpacked_stream(Packing packing, std::unique_ptr<ByteStream> packed, std::string name);

/// Lower-case hex of the file's bytes, read anew; empty for what is not seekable.
Result<std::string> sha256_of(FileHandle const& file);

/// Lower-case hex of 16 bytes that tell whether two files are the same, read anew; empty for what is not seekable. Some
/// times as fast as SHA-256: GMAC (AES-128) under the key, a universal hash. Files that differ have the same
/// fingerprint with a chance of less than one in 10^27 (of 2^-128 for each 16 bytes), whoever chose them without
/// knowing the key.
Result<std::string> fingerprint_of(FileHandle const& file, std::string const& key);

}  // namespace yekun
