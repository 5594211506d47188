#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "data-loaders/csv_pieces.h"
#include "data-loaders/csv_simd.h"

namespace yekun {
namespace {

class StreamPieces final : public PieceReader {
 public:
  StreamPieces(std::string head, std::unique_ptr<ByteStream> rest, std::string name, CsvDialect const& dialect,
               PieceStart start, std::size_t piece_bytes)
      : waiting_(std::move(head)),
        rest_(std::move(rest)),
        name_(std::move(name)),
        dialect_(dialect),
        offset_(start.offset),
        line_(start.line),
        piece_bytes_(piece_bytes) {
    waiting_.erase(0, static_cast<std::size_t>(std::min<std::uint64_t>(start.offset, waiting_.size())));
  }

  Result<bool> next(TextPiece& piece) override {
    std::lock_guard const lock(mutex_);
    if (failed_ || (ended_ && waiting_.empty())) return false;
    auto result = cut(piece);
    if (!result) failed_ = true;
    return result;
  }

 private:
  Result<bool> cut(TextPiece& piece);
  Result<bool> fill(TextPiece& piece, std::size_t least);
  void keep_rest(TextPiece const& piece);

  std::mutex mutex_;
  std::string waiting_;  // bytes that no piece has taken yet
  std::unique_ptr<ByteStream> rest_;
  std::string name_;
  CsvDialect dialect_;
  std::uint64_t offset_;
  std::uint64_t line_;
  std::size_t piece_bytes_;
  bool ended_ = false;  // the stream is; bytes may be waiting
  bool failed_ = false;
};

/// At least `least` bytes into the buffer, unless the stream ends.
Result<bool> StreamPieces::fill(TextPiece& piece, std::size_t least) {
  if (!piece.buffer || piece.buffer.use_count() > 1) piece.buffer = std::make_shared<TextBuffer>();
  std::size_t const ready = waiting_.size();
  piece.buffer->resize(std::max(least, ready) + 1);
  char* const text = piece.buffer->data();
  text[0] = '\n';
  std::memcpy(text + 1, waiting_.data(), ready);
  std::size_t size = ready + 1;
  while (size < piece.buffer->size() && !ended_) {
    auto const count = rest_->read({text + size, piece.buffer->size() - size});
    if (!count) return failure(count.error());
    ended_ = *count == 0;
    size += *count;
  }
  piece.buffer->resize(size);
  waiting_.assign(piece.buffer->data() + 1, size - 1);
  piece.text = {piece.buffer->data(), size};
  if (!ended_ && piece.text.ends_with('\r')) piece.text.remove_suffix(1);  // whether \n follows is not known
  return true;
}

Result<bool> StreamPieces::cut(TextPiece& piece) {
  for (std::size_t least = piece_bytes_;; least *= 4) {
    if (auto filled = fill(piece, least); !filled) return filled;
    piece.offset = offset_;
    piece.first_line = line_;
    auto const open = index_records(piece, 1, static_cast<std::uint32_t>(piece.text.size()), ended_, dialect_);
    auto const quote_line =
        open.quoted ? line_ + count_breaks(piece.text.substr(1, open.quote_at - 1)) : std::uint64_t{0};
    if (open.open && ended_ && open.quoted) return failure(unclosed_quote(name_, quote_line));
    if (piece.structure.rows() > 0 || ended_) break;
    if (least > kLongestRecord)
      return failure({.fault = Fault::data,
                      .code = "record-too-long",
                      .place = {.file = name_, .row = line_},
                      .message = fmt::format("the record on line {} has no end within {} MiB",
                                             open.quoted ? quote_line : line_, kLongestRecord >> 20U),
                      .hint = "close it, double it if it is part of the text, or declare another \"quote\""});
  }
  keep_rest(piece);
  return true;
}

void StreamPieces::keep_rest(TextPiece const& piece) {
  std::size_t const taken = piece.structure.after - std::size_t{1};
  line_ += summarise_quotes(piece.text.substr(1, taken), dialect_.separator, dialect_.quote).breaks;
  offset_ += taken;
  waiting_.erase(0, ended_ && piece.structure.rows() == 0 ? waiting_.size() : taken);
}

}  // namespace

std::unique_ptr<PieceReader> stream_pieces(std::string head, std::unique_ptr<ByteStream> rest, std::string name,
                                           CsvDialect const& dialect, PieceStart start, std::size_t piece_bytes) {
  return std::make_unique<StreamPieces>(std::move(head), std::move(rest), std::move(name), dialect, start, piece_bytes);
}

}  // namespace yekun
