#include "data-loaders/text_file.h"

#include <fmt/format.h>

#include <vector>

#include "core/utf8.h"
#include "data-loaders/zip_text.h"

namespace yekun {
namespace {

constexpr std::size_t kHead = std::size_t{1} << 18U;

/// Up to `size` bytes; `ended`: there are no more.
Result<std::string> take(ByteStream& stream, std::size_t size, bool& ended) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  ended = false;
  while (done < size && !ended) {
    auto const count = stream.read({bytes.data() + done, size - done});
    if (!count) return failure(count.error());
    ended = *count == 0;
    done += *count;
  }
  bytes.resize(done);
  return bytes;
}

/// Bytes that were taken already, then the rest.
class RejoinedStream final : public ByteStream {
 public:
  RejoinedStream(std::string head, std::size_t from, std::unique_ptr<ByteStream> rest)
      : head_(std::move(head)), at_(std::min(from, head_.size())), rest_(std::move(rest)) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (at_ == head_.size()) return rest_->read(room);
    std::size_t const count = std::min(room.size(), head_.size() - at_);
    std::copy_n(head_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }

 private:
  std::string head_;
  std::size_t at_;
  std::unique_ptr<ByteStream> rest_;
};

/// The beginning, and where the file is plain, some places further on: what is not ASCII may come late.
std::string encoding_sample(FileHandle const& file, bool plain, std::string const& head) {
  std::string sample = head;
  constexpr std::uint64_t kPlaces = 16;
  if (!plain || !file.seekable() || file.size() <= head.size()) return sample;
  std::vector<char> block(4096);
  for (std::uint64_t i = 1; i <= kPlaces; ++i) {
    std::uint64_t const at = (file.size() - block.size()) / kPlaces * i;
    if (at < head.size()) continue;
    auto const count = file.read_at(block, at);
    if (!count) break;
    std::string_view part(block.data(), *count);  // without what the block's edges cut
    while (!part.empty() && (static_cast<unsigned char>(part.front()) & 0xC0U) == 0x80) part.remove_prefix(1);
    std::size_t const line = part.rfind('\n');
    sample += '\n';
    sample += line == std::string_view::npos ? std::string_view() : part.substr(0, line);
  }
  return sample;
}

}  // namespace

Result<TextFile> open_text(std::string const& path, std::string const& name, std::string const& encoding,
                           std::string const& member) {
  auto handle = FileHandle::open(path, name);
  if (!handle) return failure(handle.error());
  TextFile text;
  text.file = std::make_unique<FileHandle>(std::move(*handle));
  std::unique_ptr<ByteStream> stream = plain_stream(*text.file);
  bool ended = false;
  auto first = take(*stream, kHead, ended);
  if (!first) return failure(first.error());
  Packing const packing = packing_of(*first);
  bool const zipped = text.file->seekable() && path != "-" && is_zip(*first);
  bool const plain = packing == Packing::none && !zipped;
  if (zipped) {
    auto table = open_zip_table(path, name, member);
    if (!table) return failure(table.error());
    stream = std::move(*table);
  } else if (!plain) {
    stream = unpacked_stream(packing, std::make_unique<RejoinedStream>(std::move(*first), 0, std::move(stream)), name);
  }
  if (!plain) {
    first = take(*stream, kHead, ended);
    if (!first) return failure(first.error());
  }
  std::string const sample = encoding_sample(*text.file, plain, *first);
  if (encoding.empty()) {
    text.encoding = detect_encoding(sample);
  } else if (auto const declared = declared_encoding(encoding, sample)) {
    text.encoding = *declared;
  } else {
    return failure({.fault = Fault::spec,
                    .code = "unknown-encoding",
                    .message = fmt::format("'{}' is not the name of an encoding", encoding),
                    .hint = "for example \"utf-8\", \"utf-16le\", \"windows-1251\", \"windows-1254\", \"koi8-r\""});
  }
  text.text_begin = text.encoding.bom;
  if (text.encoding.is_utf8()) {
    first->erase(0, text.encoding.bom);
    text.head = std::move(*first);
    text.complete = ended;
    if (!plain || !text.file->seekable()) text.rest = std::move(stream);
    return text;
  }
  text.rest = decoded_stream(text.encoding,
                             std::make_unique<RejoinedStream>(std::move(*first), text.encoding.bom, std::move(stream)));
  auto decoded = take(*text.rest, kHead, text.complete);
  if (!decoded) return failure(decoded.error());
  text.head = std::move(*decoded);
  return text;
}

}  // namespace yekun
