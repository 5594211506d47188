// Streams that unpack gzip and Zstandard.
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <vector>

#include "data-loaders/text_bytes.h"

namespace yekun {
namespace {

constexpr std::size_t kPackedBlock = std::size_t{1} << 17U;

tl::unexpected<Diagnostics> damaged(std::string const& name, std::string_view what) {
  return failure({.fault = Fault::data,
                  .code = "damaged-file",
                  .place = {.file = name},
                  .message = fmt::format("'{}' is {}", name, what),
                  .hint = "fetch or pack it again"});
}

class GzipStream final : public ByteStream {
 public:
  GzipStream(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), block_(kPackedBlock) {
    constexpr int kGzipOnly = 15 + 16;
    ready_ = inflateInit2(&state_, kGzipOnly) == Z_OK;
  }
  ~GzipStream() override { inflateEnd(&state_); }

  Result<std::size_t> read(std::span<char> room) override {
    if (!ready_) return damaged(name_, "packed in a way that cannot be read");
    state_.next_out = reinterpret_cast<Bytef*>(room.data());
    state_.avail_out = static_cast<uInt>(room.size());
    while (state_.avail_out == room.size() && !ended_) {
      if (state_.avail_in == 0) {
        auto const count = packed_->read(block_);
        if (!count) return failure(count.error());
        state_.next_in = reinterpret_cast<Bytef*>(block_.data());
        state_.avail_in = static_cast<uInt>(*count);
        if (*count == 0) {
          if (in_member_) return damaged(name_, "cut off: the packed data end too early");
          ended_ = true;
          break;
        }
      }
      if (!in_member_ && !next_member()) break;
      int const code = inflate(&state_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) {
        in_member_ = false;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return damaged(name_, "damaged: the packed data do not add up");
      }
    }
    return room.size() - state_.avail_out;
  }

 private:
  /// Several packed files one after another are one. Zeros behind the last are padding.
  bool next_member() {
    while (state_.avail_in > 0 && *state_.next_in == 0) {
      ++state_.next_in;
      --state_.avail_in;
    }
    if (state_.avail_in == 0) return true;
    in_member_ = true;
    return inflateReset(&state_) == Z_OK;
  }

  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> block_;
  z_stream state_{};
  bool ready_ = false;
  bool in_member_ = false;
  bool ended_ = false;
};

class ZstdStream final : public ByteStream {
 public:
  ZstdStream(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), block_(kPackedBlock), state_(ZSTD_createDStream()) {
    constexpr int kLargestWindow = 27;  // 128 MiB: what the zstd tool reads without being asked
    if (state_ != nullptr) ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kLargestWindow);
  }
  ~ZstdStream() override { ZSTD_freeDStream(state_); }

  Result<std::size_t> read(std::span<char> room) override {
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !full_) {
        auto const count = packed_->read(block_);
        if (!count) return failure(count.error());
        if (*count == 0) {
          if (in_frame_) return damaged(name_, "cut off: the packed data end too early");
          break;
        }
        in_ = {block_.data(), *count, 0};
      }
      std::size_t const code = ZSTD_decompressStream(state_, &out, &in_);
      if (ZSTD_isError(code) != 0) return damaged(name_, "damaged: the packed data do not add up");
      in_frame_ = code != 0;
      full_ = out.pos == out.size;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> block_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  ZSTD_DStream* state_;
  bool in_frame_ = false;
  bool full_ = false;  // more may be waiting inside
};

}  // namespace

Packing packing_of(std::string_view head) {
  if (head.starts_with("\x1F\x8B")) return Packing::gzip;
  if (head.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  return Packing::none;
}

std::unique_ptr<ByteStream> unpacked_stream(Packing packing, std::unique_ptr<ByteStream> packed, std::string name) {
  if (packing == Packing::gzip) return std::make_unique<GzipStream>(std::move(packed), std::move(name));
  if (packing == Packing::zstd) return std::make_unique<ZstdStream>(std::move(packed), std::move(name));
  return packed;
}

}  // namespace yekun
