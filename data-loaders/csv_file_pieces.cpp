#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "data-loaders/csv_pieces.h"
#include "data-loaders/csv_simd.h"

namespace yekun {
namespace {

constexpr std::size_t kOverlap = 4096;  // read beyond a piece: the end of most last records

/// What is known before a piece once all earlier ones are counted.
struct Entry {
  QuoteState state = QuoteState::outside;
  std::uint64_t breaks = 0;
};

class FilePieces final : public PieceReader {
 public:
  FilePieces(FileHandle const& file, std::uint64_t text_begin, CsvDialect const& dialect, PieceStart start,
             std::size_t piece_bytes)
      : file_(file), text_begin_(text_begin), dialect_(dialect), start_(start), piece_bytes_(piece_bytes) {}

  Result<bool> next(TextPiece& piece) override;

 private:
  struct Span {
    std::uint64_t first = 0;  // offsets in the file
    std::uint64_t end = 0;
    bool at_start = false;
  };

  Result<std::size_t> load(TextPiece& piece, Span const& span, std::size_t beyond) const;
  bool reaches_end(TextPiece const& piece, Span const& span) const {
    return span.first + piece.text.size() - 1 >= file_.size();
  }
  Entry enter(std::uint64_t turn, std::string_view text, std::size_t length);
  QuoteState state_behind(std::string_view text, std::size_t length, QuoteState entry,
                          QuoteSummary const& summary) const;
  std::uint32_t first_record(TextPiece const& piece, Span const& span, QuoteState state) const;
  Result<bool> index(TextPiece& piece, Span const& span, std::uint32_t begin);

  FileHandle const& file_;
  std::uint64_t text_begin_;
  CsvDialect dialect_;
  PieceStart start_;
  std::size_t piece_bytes_;
  std::atomic<std::uint64_t> ticket_{0};
  std::atomic<std::uint64_t> turn_{0};  // the piece whose entry is known
  Entry entry_{};                       // of that piece; written by the piece before it only
};

/// The byte before the span, the span, and what follows it.
Result<std::size_t> FilePieces::load(TextPiece& piece, Span const& span, std::size_t beyond) const {
  std::uint64_t const end = std::min(span.end + beyond, file_.size());
  std::size_t const before = span.first > 0 ? 1 : 0;
  if (!piece.buffer || piece.buffer.use_count() > 1) piece.buffer = std::make_shared<TextBuffer>();
  piece.buffer->resize(static_cast<std::size_t>(end - span.first) + 1);
  char* const text = piece.buffer->data();
  text[0] = '\n';
  auto count =
      file_.read_at({text + 1 - before, static_cast<std::size_t>(end - span.first) + before}, span.first - before);
  if (!count) return count;
  if (span.at_start) text[0] = '\n';
  std::size_t size = *count + 1 - before;
  bool const whole = span.first + size - 1 >= file_.size();
  if (!whole && size > 1 && text[size - 1] == '\r') --size;  // whether \n follows is not known
  piece.buffer->resize(size);
  piece.text = {piece.buffer->data(), size};
  return size;
}

QuoteState FilePieces::state_behind(std::string_view text, std::size_t length, QuoteState entry,
                                    QuoteSummary const& summary) const {
  bool const literal_quote = entry == QuoteState::literal && text.size() > 1 && text[1] == dialect_.quote;
  bool const inside = entry == QuoteState::inside;
  if (literal_quote || (inside ? summary.bad_if_inside : summary.bad_if_outside))
    return walk_quotes(text.substr(0, length + 1), 1, entry, false, dialect_).state;
  if (inside != summary.odd) return QuoteState::inside;
  return QuoteState::outside;
}

/// Counts, waits for the pieces before, and tells the next one.
Entry FilePieces::enter(std::uint64_t turn, std::string_view text, std::size_t length) {
  length = std::min(length, text.empty() ? 0 : text.size() - 1);
  QuoteSummary summary;
  if (length > 0) summary = summarise_quotes(text.substr(1, length), dialect_.separator, dialect_.quote);
  for (auto now = turn_.load(std::memory_order_acquire); now != turn; now = turn_.load(std::memory_order_acquire))
    turn_.wait(now, std::memory_order_acquire);
  Entry const entry = entry_;
  entry_.breaks += summary.breaks;
  if (length > 0) entry_.state = state_behind(text, length, entry.state, summary);
  turn_.store(turn + 1, std::memory_order_release);
  turn_.notify_all();
  return entry;
}

std::uint32_t FilePieces::first_record(TextPiece const& piece, Span const& span, QuoteState state) const {
  std::string_view const text = piece.text;
  bool const follows_break = text[0] == '\n' || (text[0] == '\r' && (text.size() < 2 || text[1] != '\n'));
  if (span.at_start || (state == QuoteState::outside && follows_break)) return 1;
  return static_cast<std::uint32_t>(walk_quotes(text, 1, state, true, dialect_).at + 1);
}

Result<bool> FilePieces::index(TextPiece& piece, Span const& span, std::uint32_t begin) {
  auto const end = static_cast<std::uint32_t>(span.end - span.first + 1);
  for (std::size_t beyond = kOverlap;;) {
    bool const at_end = reaches_end(piece, span);
    auto const open = index_records(piece, begin, end, at_end, dialect_);
    if (!open.open) return true;
    auto const quote_line = piece.first_line + count_breaks(piece.text.substr(begin, open.quote_at - begin));
    if (at_end && open.quoted) return failure(unclosed_quote(file_.name(), quote_line));
    if (beyond > kLongestRecord) {
      auto const line = piece.first_line + count_breaks(piece.text.substr(begin, open.begin - begin));
      auto problem = unclosed_quote(file_.name(), open.quoted ? quote_line : line);
      problem.code = "record-too-long";
      problem.message = fmt::format("the record on line {} has no end within {} MiB", open.quoted ? quote_line : line,
                                    kLongestRecord >> 20U);
      return failure(std::move(problem));
    }
    beyond *= 8;
    if (auto const size = load(piece, span, beyond); !size) return failure(size.error());
  }
}

Result<bool> FilePieces::next(TextPiece& piece) {
  std::uint64_t const turn = ticket_.fetch_add(1);
  Span span;
  span.first = text_begin_ + start_.offset + turn * piece_bytes_;
  span.end = std::min(span.first + piece_bytes_, file_.size());
  span.at_start = turn == 0;
  if (span.first >= file_.size()) return false;
  auto const size = load(piece, span, kOverlap);
  std::size_t const length = static_cast<std::size_t>(span.end - span.first);
  Entry const entry = enter(turn, size ? piece.text : std::string_view(), length);
  if (!size) return failure(size.error());
  std::uint32_t const begin = first_record(piece, span, entry.state);
  piece.offset = span.first - text_begin_;
  piece.structure.clear(std::min(begin, static_cast<std::uint32_t>(piece.text.size())));
  if (begin > length || begin >= piece.text.size()) return true;  // no record starts here
  piece.first_line = start_.line + entry.breaks + count_breaks(piece.text.substr(1, begin - 1));
  return index(piece, span, begin);
}

}  // namespace

std::unique_ptr<PieceReader> file_pieces(FileHandle const& file, std::uint64_t text_begin, CsvDialect const& dialect,
                                         PieceStart start, std::size_t piece_bytes) {
  return std::make_unique<FilePieces>(file, text_begin, dialect, start, piece_bytes);
}

}  // namespace yekun
