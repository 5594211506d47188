#include "output/package.h"

#include <fmt/format.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace yekun {

namespace {

constexpr std::uint32_t kLocal = 0x04034b50;
constexpr std::uint32_t kCentral = 0x02014b50;
constexpr std::uint32_t kDirectoryEnd = 0x06054b50;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::uint16_t kFirstOfJanuary1980 = 0x21;
constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max() - 1;

std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t out = 0;
  for (int i = count - 1; i >= 0; --i)
    out = out << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return out;
}

std::uint32_t u16(std::string_view bytes, std::size_t at) { return little(bytes, at, 2); }
std::uint32_t u32(std::string_view bytes, std::size_t at) { return little(bytes, at, 4); }

void put(std::string& out, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i, value >>= 8U) out += static_cast<char>(value & 0xFFU);
}

std::uint32_t checksum_of(std::string_view bytes) {
  return crc32_gzip_refl(0, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

/// One entry of the directory at `at`, its part found through its local header.
std::optional<PackagePart> part_at(std::string_view bytes, std::size_t at) {
  if (at + kCentralSize > bytes.size() || u32(bytes, at) != kCentral || (u16(bytes, at + 8) & 1U) != 0) return {};
  PackagePart part;
  std::size_t const name = u16(bytes, at + 28);
  std::size_t const packed = u32(bytes, at + 20);
  std::size_t const local = u32(bytes, at + 42);
  if (at + kCentralSize + name > bytes.size() || local + kLocalSize > bytes.size()) return {};
  part.name = bytes.substr(at + kCentralSize, name);
  part.method = static_cast<std::uint16_t>(u16(bytes, at + 10));
  part.checksum = u32(bytes, at + 16);
  part.size = u32(bytes, at + 24);
  std::size_t const start = local + kLocalSize + u16(bytes, local + 26) + u16(bytes, local + 28);
  if (u32(bytes, local) != kLocal || start + packed > bytes.size()) return {};
  part.packed = bytes.substr(start, packed);
  return part;
}

}  // namespace

std::optional<std::vector<PackagePart>> read_package(std::string_view bytes) {
  if (bytes.size() < kEndSize) return {};
  std::size_t end = bytes.size() - kEndSize;
  while (u32(bytes, end) != kDirectoryEnd) {
    if (end == 0) return {};
    --end;
  }
  std::vector<PackagePart> parts;
  std::size_t at = u32(bytes, end + 16);
  for (std::uint32_t left = u16(bytes, end + 10); left > 0; --left) {
    auto part = part_at(bytes, at);
    if (!part) return {};
    at += kCentralSize + u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32);
    parts.push_back(*std::move(part));
  }
  return parts;
}

std::optional<std::string> unpack(PackagePart const& part) {
  std::string out(part.size, '\0');
  if (part.method == 0 && part.packed.size() == part.size) return std::string(part.packed);
  if (part.method != 8) return {};
  inflate_state state;
  isal_inflate_init(&state);
  state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(part.packed.data()));  // only read
  state.avail_in = static_cast<std::uint32_t>(part.packed.size());
  state.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  state.avail_out = part.size;
  if (isal_inflate_stateless(&state) != ISAL_DECOMP_OK || state.avail_out != 0) return {};
  if (checksum_of(out) != part.checksum) return {};
  return out;
}

PackedPiece pack_piece(std::string_view content, bool last) {
  PackedPiece piece;
  piece.size = content.size();
  piece.checksum = checksum_of(content);
  std::vector<std::uint8_t> level_buffer(ISAL_DEF_LVL2_EXTRA_LARGE);
  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.level = 2;
  stream.level_buf = level_buffer.data();
  stream.level_buf_size = static_cast<std::uint32_t>(level_buffer.size());
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(content.data()));  // only read
  stream.avail_in = static_cast<std::uint32_t>(content.size());
  stream.flush = last ? NO_FLUSH : FULL_FLUSH;
  stream.end_of_stream = last ? 1 : 0;
  piece.bytes.resize(content.size() / 5 + 4096);
  std::size_t used = 0;
  do {
    if (piece.bytes.size() - used < 1024) piece.bytes.resize(2 * piece.bytes.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(piece.bytes.data()) + used;
    stream.avail_out = static_cast<std::uint32_t>(piece.bytes.size() - used);
    isal_deflate(&stream);
    used = piece.bytes.size() - stream.avail_out;
  } while (stream.avail_out == 0 || stream.avail_in > 0 || (last && stream.internal_state.state != ZSTATE_END));
  piece.bytes.resize(used);
  return piece;
}

