#include "data-loaders/part_stream.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

namespace yekun {
namespace {

class MemoryStream : public PartStream {
 public:
  explicit MemoryStream(std::string_view bytes) : rest_(bytes) {}
  Read<std::size_t> read(std::span<char> into) override {
    std::size_t const count = std::min(into.size(), rest_.size());
    std::copy_n(rest_.data(), count, into.data());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

constexpr std::size_t kBlock = std::size_t{256} << 10;
constexpr std::size_t kBlocks = 4;

/// A ring of blocks: the thread fills them in order, read() empties them in order.
class AheadStream : public PartStream {
 public:
  explicit AheadStream(std::unique_ptr<PartStream> inner) : inner_(std::move(inner)) {
    for (auto& block : blocks_) block.bytes.resize(kBlock);
    thread_ = std::thread([this] { fill(); });
  }
  AheadStream(AheadStream const&) = delete;
  AheadStream& operator=(AheadStream const&) = delete;
  ~AheadStream() override {
    {
      std::lock_guard const hold(mutex_);
      stop_ = true;
    }
    room_.notify_one();
    thread_.join();
  }

  Read<std::size_t> read(std::span<char> into) override {
    Block& block = blocks_[taken_ % kBlocks];
    if (at_ == 0) {
      std::unique_lock hold(mutex_);
      ready_.wait(hold, [&] { return filled_ > taken_; });
    }
    if (!block.reason.empty()) return tl::unexpected(block.reason);
    std::size_t const count = std::min(into.size(), block.size - at_);
    if (count == 0) return 0;  // the last block is empty and stays
    std::memcpy(into.data(), block.bytes.data() + at_, count);
    at_ += count;
    if (at_ == block.size) {
      at_ = 0;
      {
        std::lock_guard const hold(mutex_);
        ++taken_;
      }
      room_.notify_one();
    }
    return count;
  }

 private:
  struct Block {
    std::vector<char> bytes;
    std::size_t size = 0;  // 0: the end
    std::string reason;
  };

  void fill() {
    for (;;) {
      {
        std::unique_lock hold(mutex_);
        room_.wait(hold, [&] { return stop_ || filled_ - taken_ < kBlocks; });
        if (stop_) return;
      }
      Block& block = blocks_[filled_ % kBlocks];
      bool const more = fill(block);
      {
        std::lock_guard const hold(mutex_);
        ++filled_;
      }
      ready_.notify_one();
      if (!more) return;
    }
  }

  /// False after the end or a failure.
  bool fill(Block& block) {
    block.size = 0;
    auto const got = inner_->read(block.bytes);
    if (!got) {
      block.reason = got.error();
      return false;
    }
    block.size = *got;
    return *got > 0;
  }

  std::unique_ptr<PartStream> inner_;
  std::array<Block, kBlocks> blocks_{};
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::size_t filled_ = 0;  // blocks so far; guarded by mutex_
  std::size_t taken_ = 0;   // written by the reader under mutex_
  bool stop_ = false;
  std::size_t at_ = 0;  // in the block being read
  std::thread thread_;
};

}  // namespace

std::unique_ptr<PartStream> stream_of(std::string_view bytes) { return std::make_unique<MemoryStream>(bytes); }

std::unique_ptr<PartStream> read_ahead(std::unique_ptr<PartStream> inner) {
  return std::make_unique<AheadStream>(std::move(inner));
}

Read<std::string> read_all(PartStream& stream, std::size_t most) {
  std::string all;
  std::array<char, 16384> piece{};
  for (;;) {
    auto const got = stream.read(piece);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return all;
    if (all.size() + *got > most) return tl::unexpected("is larger than " + std::to_string(most >> 20) + " MB");
    all.append(piece.data(), *got);
  }
}

}  // namespace yekun
