// Fast deflate, by ISA-L.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yekun {

/// Packs as a zlib stream, as PNG and PDF hold it. Keeps its buffers from call to call; one thread at a time.
class Deflater {
 public:
  /// 1 (fastest) to 3 (smallest).
  explicit Deflater(int level);
  std::string zlib(std::string_view bytes);

 private:
  int level_;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace yekun
