// Values as bytes and back, for what the cache keeps. Reading never goes beyond the bytes: what is not there, or is out
// of its range, is 0 and makes the reader fail.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.h"

namespace yekun {

class ByteWriter {
 public:
  /// Seven bits a byte, the lowest first.
  void count(std::uint64_t value) {
    for (; value > 0x7F; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void whole(std::int64_t value) {
    count((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void flag(bool value) { bytes_ += value ? '\1' : '\0'; }
  void fixed(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(value >> (8 * i));
  }
  void number(double value) { fixed(std::bit_cast<std::uint64_t>(value)); }
  void wide(Int128 value) {
    count(static_cast<std::uint64_t>(value));
    whole(static_cast<std::int64_t>(value >> 64));
  }
  void text(std::string_view value) {
    count(value.size());
    bytes_ += value;
  }
  std::string const& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_{};
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      auto const byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return fail();
  }
  /// At most `most`.
  std::uint64_t count(std::uint64_t most) {
    std::uint64_t const value = count();
    return value <= most ? value : fail();
  }
  /// The index of one of `limit` things.
  std::size_t size_below(std::size_t limit) {
    std::uint64_t const value = count();
    return static_cast<std::size_t>(value < limit ? value : fail());
  }
  /// A number of things that take at least a byte each.
  std::size_t size() {
    std::uint64_t const value = count();
    return static_cast<std::size_t>(value <= bytes_.size() ? value : fail());
  }
  std::int64_t whole() {
    std::uint64_t const value = count();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  std::int64_t whole(std::int64_t least, std::int64_t most) {
    std::int64_t const value = whole();
    if (value >= least && value <= most) return value;
    return static_cast<std::int64_t>(fail());
  }
  bool flag() { return count(1) == 1; }
  std::uint64_t fixed() {
    if (bytes_.size() < 8) return fail();
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    bytes_.remove_prefix(8);
    return value;
  }
  double number() { return std::bit_cast<double>(fixed()); }
  Int128 wide() {
    std::uint64_t const low = count();
    return Int128{whole()} * (Int128{1} << 64) + Int128{low};
  }
  std::string_view text() {
    std::size_t const bytes = size();
    std::string_view const out = bytes_.substr(0, bytes);
    bytes_.remove_prefix(bytes);
    return out;
  }
  bool failed() const { return failed_; }
  /// Nothing is left and nothing failed.
  bool done() const { return !failed_ && bytes_.empty(); }
  std::uint64_t fail() {
    failed_ = true;
    bytes_ = {};
    return 0;
  }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

}  // namespace yekun