PackageWriter::PackageWriter(std::string path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {
  if (file_ == nullptr) problem_ = std::strerror(errno);
}

PackageWriter::~PackageWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void PackageWriter::write(std::string_view bytes) {
  if (!good()) return;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) problem_ = std::strerror(errno);
  position_ += bytes.size();
}

std::string PackageWriter::header(Entry const& entry, bool central) const {
  std::string out;
  put(out, central ? kCentral : kLocal, 4);
  if (central) put(out, 20, 2);  // made by version 2.0
  put(out, 20, 2);               // read by version 2.0
  put(out, 0, 2);
  put(out, entry.method, 2);
  put(out, 0, 2);
  put(out, kFirstOfJanuary1980, 2);
  put(out, entry.checksum, 4);
  put(out, entry.packed, 4);
  put(out, entry.size, 4);
  put(out, entry.name.size(), 2);
  put(out, 0, 2);
  if (central) {
    put(out, 0, 2 + 2 + 2 + 4);  // no comment, first disk, no attributes
    put(out, entry.at, 4);
  }
  return out + entry.name;
}

void PackageWriter::copy(PackagePart const& part) {
  entries_.push_back({part.name, part.method, part.checksum, part.packed.size(), part.size, position_});
  write(header(entries_.back(), false));
  write(part.packed);
}

void PackageWriter::add(std::string const& name, std::string_view content) {
  begin(name);
  append(pack_piece(content, true));
  end();
}

void PackageWriter::begin(std::string const& name) {
  entries_.push_back({name, 8, 0, 0, 0, position_});
  write(header(entries_.back(), false));
}

void PackageWriter::append(PackedPiece const& piece) {
  Entry& entry = entries_.back();
  entry.checksum =
      static_cast<std::uint32_t>(crc32_combine(entry.checksum, piece.checksum, static_cast<z_off_t>(piece.size)));
  entry.packed += piece.bytes.size();
  entry.size += piece.size;
  write(piece.bytes);
  if (good() && (entry.size > kMost || position_ > kMost))
    problem_ = fmt::format("'{}' is larger than the 4 GB that a workbook can hold", entry.name);
}

void PackageWriter::end() {
  Entry const& entry = entries_.back();
  if (!good()) return;
  std::string const now = header(entry, false);
  if (std::fseek(file_, static_cast<long>(entry.at), SEEK_SET) != 0 ||
      std::fwrite(now.data(), 1, now.size(), file_) != now.size() || std::fseek(file_, 0, SEEK_END) != 0)
    problem_ = std::strerror(errno);
}

Diagnostics PackageWriter::close() {
  std::uint64_t const start = position_;
  for (Entry const& entry : entries_) write(header(entry, true));
  std::string out;
  put(out, kDirectoryEnd, 4);
  put(out, 0, 4);
  put(out, entries_.size(), 2);
  put(out, entries_.size(), 2);
  put(out, position_ - start, 4);
  put(out, start, 4);
  put(out, 0, 2);
  write(out);
  if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0 && good()) problem_ = std::strerror(errno);
  if (good()) return {};
  return {{Severity::error,
           Fault::render,
           "workbook-not-written",
           {path_, 0, 0, 0, ""},
           fmt::format("the workbook cannot be written: {}", problem_),
           "is there room on the disk, and may the folder be written to?"}};
}

}  // namespace yekun
