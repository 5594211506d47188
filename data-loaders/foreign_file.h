// Files that are no text tables, whatever they are called.
#pragma once

#include <string>
#include <string_view>

namespace yekun {

/// Why `head`, the beginning of a file, unpacked and in UTF-8 or as it is, cannot be that of a text table: "is a web
/// page; ...", with what to do behind "; ". Empty: it may be one.
std::string foreign_kind(std::string_view head);

}  // namespace yekun
