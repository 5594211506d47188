#include "data-loaders/csv_structure.h"

#include <algorithm>

#include "core/utf8.h"

namespace yekun {
namespace {

/// Walks over one record; `at` stands behind its line break afterwards.
class RecordWalk {
 public:
  RecordWalk(std::string_view text, CsvDialect const& dialect, Structure& out)
      : text_(text), dialect_(dialect), out_(out) {}

  /// false: the text ends within the record.
  bool record(std::uint32_t& at) {
    if (!dialect_.comment.empty() && text_.substr(at).starts_with(dialect_.comment)) return comment(at);
    while (true) {
      if (!cell(at)) return false;
      out_.ends.push_back(at);
      if (text_[at++] != dialect_.separator) break;
    }
    out_.row_ends.push_back(static_cast<std::uint32_t>(out_.ends.size() - 1));
    return true;
  }

  bool in_quotes() const { return in_quotes_; }
  std::uint32_t quote_at() const { return quote_at_; }

 private:
  bool is_break(std::uint32_t at) const {
    if (text_[at] == '\n') return true;
    return text_[at] == '\r' && (at + 1 >= text_.size() || text_[at + 1] != '\n');
  }

  bool comment(std::uint32_t& at) {
    in_quotes_ = false;
    while (at < text_.size() && !is_break(at)) ++at;
    if (at >= text_.size()) return false;
    out_.ends.push_back(at++);
    out_.row_ends.push_back(static_cast<std::uint32_t>(out_.ends.size() - 1));
    return true;
  }

  bool is_escape(std::uint32_t at) const { return dialect_.escape && text_[at] == *dialect_.escape; }

  /// Stops at the separator or line break behind the cell.
  bool cell(std::uint32_t& at) {
    in_quotes_ = at < text_.size() && text_[at] == dialect_.quote;
    if (in_quotes_) {
      if (!quoted(at)) return false;
      if (at < text_.size() && text_[at] != dialect_.separator && text_[at] != '\n' && text_[at] != '\r')
        out_.strays.push_back(at - 1);
    }
    for (; at < text_.size(); ++at) {
      if (is_escape(at)) {
        ++at;
      } else if (text_[at] == dialect_.separator || is_break(at)) {
        return true;
      }
    }
    return false;
  }

  bool quoted(std::uint32_t& at) {
    quote_at_ = at++;
    for (; at < text_.size(); ++at) {
      if (is_escape(at) && *dialect_.escape != dialect_.quote) {
        ++at;
      } else if (text_[at] == dialect_.quote) {
        ++at;
        if (at >= text_.size() || text_[at] != dialect_.quote) {
          in_quotes_ = false;
          return true;
        }
      } else if (is_break(at)) {
        ++out_.quoted_breaks;
      }
    }
    return false;
  }

  std::string_view text_;
  CsvDialect const& dialect_;
  Structure& out_;
  bool in_quotes_ = false;
  std::uint32_t quote_at_ = 0;
};

}  // namespace

void Offsets::grow(std::size_t least) {
  std::size_t const room = std::max<std::size_t>({least + 64, room_ * 2, 1024});
  std::unique_ptr<std::uint32_t[]> slots(new std::uint32_t[room]);  // not value-initialised: it is written before read
  slots[0] = 0;
  if (slots_) std::copy_n(slots_.get(), size_ + 1, slots.get());
  slots_ = std::move(slots);
  room_ = room;
}

void Structure::clear(std::uint32_t first) {
  ends.set_size(0);
  row_ends.set_size(0);
  strays.clear();
  begin = first;
  after = first;
  quoted_breaks = 0;
  suspicious = false;
  ends.set_before_first(first - 1);
}

OpenRecord index_exactly(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end,
                         CsvDialect const& dialect, Structure& out) {
  out.clear(begin);
  RecordWalk walk(text, dialect, out);
  std::uint32_t at = begin;
  OpenRecord open;
  while (at < end && at < text.size()) {
    std::uint32_t const record = at;
    std::size_t const cells = out.ends.size();
    if (walk.record(at)) continue;
    if (at_end && !walk.in_quotes()) {  // the last line has no line break
      at = static_cast<std::uint32_t>(text.size());
      out.ends.push_back(at);
      out.row_ends.push_back(static_cast<std::uint32_t>(out.ends.size() - 1));
      break;
    }
    out.ends.set_size(cells);
    open = {.open = true, .begin = record, .quoted = walk.in_quotes(), .quote_at = walk.quote_at()};
    at = record;
    break;
  }
  out.after = at;
  auto const all = text.substr(begin, at - begin);
  out.suspicious = !is_utf8(all) || all.find('\0') != std::string_view::npos;
  return open;
}

QuoteWalk walk_quotes(std::string_view text, std::size_t from, QuoteState state, bool to_break,
                      CsvDialect const& dialect) {
  auto const is_border = [&](char c) { return c == dialect.separator || c == '\n' || c == '\r'; };
  char before = text[from - 1];
  bool closed = state == QuoteState::outside && before == dialect.quote;  // a second quote would be a doubled one
  for (std::size_t i = from; i < text.size(); ++i) {
    char const c = text[i];
    if (c == dialect.quote) {
      if (state == QuoteState::inside) {
        state = QuoteState::outside;
        closed = true;
        before = c;
        continue;
      }
      state = state == QuoteState::outside && (closed || is_border(before)) ? QuoteState::inside : QuoteState::literal;
    } else if (state != QuoteState::inside) {
      bool const at_break = c == '\n' || (c == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'));
      if (at_break && to_break) return {.state = QuoteState::outside, .at = i};
      state = is_border(c) ? QuoteState::outside : QuoteState::literal;
    }
    closed = false;
    before = c;
  }
  return {.state = state, .at = text.size()};
}

std::string_view cell_text(std::string_view raw, CsvDialect const& dialect, std::string& scratch) {
  bool const quoted = !raw.empty() && raw[0] == dialect.quote;
  if (!quoted && (!dialect.escape || raw.find(*dialect.escape) == std::string_view::npos)) return raw;
  if (quoted && !dialect.escape && raw.size() >= 2 && raw.find(dialect.quote, 1) == raw.size() - 1)
    return raw.substr(1, raw.size() - 2);
  scratch.clear();
  bool inside = quoted;
  for (std::size_t i = quoted ? 1 : 0; i < raw.size(); ++i) {
    bool const escaped = dialect.escape && raw[i] == *dialect.escape && *dialect.escape != dialect.quote;
    if (escaped && i + 1 < raw.size()) {
      scratch += raw[++i];
    } else if (inside && raw[i] == dialect.quote) {
      if (i + 1 < raw.size() && raw[i + 1] == dialect.quote) {
        scratch += raw[++i];
      } else {
        inside = false;
      }
    } else {
      scratch += raw[i];
    }
  }
  return scratch;
}

std::uint64_t count_breaks(std::string_view text) {
  std::uint64_t breaks = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    breaks += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) ? 1U : 0U;
  return breaks;
}

}  // namespace yekun
