#include "data-loaders/csv_pieces.h"

#include <fmt/format.h>

#include <cstring>

#include "data-loaders/csv_simd.h"

namespace yekun {

void TextBuffer::resize(std::size_t size) {
  static_assert(kMargin >= kTextMargin);
  if (size > room_) {
    std::unique_ptr<char[]> bytes(new char[size + 2 * kMargin]);  // not value-initialised
    if (bytes_) std::memcpy(bytes.get(), bytes_.get(), kMargin + size_);
    std::memset(bytes.get(), '\n', kMargin);
    bytes_ = std::move(bytes);
    room_ = size;
  }
  size_ = size;
  std::memset(data() + size, 0, kMargin);
}

Diagnostic unclosed_quote(std::string const& file, std::uint64_t line) {
  return {.fault = Fault::data,
          .code = "unterminated-quote",
          .place = {.file = file, .row = line},
          .message = fmt::format("the quote that opens on line {} is never closed", line),
          .hint = "close it, double it if it is part of the text, or declare another \"quote\""};
}

OpenRecord index_records(TextPiece& piece, std::uint32_t begin, std::uint32_t end, bool at_end,
                         CsvDialect const& dialect) {
  if (!dialect.escape && dialect.comment.empty()) {
    auto const fast = index_fast(piece.text, begin, end, at_end, dialect.separator, dialect.quote, piece.structure);
    if (fast.usable && !(fast.open.open && fast.open.quoted)) return fast.open;
  }
  return index_exactly(piece.text, begin, end, at_end, dialect, piece.structure);
}

}  // namespace yekun
