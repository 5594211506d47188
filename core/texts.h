// The carried texts of one language as they stand in templates/texts/, and their pseudo-language. Used by locale.cpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/diagnostic.h"

namespace yekun {

using Texts = std::map<std::string, std::string, std::less<>>;

/// Reads one file of texts: an object of names and ICU messages. The error names the place.
Result<Texts> parse_texts(std::string_view json, std::string const& file);

/// The carried texts of `language`; "qps" is English with every literal accented, lengthened by a third and bracketed.
Result<Texts> load_texts(std::string_view language);

/// A message with its literal letters accented, about a third longer, in brackets; arguments and branches as they were.
/// A message that does not parse is returned unchanged.
std::string pseudo(std::string_view message);

}  // namespace yekun
