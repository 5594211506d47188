// Text for XML and HTML: content and attributes alike.
#pragma once

#include <string>
#include <string_view>

namespace yekun {

/// & < > " ' as entities; control characters other than tab and line feed, which XML forbids, are left out.
std::string escape_markup(std::string_view text);

/// Standard base64 with padding, for data: addresses and hashes.
std::string to_base64(std::string_view bytes);

}  // namespace yekun
