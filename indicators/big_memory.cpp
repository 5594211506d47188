#include "indicators/big_memory.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace yekun {

namespace {
constexpr std::size_t kHuge = std::size_t{2} << 20;
}

BigMemory::BigMemory(std::size_t bytes) : bytes_(bytes) {
  if (bytes < kHuge) {
    data_ = std::calloc(bytes == 0 ? 1 : bytes, 1);
    if (data_ == nullptr) throw std::bad_alloc();
    return;
  }
  std::size_t const rounded = (bytes + kHuge - 1) / kHuge * kHuge;
  mapped_bytes_ = rounded + kHuge;
  mapped_ = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) throw std::bad_alloc();
  auto const address = reinterpret_cast<std::uintptr_t>(mapped_);
  data_ = static_cast<char*>(mapped_) + ((kHuge - address % kHuge) % kHuge);
  madvise(data_, rounded, MADV_HUGEPAGE);
}

BigMemory::~BigMemory() { release(); }

BigMemory::BigMemory(BigMemory&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      bytes_(std::exchange(other.bytes_, 0)),
      mapped_bytes_(std::exchange(other.mapped_bytes_, 0)) {}

BigMemory& BigMemory::operator=(BigMemory&& other) noexcept {
  if (this != &other) {
    release();
    data_ = std::exchange(other.data_, nullptr);
    mapped_ = std::exchange(other.mapped_, nullptr);
    bytes_ = std::exchange(other.bytes_, 0);
    mapped_bytes_ = std::exchange(other.mapped_bytes_, 0);
  }
  return *this;
}

void BigMemory::release() {
  if (mapped_ != nullptr)
    munmap(mapped_, mapped_bytes_);
  else
    std::free(data_);
  data_ = mapped_ = nullptr;
}

}  // namespace yekun
