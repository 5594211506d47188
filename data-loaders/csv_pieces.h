// A text table cut into pieces of whole records, for several workers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "data-loaders/csv_dialect.h"
#include "data-loaders/csv_structure.h"
#include "data-loaders/text_bytes.h"

namespace yekun {

/// Bytes with margins around them. What lies behind `size` is zero, for a margin's length.
class TextBuffer {
 public:
  /// `size` bytes of room; what was there stays, up to the smaller size.
  void resize(std::size_t size);
  char* data() { return bytes_.get() + kMargin; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kMargin = 128;
  std::unique_ptr<char[]> bytes_;
  std::size_t room_ = 0;
  std::size_t size_ = 0;
};

/// One worker's current piece. Given back to next(), its memory is used again unless somebody still holds the buffer.
struct TextPiece {
  std::shared_ptr<TextBuffer> buffer;
  std::string_view text;  // text[0] stands before the piece; offsets of the structure count from it
  Structure structure;
  std::uint64_t offset = 0;      // of text[1] in the whole text
  std::uint64_t first_line = 1;  // of the first record
};

/// Pieces are of a fixed size, whatever the number of workers, and come in order. next() may be called by several
/// threads at once. false: there are no more. A quote that never closes and a record of more than kLongestRecord bytes
/// are failures that name the line.
class PieceReader {
 public:
  static constexpr std::size_t kLongestRecord = std::size_t{16} << 20U;
  PieceReader() = default;
  PieceReader(PieceReader const&) = delete;
  PieceReader& operator=(PieceReader const&) = delete;
  virtual ~PieceReader() = default;
  virtual Result<bool> next(TextPiece& piece) = 0;
};

struct PieceStart {
  std::uint64_t offset = 0;  // of the first record in the whole text
  std::uint64_t line = 1;    // its line
};

/// For plain files in UTF-8: each piece is read once, by its worker. Whether it starts inside quotes is known as soon
/// as the quotes of the pieces before it are counted, which workers do before anything else. `text_begin`: the file's
/// offset of the text (behind a byte order mark). The dialect has neither escape nor comment.
std::unique_ptr<PieceReader> file_pieces(FileHandle const& file, std::uint64_t text_begin, CsvDialect const& dialect,
                                         PieceStart start, std::size_t piece_bytes);

/// For everything else: pieces are read and cut one after another. `head`: what was already taken from `rest`.
std::unique_ptr<PieceReader> stream_pieces(std::string head, std::unique_ptr<ByteStream> rest, std::string name,
                                           CsvDialect const& dialect, PieceStart start, std::size_t piece_bytes);

/// The failure for a quote that opens on `line` and never closes.
Diagnostic unclosed_quote(std::string const& file, std::uint64_t line);

/// Finds the records that start in [begin, end) of the piece's text by the fastest way the dialect allows.
OpenRecord index_records(TextPiece& piece, std::uint32_t begin, std::uint32_t end, bool at_end,
                         CsvDialect const& dialect);

}  // namespace yekun
