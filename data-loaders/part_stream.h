// The bytes of one part of a zip file, that arrive piece by piece, inflated as they are read.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace yekun {

/// A value, or a reason in plain words; who opened the file adds its name and place.
template <class T>
using Read = tl::expected<T, std::string>;

class PartStream {
 public:
  PartStream() = default;
  PartStream(PartStream const&) = delete;
  PartStream& operator=(PartStream const&) = delete;
  virtual ~PartStream() = default;
  /// Fills the front of `into` (not empty) with at least one byte and says how many; 0 at the end, and only there.
  virtual Read<std::size_t> read(std::span<char> into) = 0;
};

/// A stream over bytes in memory, which must outlive it.
std::unique_ptr<PartStream> stream_of(std::string_view bytes);

/// Reads `inner` on a thread of its own, at most a megabyte ahead. Destroying it early stops and joins the thread.
std::unique_ptr<PartStream> read_ahead(std::unique_ptr<PartStream> inner);

/// Everything, if it is no more than `most` bytes.
Read<std::string> read_all(PartStream& stream, std::size_t most);

}  // namespace yekun
