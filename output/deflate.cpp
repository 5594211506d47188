#include "output/deflate.h"

#include <isa-l/igzip_lib.h>

#include <array>

namespace yekun {

namespace {

constexpr std::array<std::size_t, 4> kBuffers{ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT,
                                              ISAL_DEF_LVL3_DEFAULT};

}  // namespace

Deflater::Deflater(int level) : level_(level), buffer_(kBuffers.at(static_cast<std::size_t>(level))) {}

std::string Deflater::zlib(std::string_view bytes) {
  constexpr std::size_t kRoom = 65536;
  std::string out(bytes.size() / 8 + kRoom, '\0');
  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.gzip_flag = IGZIP_ZLIB;
  stream.level = static_cast<std::uint32_t>(level_);
  stream.level_buf = buffer_.data();
  stream.level_buf_size = static_cast<std::uint32_t>(buffer_.size());
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes.data()));  // only read
  stream.avail_in = static_cast<std::uint32_t>(bytes.size());
  stream.end_of_stream = 1;
  std::size_t used = 0;
  do {
    if (out.size() - used < kRoom) out.resize(2 * out.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data()) + used;
    stream.avail_out = static_cast<std::uint32_t>(out.size() - used);
    isal_deflate(&stream);
    used = out.size() - stream.avail_out;
  } while (stream.internal_state.state != ZSTATE_END);
  out.resize(used);
  return out;
}

}  // namespace yekun
