// The structure of CSV text found 64 bytes at a time, on whatever vector unit the processor has.
#pragma once

#include <cstdint>
#include <string_view>

#include "data-loaders/csv_structure.h"

namespace yekun {

/// Readable bytes that must stand before and behind a text that is searched. Those before hold '\n'.
inline constexpr std::size_t kTextMargin = 128;

/// Of a run of text, whatever the state before it.
struct QuoteSummary {
  std::uint64_t breaks = 0;     // line breaks, quoted ones included; a \r counts unless \n follows
  bool odd = false;             // number of quotes: an odd one turns inside and outside round
  bool bad_if_outside = false;  // entered outside, some quote opens in the middle of a cell
  bool bad_if_inside = false;   // the same, entered inside quotes
};

/// text[-1] and text[size] must be readable.
QuoteSummary summarise_quotes(std::string_view text, char separator, char quote);

struct FastIndex {
  bool usable = true;  // false: quotes stand in unusual places; index_exactly must do it
  OpenRecord open{};
};

/// What index_exactly does, for dialects without escape and comment and texts whose quotes stand only where they
/// should. Also finds bytes that are not UTF-8. kTextMargin bytes around the text must be readable. open.quote_at is
/// not filled.
FastIndex index_fast(std::string_view text, std::uint32_t begin, std::uint32_t end, bool at_end, char separator,
                     char quote, Structure& out);

}  // namespace yekun
