// Words of the five languages as people spell them.
#pragma once

#include <string>
#include <string_view>

namespace yekun {

/// A word without what differs between spellings: lower case, also of the Azerbaijani İ and I (both are i, and so is
/// ı), with marks joined to their letters (NFC).
std::string folded_word(std::string_view word);

}  // namespace yekun
