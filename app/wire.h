// How a worker process says to its parent what it did: strings and numbers, one after the other, in memory's own form.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostic.h"

namespace yekun {

class Packer {
 public:
  void add(std::uint64_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    bytes_.append(bytes, sizeof bytes);
  }
  void add(std::string_view text) {
    add(text.size());
    bytes_.append(text);
  }
  void add(Diagnostics const& diagnostics);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_{};
};

/// Reads what a Packer wrote, in the same order. Bytes that end early give nothing but zeros and empty texts.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number();
  std::string text();
  Diagnostics diagnostics();

 private:
  std::string_view bytes_;
};

}  // namespace yekun
