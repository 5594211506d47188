#include "indicators/bit_chunks.h"

#include <algorithm>

namespace yekun {

namespace {
constexpr std::size_t kFirstBlock = 4;  // chunks; blocks double until they fill a huge page
constexpr std::size_t kBlocksDouble = 5;
}  // namespace

std::uint64_t* BitChunks::take() {
  if (!given_.empty()) {
    std::uint64_t* const chunk = given_.back();
    given_.pop_back();
    std::fill_n(chunk, kWords, 0);
    return chunk;
  }
  if (free_ == 0) {
    free_ = kFirstBlock << std::min(blocks_.size(), kBlocksDouble);
    blocks_.emplace_back(free_ * kWords * sizeof(std::uint64_t));
  }
  --free_;
  return static_cast<std::uint64_t*>(blocks_.back().data()) + free_ * kWords;
}

void BitChunks::give(std::uint64_t* chunk) { given_.push_back(chunk); }

}  // namespace yekun
