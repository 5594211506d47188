// Zeroed memory for tables that are touched at random: aligned to, and where the system allows held on, huge pages.
#pragma once

#include <cstddef>

namespace yekun {

/// `bytes` zero bytes; small sizes come from the ordinary heap. Throws std::bad_alloc as `new` does.
class BigMemory {
 public:
  BigMemory() = default;
  explicit BigMemory(std::size_t bytes);
  ~BigMemory();
  BigMemory(BigMemory&& other) noexcept;
  BigMemory& operator=(BigMemory&& other) noexcept;
  BigMemory(BigMemory const&) = delete;
  BigMemory& operator=(BigMemory const&) = delete;

  void* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }

 private:
  void release();
  void* data_ = nullptr;
  void* mapped_ = nullptr;  // start of the mapping; null: from the heap
  std::size_t bytes_ = 0;
  std::size_t mapped_bytes_ = 0;
};

}  // namespace yekun
