// The zip package of a workbook: the one place that knows its format. Parts are copied as they are, replaced, or
// streamed from pieces that were deflated apart. Dates are fixed: the same parts give the same bytes.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

/// A part as it stands in a package; views into the package's bytes.
struct PackagePart {
  std::string name;
  std::uint16_t method = 0;  // 0 stored, 8 deflated
  std::uint32_t checksum = 0;
  std::uint32_t size = 0;  // inflated
  std::string_view packed{};
};

/// The parts in the order of the directory; nullopt where `bytes` are no plain zip file (parts below 4 GB, not
/// encrypted).
std::optional<std::vector<PackagePart>> read_package(std::string_view bytes);

/// The content of a part; nullopt if it does not inflate to what it declares.
std::optional<std::string> unpack(PackagePart const& part);

/// A piece of a part, deflated without knowledge of the pieces before it.
struct PackedPiece {
  std::string bytes{};
  std::uint32_t checksum = 0;
  std::uint64_t size = 0;  // inflated
};

/// `last`: the piece that ends the part's stream. Fast rather than small (ISA-L level 2).
PackedPiece pack_piece(std::string_view content, bool last);

/// Writes a package part by part. After the first failure nothing more is written, and close() says what it was.
class PackageWriter {
 public:
  /// Creates or empties the file.
  explicit PackageWriter(std::string path);
  ~PackageWriter();
  PackageWriter(PackageWriter const&) = delete;
  PackageWriter& operator=(PackageWriter const&) = delete;

  void copy(PackagePart const& part);
  void add(std::string const& name, std::string_view content);

  /// A part from pieces, in order; the last of them was packed as such.
  void begin(std::string const& name);
  void append(PackedPiece const& piece);
  void end();

  bool good() const { return problem_.empty(); }
  /// Writes the directory. Errors (Fault::render): the file cannot be written, or a part passes 4 GB.
  Diagnostics close();

 private:
  struct Entry {
    std::string name;
    std::uint16_t method = 8;
    std::uint32_t checksum = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t at = 0;
  };
  void write(std::string_view bytes);
  void write_header(Entry const& entry);
  std::string header(Entry const& entry, bool central) const;

  std::string path_;
  std::FILE* file_ = nullptr;
  std::uint64_t position_ = 0;
  std::vector<Entry> entries_{};
  std::string problem_{};
};

}  // namespace yekun
