// UTF-8, Unicode normal forms and cases, without locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yekun {

bool is_utf8(std::string_view text);
/// Byte offset of the first byte that is not valid UTF-8; nullopt if all is.
std::optional<std::size_t> invalid_utf8_at(std::string_view text);
/// Invalid sequences replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view text);
std::vector<char32_t> to_code_points(std::string_view text);
std::string to_utf8(char32_t code_point);
/// The first `count` code points.
std::string_view first_code_points(std::string_view text, std::size_t count);
/// Unicode's default lower case, without locale (`lower()` of expressions).
std::string lower(std::string_view text);
std::string to_nfc(std::string_view text);
/// Outer white space off, inner runs folded to one space, NFC: what `"clean": true` does to a column.
std::string clean(std::string_view text);

}  // namespace yekun
