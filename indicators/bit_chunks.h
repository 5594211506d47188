// Where sets of ids keep their bits: zeroed chunks of equal size, cut from memory on huge pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "indicators/big_memory.h"

namespace yekun {

/// Chunks of one worker's sets; they live as long as this object. Not for several threads at once.
class BitChunks {
 public:
  static constexpr std::size_t kWords = 2048;
  static constexpr std::uint32_t kIds = kWords * 64;

  std::uint64_t* take();
  /// Takes a chunk back, to be handed out again.
  void give(std::uint64_t* chunk);

 private:
  std::vector<BigMemory> blocks_{};
  std::size_t free_ = 0;  // chunks that are left in the last block
  std::vector<std::uint64_t*> given_{};
};

}  // namespace yekun
