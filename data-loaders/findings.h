// Helpers to word findings alike in every loader.
#pragma once

#include <string>
#include <string_view>

#include "data-loaders/source.h"

namespace yekun {

inline constexpr std::string_view kRejectedCell = "rejected-cell";    // does not parse as its declared type
inline constexpr std::string_view kUnmappedValue = "unmapped-value";  // not in the column's mapping; kept as it is
inline constexpr std::string_view kSkippedRow = "skipped-row";        // the whole row could not be used
inline constexpr std::string_view kShortRow = "short-row";            // fewer cells than columns: the rest is missing
inline constexpr std::string_view kLongRow = "long-row";        // more cells than columns: the extra ones are not read
inline constexpr std::string_view kStrayQuote = "stray-quote";  // text behind a closing quote
inline constexpr std::string_view kInvalidText = "invalid-text";  // bytes that are not text in the file's encoding
inline constexpr std::string_view kDetected = "detected";         // how a file was read where nothing was declared

/// A cell's text as findings show it: valid UTF-8, control characters as spaces, at most 80 code points ("…" marks the
/// cut); "•••" where the column is personal and the cell is not empty.
std::string shown_text(std::string_view cell, bool personal);

}  // namespace yekun
